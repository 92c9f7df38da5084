import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import {
  actOnCategories,
  readCategoryList,
} from '#app/modules/pricing/categories/category-screens.server.ts';
import { CategoryList } from '#app/modules/pricing/categories/ui/category-list.tsx';
import { categoryAddress } from '#app/modules/segments/count-doors.ts';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { readStaff } from '#app/modules/shops/staff.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  return readCategoryList(shopId);
}

export async function action({ request }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { values } = await readDraft(request);
  const readActor = async () => (await readStaff(request, shop)).actor;
  const answer = await actOnCategories(shop.shopId, values, readActor);
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessRefused;

export default function Categories() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Screen
      title={t('pricing.categories.title')}
      primaryAction={{ content: t('pricing.categories.add'), url: '/app/resellers/categories/new' }}
    >
      <CategoryList view={view} door={categoryAddress} />
    </Screen>
  );
}
