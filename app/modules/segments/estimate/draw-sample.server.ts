import type { Queryable } from '#app/db.server.ts';
import { SAMPLED_FROM } from './rules/estimate.ts';

export const SAMPLE_CUSTOMERS = 2_500;

const DRAW = `
  WITH listed AS MATERIALIZED (SELECT customer_id FROM customer_stats WHERE shop_id = $1 AND standing = 'active'),
  total AS (SELECT count(*)::int AS customers FROM listed),
  few AS (DELETE FROM customer_samples WHERE shop_id = $1 AND (SELECT customers FROM total) < ${SAMPLED_FROM})
  INSERT INTO customer_samples (shop_id, customer_ids, customers, drawn_at)
  SELECT $1, ARRAY(SELECT customer_id FROM listed ORDER BY random() LIMIT ${SAMPLE_CUSTOMERS}), customers, ledger_now()
  FROM total WHERE customers >= ${SAMPLED_FROM}
  ON CONFLICT (shop_id) DO UPDATE SET customer_ids = excluded.customer_ids, customers = excluded.customers, drawn_at = excluded.drawn_at`;

/** Draws a large shop's sample again; a small one, whose rules are counted at once, has none. */
export async function drawSample(db: Queryable, shopId: bigint): Promise<void> {
  await db.query(DRAW, [shopId]);
}
