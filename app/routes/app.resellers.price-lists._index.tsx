import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { actOnList } from '#app/modules/pricing/lists/act-on-list.server.ts';
import { refreshListed } from '#app/modules/pricing/lists/change-list.server.ts';
import { readPriceList } from '#app/modules/pricing/lists/price-lists.server.ts';
import { PriceList } from '#app/modules/pricing/lists/ui/price-list.tsx';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const search = readSearchParams(request);
  const read = () =>
    readPriceList(
      shop.shopId,
      readIdParam(search.get('category')),
      (search.get('q') ?? '').trim(),
      readIdParam(search.get('after')),
    );
  const view = await read();
  const isFresh = await refreshListed(
    shop,
    view.variants.map(({ variantId }) => variantId),
  );
  return isFresh ? view : read();
}

export async function action({ request }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { values, locale } = await readDraft(request);
  const answer = await actOnList(shop, values, locale);
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessRefused;

export default function PriceLists() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Screen title={t('pricing.lists.title')}>
      <PriceList view={view} />
    </Screen>
  );
}
