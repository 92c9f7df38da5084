/** A shop's club as the ledger's use cases need it: its rules in force and its settings, read together. */
import type { Queryable } from '#app/db.server.ts';
import { invariant } from '#app/lib/errors.ts';
import { sha256 } from '#app/lib/ids.ts';
import type { TakeBackPolicy } from './rules/planned.ts';
import { needsOf, type FactNeeds } from './rules/fact-needs.ts';
import type { EarnOffer, EarnProgram, EarnRules } from './rules/program.ts';
import { loadRule, loadRules, storeRules } from './rules/store-rules.ts';
import type { RedemptionRate } from './rules/redemption.ts';
import { isUnit } from './rules/units.ts';
import { currencyDigits } from '#app/lib/money.ts';

export interface Club {
  shopId: bigint;
  domain: string;
  title: string;
  /** The online promotion; empty for none. */
  banner: string;
  /** The shop's currency; null until the app was opened in that shop. */
  currency: string | null;
  /** Two letters; how people there write phone numbers. */
  country: string | null;
  locale: string;
  timeZone: string;
  rules: EarnRules;
  /** What the rules ask of an order's customer and products. */
  needs: FactNeeds;
  /** Rules act for test customers only (F124). */
  trialMode: boolean;
  tiersActive: boolean;
  /** Changed orders may change somebody's tier or membership. */
  evaluatesCustomers: boolean;
  /** The categories whose club is off, and the one that a customer without any counts as. */
  categories: { defaultId: bigint | null; off: ReadonlySet<bigint> };
  takeBack: TakeBackPolicy;
  restoreMinimumDays: number;
  redemption: {
    isEnabled: boolean;
    /** Of points; credit is money already. */
    rate: RedemptionRate;
    minimumUnits: bigint;
    ttlMinutes: number;
    combinesWith: { orderDiscounts: boolean; productDiscounts: boolean; shippingDiscounts: boolean };
  };
}

interface ClubRow {
  shop_id: bigint;
  domain: string;
  name: string | null;
  currency: string | null;
  country: string | null;
  locale: string;
  time_zone: string;
  club_title: string | null;
  banner_text: string | null;
  starts_on: string | null;
  redemption_enabled: boolean | null;
  redemption_rate_units: bigint | null;
  redemption_rate_minor: bigint | null;
  redemption_minimum_units: bigint | null;
  redemption_ttl_minutes: number | null;
  combines_with_order: boolean | null;
  combines_with_product: boolean | null;
  combines_with_shipping: boolean | null;
  refund_shortfall: string | null;
  refund_takes_from_all_lots: boolean | null;
  restore_minimum_days: number | null;
  trial_mode: boolean | null;
  tiers_active: boolean | null;
  joins_by_spend: boolean | null;
  offers_active: boolean | null;
  offers_include_tax: boolean | null;
  offers_include_shipping: boolean | null;
  default_category: bigint | null;
  categories_off: bigint[] | null;
  has_left: boolean;
}

interface OfferRow {
  shop_id: bigint;
  offer_id: bigint;
  version: number;
  group_id: bigint;
  group_name: string;
  name: string;
  unit: string;
  minimum_minor: bigint;
  percent_bp: number;
  from_days: number;
  until_days: number | null;
}

interface ProgramRow {
  shop_id: bigint;
  program_id: bigint;
  version: number;
  name: string;
  unit: string;
  rule: unknown;
  starts_at: Date | null;
  ends_at: Date | null;
}

