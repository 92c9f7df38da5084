/** Queues one message to one number that no campaign planned: paid before it is sent, and not to a number that stopped. */
import type { Transaction } from '#app/db.server.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import type { Channel } from '../channels/channel-rows.server.ts';
import { findSuppression } from '../consent/suppress.server.ts';
import { countParts } from '../rules/count-parts.ts';
import { reserveMoney } from '../wallet/post-wallet.server.ts';

export interface SingleMessage {
  /** Unique in the shop; it also names the hold of its price. */
  key: string;
  customerId: bigint | null;
  /** E.164 */
  to: string;
  /** The keyed hash of `to`. */
  hash: string;
  country: string;
  body: string;
  /** Of a part, 0 on a channel of the shop's own. */
  priceMicros: bigint;
  stopCode: string | null;
  /** `transactional`: the customer asked for it just now. */
  class: 'test' | 'transactional';
  /** After this time it is of no use. */
  validMinutes: number;
  actor: string;
  /** The campaign that it is a test of. */
  testOf?: bigint;
}

export type Queued = 'queued' | 'opted_out' | 'wallet_too_low';

/** Queues the message, or returns why not. @throws SpendingLimitReached when the shop's limit of the month is reached */
export async function queueMessage(
  tx: Transaction,
  { shopId, channelId, account }: Channel,
  message: SingleMessage,
): Promise<Queued> {
  const { key, hash, body, priceMicros } = message;
  if (await findSuppression(tx, shopId, 'sms', hash)) return 'opted_out';
  const parts = countParts(body).partsAtMost;
  const isPaid = account === 'platform';
  const amountMicros = BigInt(parts) * priceMicros;
  const holdId = isPaid ? await reserveMoney(tx, shopId, { key, amountMicros }) : null;
  if (isPaid && holdId === null) return 'wallet_too_low';
  await tx.query(
    `INSERT INTO messages (shop_id, message_key, channel_id, customer_id, to_address, address_hash, country, body, parts,
       price_micros, stop_code, state, class, hold_id, expires_at, actor, test_of)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'queued', $12, $13, clock_timestamp() + make_interval(mins => $14), $15, $16)`,
    [
      shopId,
      key,
      channelId,
      message.customerId,
      message.to,
      hash,
      message.country,
      body,
      parts,
      priceMicros,
      message.stopCode,
      message.class,
      holdId,
      message.validMinutes,
      message.actor,
      message.testOf ?? null,
    ],
  );
  await wakeTask(tx, 'send-asked');
  await wakeTask(tx, 'send-messages');
  return 'queued';
}
