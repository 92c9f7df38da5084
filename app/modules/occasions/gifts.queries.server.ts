/** Reads of birthday and anniversary gifts for their screen. */
import { pool } from '#app/db.server.ts';
import { GIFT_KINDS, type GiftKind, type GiftTerms } from './rules/gifts.ts';
import { isUnit, type Unit } from '#app/lib/units.ts';
import { MISSING_COUNTED_MAX } from './missing-limits.ts';

export interface GiftSettings extends GiftTerms {
  isActive: boolean;
  version: number;
}

/** A gift before one was saved; the form starts with it. */
const UNSAVED: GiftSettings = {
  isActive: false,
  version: 0,
  unit: 'POINTS',
  amountMode: 'fixed',
  amount: 50n,
  percentBp: 1_000,
  daysBefore: 0,
  expiresDays: 30,
};

interface SettingsRow {
  kind: string;
  is_active: boolean;
  version: number;
  unit: string;
  amount_mode: string;
  amount: bigint;
  percent_bp: number;
  days_before: number;
  expires_days: number;
}

/** Loads both gifts of a shop. */
export async function readGiftSettings(shopId: bigint): Promise<Record<GiftKind, GiftSettings>> {
  const { rows } = await pool.query<SettingsRow>(
    `SELECT kind, is_active, version, unit, amount_mode, amount, percent_bp, days_before, expires_days FROM gift_settings WHERE shop_id = $1`,
    [shopId],
  );
  const of = (kind: GiftKind): GiftSettings => {
    const row = rows.find((known) => known.kind === kind);
    if (!row || !isUnit(row.unit)) return UNSAVED;
    return {
      isActive: row.is_active,
      version: row.version,
      unit: row.unit,
      amountMode: row.amount_mode === 'percent' ? 'percent' : 'fixed',
      // The fields a percent gift does not use start as in a new one.
      amount: row.amount > 0n ? row.amount : UNSAVED.amount,
      percentBp: row.percent_bp > 0 ? row.percent_bp : UNSAVED.percentBp,
      daysBefore: row.days_before,
      expiresDays: row.expires_days,
    };
  };
  return { birthday: of('birthday'), anniversary: of('anniversary') };
}

/** Counts the customers who lack the date of each gift, up to one more than `MISSING_COUNTED_MAX`. */
export async function countMissingDates(shopId: bigint): Promise<Record<GiftKind, number>> {
  const counted = (column: string) =>
    `(SELECT count(*) FROM (SELECT FROM customers WHERE shop_id = $1 AND state = 'active' AND merged_into IS NULL
       AND ${column} IS NULL LIMIT ${MISSING_COUNTED_MAX + 1}) c)::int`;
  const { rows } = await pool.query<Record<GiftKind, number>>(
    `SELECT ${counted('birth_date')} AS birthday, ${counted('wedding_date')} AS anniversary`,
    [shopId],
  );
  return rows[0] ?? { birthday: 0, anniversary: 0 };
}

/** One celebrated day on which a customer got a gift or was skipped. */
export interface GiftRunRow {
  kind: GiftKind;
  /** `YYYY-MM-DD` */
  day: string;
  unit: Unit;
  granted: number;
  amount: bigint;
  skipped: number;
  startedAt: Date;
  /** Null while it runs or waits to be continued. */
  finishedAt: Date | null;
}

export interface GiftRunPage {
  runs: GiftRunRow[];
  /** Position to page on from; null on the last page. */
  after: string | null;
}

const RUNS_A_PAGE = 20;
const POSITION = /^(\d{4}-\d{2}-\d{2})\.([a-z]+)$/;

/** Lists a page of the runs, newest day first, after `after` (keyset). */
export async function listGiftRuns(shopId: bigint, after: string | null): Promise<GiftRunPage> {
  const [, day, afterKind] = POSITION.exec(after ?? '') ?? [];
  const isDay = day !== undefined && !Number.isNaN(Date.parse(day));
  const { rows } = await pool.query<Omit<GiftRunRow, 'kind' | 'unit'> & { kind: string; unit: string }>(
    `SELECT kind, day::text AS day, unit, granted, amount, skipped, started_at AS "startedAt", finished_at AS "finishedAt"
     FROM gift_runs WHERE shop_id = $1 AND granted + skipped > 0 AND ($2::date IS NULL OR (day, kind) < ($2::date, $3))
     ORDER BY day DESC, kind DESC LIMIT ${RUNS_A_PAGE + 1}`,
    [shopId, isDay ? day : null, isDay ? afterKind : null],
  );
  const runs = rows.slice(0, RUNS_A_PAGE).flatMap((row) => {
    const kind = GIFT_KINDS.find((known) => known === row.kind);
    return kind && isUnit(row.unit) ? [{ ...row, kind, unit: row.unit }] : [];
  });
  const last = runs.at(-1);
  return { runs, after: rows.length > RUNS_A_PAGE && last ? `${last.day}.${last.kind}` : null };
}
