/** The opt-out of a customer's number, with who can take it back. */
import type { Queryable } from '#app/db.server.ts';
import { loadAddressHash } from './address-hash.server.ts';
import { findSuppression, type SuppressionSource } from './suppress.server.ts';

/** What staff added or what was refused in free words they can allow again; a stop and a block at Twilio only their owner. */
const BY_STAFF: readonly SuppressionSource[] = ['staff', 'free_text'];

export interface NumberOptOut {
  since: Date;
  source: SuppressionSource;
  canStaffAllow: boolean;
  /** The number of ours that hears START; null where none takes replies. */
  startAt: string | null;
}

/** Finds the opt-out of a number; null for one that may be written to. */
export async function readNumberOptOut(
  db: Queryable,
  shopId: bigint,
  phone: string | null,
): Promise<NumberOptOut | null> {
  if (phone === null) return null;
  const hash = (await loadAddressHash(db, shopId))('sms', phone);
  const found = await findSuppression(db, shopId, 'sms', hash);
  if (!found) return null;
  const { rows } = await db.query<{ address: string }>(
    `SELECT s.address FROM senders s JOIN channels c USING (shop_id, channel_id)
      WHERE s.shop_id = $1 AND c.kind = 'sms' AND s.replies ORDER BY s.address LIMIT 1`,
    [shopId],
  );
  return {
    ...found,
    canStaffAllow: BY_STAFF.includes(found.source),
    startAt: rows[0]?.address ?? null,
  };
}
