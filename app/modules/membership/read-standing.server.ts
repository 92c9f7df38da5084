/** Where one customer stands: member or not, in which tier, and how far it is to the next. */
import { clubNow, pool } from '#app/db.server.ts';
import { measure } from './measure.server.ts';
import { readMembershipSettings, type ShopTier } from './membership-settings.server.ts';
import { nextTier, periodStart, type TierRule } from './rules/tier.ts';

export interface Standing {
  memberSince: Date | null;
  /** `shopper`, `staff`, `spend`; null for who is no member. */
  memberVia: string | null;
  /** The shopper may join by themselves. */
  mayJoin: boolean;
  /** Null while the shop's tiers are off. */
  tiers: TierStandingView | null;
}

export interface TierStandingView {
  rule: TierRule;
  /** All tiers of the shop, lowest first. */
  all: ShopTier[];
  current: ShopTier | null;
  /** The tier is held until then although it is no longer reached, or because staff set it. */
  keptUntil: Date | null;
  /** Spend in minor units or points, in the current period. */
  measured: bigint;
  periodStart: Date;
  next: { tier: ShopTier; missing: bigint } | null;
}

interface Row {
  member_since: Date | null;
  member_via: string | null;
  tier_id: bigint | null;
  tier_kept_until: Date | null;
  is_joinable: boolean;
}

/** The customer's standing now; one whom the shop does not know yet stands outside, in no tier. */
export async function readStanding(shopId: bigint, customerId: bigint): Promise<Standing> {
  const [settings, customers] = await Promise.all([
    readMembershipSettings(pool, shopId),
    pool.query<Row>(
      `SELECT c.member_since, c.member_via, c.tier_id, c.tier_kept_until,
         coalesce(c.state = 'active' AND c.merged_into IS NULL AND c.left_at IS NULL, true) AND coalesce(g.loyalty_enabled, true) AS is_joinable
       FROM (SELECT $1::bigint AS shop_id, $2::bigint AS customer_id) k LEFT JOIN customers c USING (shop_id, customer_id)
         LEFT JOIN categories g ON g.shop_id = k.shop_id
           AND (g.category_id = c.category_id OR (c.category_id IS NULL AND g.is_default))`,
      [shopId, customerId],
    ),
  ]);
  const [row] = customers.rows;
  const memberSince = row?.member_since ?? null;
  return {
    memberSince,
    memberVia: row?.member_via ?? null,
    mayJoin: settings.selfJoin && memberSince === null && (row?.is_joinable ?? false),
    tiers: settings.tiersActive ? await tiersOf(settings, customerId, row) : null,
  };
}

async function tiersOf(
  { shopId, rule, tiers }: Awaited<ReturnType<typeof readMembershipSettings>>,
  customerId: bigint,
  row: Row | undefined,
): Promise<TierStandingView> {
  const now = await clubNow(pool);
  const start = periodStart(rule, now);
  const measured = (await measure(pool, shopId, [customerId], rule.measure, start)).get(customerId) ?? 0n;
  const tierId = row?.tier_id ?? null;
  const keptUntil = row?.tier_kept_until ?? null;
  return {
    rule,
    all: tiers,
    current: tiers.find((tier) => tier.tierId === tierId) ?? null,
    keptUntil: keptUntil !== null && keptUntil > now ? keptUntil : null,
    measured,
    periodStart: start,
    next: nextTier({ tierId }, measured, tiers),
  };
}
