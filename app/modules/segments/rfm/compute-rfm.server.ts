/** The job: computes each shop's RFM thresholds and ranks by spend once a day, and draws the sample that estimates are made of. */
import { pool, type Queryable } from '#app/db.server.ts';
import { IS_INSTALLED_SQL } from '#app/modules/shops/find-shop.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { drawSample } from '../estimate/draw-sample.server.ts';
import { RFM_CUSTOMERS_MIN } from '../rules/rfm.ts';

/** Shops with too few customers are looked at each hour: it costs nothing, and theirs may be enough now. */
const DUE = `
  SELECT shop_id AS "shopId" FROM shops LEFT JOIN rfm_thresholds r USING (shop_id)
  WHERE ${IS_INSTALLED_SQL} AND (r.customers IS NULL OR r.customers < ${RFM_CUSTOMERS_MIN}
    OR cardinality(r.spend_from) = 0 OR r.computed_at < ledger_now() - interval '23 hours 30 minutes') ORDER BY 1`;

/**
 * A score or a rank begins just above a quantile, so that customers who are alike have the same score. In one pass: sorting
 * customers into fifths would need three, and a row of each to be written.
 */
const COMPUTE = `
  INSERT INTO rfm_thresholds (shop_id, customers, recency_from, frequency_from, money_from, spend_from, computed_at)
  SELECT $1, q.customers,
    ARRAY(SELECT date_trunc('milliseconds', v.value) + interval '1 millisecond' FROM unnest(q.recency) WITH ORDINALITY AS v (value, place) ORDER BY v.place),
    ARRAY(SELECT v.value + 1 FROM unnest(q.frequency) WITH ORDINALITY AS v (value, place) ORDER BY v.place),
    ARRAY(SELECT v.value + 1 FROM unnest(q.money) WITH ORDINALITY AS v (value, place) ORDER BY v.place),
    ARRAY(SELECT v.value + 1 FROM unnest(q.spend) WITH ORDINALITY AS v (value, place) ORDER BY v.place), ledger_now()
  FROM (SELECT count(*)::int AS customers,
      percentile_disc(ARRAY[0.2, 0.4, 0.6, 0.8]) WITHIN GROUP (ORDER BY s.last_order_at) AS recency,
      percentile_disc(ARRAY[0.2, 0.4, 0.6, 0.8]) WITHIN GROUP (ORDER BY s.orders_valid) AS frequency,
      percentile_disc(ARRAY[0.2, 0.4, 0.6, 0.8]) WITHIN GROUP (ORDER BY s.spend_minor) AS money,
      percentile_disc(ARRAY(SELECT n / 100.0 FROM generate_series(1, 99) AS n)) WITHIN GROUP (ORDER BY s.spend_minor) AS spend
    FROM customer_stats s WHERE s.shop_id = $1 AND s.standing = 'active' AND s.orders_valid > 0) q
  ON CONFLICT (shop_id) DO UPDATE SET customers = excluded.customers, recency_from = excluded.recency_from,
    frequency_from = excluded.frequency_from, money_from = excluded.money_from, spend_from = excluded.spend_from,
    computed_at = excluded.computed_at`;

/** Computes the thresholds of one shop as of now. */
export async function computeThresholds(db: Queryable, shopId: bigint): Promise<void> {
  await db.query(COMPUTE, [shopId]);
}

/** Computes what is due. Returns in how many shops. */
export async function computeRfm(signal: AbortSignal): Promise<number> {
  const { rows } = await pool.query<{ shopId: bigint }>(DUE);
  return forEachShop(
    'compute-rfm',
    rows,
    async ({ shopId }) => {
      await computeThresholds(pool, shopId);
      await drawSample(pool, shopId);
      return 1;
    },
    { signal },
  );
}
