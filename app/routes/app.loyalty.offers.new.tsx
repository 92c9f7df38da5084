import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { createFromForm, readNewOfferScreen } from '#app/modules/earning/offers/offer-screens.server.ts';
import { OfferForm } from '#app/modules/earning/offers/ui/offer-form.tsx';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';

function readGroupId(request: Request): bigint | null {
  return readIdParam(readSearchParams(request).get('group'));
}

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const groupId = readGroupId(request);
  const view = groupId === null ? null : await readNewOfferScreen(shopId, groupId);
  if (!view) throw data(null, { status: 404 });
  return { view };
}

export async function action({ request }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const groupId = readGroupId(request);
  const { values, locale } = await readDraft(request);
  const answer = groupId === null ? null : await createFromForm(shop, groupId, values, locale);
  if (!answer) throw data(null, { status: 404 });
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessRefused;

export default function NewOfferScreen() {
  const { view } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Screen
      title={t('offers.new')}
      subtitle={view.group.name}
      backAction={{ content: t('offers.title'), url: '/app/loyalty/offers' }}
    >
      <OfferForm key={String(view.group.groupId)} view={view} />
    </Screen>
  );
}
