import { pool, withTransaction } from '#app/db.server.ts';
import type { OfferDraft } from './offer-form.ts';

/** Every order looks at all of them. */
const OFFERS_MAX = 100;

export type OfferMade = { ok: true; offerId: bigint } | { ok: false; reason: 'missing' | 'too_many' };
export type OfferSaved = { ok: true } | { ok: false; reason: 'missing' | 'changed_meanwhile' };

function valuesOf(draft: OfferDraft): unknown[] {
  const { name, unit, minimumMinor, percentBp, fromDays, untilDays, isActive } = draft;
  return [name, isActive ? 'active' : 'paused', unit, minimumMinor, percentBp, fromDays, untilDays];
}

/** Adds an offer to a group of the shop. */
export async function createOffer(shopId: bigint, groupId: bigint, draft: OfferDraft): Promise<OfferMade> {
  return withTransaction(async (tx): Promise<OfferMade> => {
    // The group must not be removed meanwhile.
    const group = await tx.query(
      'SELECT FROM offer_groups WHERE shop_id = $1 AND group_id = $2 FOR NO KEY UPDATE',
      [shopId, groupId],
    );
    if (group.rowCount === 0) return { ok: false, reason: 'missing' };
    const { rows } = await tx.query<{ offer_id: bigint }>(
      `INSERT INTO offers (shop_id, group_id, name, status, unit, minimum_minor, percent_bp, from_days, until_days)
       SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9 WHERE (SELECT count(*) FROM offers WHERE shop_id = $1 AND status <> 'ended') < $10
       RETURNING offer_id`,
      [shopId, groupId, ...valuesOf(draft), OFFERS_MAX],
    );
    const row = rows[0];
    return row ? { ok: true, offerId: row.offer_id } : { ok: false, reason: 'too_many' };
  });
}

/**
 * Saves an offer as a new version; orders that were eligible before keep the rules they had. Refuses to overwrite what
 * another person saved since version `version` was read.
 */
export async function saveOffer(
  shopId: bigint,
  offerId: bigint,
  version: number,
  draft: OfferDraft,
): Promise<OfferSaved> {
  const { rowCount } = await pool.query(
    `UPDATE offers SET name = $3, status = $4, unit = $5, minimum_minor = $6, percent_bp = $7, from_days = $8, until_days = $9,
       version = version + 1, updated_at = clock_timestamp()
     WHERE shop_id = $1 AND offer_id = $2 AND version = $10 AND status <> 'ended'`,
    [shopId, offerId, ...valuesOf(draft), version],
  );
  if (rowCount === 1) return { ok: true };
  const known = await pool.query(
    `SELECT FROM offers WHERE shop_id = $1 AND offer_id = $2 AND status <> 'ended'`,
    [shopId, offerId],
  );
  return { ok: false, reason: known.rowCount === 0 ? 'missing' : 'changed_meanwhile' };
}

/** Ends an offer for good: it leaves the list and gives nothing to new orders. False when there is none. */
export async function endOffer(shopId: bigint, offerId: bigint): Promise<boolean> {
  const { rowCount } = await pool.query(
    `UPDATE offers SET status = 'ended', version = version + 1, updated_at = clock_timestamp()
     WHERE shop_id = $1 AND offer_id = $2 AND status <> 'ended'`,
    [shopId, offerId],
  );
  return rowCount === 1;
}
