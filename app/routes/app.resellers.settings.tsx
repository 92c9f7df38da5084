import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import {
  actOnPriceSettings,
  readSettingsScreen,
} from '#app/modules/pricing/settings/settings-screen.server.ts';
import { HealthCard } from '#app/modules/pricing/settings/ui/health-card.tsx';
import { PriceSettingsForm } from '#app/modules/pricing/settings/ui/price-settings-form.tsx';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  return readSettingsScreen(shopId);
}

export async function action({ request }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { values } = await readDraft(request);
  const answer = await actOnPriceSettings(shop, values);
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessRefused;

export default function PriceSettings() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Screen title={t('pricing.settings.title')}>
      <div className="stack">
        <HealthCard view={view} />
        <PriceSettingsForm view={view} />
      </div>
    </Screen>
  );
}
