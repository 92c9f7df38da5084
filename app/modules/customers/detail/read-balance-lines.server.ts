import { pool } from '#app/db.server.ts';
import type { Unit } from '#app/modules/loyalty/rules/units.ts';
import { balanceLine, type BalancePoint } from './rules/balance-line.ts';

const POINTS_DRAWN_MAX = 40;
const UNITS = ['POINTS', 'CREDIT'] as const;

export interface BalanceLine {
  unit: Unit;
  points: BalancePoint[];
}

/** What a customer had over time, one line a unit with movements; days are those of the shop's time zone. */
export async function readBalanceLines(shopId: bigint, customerId: bigint): Promise<BalanceLine[]> {
  const { rows } = await pool.query<BalancePoint & { unit: Unit; today: string }>(
    `SELECT e.unit, to_char(e.day, 'YYYY-MM-DD') AS day, e.balance,
       to_char(club_now() AT TIME ZONE s.time_zone, 'YYYY-MM-DD') AS today
     FROM shops s CROSS JOIN LATERAL (
       SELECT DISTINCT ON (unit, day) unit, (created_at AT TIME ZONE s.time_zone)::date AS day, balance_after AS balance
       FROM ledger_entries WHERE shop_id = s.shop_id AND customer_id = $2 AND unit IN ('POINTS', 'CREDIT')
       ORDER BY unit, day, entry_id DESC) e
     WHERE s.shop_id = $1 ORDER BY e.day`,
    [shopId, customerId],
  );
  return UNITS.flatMap((unit) => {
    const closings = rows.filter((row) => row.unit === unit);
    const [first] = closings;
    return first ? [{ unit, points: balanceLine(closings, first.today, POINTS_DRAWN_MAX) }] : [];
  });
}
