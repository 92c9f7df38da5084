import { pool } from '#app/db.server.ts';
import { formatMicros, WALLET_CURRENCY } from '#app/lib/micros.ts';
import { isStorableDay } from '#app/lib/storable.ts';
import { listMargins, type CountryMargin } from '#app/modules/messaging/costs/margin.queries.server.ts';
import { table } from './print.ts';
import type { VerbOptions, VerbResult } from './verb.ts';

const DAYS = 30;
const DAY_MS = 86_400_000;

/**
 * What messages since a day (`--from`, else 30 days ago) cost the operator at Twilio, by country, and what shops paid for them.
 * Ends with 1 where that is less.
 */
export async function margin({ from = daysAgo(DAYS) }: VerbOptions): Promise<VerbResult> {
  if (!isStorableDay(from)) throw new Error('--from is a day such as 2026-12-01');
  const rows = (await listMargins(pool, from)).map(toRow);
  const text =
    rows.length === 0
      ? `no cost is known of messages since ${from}: prices are read two days after sending`
      : table(rows, ['country', 'messages', 'parts', 'paid', 'cost', 'margin', 'costOfPart', 'price']);
  return { exitCode: rows.some(({ margin: left }) => left.startsWith('-')) ? 1 : 0, report: rows, text };
}

function toRow({ country, currency, messages, parts, ...micros }: CountryMargin) {
  const { chargedMicros, costMicros, priceMicros } = micros;
  const inWallets = (amount: bigint) => `${formatMicros(amount)} ${WALLET_CURRENCY}`;
  return {
    country: country ?? '?',
    messages,
    parts,
    paid: inWallets(chargedMicros),
    cost: `${formatMicros(costMicros)} ${currency}`,
    // Money of two currencies is not subtracted.
    margin: currency === WALLET_CURRENCY ? inWallets(chargedMicros - costMicros) : '?',
    costOfPart: `${formatMicros(parts === 0n ? 0n : costMicros / parts)} ${currency}`,
    price: priceMicros === null ? 'none' : inWallets(priceMicros),
  };
}

const daysAgo = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);
