import { pool } from '#app/db.server.ts';
import { formatMicros, parseMicros, WALLET_CURRENCY } from '#app/lib/micros.ts';
import { parseMinor } from '#app/lib/money.ts';
import {
  correctWallet,
  listMovements,
  refundTopup,
} from '#app/modules/messaging/wallet/change-wallet.server.ts';
import { readWallet } from '#app/modules/messaging/wallet/post-wallet.server.ts';
import { findTopup } from '#app/modules/messaging/wallet/top-up.server.ts';
import { table } from './print.ts';
import type { VerbOptions, VerbResult } from './verb.ts';

const LINES = 20;
const ACTOR = 'operator';

/**
 * Shows a shop's wallet. `--refund GID [--amount 25]` takes back a top-up that Shopify refunded (there is no webhook for it);
 * `--correct -1.5 --note WHY --key K` adds or takes money, once for a key.
 */
export async function wallet(options: VerbOptions, { shopId }: { shopId: bigint }): Promise<VerbResult> {
  if (options.refund !== undefined) await refund(shopId, options.refund, options.amount);
  if (options.correct !== undefined) await correct(shopId, options);
  const [state, movements] = await Promise.all([
    readWallet(pool, shopId),
    listMovements(pool, shopId, LINES),
  ]);
  const figures = {
    balance: formatMicros(state.balanceMicros),
    reserved: formatMicros(state.heldMicros),
    smsCredit: formatMicros(state.creditMicros),
    owed: formatMicros(state.debtMicros),
  };
  const line = Object.entries(figures).map(([name, value]) => `${name} ${value}`);
  const text = [
    `${line.join(', ')} ${WALLET_CURRENCY}`,
    movements.length === 0
      ? 'no movements'
      : table(movements, ['entryId', 'at', 'kind', 'amount', 'balance', 'subject', 'note']),
  ].join('\n');
  return { exitCode: 0, report: { ...figures, movements }, text };
}

async function refund(shopId: bigint, chargeGid: string, amount: string | undefined): Promise<void> {
  const topup = await findTopup(pool, shopId, chargeGid);
  if (!topup) throw new Error(`${chargeGid} is no top-up of this shop that was credited`);
  const amountMinor =
    amount === undefined ? topup.amountMinor - topup.refundedMinor : parseMinor(amount, WALLET_CURRENCY);
  if ((await refundTopup(shopId, { chargeGid, amountMinor, actor: ACTOR })) === null)
    throw new Error(`of ${chargeGid} so much is not left to refund`);
}

async function correct(shopId: bigint, { correct: typed = '', note, key }: VerbOptions): Promise<void> {
  const micros = parseMicros(typed.replace(/^[+-]/, ''));
  if (micros === null || micros === 0n) throw new Error('--correct is dollars, such as 2.5 or -2.5');
  if (note === undefined || key === undefined)
    throw new Error('--note says why, --key is any text of your own: the same key is posted once');
  const amountMicros = typed.startsWith('-') ? -micros : micros;
  if (!(await correctWallet(shopId, { key, amountMicros, note, actor: ACTOR })))
    throw new Error('not posted: less is free, or this key was used');
}
