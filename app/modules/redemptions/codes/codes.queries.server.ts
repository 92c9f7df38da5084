/** The discount codes that a customer took for points, and what became of them, for staff. */
import { pool } from '#app/db.server.ts';
import type { Unit } from '#app/lib/units.ts';
import { isReleasedBecause, type ReleasedBecause } from '../rules/released-because.ts';
import type { RedemptionState } from '../rules/redemption.ts';

export interface CodeLine {
  redemptionId: string;
  code: string;
  /** The reward's name; null for a payment. */
  reward: string | null;
  unit: Unit;
  units: bigint;
  state: RedemptionState;
  /** Why it was released, where neither the customer nor its time ended it. */
  because: ReleasedBecause | null;
  orderId: bigint | null;
  orderName: string | null;
  createdAt: Date;
}

export const CODES_SHOWN = 5;

/** Reads the newest codes of a customer. */
export async function listCodes(shopId: bigint, customerId: bigint): Promise<CodeLine[]> {
  const { rows } = await pool.query<Omit<CodeLine, 'because'> & { because: string | null }>(
    `SELECT r.redemption_id AS "redemptionId", r.code, r.reward->>'name' AS reward, r.unit, r.units, r.state,
       r.released_because AS because, r.order_id AS "orderId", o.name AS "orderName", r.created_at AS "createdAt"
     FROM redemptions r LEFT JOIN orders o USING (shop_id, order_id)
     WHERE r.shop_id = $1 AND r.customer_id = $2 AND r.kind IN ('pay', 'reward') ORDER BY r.created_at DESC LIMIT ${CODES_SHOWN}`,
    [shopId, customerId],
  );
  return rows.map((row) => ({
    ...row,
    because: row.state === 'released' && isReleasedBecause(row.because) ? row.because : null,
  }));
}
