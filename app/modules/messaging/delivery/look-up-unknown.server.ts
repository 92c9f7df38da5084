/** Messages of which nobody knows whether Twilio took them: they are looked for before anything is sent again. */
import { pool } from '#app/db.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { logger } from '#app/lib/logger.server.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import { credentialsOf, type Channel } from '../channels/channel-rows.server.ts';
import { afterMissing, LOOK_UP_AFTER_SECONDS } from './rules/message-state.ts';

const LOOK_UPS_MAX = 200;
/** Twilio's clock and ours. */
const CLOCKS_DIFFER_MS = 5_000;
const ACCEPTED_RANK = 10;

/** The worker that sent it died, or was stopped, before it wrote what came of it. */
const ABANDON = `
  UPDATE messages SET state = 'unknown', lookups = 0, lease_until = clock_timestamp() + make_interval(secs => $2)
   WHERE shop_id = $1 AND state = 'sending' AND lease_until <= clock_timestamp()`;

interface UnknownMessage {
  messageId: bigint;
  to: string | null;
  body: string | null;
  lookups: number;
  attempt: number;
  callStartedAt: Date;
}

/** Looks up what is due; a message that Twilio has is adopted, one that it has not is sent again, at most twice. */
export async function lookUpUnknown(channel: Channel): Promise<void> {
  await pool.query(ABANDON, [channel.shopId, LOOK_UP_AFTER_SECONDS[0]]);
  const { rows } = await pool.query<UnknownMessage>(
    `SELECT message_id AS "messageId", to_address AS "to", body, lookups, attempt, call_started_at AS "callStartedAt" FROM messages
      WHERE shop_id = $1 AND state = 'unknown' AND lease_until <= clock_timestamp() ORDER BY message_id LIMIT ${LOOK_UPS_MAX}`,
    [channel.shopId],
  );
  for (const message of rows) {
    try {
      await lookUp(channel, message);
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      logger.warn({ shopId: String(channel.shopId), reason: safeErrorText(error) }, 'message not looked up');
      return;
    }
  }
}

async function lookUp(channel: Channel, message: UnknownMessage): Promise<void> {
  const { findTwilioMessages } = await import('#app/integrations/twilio/messages.server.ts');
  const found = message.to === null ? [] : await findTwilioMessages(credentialsOf(channel), message.to);
  const since = message.callStartedAt.getTime() - CLOCKS_DIFFER_MS;
  const matches = found.filter(
    (each) =>
      each.body === message.body &&
      each.messagingServiceSid === channel.serviceSid &&
      each.createdAt.getTime() >= since,
  );
  // The older first: a second one was sent for another message with the same text.
  for (const { sid } of matches.toReversed())
    if (await adopt(channel, message, sid)) {
      await sayDoubled(channel, matches);
      return;
    }
  const next = afterMissing(message);
  await pool.query(
    `UPDATE messages SET state = $3, lookups = $4, attempt = $5, reason = CASE WHEN $3 = 'failed' THEN 'unknown_outcome' END,
       finished_at = CASE WHEN $3 = 'failed' THEN clock_timestamp() END, due_at = clock_timestamp(),
       lease_until = CASE WHEN $3 = 'unknown' THEN clock_timestamp() + make_interval(secs => $6) END
      WHERE shop_id = $1 AND message_id = $2 AND state = 'unknown'`,
    [channel.shopId, message.messageId, next.state, next.lookups, next.attempt, next.afterSeconds],
  );
}

/** The operator has to know at once of a message that went out more than once. */
async function sayDoubled({ shopId }: Channel, matches: readonly { sid: string }[]): Promise<void> {
  const { rows } = await pool.query<{ n: number }>(
    'SELECT count(*)::int AS n FROM messages WHERE shop_id = $1 AND provider_sid = ANY($2::text[])',
    [shopId, matches.map(({ sid }) => sid)],
  );
  const sids = matches.map(({ sid }) => sid);
  if ((rows[0]?.n ?? 0) < matches.length)
    logger.error({ shopId: String(shopId), sids }, 'Twilio has a message more than once');
}

/** True when it is this message now; false for one that another message has. */
async function adopt({ shopId }: Channel, { messageId }: UnknownMessage, sid: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `UPDATE messages SET state = 'accepted', provider_sid = $3, provider_rank = ${ACCEPTED_RANK}, lease_until = NULL
      WHERE shop_id = $1 AND message_id = $2 AND state = 'unknown' AND NOT $3 = ANY(former_sids)
        AND NOT EXISTS (SELECT 1 FROM messages o WHERE o.shop_id = $1 AND o.provider_sid = $3)`,
    [shopId, messageId, sid],
  );
  return rowCount === 1;
}
