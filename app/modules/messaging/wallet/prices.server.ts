/** What a part of an SMS costs, by the recipient's country. The operator's list: `npm run ops -- prices`. */
import type { Queryable } from '#app/db.server.ts';
import { WALLET_CURRENCY } from '#app/lib/micros.ts';

export interface MessagePrice {
  country: string;
  /** `YYYY-MM-DD` */
  fromDay: string;
  priceMicros: bigint;
}

/** The prices that hold today (UTC), by country. */
export async function listCurrentPrices(db: Queryable): Promise<MessagePrice[]> {
  const { rows } = await db.query<MessagePrice>(
    `SELECT DISTINCT ON (country) country, from_day::text AS "fromDay", price_micros AS "priceMicros" FROM message_prices
      WHERE channel = 'sms' AND currency = $1 AND from_day <= (ledger_now() AT TIME ZONE 'UTC')::date
      ORDER BY country, from_day DESC`,
    [WALLET_CURRENCY],
  );
  return rows;
}

/** Every price that was set, by country and day. */
export async function listAllPrices(db: Queryable): Promise<MessagePrice[]> {
  const { rows } = await db.query<MessagePrice>(
    `SELECT country, from_day::text AS "fromDay", price_micros AS "priceMicros" FROM message_prices
      WHERE channel = 'sms' ORDER BY country, from_day`,
  );
  return rows;
}

/**
 * Sets a country's price from a day on. False for a day in the past of a country that has a price then: quotes were made
 * with it.
 */
export async function setPrice(db: Queryable, price: MessagePrice): Promise<boolean> {
  const { rowCount } = await db.query(
    `INSERT INTO message_prices AS p (country, channel, from_day, currency, price_micros)
     SELECT $1, 'sms', $2::date, $3, $4
      WHERE $2::date >= (ledger_now() AT TIME ZONE 'UTC')::date
         OR NOT EXISTS (SELECT 1 FROM message_prices WHERE country = $1 AND channel = 'sms')
     ON CONFLICT (country, channel, from_day) DO UPDATE SET price_micros = excluded.price_micros`,
    [price.country, price.fromDay, WALLET_CURRENCY, price.priceMicros],
  );
  return rowCount === 1;
}
