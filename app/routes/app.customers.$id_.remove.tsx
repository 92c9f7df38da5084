import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { readDraft } from '#app/i18n/read-draft.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import {
  readRemoval,
  removeCustomer,
  restoreCustomer,
} from '#app/modules/crm/form/remove-customer.server.ts';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';

/** What is said before a customer is removed; null for one who is gone, whom the dialog outlives for a moment. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId } = await authenticateAdmin(request);
  const customerId = readIdParam(params.id);
  return customerId === null ? null : readRemoval(shopId, customerId);
}

/** Removes a customer, or with the intent `bring_back` takes them into the club again. */
export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const customerId = readIdParam(params.id);
  if (customerId === null) throw data(null, { status: 404 });
  const { values } = await readDraft(request);
  if (values.intent === 'bring_back') {
    const isBack = await restoreCustomer(shop.shopId, customerId);
    return isBack ? data({ ok: true, outcome: 'back' } as const) : unknown();
  }
  const answer = await removeCustomer(shop, customerId);
  return data(answer, { status: answer.ok ? 200 : 422 });
}

function unknown() {
  return data({ ok: false, errors: { form: { code: 'unknown_customer' } } } as const, { status: 422 });
}
