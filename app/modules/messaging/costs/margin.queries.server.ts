/** What shops paid for messages, beside what Twilio charged the operator for the same messages. */
import type { Queryable } from '#app/db.server.ts';
import { WALLET_CURRENCY } from '#app/lib/micros.ts';

export interface CountryMargin {
  /** Of the recipients; null where it isn't known. */
  country: string | null;
  /** Twilio's. */
  currency: string;
  messages: number;
  parts: bigint;
  chargedMicros: bigint;
  costMicros: bigint;
  /** Of a part, today; null for a country without one. */
  priceMicros: bigint | null;
}

/**
 * By country, for messages since a day (`YYYY-MM-DD`, UTC) whose cost is known. `messages` of the shops' own accounts cost the
 * operator nothing and are not among them.
 */
export async function listMargins(db: Queryable, since: string): Promise<CountryMargin[]> {
  const { rows } = await db.query<CountryMargin>(
    `SELECT m.country, c.currency, count(*)::int AS messages, sum(m.parts)::bigint AS parts,
       sum(coalesce(m.charged_micros, 0))::bigint AS "chargedMicros", sum(c.cost_micros)::bigint AS "costMicros",
       (SELECT p.price_micros FROM message_prices p WHERE p.country = m.country AND p.channel = 'sms' AND p.currency = $2
          AND p.from_day <= (ledger_now() AT TIME ZONE 'UTC')::date ORDER BY p.from_day DESC LIMIT 1) AS "priceMicros"
      FROM message_costs c JOIN messages m USING (shop_id, message_id)
      WHERE m.call_started_at >= $1::date::timestamp AT TIME ZONE 'UTC' GROUP BY 1, 2 ORDER BY 1, 2`,
    [since, WALLET_CURRENCY],
  );
  return rows;
}
