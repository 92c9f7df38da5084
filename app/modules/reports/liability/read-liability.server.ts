/** The liability report (F125), by month: what the club issued, what became of it, and what it still owes. */
import { ledgerNow, pool } from '#app/db.server.ts';
import { readSettings } from '#app/modules/shops/settings.server.ts';
import { readMonthSums } from '#app/modules/ledger/months/month-sums.queries.server.ts';
import { localDay } from '#app/lib/calendar-days.ts';
import {
  liabilityMonths,
  sumGroups,
  type LiabilityMonth,
  type LiabilitySums,
} from '#app/modules/ledger/rules/month-sums.ts';
import type { RedemptionRate } from '#app/modules/shops/rules/club-settings.ts';
import { UNITS, type Unit } from '#app/lib/units.ts';

export interface ReportMonth extends LiabilityMonth {
  /** Earned but not yet available at the end of the month, or now for the current month. */
  pending: bigint;
  isOver: boolean;
}

export interface UnitLiability {
  unit: Unit;
  /** Oldest first. */
  months: ReportMonth[];
  /** Totals of all months. */
  totals: LiabilitySums;
  outstanding: bigint;
  pending: bigint;
}

export interface LiabilityReport {
  /** Always includes points; credit once there has been any. */
  units: UnitLiability[];
  /** The value of points at today's rate. */
  rate: RedemptionRate;
}

/** Reads a shop's report up to now. */
export async function readLiability({
  shopId,
  timeZone,
}: {
  shopId: bigint;
  timeZone: string;
}): Promise<LiabilityReport> {
  const [sums, settings, pendingNow, pendingThen, now] = await Promise.all([
    readMonthSums(shopId, timeZone),
    readSettings(shopId),
    readPendingNow(shopId),
    readPendingThen(shopId),
    ledgerNow(pool),
  ]);
  const thisMonth = `${localDay(now, timeZone).slice(0, 7)}-01`;
  const units = UNITS.map((unit) => {
    const rows = sums.filter((row) => row.unit === unit);
    const pending = pendingNow.get(unit) ?? 0n;
    const months = liabilityMonths(rows, thisMonth).map((month) => ({
      ...month,
      isOver: month.month < thisMonth,
      pending: month.month < thisMonth ? (pendingThen.get(`${month.month} ${unit}`) ?? 0n) : pending,
    }));
    return { unit, months, totals: sumGroups(rows), outstanding: months.at(-1)?.outstanding ?? 0n, pending };
  });
  return {
    units: units.filter(({ unit, months }) => unit === 'POINTS' || months.length > 0),
    rate: { units: settings.redemptionRateUnits, amountMinor: settings.redemptionRateMinor },
  };
}

async function readPendingNow(shopId: bigint): Promise<Map<Unit, bigint>> {
  const { rows } = await pool.query<{ unit: Unit; pending: bigint }>(
    `SELECT unit, sum(remaining)::bigint AS pending FROM ledger_lots
     WHERE shop_id = $1 AND remaining > 0 AND valid_from > (SELECT ledger_now()) GROUP BY unit`,
    [shopId],
  );
  return new Map(rows.map(({ unit, pending }) => [unit, pending]));
}

/** By `month unit`. */
async function readPendingThen(shopId: bigint): Promise<Map<string, bigint>> {
  const { rows } = await pool.query<{ month: string; points: bigint; credit: bigint }>(
    `SELECT to_char(month, 'YYYY-MM-DD') AS month, pending_points AS points, pending_credit AS credit
     FROM ledger_closings WHERE shop_id = $1`,
    [shopId],
  );
  return new Map(
    rows.flatMap(({ month, points, credit }): [string, bigint][] => [
      [`${month} POINTS`, points],
      [`${month} CREDIT`, credit],
    ]),
  );
}
