import { pool, type Queryable } from '#app/db.server.ts';
import { DEFAULT_LIFECYCLE, type LifecycleSettings } from '#app/modules/shops/rules/lifecycle-settings.ts';
import type { Moment } from './conditions/facts.ts';
import { RFM_CUSTOMERS_MIN } from './rules/rfm.ts';
import { RANK_MAX } from './rules/spend-rank.ts';
import { textsOf } from './tree/evaluate.ts';
import type { SegmentNode } from './tree/tree.ts';

interface Row extends LifecycleSettings {
  now: Date;
  today: string;
  timeZone: string;
  lifetimeMonths: number;
  defaultCategoryId: string | null;
  folded: string[];
  recency: Date[] | null;
  frequency: number[] | null;
  money: bigint[] | null;
  spend: bigint[] | null;
}

/** The column's own default (`club_settings.lifetime_months`), for a shop that has saved no settings. */
const LIFETIME_MONTHS = 36;

/**
 * Reads what rules depend on besides customers: the shop's today and settings, and the typed texts of `tree`, folded.
 * Throws for a shop that is not there.
 */
export async function readMoment(db: Queryable, shopId: bigint, tree: SegmentNode | null): Promise<Moment> {
  const texts = tree === null ? [] : textsOf(tree);
  const { rows } = await db.query<Row>(
    `SELECT n.now, (n.now AT TIME ZONE s.time_zone)::date::text AS today, s.time_zone AS "timeZone",
       coalesce(c.new_customer_days, $2) AS "newDays", coalesce(c.regular_days, $3) AS "regularDays",
       coalesce(c.lapsed_orders, $4) AS "lapsedOrders", coalesce(c.lapsed_days, $5) AS "lapsedDays",
       coalesce(c.lifetime_months, $6) AS "lifetimeMonths",
       (SELECT g.category_id::text FROM categories g WHERE g.shop_id = $1 AND g.is_default LIMIT 1) AS "defaultCategoryId",
       ARRAY(SELECT fold_text(t.typed) FROM unnest($7::text[]) WITH ORDINALITY AS t (typed, place) ORDER BY t.place) AS folded,
       r.recency_from AS recency, r.frequency_from AS frequency, r.money_from AS money, r.spend_from AS spend
     FROM shops s CROSS JOIN (SELECT date_trunc('milliseconds', ledger_now()) AS now) n
       LEFT JOIN club_settings c ON c.shop_id = $1
       LEFT JOIN rfm_thresholds r ON r.shop_id = $1 AND r.customers >= ${RFM_CUSTOMERS_MIN}
     WHERE s.shop_id = $1`,
    [
      shopId,
      DEFAULT_LIFECYCLE.newDays,
      DEFAULT_LIFECYCLE.regularDays,
      DEFAULT_LIFECYCLE.lapsedOrders,
      DEFAULT_LIFECYCLE.lapsedDays,
      LIFETIME_MONTHS,
      texts,
    ],
  );
  const [row] = rows;
  if (!row) throw new Error(`there is no shop ${shopId}`);
  const {
    newDays,
    regularDays,
    lapsedOrders,
    lapsedDays,
    folded,
    recency,
    frequency,
    money,
    spend,
    ...moment
  } = row;
  return {
    ...moment,
    lifecycle: { newDays, regularDays, lapsedOrders, lapsedDays },
    rfm: recency && frequency && money && { recency, frequency: frequency.map(BigInt), money },
    ranks: spend?.length === RANK_MAX - 1 ? spend : null,
    folded: new Map(texts.map((text, index) => [text, folded[index] ?? ''])),
  };
}

/** `readMoment` outside a transaction. */
export const momentNow = (shopId: bigint, tree: SegmentNode | null = null): Promise<Moment> =>
  readMoment(pool, shopId, tree);