/** The clubs of these shops by shop id; shops without settings yet (never opened) have no redemption. */
export async function readClubs(db: Queryable, shopIds: readonly bigint[]): Promise<Map<bigint, Club>> {
  const { rows } = await db.query<ClubRow>(
    `SELECT s.shop_id, s.domain, s.name, s.currency, s.country, s.locale, s.time_zone, c.club_title, c.banner_text, c.starts_on::text AS starts_on,
       c.redemption_enabled, c.redemption_rate_units, c.redemption_rate_minor, c.redemption_minimum_units, c.redemption_ttl_minutes,
       c.combines_with_order, c.combines_with_product, c.combines_with_shipping, c.refund_shortfall, c.refund_takes_from_all_lots,
       c.restore_minimum_days, c.trial_mode, c.tiers_active,
       c.join_at_spend_minor IS NOT NULL AS joins_by_spend, c.offers_active, c.offers_include_tax, c.offers_include_shipping,
       k.default_category, k.categories_off,
       EXISTS (SELECT FROM customers l WHERE l.shop_id = s.shop_id AND l.left_at IS NOT NULL) AS has_left
     FROM shops s LEFT JOIN club_settings c ON c.shop_id = s.shop_id
       LEFT JOIN LATERAL (SELECT min(category_id) FILTER (WHERE is_default) AS default_category,
         array_agg(category_id) FILTER (WHERE NOT loyalty_enabled) AS categories_off FROM categories WHERE shop_id = s.shop_id) k ON true
     WHERE s.shop_id = ANY($1)`,
    [shopIds],
  );
  const programs = await readPrograms(db, shopIds);
  const withOffers = rows.filter((row) => row.offers_active).map((row) => row.shop_id);
  const offers = await readOffers(db, withOffers);
  return new Map(
    rows.map((row) => [
      row.shop_id,
      clubOf(row, programs.get(row.shop_id) ?? [], offers.get(row.shop_id) ?? []),
    ]),
  );
}

async function readOffers(db: Queryable, shopIds: readonly bigint[]): Promise<Map<bigint, EarnOffer[]>> {
  if (shopIds.length === 0) return new Map();
  const { rows } = await db.query<OfferRow>(
    `SELECT o.shop_id, o.offer_id, o.version, o.group_id, g.name AS group_name, o.name, o.unit, o.minimum_minor, o.percent_bp,
       o.from_days, o.until_days
     FROM offers o JOIN offer_groups g USING (shop_id, group_id)
     WHERE o.shop_id = ANY($1) AND o.status = 'active' ORDER BY o.shop_id, g.position, o.group_id, o.offer_id`,
    [shopIds],
  );
  const byShop = new Map<bigint, EarnOffer[]>();
  for (const row of rows) {
    const { unit } = row;
    if (!isUnit(unit)) continue;
    const offer = {
      offerId: row.offer_id,
      version: row.version,
      groupId: row.group_id,
      groupName: row.group_name,
      name: row.name,
      unit,
      minimumMinor: row.minimum_minor,
      percentBp: row.percent_bp,
      fromDays: row.from_days,
      untilDays: row.until_days,
    };
    byShop.set(row.shop_id, [...(byShop.get(row.shop_id) ?? []), offer]);
  }
  return byShop;
}

async function readPrograms(db: Queryable, shopIds: readonly bigint[]): Promise<Map<bigint, EarnProgram[]>> {
  const { rows } = await db.query<ProgramRow>(
    `SELECT shop_id, program_id, version, name, unit, rule, starts_at, ends_at FROM programs
     WHERE shop_id = ANY($1) AND status = 'active' ORDER BY shop_id, program_id`,
    [shopIds],
  );
  const byShop = new Map<bigint, EarnProgram[]>();
  for (const row of rows) {
    if (!isUnit(row.unit)) continue;
    const program = {
      programId: row.program_id,
      version: row.version,
      name: row.name,
      unit: row.unit,
      rule: loadRule(row.rule),
      startsAt: row.starts_at,
      endsAt: row.ends_at,
    };
    byShop.set(row.shop_id, [...(byShop.get(row.shop_id) ?? []), program]);
  }
  return byShop;
}

function clubOf(row: ClubRow, programs: EarnProgram[], offers: EarnOffer[]): Club {
  const rules: EarnRules = {
    timeZone: row.time_zone,
    startsOn: row.starts_on,
    currencyDigits: currencyDigits(row.currency ?? ''),
    programs,
    offers,
    offersIncludeTax: row.offers_include_tax ?? false,
    offersIncludeShipping: row.offers_include_shipping ?? false,
  };
  const off = new Set(row.categories_off ?? []);
  const trialMode = row.trial_mode ?? false;
  const tiersActive = row.tiers_active ?? false;
  return {
    shopId: row.shop_id,
    domain: row.domain,
    title: row.club_title || row.name || row.domain,
    banner: row.banner_text ?? '',
    currency: row.currency,
    country: row.country,
    locale: row.locale,
    timeZone: row.time_zone,
    rules,
    needs: needsOf(rules, trialMode || tiersActive || off.size > 0 || row.has_left),
    trialMode,
    tiersActive,
    evaluatesCustomers: tiersActive || (row.joins_by_spend ?? false),
    categories: { defaultId: row.default_category, off },
    takeBack: {
      shortfall: row.refund_shortfall === 'write_off' ? 'write_off' : 'debt',
      fromAllLots: row.refund_takes_from_all_lots ?? true,
    },
    restoreMinimumDays: row.restore_minimum_days ?? 7,
    redemption: {
      isEnabled: row.redemption_enabled ?? false,
      rate: { units: row.redemption_rate_units ?? 1n, amountMinor: row.redemption_rate_minor ?? 1n },
      minimumUnits: row.redemption_minimum_units ?? 1n,
      ttlMinutes: row.redemption_ttl_minutes ?? 120,
      combinesWith: {
        orderDiscounts: row.combines_with_order ?? false,
        productDiscounts: row.combines_with_product ?? true,
        shippingDiscounts: row.combines_with_shipping ?? true,
      },
    },
  };
}

