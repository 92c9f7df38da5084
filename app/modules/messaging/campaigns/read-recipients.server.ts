/** The customers of a campaign, a batch at a time, with what their texts need. */
import type { Queryable } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { readBalances } from '#app/modules/ledger/balances.queries.server.ts';
import { selectCustomers, type CustomerSelection } from '#app/modules/segments/selection.server.ts';

const RECIPIENTS_A_BATCH = 1_000;

export interface Recipient {
  customerId: bigint;
  firstName: string | null;
  phone: string | null;
  smsConsent: string | null;
  tier: string | null;
  points: bigint;
  creditMinor: bigint;
}

interface Row extends Omit<Recipient, 'points' | 'creditMinor'> {
  customerId: bigint;
}

/** Yields the selected customers by id; `hasBalances`: whether the text names points or credit. */
export async function* readRecipients(
  db: Queryable,
  shopId: bigint,
  selection: CustomerSelection,
  hasBalances: boolean,
): AsyncGenerator<Recipient[]> {
  const { sql, values } = await selectCustomers(db, shopId, selection);
  const { rows } = await db.query<{ ids: bigint[] }>(
    `SELECT coalesce(array_agg(customer_id ORDER BY customer_id), '{}') AS ids FROM (${sql}) selected`,
    values,
  );
  const ids = rows[0]?.ids ?? [];
  for (let at = 0; at < ids.length; at += RECIPIENTS_A_BATCH) {
    const batch = ids.slice(at, at + RECIPIENTS_A_BATCH);
    const found = await db.query<Row>(
      `SELECT c.customer_id AS "customerId", c.first_name AS "firstName", c.phone, c.sms_consent AS "smsConsent", t.name AS tier
         FROM customers c LEFT JOIN tiers t ON t.shop_id = c.shop_id AND t.tier_id = c.tier_id
        WHERE c.shop_id = $1 AND c.customer_id = ANY($2::bigint[]) AND c.state = 'active' ORDER BY c.customer_id`,
      [shopId, bigintArray(batch)],
    );
    const balances = hasBalances ? await readBalances(db, shopId, batch) : [];
    const available = new Map(balances.map((each) => [`${each.customerId}/${each.unit}`, each.available]));
    yield found.rows.map((row) => ({
      ...row,
      points: available.get(`${row.customerId}/POINTS`) ?? 0n,
      creditMinor: available.get(`${row.customerId}/CREDIT`) ?? 0n,
    }));
  }
}
