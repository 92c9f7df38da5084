import { pool } from '#app/db.server.ts';

const CHANGES_SHOWN = 20;

export interface TierChange {
  changeId: bigint;
  /** Null for no tier. */
  tierName: string | null;
  since: Date;
  measured: bigint;
  /** `reached`, `no_longer_reached`, `tier_removed`, or what staff wrote. */
  reason: string;
  /** `setia`, or the staff member (`staff:<user id>`). */
  actor: string;
}

/** Lists a customer's last tiers, newest first. */
export async function listTierChanges(shopId: bigint, customerId: bigint): Promise<TierChange[]> {
  const { rows } = await pool.query<TierChange>(
    `SELECT h.change_id AS "changeId", t.name AS "tierName", h.since, h.measured, h.reason, h.actor
     FROM tier_changes h LEFT JOIN tiers t USING (shop_id, tier_id)
     WHERE h.shop_id = $1 AND h.customer_id = $2 ORDER BY h.since DESC, h.change_id DESC LIMIT ${CHANGES_SHOWN}`,
    [shopId, customerId],
  );
  return rows;
}