/** Stores the rules in force of each club (once by content) and gives the snapshot's id by shop. */
export async function snapshotRules(db: Queryable, clubs: readonly Club[]): Promise<Map<bigint, bigint>> {
  if (clubs.length === 0) return new Map();
  const texts = clubs.map((club) => JSON.stringify(storeRules(club.rules)));
  const parameters = [clubs.map((club) => club.shopId), texts.map(sha256), texts];
  const given = 'unnest($1::bigint[], $2::text[], $3::text[]) AS n (shop_id, hash, rules)';
  const find = `SELECT s.shop_id, s.snapshot_id FROM rule_snapshots s JOIN ${given} USING (shop_id, hash)`;
  const found = await db.query<{ shop_id: bigint; snapshot_id: bigint }>(find, parameters);
  if (found.rows.length === clubs.length)
    return new Map(found.rows.map((row) => [row.shop_id, row.snapshot_id]));
  await db.query(
    `INSERT INTO rule_snapshots (shop_id, hash, rules) SELECT n.shop_id, n.hash, n.rules::jsonb FROM ${given} ORDER BY 1 ON CONFLICT DO NOTHING`,
    parameters,
  );
  const stored = await db.query<{ shop_id: bigint; snapshot_id: bigint }>(find, parameters);
  return new Map(stored.rows.map((row) => [row.shop_id, row.snapshot_id]));
}

const SNAPSHOTS_CACHED_MAX = 1_000;
/** A snapshot never changes, so it may be kept for as long as the process lives. */
const snapshots = new Map<string, EarnRules>();

/**
 * The rules of these snapshots by `shopId/snapshotId`. Throws when one is missing: an order without its rules would
 * look like one that earns nothing. The map is the caller's own, so that another call may empty the cache meanwhile.
 */
export async function readSnapshots(
  db: Queryable,
  keys: readonly { shopId: bigint; snapshotId: bigint }[],
): Promise<ReadonlyMap<string, EarnRules>> {
  if (snapshots.size > SNAPSHOTS_CACHED_MAX) snapshots.clear();
  const wanted = new Map(keys.map((key) => [snapshotKey(key.shopId, key.snapshotId), key]));
  const found = new Map<string, EarnRules>();
  for (const text of wanted.keys()) {
    const rules = snapshots.get(text);
    if (!rules) continue;
    found.set(text, rules);
    wanted.delete(text);
  }
  if (wanted.size === 0) return found;
  const missing = [...wanted.values()];
  const { rows } = await db.query<{ shop_id: bigint; snapshot_id: bigint; rules: unknown }>(
    `SELECT s.shop_id, s.snapshot_id, s.rules FROM rule_snapshots s
     JOIN unnest($1::bigint[], $2::bigint[]) AS k (shop_id, snapshot_id) USING (shop_id, snapshot_id)`,
    [missing.map((key) => key.shopId), missing.map((key) => key.snapshotId)],
  );
  for (const row of rows) {
    const text = snapshotKey(row.shop_id, row.snapshot_id);
    const rules = loadRules(row.rules);
    snapshots.set(text, rules);
    found.set(text, rules);
    wanted.delete(text);
  }
  invariant(wanted.size === 0, `rule snapshots missing: ${[...wanted.keys()].join(', ')}`);
  return found;
}

/** Key of a snapshot in the map that `readSnapshots` gives. */
export function snapshotKey(shopId: bigint, snapshotId: bigint): string {
  return `${shopId}/${snapshotId}`;
}
