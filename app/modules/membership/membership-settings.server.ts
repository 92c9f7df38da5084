/** A shop's settings of membership and tiers. */
import type { Queryable } from '#app/db.server.ts';
import { invariant } from '#app/lib/errors.ts';
import type { TierRule } from './rules/tier.ts';

export interface ShopTier {
  tierId: bigint;
  name: string;
  threshold: bigint;
  multiplierPercent: number;
  memberDiscountBp: number;
}

export interface MembershipSettings {
  shopId: bigint;
  /** Shoppers can join by themselves. */
  selfJoin: boolean;
  /** Customers join when their total spend reaches it; null to turn this off. */
  joinAtSpendMinor: bigint | null;
  tiersActive: boolean;
  rule: TierRule;
  /** Lowest first. */
  tiers: ShopTier[];
  trialMode: boolean;
}

interface Row {
  shop_id: bigint;
  self_join: boolean | null;
  join_at_spend_minor: bigint | null;
  tiers_active: boolean | null;
  tier_measure: string | null;
  tier_period: string | null;
  tier_period_days: number | null;
  tier_keep: string | null;
  tier_keep_days: number | null;
  trial_mode: boolean | null;
  time_zone: string;
}

/** Loads the shop's membership settings and tiers. Throws for an unknown shop. */
export async function readMembershipSettings(db: Queryable, shopId: bigint): Promise<MembershipSettings> {
  const { rows } = await db.query<Row>(
    `SELECT s.shop_id, c.self_join, c.join_at_spend_minor, c.tiers_active, c.tier_measure, c.tier_period, c.tier_period_days,
       c.tier_keep, c.tier_keep_days, c.trial_mode, s.time_zone
     FROM shops s LEFT JOIN club_settings c USING (shop_id) WHERE s.shop_id = $1`,
    [shopId],
  );
  const [row] = rows;
  invariant(row, `shop ${shopId} is not known`);
  const tiers = await db.query<ShopTier>(
    `SELECT tier_id AS "tierId", name, threshold, multiplier_percent AS "multiplierPercent",
       member_discount_bp AS "memberDiscountBp"
     FROM tiers WHERE shop_id = $1 AND removed_at IS NULL ORDER BY threshold, tier_id`,
    [shopId],
  );
  return {
    shopId,
    selfJoin: row.self_join ?? false,
    joinAtSpendMinor: row.join_at_spend_minor,
    tiersActive: row.tiers_active ?? false,
    rule: {
      measure: row.tier_measure === 'points' ? 'points' : 'spend',
      period: row.tier_period === 'calendar' ? 'calendar' : 'rolling',
      periodDays: row.tier_period_days ?? 365,
      keep: row.tier_keep === 'days' || row.tier_keep === 'period' ? row.tier_keep : 'none',
      keepDays: row.tier_keep_days ?? 0,
      timeZone: row.time_zone,
    },
    tiers: tiers.rows,
    trialMode: row.trial_mode ?? false,
  };
}
