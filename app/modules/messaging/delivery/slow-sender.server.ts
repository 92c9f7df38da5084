/** A message that Twilio can't take yet waits; where there was too much at once, its sender goes slower for a while. */
import { pool, type Transaction } from '#app/db.server.ts';
import type { Channel } from '../channels/channel-rows.server.ts';

/** What is left of a sender's pace after each 429, how much of it comes back each minute, and what always remains. */
const KEPT = 0.5;
const BACK_A_MINUTE = 0.1;
const SHARE_MIN = 0.0625;
/** All of it is back long before. */
const BACK_WITHIN = '1 hour';
const RETRY_SECONDS_MIN = 1;
const MS_PER_SECOND = 1_000;
const SECONDS_A_MINUTE = 60;

/** SQL: the share of its pace that a row of `senders` has at this time. */
export function paceShareAt(at: string): string {
  return `least(1, slowed_to + ${BACK_A_MINUTE} / ${SECONDS_A_MINUTE} * extract(epoch FROM ${at} - greatest(slowed_at, ${at} - interval '${BACK_WITHIN}')))::float8`;
}

const SLOWED = `slowed_to = greatest(${SHARE_MIN}, ${KEPT} * ${paceShareAt('clock_timestamp()')}), slowed_at = clock_timestamp()`;

/** Nothing was processed: the attempt is given back. Calls that were under way when the pace was halved don't halve it again. */
const LATER = `
  WITH own AS (UPDATE messages SET state = 'queued', lease_until = NULL, due_at = clock_timestamp() + make_interval(secs => $4)
     WHERE shop_id = $1 AND message_id = $2 AND fence = $3 AND state = 'sending' RETURNING call_started_at)
  UPDATE senders s SET ${SLOWED} FROM own WHERE $5::bool AND s.shop_id = $1 AND s.channel_id = $6 AND s.address = $7 AND own.call_started_at > s.slowed_at`;

/** A message that this call has, and the sender it was to leave from. */
interface HeldMessage {
  messageId: bigint;
  fence: number;
  from: string;
}

/** Queues the message again, not before Twilio asked for it. */
export async function sendLater(
  { shopId, channelId }: Channel,
  { messageId, fence, from }: HeldMessage,
  { afterMs, isThrottled }: { afterMs: number; isThrottled: boolean },
): Promise<void> {
  await pool.query(LATER, [
    shopId,
    messageId,
    fence,
    Math.max(afterMs / MS_PER_SECOND, RETRY_SECONDS_MIN),
    isThrottled,
    channelId,
    from,
  ]);
}

/** Halves the pace of the sender that this message left from, unless that was done since it left. */
export async function slowSender(
  tx: Transaction,
  shopId: bigint,
  messageId: bigint,
  from: string | null,
): Promise<void> {
  await tx.query(
    `UPDATE senders s SET ${SLOWED} FROM messages m WHERE m.shop_id = $1 AND m.message_id = $2
        AND s.shop_id = $1 AND s.channel_id = m.channel_id AND s.address = $3 AND m.call_started_at > s.slowed_at`,
    [shopId, messageId, from],
  );
}
