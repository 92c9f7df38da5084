/** One form for a new customer creates one customer, even when it is submitted twice. */
import { setTimeout as sleep } from 'node:timers/promises';
import { pool } from '#app/db.server.ts';
import {
  changeCustomer,
  createCustomer,
  findCreated,
  type CustomerChange,
  type CustomerWritten,
} from '#app/integrations/shopify/customers.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { isUuid } from '#app/lib/read-id.ts';

interface FormRow {
  customerId: bigint | null;
  createdAt: Date;
  isOurs: boolean;
}

/** Longer than a request to Shopify with its waits may take. */
const OTHER_SENDING_MS = 15_000;
const LOOK_EVERY_MS = 200;

/**
 * Creates the customer of this form at Shopify. A second submission of the same form waits for the first and returns the
 * same customer; after a lost response the customer is looked up before another is created.
 * @throws UpstreamError
 */
export async function createOnce(
  shop: { shopId: bigint; domain: string },
  formKey: unknown,
  change: CustomerChange,
): Promise<CustomerWritten> {
  if (typeof formKey !== 'string' || !isUuid(formKey))
    return { outcome: 'refused', refusals: [{ field: null, reason: 'invalid' }] };
  const form = await claimForm(shop.shopId, formKey);
  const whole = {
    firstName: null,
    lastName: null,
    note: null,
    ...change,
    email: change.email ?? null,
    phone: change.phone ?? null,
  };
  const made = form.isOurs ? null : await findMade(shop, form, whole);
  const written =
    made === null
      ? await createCustomer(shop.domain, whole, form.createdAt)
      : await changeCustomer(shop.domain, made, change);
  if (written.outcome === 'refused')
    await pool.query(
      `DELETE FROM customer_forms WHERE shop_id = $1 AND form_key = $2 AND customer_id IS NULL`,
      [shop.shopId, formKey],
    );
  if (written.outcome === 'written')
    await pool.query(`UPDATE customer_forms SET customer_id = $3 WHERE shop_id = $1 AND form_key = $2`, [
      shop.shopId,
      formKey,
      written.customerId,
    ]);
  return written;
}

async function findMade(
  shop: { shopId: bigint; domain: string },
  form: FormRow,
  change: CustomerChange & { email: string | null; phone: string | null },
): Promise<bigint | null> {
  if (form.customerId !== null) return form.customerId;
  return (await findCreated(shop.domain, change, form.createdAt))?.customerId ?? null;
}

/** Marks the form as being submitted; waits while another submission of it is in progress. */
async function claimForm(shopId: bigint, formKey: string): Promise<FormRow> {
  const until = Date.now() + OTHER_SENDING_MS;
  for (;;) {
    const { rows } = await pool.query<FormRow & { isSending: boolean }>(
      `WITH added AS (INSERT INTO customer_forms (shop_id, form_key) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING created_at)
       SELECT NULL::bigint AS "customerId", created_at AS "createdAt", true AS "isOurs", false AS "isSending" FROM added
       UNION ALL SELECT customer_id, created_at, false,
         customer_id IS NULL AND created_at > clock_timestamp() - $3 * interval '1 ms'
         FROM customer_forms WHERE shop_id = $1 AND form_key = $2`,
      [shopId, formKey, OTHER_SENDING_MS],
    );
    const [row] = rows;
    if (row && !row.isSending) return row;
    if (Date.now() > until)
      throw new UpstreamError('the form is being sent already', { retryable: true, outcomeKnown: true });
    await sleep(LOOK_EVERY_MS);
  }
}
