import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import { actOnList, readOfferList } from '#app/modules/earning/offers/offer-screens.server.ts';
import { OfferList } from '#app/modules/earning/offers/ui/offer-list.tsx';
import { useGroupDialogs } from '#app/modules/earning/offers/ui/group-dialogs.tsx';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  return readOfferList(shopId);
}

export async function action({ request }: ActionFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const { values } = await readDraft(request);
  const answer = await actOnList(shopId, values);
  if (!answer) throw data(null, { status: 404 });
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessRefused;

export default function OffersScreen() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const { ask, dialog } = useGroupDialogs();
  return (
    <Screen
      title={t('offers.title')}
      subtitle={t('offers.what')}
      primaryAction={{ content: t('offers.create_group'), onAction: () => ask({ what: 'create' }) }}
    >
      <OfferList view={view} onAsk={ask} />
      {dialog}
    </Screen>
  );
}
