/** What a customer's balance is made of: lots with their dates, those that end first before others (C3). */
import { pool } from '#app/db.server.ts';
import type { Unit } from '#app/lib/units.ts';

const LOTS_SHOWN_MAX = 25;

export interface OpenLot {
  entryId: bigint;
  unit: Unit;
  remaining: bigint;
  /** What it gave at first. */
  amount: bigint;
  validFrom: Date;
  /** Null for what never ends. */
  expiresAt: Date | null;
  orderId: bigint | null;
  orderName: string | null;
  isPending: boolean;
}

export interface OpenLots {
  lots: OpenLot[];
  /** Lots beyond those. */
  more: number;
}

/** The lots of a customer that still have something. */
export async function readLots(shopId: bigint, customerId: bigint): Promise<OpenLots> {
  const { rows } = await pool.query<OpenLot & { all: number }>(
    // The moment once, not for each lot: some customers have thousands.
    `WITH n AS MATERIALIZED (SELECT ledger_now() AS now),
     open AS NOT MATERIALIZED (SELECT l.* FROM ledger_lots l, n WHERE l.shop_id = $1 AND l.customer_id = $2 AND l.unit IN ('POINTS', 'CREDIT')
       AND l.remaining > 0 AND (l.expires_at IS NULL OR l.expires_at > n.now))
     SELECT l.entry_id AS "entryId", l.unit, l.remaining, l.amount, l.valid_from AS "validFrom", l.expires_at AS "expiresAt",
       l.order_id AS "orderId", o.name AS "orderName", l.valid_from > n.now AS "isPending", (SELECT count(*)::int FROM open) AS "all"
     FROM (SELECT * FROM open ORDER BY expires_at NULLS LAST, valid_from, entry_id LIMIT ${LOTS_SHOWN_MAX}) l CROSS JOIN n
       LEFT JOIN orders o ON o.shop_id = l.shop_id AND o.order_id = l.order_id
     ORDER BY l.expires_at NULLS LAST, l.valid_from, l.entry_id`,
    [shopId, customerId],
  );
  return {
    lots: rows.map(({ all: _all, ...lot }) => lot),
    more: (rows[0]?.all ?? 0) - rows.length,
  };
}
