/** The earning rules in force of a shop's club, and the snapshots of them that orders keep. */
import { LRUCache } from 'lru-cache';
import type { Queryable } from '#app/db.server.ts';
import { invariant } from '#app/lib/errors.ts';
import { sha256 } from '#app/lib/ids.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { readClubs, type Club } from '#app/modules/shops/club.server.ts';
import { needsOf, type FactNeeds } from './rules/fact-needs.ts';
import type { EarnOffer, EarnProgram, EarnRules } from './rules/program.ts';
import { loadRule, loadRules, storeRules } from './rules/rules-json.ts';
import { isUnit } from '#app/lib/units.ts';

/** A club with what its customers earn by. */
export interface ClubRules extends Club {
  rules: EarnRules;
  /** What the rules ask of an order's customer and products. */
  needs: FactNeeds;
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

/** The clubs of these shops with their rules in force, by shop id. */
export async function readClubRules(
  db: Queryable,
  shopIds: readonly bigint[],
): Promise<Map<bigint, ClubRules>> {
  const clubs = await readClubs(db, shopIds);
  const programs = await readPrograms(db, shopIds);
  const withOffers = [...clubs.values()].filter(({ offers }) => offers.isActive).map(({ shopId }) => shopId);
  const offers = await readOffers(db, withOffers);
  const left = await findShopsLeft(db, shopIds);
  return new Map(
    [...clubs].map(([shopId, club]) => {
      const earning = { programs: programs.get(shopId) ?? [], offers: offers.get(shopId) ?? [] };
      return [shopId, withRules(club, earning, left.has(shopId))];
    }),
  );
}

/** The shops of which some customers have left the club. */
async function findShopsLeft(db: Queryable, shopIds: readonly bigint[]): Promise<ReadonlySet<bigint>> {
  const { rows } = await db.query<{ shopId: bigint }>(
    `SELECT k.shop_id AS "shopId" FROM unnest($1::bigint[]) AS k (shop_id)
     WHERE EXISTS (SELECT FROM customers c WHERE c.shop_id = k.shop_id AND c.left_at IS NOT NULL)`,
    [bigintArray(shopIds)],
  );
  return new Set(rows.map(({ shopId }) => shopId));
}

function withRules(
  club: Club,
  { programs, offers }: { programs: EarnProgram[]; offers: EarnOffer[] },
  hasLeft: boolean,
): ClubRules {
  const rules: EarnRules = {
    timeZone: club.timeZone,
    startsOn: club.startsOn,
    currency: club.currency,
    programs,
    offers,
    offersIncludeTax: club.offers.includeTax,
    offersIncludeShipping: club.offers.includeShipping,
  };
  const { trialMode, tiersActive, categories } = club;
  return {
    ...club,
    rules,
    needs: needsOf(rules, trialMode || tiersActive || categories.off.size > 0 || hasLeft),
  };
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

/** Stores the rules in force of each club (once by content) and returns the snapshot's id by shop. */
export async function snapshotRules(
  db: Queryable,
  clubs: readonly ClubRules[],
): Promise<Map<bigint, bigint>> {
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
const snapshots = new LRUCache<string, EarnRules>({ max: SNAPSHOTS_CACHED_MAX });

/**
 * The rules of these snapshots by `shopId/snapshotId`. Throws when one is missing: an order without its rules would
 * look like one that earns nothing. The map is the caller's own, so that another call may empty the cache meanwhile.
 */
export async function readSnapshots(
  db: Queryable,
  keys: readonly { shopId: bigint; snapshotId: bigint }[],
): Promise<ReadonlyMap<string, EarnRules>> {
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

/** Key of a snapshot in the map that `readSnapshots` returns. */
export function snapshotKey(shopId: bigint, snapshotId: bigint): string {
  return `${shopId}/${snapshotId}`;
}
