import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import { readNewForm } from '#app/modules/crm/form/form-screen.server.ts';
import { saveCustomer } from '#app/modules/crm/form/save-customer.server.ts';
import { CustomerForm } from '#app/modules/crm/form/ui/customer-form.tsx';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { readStaff } from '#app/modules/shops/staff.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  return { view: await readNewForm(await authenticateAdmin(request)) };
}

export async function action({ request }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const { values } = await readDraft(request);
  const { actor } = await readStaff(request, shop);
  const saved = await saveCustomer(shop, null, values, { actor });
  if (!saved.ok) return data(saved, { status: 422 });
  return data({ ok: true, goTo: `/app/customers/${saved.customerId}` }, { status: 200 });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessRefused;

export default function NewCustomerScreen() {
  const { view } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Screen
      title={t('customer_form.title_new')}
      backAction={{ content: t('customers.title'), url: '/app/customers' }}
    >
      <CustomerForm view={view} />
    </Screen>
  );
}
