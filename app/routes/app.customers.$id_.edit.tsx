import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { useCustomerName } from '#app/components/customer-name.ts';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { readEditForm } from '#app/modules/customers/record/form-screen.server.ts';
import { saveFromForm } from '#app/modules/customers/record/save-from-form.server.ts';
import { CustomerForm } from '#app/modules/customers/record/ui/customer-form.tsx';
import { authenticateAdmin } from '#app/modules/shops/authenticate-admin.server.ts';
import { readStaff } from '#app/modules/shops/staff.server.ts';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const customerId = readIdParam(params.id);
  const view = customerId === null ? null : await readEditForm(shop, customerId);
  if (!view) throw data(null, { status: 404 });
  return { view };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const customerId = readIdParam(params.id);
  if (customerId === null) throw data(null, { status: 404 });
  const { values, locale } = await readDraft(request);
  const { actor } = await readStaff(request, shop);
  const answer = await saveFromForm(shop, customerId, values, { locale, actor });
  return data(answer, { status: answer.ok ? 200 : 422 });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessRefused;

export default function EditCustomerScreen() {
  const { view } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const name = useCustomerName()(view.record);
  return (
    <Screen
      title={t('customer_form.title_edit', { name })}
      backAction={{ content: name, url: `/app/customers/${view.customerId}` }}
    >
      <CustomerForm key={String(view.customerId)} view={view} />
    </Screen>
  );
}
