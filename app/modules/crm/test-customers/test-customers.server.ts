/** Customers for whom rules act in trial mode (F124). */
import { pool } from '#app/db.server.ts';
import { withReadablePhone } from '#app/lib/phone.ts';
import type { CustomerLine } from '#app/modules/customers/customers.queries.server.ts';
import { storeTestMark } from '#app/modules/customers/store-own-fields.server.ts';
import { EVERYBODY } from '#app/modules/segments/customer-filter.ts';
import { listCustomers } from '#app/modules/segments/list-customers.server.ts';

const TEST_CUSTOMERS_MAX = 100;
const SUGGESTIONS = 6;

/** Lists the shop's test customers by name. */
export async function listTestCustomers(shopId: bigint): Promise<CustomerLine[]> {
  const { rows } = await pool.query<CustomerLine>(
    `SELECT customer_id AS "customerId", first_name AS "firstName", last_name AS "lastName", email, phone FROM customers
     WHERE shop_id = $1 AND is_trial AND state = 'active'
     ORDER BY lower(coalesce(first_name, '') || coalesce(last_name, '')), customer_id LIMIT ${TEST_CUSTOMERS_MAX}`,
    [shopId],
  );
  return rows.map(withReadablePhone);
}

/** Lists customers that match a typed text, to choose one from; none for an empty text. */
export async function suggestCustomers(shopId: bigint, text: string): Promise<CustomerLine[]> {
  if (text.trim() === '') return [];
  const { customers } = await listCustomers(shopId, { ...EVERYBODY, query: text });
  return customers.slice(0, SUGGESTIONS).map(withReadablePhone);
}

export type TestCustomerAnswer = { ok: true } | { ok: false; reason: 'unknown_customer' | 'too_many' };

/** Marks a customer as a test customer, or an ordinary one again. Only orders created from now on are affected. */
export async function setTestCustomer(
  shopId: bigint,
  customerId: bigint,
  isTrial: boolean,
): Promise<TestCustomerAnswer> {
  if (isTrial && (await listTestCustomers(shopId)).length >= TEST_CUSTOMERS_MAX)
    return { ok: false, reason: 'too_many' };
  const isMarked = await storeTestMark(pool, { shopId, customerId }, isTrial);
  return isMarked ? { ok: true } : { ok: false, reason: 'unknown_customer' };
}
