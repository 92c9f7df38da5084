import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import { toPointsValues } from '#app/modules/earning/printed-points/points-form.ts';
import { readProductsScreen } from '#app/modules/earning/printed-points/products-screen.server.ts';
import { savePoints } from '#app/modules/earning/printed-points/save-points.server.ts';
import { ProductTable } from '#app/modules/earning/printed-points/ui/product-table.tsx';
import { buyersAddress } from '#app/modules/segments/count-doors.ts';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { readSearchParams } from '#app/lib/storable.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const searchParams = readSearchParams(request);
  const query = searchParams.get('q')?.trim() ?? '';
  const view = await readProductsScreen(shop, query, readCursor(searchParams));
  return { view, query, saved: toPointsValues(view.page?.items ?? []) };
}

function readCursor(params: URLSearchParams) {
  const after = params.get('after');
  if (after !== null) return { side: 'after' as const, position: after };
  const before = params.get('before');
  return before === null ? null : { side: 'before' as const, position: before };
}

export async function action({ request }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { values, locale } = await readDraft(request);
  const answer = await savePoints(shop, values, locale);
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessRefused;

export default function ProductsScreen() {
  const { view, query, saved } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Screen title={t('products.title')}>
      <ProductTable view={view} query={query} saved={saved} buyersDoor={buyersAddress} />
    </Screen>
  );
}
