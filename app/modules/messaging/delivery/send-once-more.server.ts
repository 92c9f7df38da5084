/** A phone that was off may be on some hours later: what its owner asked for is sent once more, never marketing. */
import type { Transaction } from '#app/db.server.ts';
import { reserveMoney, SpendingLimitReached } from '../wallet/post-wallet.server.ts';
import { whenPhoneMayBeOn } from './rules/next-try.ts';

/** docs/api/errors/30003 */
export const PHONE_OFF_CODE = 30_003;
/** Begins the key of the second message: it is never sent again, and says nothing more of the number. */
export const AGAIN = 'again:';

interface Lost {
  holdId: bigint | null;
  amountMicros: bigint;
  expiresAt: Date | null;
  now: Date;
}

const LOST = `
  SELECT hold_id AS "holdId", (parts * price_micros)::bigint AS "amountMicros", expires_at AS "expiresAt", clock_timestamp() AS now FROM messages
   WHERE shop_id = $1 AND message_id = $2 AND class = 'transactional' AND campaign_id IS NULL AND to_address IS NOT NULL
     AND message_key NOT LIKE '${AGAIN}%'`;

/** A message of its own: what was sent before is charged as it is, and this one has its own reserve. */
const INSERT = `
  INSERT INTO messages (shop_id, message_key, channel_id, customer_id, to_address, address_hash, country, zones, body, parts,
    price_micros, state, class, hold_id, due_at, expires_at, actor)
  SELECT shop_id, $3, channel_id, customer_id, to_address, address_hash, country, zones, body, parts, price_micros, 'queued', class, $4,
    $5, expires_at, actor FROM messages WHERE shop_id = $1 AND message_id = $2
  ON CONFLICT (shop_id, message_key) DO NOTHING`;

/** Queues the message once more, in the transaction that stored its end; not when it will be pointless by then, or can't be paid. */
export async function sendOnceMore(tx: Transaction, shopId: bigint, messageId: bigint): Promise<void> {
  const { rows } = await tx.query<Lost>(LOST, [shopId, messageId]);
  const [lost] = rows;
  const at = lost ? whenPhoneMayBeOn(lost.now, lost.expiresAt) : null;
  if (!lost || at === null) return;
  const key = `${AGAIN}${messageId}`;
  const holdId = lost.holdId === null ? null : await reserve(tx, shopId, key, lost.amountMicros);
  if (lost.holdId !== null && holdId === null) return;
  await tx.query(INSERT, [shopId, messageId, key, holdId, at]);
}

async function reserve(
  tx: Transaction,
  shopId: bigint,
  key: string,
  amountMicros: bigint,
): Promise<bigint | null> {
  try {
    return await reserveMoney(tx, shopId, { key, amountMicros });
  } catch (error) {
    if (error instanceof SpendingLimitReached) return null;
    throw error;
  }
}
