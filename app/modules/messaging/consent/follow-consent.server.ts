/** The consent of customers, at Shopify and here, follows what their number said. There is no second truth beside it. */
import { pool, withTransaction } from '#app/db.server.ts';
import { changeCustomer } from '#app/integrations/shopify/customers.server.ts';
import { recordCustomers } from '#app/modules/customers/record-customers.server.ts';
import { stateTimestamp } from '#app/modules/customers/rules/decode-customer.ts';
import { storeConsentFacts } from '#app/modules/customers/store-own-fields.server.ts';

/** Shopify has one customer to a number; more are records that wait for a merge. */
const CUSTOMERS_A_NUMBER_MAX = 20;
/** How `customers.sms_consent_source` names a text as its source. */
const BY_TEXT = 'text_message';

export interface SaidByText {
  shop: { shopId: bigint; domain: string };
  /** E.164. */
  address: string;
  state: 'subscribed' | 'unsubscribed';
  at: Date;
  /** Only customers whose consent a text changed: to take back what was understood wrongly. */
  onlyByText?: boolean;
}

/**
 * Changes the SMS consent of the customers with this number who said otherwise, unless they said so since.
 * @throws UpstreamError when it isn't certain that Shopify has it; it can safely be tried again
 */
export async function followConsent(said: SaidByText): Promise<void> {
  for (const customerId of await listCustomers(said)) await change(said, customerId);
}

async function listCustomers({
  shop,
  address,
  state,
  at,
  onlyByText = false,
}: SaidByText): Promise<bigint[]> {
  const { rows } = await pool.query<{ customerId: bigint }>(
    `SELECT customer_id AS "customerId" FROM customers
      WHERE shop_id = $1 AND phone = $2 AND state = 'active' AND sms_consent IS DISTINCT FROM $3
        AND (sms_consent_at IS NULL OR sms_consent_at <= $4) AND (NOT $5 OR sms_consent_source = '${BY_TEXT}')
      ORDER BY customer_id LIMIT ${CUSTOMERS_A_NUMBER_MAX}`,
    [shop.shopId, address, state, at, onlyByText],
  );
  return rows.map(({ customerId }) => customerId);
}

async function change({ shop, state, at }: SaidByText, customerId: bigint): Promise<void> {
  const written = await changeCustomer(shop.domain, customerId, { smsConsent: { state, at } });
  if (written.outcome !== 'written') return;
  const key = { shopId: shop.shopId, customerId };
  await withTransaction(async (tx) => {
    const timestamp = stateTimestamp(written.updatedAt, new Date());
    await recordCustomers(tx, [
      { ...key, at: timestamp, source: 'shopify', actor: 'shopify', fields: { smsConsent: state } },
    ]);
    await storeConsentFacts(tx, key, { channel: 'sms', at, source: BY_TEXT, actor: BY_TEXT });
  });
}
