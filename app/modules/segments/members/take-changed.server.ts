/** Customers who have to be looked at again: the log that triggers write, and value that begins or ends. */
import type { Transaction } from '#app/db.server.ts';

const CUSTOMERS_A_BATCH = 1_000;
/** With more than this, looking at everyone is faster. */
const BACKLOG_MAX = 20_000;

/** What is visible was committed, and so was its change: a statement that comes later reads it. */
const TAKE = `
  WITH next AS (SELECT DISTINCT customer_id FROM changed_customers WHERE shop_id = $1
      ORDER BY customer_id LIMIT ${CUSTOMERS_A_BATCH + 1}),
    taken AS (DELETE FROM changed_customers d USING (SELECT customer_id FROM next ORDER BY 1 LIMIT ${CUSTOMERS_A_BATCH}) k
      WHERE d.shop_id = $1 AND d.customer_id = k.customer_id RETURNING d.customer_id)
  SELECT DISTINCT t.customer_id AS id, (SELECT count(*) FROM next) > ${CUSTOMERS_A_BATCH} AS "isMore" FROM taken t`;

/** What a merged customer had is the other's now; both are looked at. */
const MERGED = `
  SELECT DISTINCT c.merged_into AS id FROM customers c
  WHERE c.shop_id = $1 AND c.customer_id = ANY($2::bigint[]) AND c.merged_into IS NOT NULL`;

/** Takes customers from the log, in a transaction that looks at them; a rollback leaves them there. */
export async function takeChanged(
  tx: Transaction,
  shopId: bigint,
): Promise<{ customerIds: bigint[]; isMore: boolean }> {
  const { rows } = await tx.query<{ id: bigint; isMore: boolean }>(TAKE, [shopId]);
  const customerIds = rows.map(({ id }) => id);
  const merged = await tx.query<{ id: bigint }>(MERGED, [shopId, customerIds]);
  return {
    customerIds: [...customerIds, ...merged.rows.map(({ id }) => id)],
    isMore: rows[0]?.isMore ?? false,
  };
}

/** Deletes a backlog that is too long, and has everyone looked at instead. */
export async function forgetChanged(tx: Transaction, shopId: bigint): Promise<void> {
  const { rows } = await tx.query<{ isLong: boolean }>(
    `SELECT count(*) > ${BACKLOG_MAX} AS "isLong"
     FROM (SELECT 1 FROM changed_customers WHERE shop_id = $1 LIMIT ${BACKLOG_MAX + 1}) c`,
    [shopId],
  );
  if (rows[0]?.isLong !== true) return;
  await tx.query('UPDATE segments SET members_context = NULL WHERE shop_id = $1', [shopId]);
  await tx.query('DELETE FROM changed_customers WHERE shop_id = $1', [shopId]);
}

/** Of each lot the moments from which it counts, and until which. */
const REACHED = `
  SELECT DISTINCT coalesce(c.merged_into, l.customer_id) AS id FROM (
    SELECT customer_id FROM ledger_lots WHERE shop_id = $1 AND remaining > 0 AND expires_at > $2 AND expires_at <= $3
    UNION ALL
    SELECT customer_id FROM ledger_lots WHERE shop_id = $1 AND remaining > 0 AND valid_from > $2 AND valid_from <= $3) l
  LEFT JOIN customers c ON c.shop_id = $1 AND c.customer_id = l.customer_id`;

/** Customers with value that began or ended after `since`, until `now`. */
export async function listReached(
  tx: Transaction,
  shopId: bigint,
  since: Date,
  now: Date,
): Promise<bigint[]> {
  const { rows } = await tx.query<{ id: bigint }>(REACHED, [shopId, since, now]);
  return rows.map(({ id }) => id);
}
