/** A shop's turn of sending: claims, calls Twilio, and has written what came of it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { pool } from '#app/db.server.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import type { Channel } from '../channels/channel-rows.server.ts';
import { IS_UNITED_STATES, SENDER_OF_MESSAGE } from '../channels/choose-sender.sql.ts';
import { CallsOfTurn } from './calls-of-turn.server.ts';
import { IS_OF_LANE, type Lane } from './claim-messages.server.ts';
import { ClaimsOfTurn } from './claims-of-turn.server.ts';

const PACE_WAIT_MS = 50;
/** The next are claimed when this share of a claim was called: while the rest is. */
const CLAIM_NEXT_AT = 0.5;
const TASK_OF_LANE = { all: 'send-messages', asked: 'send-asked' } as const;

export interface Turn {
  lane: Lane;
  /** How long it may last. */
  turnMs: number;
  /** Ends it early. */
  signal?: AbortSignal | undefined;
}

/**
 * Claims and sends what is due in a lane until nothing is or the turn is over; then the lane's task is woken to go on. While
 * calls are under way the next are claimed. Returns how many were called for.
 * @throws where the channel's token can't be read
 */
export async function sendDue(channel: Channel, { lane, turnMs, signal }: Turn): Promise<number> {
  const calls = new CallsOfTurn(channel);
  const claims = new ClaimsOfTurn(channel, lane, () => calls.ended);
  const end = performance.now() + turnMs;
  const isStopped = () => signal?.aborted === true;
  const isOver = () => isStopped() || performance.now() > end;
  let sent = 0;
  while (claims.hasBegun || (!isOver() && !calls.hasFailed)) {
    const claim = await claims.take();
    const claimNextAt = claim.messages.length * CLAIM_NEXT_AT;
    sent += await calls.make(claim, {
      isStopped,
      onCall: (called) => {
        if (called > claimNextAt && !isOver()) claims.begin();
      },
    });
    if (claims.hasBegun) continue;
    await calls.goOnAfterHalt();
    if (!claims.isIdle) continue;
    if (!claims.wasPrepared) claims.prepareNext();
    else if (await isDue(channel.shopId, lane)) await sleep(PACE_WAIT_MS);
    else break;
  }
  await calls.end();
  if (performance.now() > end) await wakeTask(pool, TASK_OF_LANE[lane]);
  return sent;
}

/** Whether something is due that only the pace holds back: not a full queue, nor what waits for staff. */
async function isDue(shopId: bigint, lane: Lane): Promise<boolean> {
  const { rowCount } = await pool.query(
    `SELECT 1 FROM messages m JOIN channels h ON h.shop_id = m.shop_id AND h.channel_id = m.channel_id AND h.paused_at IS NULL
        CROSS JOIN LATERAL (${SENDER_OF_MESSAGE}) chosen
        JOIN senders s ON s.shop_id = m.shop_id AND s.channel_id = m.channel_id AND s.address = chosen.address
        LEFT JOIN campaigns c ON c.shop_id = m.shop_id AND c.campaign_id = m.campaign_id
      WHERE m.shop_id = $1 AND m.state = 'queued' ${IS_OF_LANE[lane]} AND m.due_at <= clock_timestamp() AND (m.campaign_id IS NULL OR c.state = 'running')
        AND s.full_until <= clock_timestamp() AND NOT (s.unregistered_code IS NOT NULL AND ${IS_UNITED_STATES}) LIMIT 1`,
    [shopId],
  );
  return rowCount === 1;
}
