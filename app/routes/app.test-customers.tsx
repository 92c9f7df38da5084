import { readJson } from '#app/lib/read-body.server.ts';
import { readSearchParams } from '#app/lib/storable.ts';
import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { readTestCustomerForm } from '#app/modules/crm/profile/customer-forms.ts';
import { setTestCustomer, suggestCustomers } from '#app/modules/crm/test-customers/test-customers.server.ts';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';

/** Customers to choose a test customer from. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const text = readSearchParams(request).get('q') ?? '';
  return { text, customers: await suggestCustomers(shopId, text) };
}

/** Adds a test customer or takes one off the list. */
export async function action({ request }: ActionFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const form = readTestCustomerForm(await readJson(request));
  if (!form) return data({ ok: false as const, reason: 'unknown_customer' as const }, { status: 422 });
  const answer = await setTestCustomer(shopId, form.customerId, form.isTrial);
  return data(answer, { status: answer.ok ? 200 : 409 });
}
