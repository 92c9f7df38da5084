/** The worker's loop: claims, calls Twilio, and writes what came of it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { pool } from '#app/db.server.ts';
import type { TwilioCredentials } from '#app/integrations/twilio/client.server.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { IS_INSTALLED_SQL } from '#app/modules/shops/find-shop.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { feedCampaigns } from '../campaigns/feed-campaigns.server.ts';
import { loadSettings } from '../limits/load-limits.server.ts';
import { statusAddress } from '../channels/callback-addresses.server.ts';
import { credentialsOf, findSmsChannel, type Channel } from '../channels/channel-rows.server.ts';
import { IS_UNITED_STATES, SENDER_OF_MESSAGE } from '../channels/choose-sender.sql.ts';
import {
  claimMessages,
  dropUnsendable,
  holdQuiet,
  LEASE_SECONDS,
  type ClaimedMessage,
} from './claim-messages.server.ts';
import { finishCampaigns } from './finish-campaigns.server.ts';
import { lookUpUnknown } from './look-up-unknown.server.ts';
import { settleMessages } from './settle-messages.server.ts';
import { writeOutcome } from './write-outcome.server.ts';

const SHOPS_AT_ONCE = 4;
/** A turn of a shop: others wait for it. */
const TURN_MS = 20_000;
/** A call takes 15 s at most; one that would outlive its lease is not made. */
const CALL_MS = 20_000;
const MS_PER_SECOND = 1_000;
const PACE_WAIT_MS = 50;
const CALLS_AT_ONCE = 20;
/** What came of calls is written many at once while others are made; no more wait for that. */
const OUTCOMES_MAX = 100;
/** How often what is planned is fed, and what must not be sent is taken out; a claim looks at both again. */
const PREPARE_MS = 1_000;
const PREPARED_JUST_NOW_MS = 100;
/** Twilio holds a message back for a while, never until the next day. */
const VALIDITY_SECONDS = { min: 60, max: 14_400 };

/** Sends what is due, looks up what is unknown, settles what has ended. May run twice, late or on two machines. */
export async function sendMessages(signal?: AbortSignal): Promise<number> {
  const { rows } = await pool.query<{ shopId: bigint }>(
    `SELECT shop_id AS "shopId" FROM shops WHERE ${IS_INSTALLED_SQL} AND shop_id IN (
       SELECT shop_id FROM messages WHERE state = 'queued' AND due_at <= clock_timestamp()
       UNION SELECT shop_id FROM campaigns WHERE state = 'scheduled' AND due_at <= clock_timestamp()
       UNION SELECT shop_id FROM campaigns c WHERE state = 'running' AND EXISTS (
         SELECT 1 FROM messages m WHERE m.shop_id = c.shop_id AND m.campaign_id = c.campaign_id AND m.state = 'planned')
       UNION SELECT shop_id FROM messages WHERE state IN ('sending', 'unknown') AND lease_until <= clock_timestamp()
       UNION SELECT shop_id FROM messages WHERE settled_at IS NULL
         AND state IN ('delivered', 'undelivered', 'failed', 'refused', 'canceled', 'expired', 'excluded')) ORDER BY shop_id`,
  );
  return forEachShop('send-messages', rows, ({ shopId }) => sendOfShop(shopId, signal), {
    signal,
    concurrency: SHOPS_AT_ONCE,
  });
}

async function sendOfShop(shopId: bigint, signal?: AbortSignal): Promise<number> {
  const channel = await findSmsChannel(pool, shopId);
  let sent = 0;
  if (channel) {
    await lookUpUnknown(channel);
    if (channel.pausedAt === null) sent = await sendDue(channel, signal);
    else await dropUnsendable(pool, shopId);
  }
  await settleMessages(shopId, channel);
  await finishCampaigns(shopId);
  return sent;
}

