/**
 * What Twilio or a carrier takes from this sender or account only later: the message is queued again with its reserve, and
 * those that would meet the same wait with it.
 */
import type { Transaction } from '#app/db.server.ts';
import { logger } from '#app/lib/logger.server.ts';
import { SENDER_OF_MESSAGE } from '../channels/choose-sender.sql.ts';
import { effectOf, isHeldBack, US_RATE, type HoldEffect } from './rules/error-effects.ts';
import { nextTry, QUEUE_REST_MINUTES } from './rules/next-try.ts';
import { slowSender } from './slow-sender.server.ts';

interface GivenBack {
  shopId: bigint;
  messageId: bigint;
  code: number;
  /** Of a refusal; null for a report. */
  status: number | null;
  /** The try that was reported on; null for a refusal, of which Twilio has nothing. */
  sid: string | null;
}

interface Known {
  expiresAt: Date | null;
  now: Date;
  from: string | null;
}

const KNOWN = `
  SELECT m.expires_at AS "expiresAt", clock_timestamp() AS now, (${SENDER_OF_MESSAGE}) AS "from" FROM messages m
   WHERE m.shop_id = $1 AND m.message_id = $2 FOR NO KEY UPDATE OF m`;

/** Of a person who was erased there is nothing to send, nor of a campaign that was canceled. */
const QUEUE = `
  UPDATE messages m SET state = 'queued', due_at = $3, error_code = $4, lease_until = NULL, finished_at = NULL, provider_sid = NULL,
    provider_rank = 0, lookups = 0, asks = 0, asked_at = NULL,
    former_sids = CASE WHEN $5::text IS NULL THEN former_sids ELSE array_append(former_sids, $5::text) END
   WHERE m.shop_id = $1 AND m.message_id = $2 AND m.to_address IS NOT NULL AND (m.campaign_id IS NULL OR EXISTS (
     SELECT 1 FROM campaigns c WHERE c.shop_id = $1 AND c.campaign_id = m.campaign_id AND c.state IN ('running', 'paused', 'finished')))
  RETURNING m.campaign_id AS "campaignId"`;

/**
 * Holds back what this code says, in a transaction that has the message's row locked while it is under way. Returns whether
 * the message is queued again; false for one that has ended as Twilio said.
 */
export async function holdBack(tx: Transaction, given: GivenBack): Promise<boolean> {
  const { shopId, messageId, code, status } = given;
  const effect = effectOf(code, status);
  if (!isHeldBack(effect)) return false;
  const { rows } = await tx.query<Known>(KNOWN, [shopId, messageId]);
  const [known] = rows;
  if (!known) return false;
  const at = nextTry({ code, effect, now: known.now, expiresAt: known.expiresAt });
  const isQueued = at !== null && (await queueAgain(tx, given, at));
  await holdOthers(tx, given, effect, known.from);
  return isQueued;
}

/** A campaign that seemed to have ended goes on: nothing of it was on its way any longer. */
async function queueAgain(
  tx: Transaction,
  { shopId, messageId, code, sid }: GivenBack,
  at: Date,
): Promise<boolean> {
  const { rows } = await tx.query<{ campaignId: bigint | null }>(QUEUE, [shopId, messageId, at, code, sid]);
  const campaignId = rows[0]?.campaignId ?? null;
  if (campaignId !== null)
    await tx.query(
      `UPDATE campaigns SET state = 'running', finished_at = NULL WHERE shop_id = $1 AND campaign_id = $2 AND state = 'finished'`,
      [shopId, campaignId],
    );
  return rows.length === 1;
}

/** What was called before staff resumed, or before the queue was known to be full, says nothing new. */
const PAUSE_ACCOUNT = `
  UPDATE channels c SET pause_code = $3, paused_at = clock_timestamp() FROM messages m
   WHERE m.shop_id = $1 AND m.message_id = $2 AND c.shop_id = $1 AND c.channel_id = m.channel_id AND c.paused_at IS NULL
     AND m.call_started_at > c.resumed_at`;

const SENDER = `m.shop_id = $1 AND m.message_id = $2 AND s.shop_id = $1 AND s.channel_id = m.channel_id AND s.address = $3`;
const REST_SENDER = `
  UPDATE senders s SET full_until = clock_timestamp() + make_interval(mins => ${QUEUE_REST_MINUTES}) FROM messages m
   WHERE ${SENDER} AND m.call_started_at > s.full_until`;
const PAUSE_SENDER = `
  UPDATE senders s SET unregistered_code = $4 FROM messages m
   WHERE ${SENDER} AND s.unregistered_code IS NULL AND m.call_started_at > s.resumed_at`;

async function holdOthers(
  tx: Transaction,
  { shopId, messageId, code }: GivenBack,
  effect: HoldEffect,
  from: string | null,
): Promise<void> {
  if (effect === 'account') await pauseAccount(tx, shopId, messageId, code);
  else if (effect === 'full') await tx.query(REST_SENDER, [shopId, messageId, from]);
  else if (effect === 'unregistered') await tx.query(PAUSE_SENDER, [shopId, messageId, from, code]);
  else if (code === US_RATE) await slowSender(tx, shopId, messageId, from);
}

/** The merchant sees it; the operator has to know too, whose account it may be. */
async function pauseAccount(tx: Transaction, shopId: bigint, messageId: bigint, code: number): Promise<void> {
  const { rowCount } = await tx.query(PAUSE_ACCOUNT, [shopId, messageId, code]);
  if (rowCount === 1)
    logger.error({ shopId: String(shopId), code }, 'nothing is sent with an account any longer');
}
