/**
 * Plans the reminders that value will expire, 30, 7 and 1 days before (F119): one message a customer, unit, last day of
 * use and step. Only planned: whoever sends them looks again at what is left by then.
 */
import { clubNow, pool } from '#app/db.server.ts';
import { IS_INSTALLED_SQL } from '#app/modules/shops/find-shop.server.ts';
import { addDays, localDay, startOfDay } from './rules/days.ts';
import type { Unit } from './rules/units.ts';

/** Days between the reminder and the last day of use. */
export const REMINDER_STEPS: readonly number[] = [30, 7, 1];
/** A reminder that nobody planned in time, or of value that came later, still makes sense so many days on. */
const LATE_DAYS_MAX = 3;
const LOTS_A_PAGE = 10_000;

/** Nobody wants to hear of points at midnight. */
const DUE_AT = `(m.day - $7::int + time '09:00') AT TIME ZONE $8`;

/** The end of a lot is exclusive: its last day is the one before the moment. */
const PLAN_PAGE = `
  WITH page AS MATERIALIZED (
    SELECT expires_at, customer_id, unit FROM ledger_lots WHERE shop_id = $1 AND remaining > 0 AND expires_at > $2 AND expires_at <= $3
      AND ($4::timestamptz IS NULL OR (expires_at, customer_id, unit) > ($4::timestamptz, $5::bigint, $6::text))
    ORDER BY expires_at, customer_id, unit LIMIT ${LOTS_A_PAGE}),
  days AS MATERIALIZED (
    SELECT DISTINCT customer_id, unit, ((expires_at - interval '1 microsecond') AT TIME ZONE $8)::date AS day FROM page),
  messages AS (
    SELECT d.customer_id, d.unit, d.day, l.amount FROM days d JOIN customers c ON c.shop_id = $1 AND c.customer_id = d.customer_id
      AND c.state = 'active' AND c.merged_into IS NULL AND c.left_at IS NULL
    JOIN club_settings s ON s.shop_id = $1 AND (NOT s.trial_mode OR c.is_trial)
    CROSS JOIN LATERAL (SELECT sum(remaining) AS amount FROM ledger_lots l WHERE l.shop_id = $1 AND l.customer_id = d.customer_id
      AND l.unit = d.unit AND l.remaining > 0 AND l.expires_at > d.day::timestamp AT TIME ZONE $8
      AND l.expires_at <= (d.day + 1)::timestamp AT TIME ZONE $8) l),
  planned AS (
    INSERT INTO planned_messages (shop_id, customer_id, kind, message_key, details, due_at)
    SELECT $1, m.customer_id, 'expiry_reminder', 'expiry:' || m.customer_id || ':' || m.unit || ':' || m.day || ':' || $7::int,
      jsonb_build_object('unit', m.unit, 'amount', m.amount::text, 'day', m.day, 'days', $7::int), ${DUE_AT}
    FROM messages m WHERE m.amount > 0 ORDER BY m.customer_id ON CONFLICT (shop_id, message_key) DO NOTHING RETURNING 1)
  SELECT (SELECT count(*) FROM planned)::int AS planned, expires_at::text AS expires_at, customer_id, unit FROM page
  ORDER BY page.expires_at DESC, customer_id DESC, unit DESC LIMIT 1`;

interface Place {
  expires_at: string;
  customer_id: bigint;
  unit: Unit;
}

interface DueShop {
  shopId: bigint;
  timeZone: string;
  today: string;
}

/** Plans what is due in every shop whose local day was not looked at yet; returns how many. `signal` ends it early. */
export async function planReminders(signal?: AbortSignal): Promise<number> {
  let planned = 0;
  for (const shop of await findShops()) {
    for (const days of REMINDER_STEPS) planned += await planStep(shop, days, signal);
    if (signal?.aborted) break;
    await pool.query('UPDATE club_settings SET reminded_on = $2 WHERE shop_id = $1', [
      shop.shopId,
      shop.today,
    ]);
  }
  return planned;
}

async function findShops(): Promise<DueShop[]> {
  const now = await clubNow(pool);
  const { rows } = await pool.query<{ shop_id: bigint; time_zone: string; reminded_on: string | null }>(
    `SELECT s.shop_id, s.time_zone, c.reminded_on::text AS reminded_on FROM club_settings c JOIN shops s USING (shop_id)
     WHERE ${IS_INSTALLED_SQL} ORDER BY 1`,
  );
  return rows.flatMap((row) => {
    const { shop_id: shopId, time_zone: timeZone } = row;
    const today = localDay(now, timeZone);
    return row.reminded_on === null || row.reminded_on < today ? [{ shopId, timeZone, today }] : [];
  });
}

async function planStep(shop: DueShop, days: number, signal?: AbortSignal): Promise<number> {
  const { shopId, timeZone, today } = shop;
  const from = startOfDay(addDays(today, Math.max(0, days - LATE_DAYS_MAX)), timeZone);
  const until = startOfDay(addDays(today, days + 1), timeZone);
  let planned = 0;
  let after: Place | undefined;
  while (!signal?.aborted) {
    const place = [after?.expires_at ?? null, after?.customer_id ?? null, after?.unit ?? null];
    const { rows } = await pool.query<Place & { planned: number }>(PLAN_PAGE, [
      shopId,
      from,
      until,
      ...place,
      days,
      timeZone,
    ]);
    const last = rows[0];
    if (!last) break;
    planned += last.planned;
    after = last;
  }
  return planned;
}
