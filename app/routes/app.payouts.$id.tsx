import { data, type ActionFunctionArgs } from '@remix-run/node';
import type { ClientActionFunctionArgs } from '@remix-run/react';
import { readDraft } from '#app/i18n/read-draft.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { readCustomer } from '#app/modules/customers/customers.queries.server.ts';
import { payOutForm, type PayoutAnswer } from '#app/modules/redemptions/payouts/payout-screens.server.ts';
import { authenticateAdmin } from '#app/auth/authenticate-admin.server.ts';
import { readStaff } from '#app/modules/shops/staff.server.ts';

/** Pays a customer out as store credit; the form is on the customer page. */
export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await authenticateAdmin(request);
  const customerId = readIdParam(params.id);
  const customer = customerId === null ? null : await readCustomer(shop.shopId, customerId);
  if (customer?.state !== 'active') throw data(null, { status: 404 });
  const { values, locale } = await readDraft(request);
  const { actor } = await readStaff(request, shop);
  const answer = await payOutForm(shop, customer.customerId, values, locale, actor);
  if (!answer) throw data(null, { status: 400 });
  return data(answer, { status: answer.ok ? 200 : 422 });
}

/** A lost connection becomes an answer of the form: left to Remix it would replace the screen. */
export async function clientAction({ serverAction }: ClientActionFunctionArgs): Promise<PayoutAnswer> {
  try {
    return await serverAction<PayoutAnswer>();
  } catch {
    return { ok: false, problem: 'not_sent', available: 0n, minimum: 0n, step: 0n, failure: null };
  }
}
