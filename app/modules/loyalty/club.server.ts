/** A shop's club as the ledger's use cases need it: its rules in force and its settings, read together. */
import type { Queryable } from '#app/db.server.ts';
import { invariant } from '#app/lib/errors.ts';
import { sha256 } from '#app/lib/ids.ts';
import type { TakeBackPolicy } from './rules/planned.ts';
import { loadRule, loadRules, storeRules, type EarnProgram, type EarnRules } from './rules/program.ts';
import type { RedemptionRate } from './rules/redemption.ts';
import { isUnit } from './rules/units.ts';

export interface Club {
  shopId: bigint;
  domain: string;
  title: string;
  /** The shop's currency; null until the app was opened in that shop. */
  currency: string | null;
  locale: string;
  timeZone: string;
  rules: EarnRules;
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
  locale: string;
  time_zone: string;
  club_title: string | null;
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
    `SELECT s.shop_id, s.domain, s.name, s.currency, s.locale, s.time_zone, c.club_title, c.starts_on::text AS starts_on,
       c.redemption_enabled, c.redemption_rate_units, c.redemption_rate_minor, c.redemption_minimum_units, c.redemption_ttl_minutes,
       c.combines_with_order, c.combines_with_product, c.combines_with_shipping, c.refund_shortfall, c.refund_takes_from_all_lots,
       c.restore_minimum_days
     FROM shops s LEFT JOIN club_settings c ON c.shop_id = s.shop_id WHERE s.shop_id = ANY($1)`,
    [shopIds],
  );
  const programs = await readPrograms(db, shopIds);
  return new Map(rows.map((row) => [row.shop_id, clubOf(row, programs.get(row.shop_id) ?? [])]));
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

function clubOf(row: ClubRow, programs: EarnProgram[]): Club {
  return {
    shopId: row.shop_id,
    domain: row.domain,
    title: row.club_title || row.name || row.domain,
    currency: row.currency,
    locale: row.locale,
    timeZone: row.time_zone,
    rules: { timeZone: row.time_zone, startsOn: row.starts_on, programs },
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
