/** Reads of offer groups and their offers (F87-F91). Ended offers are not listed: past orders keep them in their rules. */
import { pool, type Queryable } from '#app/db.server.ts';
import type { EarnOffer } from '../rules/program.ts';
import { isUnit } from '#app/lib/units.ts';

export interface Offer extends EarnOffer {
  status: 'active' | 'paused';
}

export interface OfferGroup {
  groupId: bigint;
  name: string;
  /** Highest minimum first: the order in which they are tried. */
  offers: Offer[];
}

/** What holds for all offers of a shop. */
export interface OfferSettings {
  /** The switch "advanced offers active" (F91). */
  isActive: boolean;
  includeTax: boolean;
  includeShipping: boolean;
}

interface OfferRow {
  offer_id: bigint;
  group_id: bigint;
  group_name: string;
  version: number;
  name: string;
  status: string;
  unit: string;
  minimum_minor: bigint;
  percent_bp: number;
  from_days: number;
  until_days: number | null;
}

const OFFERS = `SELECT o.offer_id, o.group_id, g.name AS group_name, o.version, o.name, o.status, o.unit, o.minimum_minor, o.percent_bp,
  o.from_days, o.until_days FROM offers o JOIN offer_groups g USING (shop_id, group_id) WHERE o.shop_id = $1 AND o.status <> 'ended'`;

function offersOf(rows: readonly OfferRow[]): Offer[] {
  return rows.flatMap((row) =>
    isUnit(row.unit)
      ? {
          offerId: row.offer_id,
          version: row.version,
          groupId: row.group_id,
          groupName: row.group_name,
          name: row.name,
          unit: row.unit,
          minimumMinor: row.minimum_minor,
          percentBp: row.percent_bp,
          fromDays: row.from_days,
          untilDays: row.until_days,
          status: row.status === 'active' ? ('active' as const) : ('paused' as const),
        }
      : [],
  );
}

/** All groups of a shop in their order, with their open offers. */
export async function listGroups(shopId: bigint): Promise<OfferGroup[]> {
  const groups = await pool.query<{ group_id: bigint; name: string }>(
    'SELECT group_id, name FROM offer_groups WHERE shop_id = $1 ORDER BY position, group_id',
    [shopId],
  );
  const { rows } = await pool.query<OfferRow>(`${OFFERS} ORDER BY o.minimum_minor DESC, o.offer_id DESC`, [
    shopId,
  ]);
  const offers = offersOf(rows);
  return groups.rows.map(({ group_id: groupId, name }) => ({
    groupId,
    name,
    offers: offers.filter((offer) => offer.groupId === groupId),
  }));
}

/** One open offer of this shop, or null. */
export async function readOffer(shopId: bigint, offerId: bigint): Promise<Offer | null> {
  const { rows } = await pool.query<OfferRow>(`${OFFERS} AND o.offer_id = $2`, [shopId, offerId]);
  return offersOf(rows)[0] ?? null;
}

/** The shop's switch and what counts of an order; all off for a shop that never saved any. */
export async function readOfferSettings(db: Queryable, shopId: bigint): Promise<OfferSettings> {
  const { rows } = await db.query<OfferSettings>(
    `SELECT offers_active AS "isActive", offers_include_tax AS "includeTax", offers_include_shipping AS "includeShipping"
     FROM club_settings WHERE shop_id = $1`,
    [shopId],
  );
  return rows[0] ?? { isActive: false, includeTax: false, includeShipping: false };
}
