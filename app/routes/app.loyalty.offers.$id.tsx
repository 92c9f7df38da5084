import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { readOfferScreen, saveForm } from '#app/modules/earning/offers/offer-screens.server.ts';
import { OfferForm } from '#app/modules/earning/offers/ui/offer-form.tsx';
import { OfferBadge } from '#app/modules/earning/offers/ui/offer-labels.tsx';
import { useEndOffer } from '#app/modules/earning/offers/ui/end-offer.tsx';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const offerId = readIdParam(params.id);
  const view = offerId === null ? null : await readOfferScreen(shopId, offerId);
  if (!view) throw data(null, { status: 404 });
  return { view };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const offerId = readIdParam(params.id);
  const { values, locale } = await readDraft(request);
  const answer = offerId === null ? null : await saveForm(shop, offerId, values, locale);
  if (!answer) throw data(null, { status: 404 });
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessRefused;

export default function OfferScreen() {
  const { view } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const { action: end, dialog } = useEndOffer(view.offer?.name ?? '');
  return (
    <Screen
      title={view.offer?.name ?? ''}
      subtitle={view.group.name}
      titleMetadata={
        <OfferBadge isClubOn={view.settings.isActive} isActive={view.offer?.status === 'active'} />
      }
      backAction={{ content: t('offers.title'), url: '/app/loyalty/offers' }}
      secondaryActions={[end]}
    >
      <OfferForm key={String(view.offer?.offerId)} view={view} />
      {dialog}
    </Screen>
  );
}
