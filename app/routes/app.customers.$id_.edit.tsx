import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { useCustomerName } from '#app/modules/customers/ui/customer-name.ts';
import { revalidateUnlessRefused, saveOrKeep } from '#app/components/save-or-keep.ts';
import { Screen } from '#app/components/screen.tsx';
import { readDraft } from '#app/i18n/read-draft.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { addressAfter } from '#app/modules/crm/worklist/rules/worklist-address.ts';
import { WorklistBar } from '#app/modules/crm/worklist/ui/worklist-bar.tsx';
import { readWorklistPosition } from '#app/modules/crm/worklist/worklist-place.server.ts';
import { readEditForm } from '#app/modules/crm/form/form-screen.server.ts';
import { saveCustomer } from '#app/modules/crm/form/save-customer.server.ts';
import { CustomerForm } from '#app/modules/crm/form/ui/customer-form.tsx';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { readStaff } from '#app/modules/shops/staff.server.ts';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const customerId = readIdParam(params.id);
  const view = customerId === null ? null : await readEditForm(shop, customerId);
  if (customerId === null || !view) throw data(null, { status: 404 });
  return { view, place: await readWorklistPosition(shop.shopId, customerId, readSearchParams(request)) };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const customerId = readIdParam(params.id);
  if (customerId === null) throw data(null, { status: 404 });
  const { values } = await readDraft(request);
  const { actor } = await readStaff(request, shop);
  const saved = await saveCustomer(shop, customerId, values, { actor });
  if (!saved.ok) return data(saved, { status: 422 });
  const position = await readWorklistPosition(shop.shopId, customerId, readSearchParams(request));
  const goTo = position === null ? `/app/customers/${customerId}` : addressAfter(position);
  return data({ ok: true, goTo }, { status: 200 });
}

export const clientAction = saveOrKeep;

export const shouldRevalidate = revalidateUnlessRefused;

export default function EditCustomerScreen() {
  const { view, place } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const name = useCustomerName()(view.record);
  return (
    <Screen
      title={t('customer_form.title_edit', { name })}
      backAction={{ content: name, url: `/app/customers/${view.customerId}` }}
    >
      <div className="stack">
        {place && <WorklistBar place={place} />}
        <CustomerForm key={String(view.customerId)} view={view} />
      </div>
    </Screen>
  );
}
