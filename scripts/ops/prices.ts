import { pool } from '#app/db.server.ts';
import { formatMicros, parseMicros, WALLET_CURRENCY } from '#app/lib/micros.ts';
import { isStorableDay } from '#app/lib/storable.ts';
import { listAllPrices, setPrice } from '#app/modules/messaging/wallet/prices.server.ts';
import { table } from './print.ts';
import type { VerbOptions, VerbResult } from './verb.ts';

const COUNTRY = /^[A-Z]{2}$/;

/**
 * Lists what a part of a message costs, or sets it: `--country ID --price 0.045 --from 2026-12-01`. A price holds from its
 * day on; days that have passed keep theirs.
 */
export async function prices(options: VerbOptions): Promise<VerbResult> {
  const { country, price, from } = options;
  if (country !== undefined || price !== undefined || from !== undefined) await set(country, price, from);
  const rows = (await listAllPrices(pool)).map(({ priceMicros, ...row }) => ({
    ...row,
    price: `${formatMicros(priceMicros)} ${WALLET_CURRENCY}`,
  }));
  const text = rows.length === 0 ? 'no prices yet' : table(rows, ['country', 'fromDay', 'price']);
  return { exitCode: 0, report: rows, text };
}

async function set(country = '', price = '', from = new Date().toISOString().slice(0, 10)): Promise<void> {
  if (!COUNTRY.test(country)) throw new Error('--country is needed, two letters such as ID');
  const priceMicros = parseMicros(price);
  if (priceMicros === null || priceMicros === 0n)
    throw new Error('--price is needed: dollars a part, such as 0.045, with at most six places');
  if (!isStorableDay(from)) throw new Error('--from is a day such as 2026-12-01');
  if (!(await setPrice(pool, { country, fromDay: from, priceMicros })))
    throw new Error(`${country} has prices already: a new one can only begin today or later`);
}
