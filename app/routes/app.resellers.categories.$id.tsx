import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import {
  readCategoryScreen,
  saveCategoryForm,
} from '#app/modules/pricing/categories/category-screens.server.ts';
import { CategoryForm } from '#app/modules/pricing/categories/ui/category-form.tsx';
import { categoryAddress } from '#app/modules/segments/count-doors.ts';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { readStaff } from '#app/modules/shops/staff.server.ts';

/** "new" is the form of a new category. */
function readCategoryId(id: string | undefined): bigint | null {
  const categoryId = id === 'new' ? null : readIdParam(id);
  if (id !== 'new' && categoryId === null) throw data(null, { status: 404 });
  return categoryId;
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const view = await readCategoryScreen(shopId, readCategoryId(params.id));
  if (!view) throw data(null, { status: 404 });
  return view;
}

export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const categoryId = readCategoryId(params.id);
  const { values, locale } = await readDraft(request);
  const { actor } = await readStaff(request, shop);
  const answer = await saveCategoryForm(shop, categoryId, values, { locale, actor });
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessRefused;

export default function CategoryPage() {
  const view = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const { category } = view;
  return (
    <Screen
      title={category.categoryId === 0n ? t('pricing.categories.new') : category.name}
      backAction={{ content: t('pricing.categories.title'), url: '/app/resellers/categories' }}
    >
      <CategoryForm key={String(category.categoryId)} view={view} door={categoryAddress} />
    </Screen>
  );
}
