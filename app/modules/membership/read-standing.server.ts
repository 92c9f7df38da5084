/** One customer's membership and tier, and what is missing to the next tier. */
import { ledgerNow, pool } from '#app/db.server.ts';
import { invariant } from '#app/lib/errors.ts';
import { readClubs } from '#app/modules/shops/club.server.ts';
import { hasClub, type ClubCategories } from '#app/modules/shops/rules/club-settings.ts';
import { measure } from './measure.server.ts';
import {
  readMembershipSettings,
  type MembershipSettings,
  type ShopTier,
} from './membership-settings.server.ts';
import { nextTier, periodStart, type TierRule } from './rules/tier.ts';

export interface Standing {
  memberSince: Date | null;
  /** `shopper`, `staff`, `spend`; null if not a member. */
  memberVia: string | null;
  /** The shopper can join by themselves. */
  mayJoin: boolean;
  /** Null while the shop's tiers are off. */
  tiers: TierStandingView | null;
}

export interface TierStandingView {
  rule: TierRule;
  /** All tiers of the shop, lowest first. */
  all: ShopTier[];
  current: ShopTier | null;
  /** The tier is kept until then although it is no longer reached, or because staff set it. */
  keptUntil: Date | null;
  /** Spend in minor units or points, in the current period. */
  measured: bigint;
  periodStart: Date;
  next: { tier: ShopTier; missing: bigint } | null;
}

/** The stored part of a customer's standing; all is null or empty for an unknown customer. */
export interface StandingRow {
  memberSince: Date | null;
  memberVia: string | null;
  tierId: bigint | null;
  tierKeptUntil: Date | null;
  categoryId: bigint | null;
  /** Merged, deleted, or left the club. */
  isClosed: boolean;
}

/** The columns of a `StandingRow`, of `customers c`, which may be an outer join's. */
export const STANDING_COLUMNS = `c.member_since AS "memberSince", c.member_via AS "memberVia", c.tier_id AS "tierId",
  c.tier_kept_until AS "tierKeptUntil", c.category_id AS "categoryId",
  coalesce(c.state <> 'active' OR c.merged_into IS NOT NULL OR c.left_at IS NOT NULL, false) AS "isClosed"`;

const UNKNOWN: StandingRow = {
  memberSince: null,
  memberVia: null,
  tierId: null,
  tierKeptUntil: null,
  categoryId: null,
  isClosed: false,
};

/** What decides about the standing of all customers. */
export interface StandingRules {
  settings: MembershipSettings;
  categories: ClubCategories;
}

/** Reads the customer's standing. An unknown customer is not a member and has no tier. Throws for an unknown shop. */
export async function readStanding(shopId: bigint, customerId: bigint): Promise<Standing> {
  const [settings, clubs, customers] = await Promise.all([
    readMembershipSettings(pool, shopId),
    readClubs(pool, [shopId]),
    pool.query<StandingRow>(
      `SELECT ${STANDING_COLUMNS} FROM customers c WHERE c.shop_id = $1 AND c.customer_id = $2`,
      [shopId, customerId],
    ),
  ]);
  const categories = clubs.get(shopId)?.categories;
  invariant(categories, `shop ${shopId} is not known`);
  const row = customers.rows[0] ?? UNKNOWN;
  if (!settings.tiersActive) return toStanding({ settings, categories }, row, null);
  const { rule } = settings;
  const now = await ledgerNow(pool);
  const measured = await measure(pool, shopId, [customerId], rule.measure, periodStart(rule, now));
  return toStanding({ settings, categories }, row, { now, amount: measured.get(customerId) ?? 0n });
}

/** Returns a customer's standing by the shop's rules; `measured` is null while its tiers are off. */
export function toStanding(
  { settings, categories }: StandingRules,
  { memberSince, memberVia, categoryId, isClosed, ...tier }: StandingRow,
  measured: { now: Date; amount: bigint } | null,
): Standing {
  return {
    memberSince,
    memberVia,
    mayJoin: settings.selfJoin && memberSince === null && !isClosed && hasClub(categories, categoryId),
    tiers: measured && toTierStanding(settings, tier, measured.now, measured.amount),
  };
}

function toTierStanding(
  { rule, tiers }: MembershipSettings,
  { tierId, tierKeptUntil }: Pick<StandingRow, 'tierId' | 'tierKeptUntil'>,
  now: Date,
  measured: bigint,
): TierStandingView {
  return {
    rule,
    all: tiers,
    current: tiers.find((tier) => tier.tierId === tierId) ?? null,
    keptUntil: tierKeptUntil !== null && tierKeptUntil > now ? tierKeptUntil : null,
    measured,
    periodStart: periodStart(rule, now),
    next: nextTier({ tierId }, measured, tiers),
  };
}
