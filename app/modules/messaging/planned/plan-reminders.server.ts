/**
 * Plans the reminders that value will expire, 30, 7 and 1 days before (F119): one message a customer, unit, last day of
 * use and step. Only planned: what is left is looked at again when they are sent.
 */
import { ledgerNow, pool } from '#app/db.server.ts';
import { IS_INSTALLED_SQL } from '#app/modules/shops/find-shop.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { addDays, localDay, startOfDay } from '#app/lib/calendar-days.ts';
import type { Unit } from '#app/lib/units.ts';

/** Days between the reminder and the last day of use. */
export const REMINDER_STEPS: readonly number[] = [30, 7, 1];
/** A reminder that was not planned in time, or of value that came later, still makes sense for this number of days. */
const LATE_DAYS_MAX = 3;
const LOTS_A_PAGE = 10_000;

/** Midnight is no time for a message about points. */
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

/** Plans what is due in every shop whose local day was not looked at yet; returns how many. `signal` ends it early. */
export async function planReminders(signal?: AbortSignal): Promise<number> {
  const now = await ledgerNow(pool);
  return forEachShop('plan-reminders', await listShops(), (shop) => planShop(shop, now, signal), { signal });
}

interface ReminderShop {
  shopId: bigint;
  timeZone: string;
  remindedOn: string | null;
}

async function listShops(): Promise<ReminderShop[]> {
  const { rows } = await pool.query<ReminderShop>(
    `SELECT s.shop_id AS "shopId", s.time_zone AS "timeZone", c.reminded_on::text AS "remindedOn"
     FROM club_settings c JOIN shops s USING (shop_id) WHERE ${IS_INSTALLED_SQL} ORDER BY 1`,
  );
  return rows;
}

async function planShop(shop: ReminderShop, now: Date, signal?: AbortSignal): Promise<number> {
  const { shopId, timeZone, remindedOn } = shop;
  const today = localDay(now, timeZone);
  if (remindedOn !== null && remindedOn >= today) return 0;
  let planned = 0;
  for (const days of REMINDER_STEPS) planned += await planStep({ shopId, timeZone, today }, days, signal);
  if (!signal?.aborted)
    await pool.query('UPDATE club_settings SET reminded_on = $2 WHERE shop_id = $1', [shopId, today]);
  return planned;
}

interface LocalDay {
  shopId: bigint;
  timeZone: string;
  today: string;
}

async function planStep(shop: LocalDay, days: number, signal?: AbortSignal): Promise<number> {
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
