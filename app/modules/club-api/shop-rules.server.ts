/** A shop's side of what the checkout shows: its rules, kept in memory as long as their version is the same. */
import { LRUCache } from 'lru-cache';
import { pool, prepared, withSnapshot, type Transaction } from '#app/db.server.ts';
import {
  readMembershipSettings,
  type MembershipSettings,
} from '#app/modules/membership/membership-settings.server.ts';
import { listOfferedRewards } from '#app/modules/redemptions/rewards/reward-rows.server.ts';
import type { Reward } from '#app/modules/redemptions/rules/reward.ts';
import { readClubs, type Club } from '#app/modules/shops/club.server.ts';
import { IS_INSTALLED_SQL } from '#app/modules/shops/find-shop.server.ts';

export interface ShopRules {
  shopId: bigint;
  /** `shops.rules_version`: the database changes it with every rule below, in the same transaction. */
  version: bigint;
  isInstalled: boolean;
  club: Club;
  membership: MembershipSettings;
  /** What the shop offers, cheapest first. */
  rewards: Reward[];
  /** Some of them may be taken a number of times only. */
  hasLimits: boolean;
}

const CACHED_SHOPS_MAX = 5_000;
const rulesByDomain = new LRUCache<string, ShopRules>({ max: CACHED_SHOPS_MAX });

/**
 * Returns the rules of a shop as this process last loaded them, or undefined. They hold only if `version` is still the
 * shop's: read it in the statement whose rows they are applied to.
 */
export function knownRules(domain: string): ShopRules | undefined {
  return rulesByDomain.get(domain);
}

const READ_VERSION = prepared(
  'shop-rules-version',
  'SELECT shop_id AS "shopId", rules_version AS version FROM shops WHERE domain = $1',
);

/** Returns the rules of a shop that hold now; null for an unknown domain. One statement while they are in memory. */
export async function currentRules(domain: string): Promise<ShopRules | null> {
  const known = knownRules(domain);
  if (known) {
    const { rows } = await pool.query<Pick<ShopRules, 'shopId' | 'version'>>(READ_VERSION([domain]));
    if (rows[0]?.shopId === known.shopId && rows[0].version === known.version) return known;
  }
  return withSnapshot((tx) => loadRules(tx, domain));
}

/** Loads the rules of a shop; null for an unknown domain. The transaction must see one state of the database. */
export async function loadRules(snapshot: Transaction, domain: string): Promise<ShopRules | null> {
  const { rows } = await snapshot.query<{ shopId: bigint; version: bigint; isInstalled: boolean }>(
    `SELECT shop_id AS "shopId", rules_version AS version, ${IS_INSTALLED_SQL} AS "isInstalled" FROM shops WHERE domain = $1`,
    [domain],
  );
  const [shop] = rows;
  const club = shop && (await readClubs(snapshot, [shop.shopId])).get(shop.shopId);
  if (!shop || !club) return null;
  const membership = await readMembershipSettings(snapshot, shop.shopId);
  const rewards = await listOfferedRewards(snapshot, shop.shopId);
  const hasLimits = rewards.some(
    ({ limitPerCustomer, limitTotal }) => limitPerCustomer !== null || limitTotal !== null,
  );
  const rules = { ...shop, club, membership, rewards, hasLimits };
  rulesByDomain.set(domain, rules);
  return rules;
}
