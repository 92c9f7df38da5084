import { pool } from '#app/db.server.ts';
import { formatMicros, parseMicros, WALLET_CURRENCY } from '#app/lib/micros.ts';
import { isStorableDay } from '#app/lib/storable.ts';
import { addPackage, endPackage, listAllPackages } from '#app/modules/messaging/wallet/packages.server.ts';
import { table } from './print.ts';
import type { VerbOptions, VerbResult } from './verb.ts';

/**
 * Lists the packages of SMS credit, adds one (`--price 50 --credit 57.5 --from 2026-12-01`) or takes one from sale
 * (`--end ID`). A package never changes: what was bought stays known.
 */
export async function packages(options: VerbOptions): Promise<VerbResult> {
  const { price, credit, from, end } = options;
  if (end !== undefined) await endOne(end);
  else if (price !== undefined || credit !== undefined) await add(price, credit, from);
  const rows = (await listAllPackages(pool)).map(({ packageId, priceMicros, creditMicros, ...days }) => ({
    id: packageId,
    price: `${formatMicros(priceMicros)} ${WALLET_CURRENCY}`,
    credit: `${formatMicros(creditMicros)} ${WALLET_CURRENCY}`,
    ...days,
  }));
  const text =
    rows.length === 0 ? 'no packages yet' : table(rows, ['id', 'price', 'credit', 'fromDay', 'untilDay']);
  return { exitCode: 0, report: rows, text };
}

async function endOne(id: string): Promise<void> {
  if (!/^\d{1,18}$/.test(id) || !(await endPackage(pool, BigInt(id))))
    throw new Error(`no package ${id} is for sale`);
}

async function add(price = '', credit = '', fromDay = new Date().toISOString().slice(0, 10)): Promise<void> {
  const priceMicros = parseMicros(price);
  const creditMicros = parseMicros(credit);
  if (priceMicros === null || priceMicros === 0n) throw new Error('--price is needed: dollars, such as 50');
  if (creditMicros === null || creditMicros <= priceMicros)
    throw new Error('--credit is needed: dollars of SMS credit, more than the price');
  if (!isStorableDay(fromDay)) throw new Error('--from is a day such as 2026-12-01');
  await addPackage(pool, { priceMicros, creditMicros, fromDay });
}
