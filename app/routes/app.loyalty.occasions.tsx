import { readSearchParams } from '#app/lib/storable.ts';
import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import { readGiftScreen } from '#app/modules/occasions/gift-screen.server.ts';
import { saveGifts } from '#app/modules/occasions/save-gifts.server.ts';
import { GiftForm } from '#app/modules/occasions/ui/gift-form.tsx';
import { GiftRuns } from '#app/modules/occasions/ui/gift-runs.tsx';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const shop = await authenticateAdmin(request);
  return readGiftScreen(shop, readSearchParams(request).get('after'));
}

export async function action({ request }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { values, locale } = await readDraft(request);
  const answer = await saveGifts(shop, values, locale);
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessRefused;

export default function GiftsScreen() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Screen
      title={t('gifts.title')}
      subtitle={t('gifts.what')}
      secondaryActions={[{ content: t('messages.title'), url: '/app/messages/planned' }]}
    >
      <div className="stack">
        <GiftForm view={view} />
        <GiftRuns page={view.runs} isFirstPage={view.isFirstPage} />
      </div>
    </Screen>
  );
}