/** Claims and sends until nothing is due or the turn is over. While calls are under way the next are claimed. */
async function sendDue(channel: Channel, signal?: AbortSignal): Promise<number> {
  const { shopId, channelId } = channel;
  // Opened once, and not where nothing is to be sent: a token that can't be read keeps nothing else from being done.
  let credentials: TwilioCredentials | null = null;
  const calls = new UnderWay();
  const outcomes = new UnderWay();
  const end = performance.now() + TURN_MS;
  let sent = 0;
  let preparedAt = Number.NEGATIVE_INFINITY;
  let isIdle = true;
  let settings = await loadSettings(pool, shopId);
  while (!signal?.aborted && !calls.hasFailed && !outcomes.hasFailed) {
    if (performance.now() - preparedAt > PREPARE_MS) {
      preparedAt = performance.now();
      if (isIdle) await feedCampaigns(shopId);
      await dropUnsendable(pool, shopId);
      await holdQuiet(shopId);
      settings = await loadSettings(pool, shopId);
    }
    const claimedAt = performance.now();
    const { messages: claimed, capped } = await claimMessages(shopId, channelId, settings);
    for (const message of claimed) {
      await calls.atMost(CALLS_AT_ONCE - 1);
      credentials ??= credentialsOf(channel);
      calls.add(
        callTwilio(channel, credentials, message, claimedAt).then((outcome) => {
          if (outcome) outcomes.add(writeOutcome(channel, message, outcome));
        }),
      );
    }
    sent += claimed.length;
    if (performance.now() > end) {
      await wakeTask(pool, 'send-messages');
      break;
    }
    isIdle = claimed.length === 0 && capped === 0;
    if (isIdle) {
      // What is planned is only fed when it is prepared.
      if (preparedAt < claimedAt - PREPARED_JUST_NOW_MS) preparedAt = Number.NEGATIVE_INFINITY;
      else if (!(await isDue(shopId))) break;
      else await sleep(PACE_WAIT_MS);
    }
    await outcomes.atMost(OUTCOMES_MAX);
  }
  await calls.atMost(0);
  await outcomes.atMost(0);
  calls.throwFailure();
  outcomes.throwFailure();
  return sent;
}

/** Work that has not ended. */
class UnderWay {
  readonly #works = new Set<Promise<void>>();
  #failure: { error: unknown } | null = null;

  get hasFailed(): boolean {
    return this.#failure !== null;
  }

  add(work: Promise<void>): void {
    const ended = work
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => this.#works.delete(ended));
    this.#works.add(ended);
  }

  /** Resolves when no more than these are left. */
  async atMost(count: number): Promise<void> {
    while (this.#works.size > count) await Promise.race(this.#works);
  }

  /** @throws what one of them threw */
  throwFailure(): void {
    if (this.#failure) throw this.#failure.error;
  }
}

/** Whether something is due that only the pace holds back: not a full queue, nor what waits for staff. */
async function isDue(shopId: bigint): Promise<boolean> {
  const { rowCount } = await pool.query(
    `SELECT 1 FROM messages m JOIN channels h ON h.shop_id = m.shop_id AND h.channel_id = m.channel_id AND h.paused_at IS NULL
        CROSS JOIN LATERAL (${SENDER_OF_MESSAGE}) chosen
        JOIN senders s ON s.shop_id = m.shop_id AND s.channel_id = m.channel_id AND s.address = chosen.address
        LEFT JOIN campaigns c ON c.shop_id = m.shop_id AND c.campaign_id = m.campaign_id
      WHERE m.shop_id = $1 AND m.state = 'queued' AND m.due_at <= clock_timestamp() AND (m.campaign_id IS NULL OR c.state = 'running')
        AND s.full_until <= clock_timestamp() AND NOT (s.unregistered_code IS NOT NULL AND ${IS_UNITED_STATES}) LIMIT 1`,
    [shopId],
  );
  return rowCount === 1;
}

/** Sends a message; null where its lease could end before the call does. */
async function callTwilio(
  channel: Channel,
  credentials: TwilioCredentials,
  message: ClaimedMessage,
  claimedAt: number,
) {
  // By the process's own clock: one that was stopped and continued must not send.
  if (performance.now() - claimedAt > LEASE_SECONDS * MS_PER_SECOND - CALL_MS) return null;
  const { createTwilioMessage } = await import('#app/integrations/twilio/messages.server.ts');
  return createTwilioMessage(credentials, {
    to: message.to,
    body: message.body,
    messagingServiceSid: channel.serviceSid,
    from: message.from,
    statusCallback: statusAddress(channel.shopId, channel.channelId, message.messageId),
    validitySeconds: validityOf(message.expiresAt),
  });
}

function validityOf(expiresAt: Date | null): number {
  if (expiresAt === null) return VALIDITY_SECONDS.max;
  const left = Math.floor((expiresAt.getTime() - Date.now()) / MS_PER_SECOND);
  return Math.min(Math.max(left, VALIDITY_SECONDS.min), VALIDITY_SECONDS.max);
}
