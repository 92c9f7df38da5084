import { pool } from '#app/db.server.ts';
import { addDays, startOfDay } from '#app/lib/calendar-days.ts';
import { timestampArray } from '#app/lib/pg-arrays.ts';
import type { Unit } from '#app/lib/units.ts';
import { balanceLine, lineDays, type BalancePoint } from './rules/balance-line.ts';

const POINTS_DRAWN_MAX = 40;
const UNITS = ['POINTS', 'CREDIT'] as const;

export interface BalanceLine {
  unit: Unit;
  points: BalancePoint[];
}

interface Span {
  unit: Unit;
  firstDay: string;
  today: string;
  timeZone: string;
}

/**
 * Reads a customer's balance over time, one line for each unit with movements; days in the shop's time zone. Of thousands
 * of movements only the last before each day of the line leaves the database.
 */
export async function readBalanceLines(shopId: bigint, customerId: bigint): Promise<BalanceLine[]> {
  const spans = await readSpans(shopId, customerId);
  return Promise.all(
    spans.map(async ({ unit, firstDay, today, timeZone }) => {
      const days = lineDays(firstDay, today, POINTS_DRAWN_MAX);
      const ends = days.map((day) => startOfDay(addDays(day, 1), timeZone));
      const { rows } = await pool.query<{ place: number; balance: bigint }>(
        // The place of the first day that ends after the movement. Ids rise with an account's history.
        `SELECT width_bucket(created_at, $4::timestamptz[]) AS place, (max(ARRAY[entry_id, balance_after]))[2] AS balance
         FROM ledger_entries WHERE shop_id = $1 AND customer_id = $2 AND unit = $3 GROUP BY 1 ORDER BY 1`,
        [shopId, customerId, unit, timestampArray(ends)],
      );
      const closings = rows.flatMap(({ place, balance }) => {
        const day = days[place];
        return day === undefined ? [] : [{ day, balance }];
      });
      return { unit, points: balanceLine(days, closings) };
    }),
  );
}

async function readSpans(shopId: bigint, customerId: bigint): Promise<Span[]> {
  const { rows } = await pool.query<Span>(
    `SELECT u.unit, (e.created_at AT TIME ZONE s.time_zone)::date::text AS "firstDay",
       (ledger_now() AT TIME ZONE s.time_zone)::date::text AS today, s.time_zone AS "timeZone"
     FROM shops s CROSS JOIN unnest($3::text[]) WITH ORDINALITY AS u (unit, place) CROSS JOIN LATERAL (
       SELECT created_at FROM ledger_entries WHERE shop_id = s.shop_id AND customer_id = $2 AND unit = u.unit
       ORDER BY entry_id LIMIT 1) e
     WHERE s.shop_id = $1 ORDER BY u.place`,
    [shopId, customerId, UNITS],
  );
  return rows;
}
