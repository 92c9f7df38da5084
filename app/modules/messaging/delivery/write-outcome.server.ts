/** What a call to Twilio came to. Written only while the message is still this call's. */
import { pool, withTransaction } from '#app/db.server.ts';
import type { TwilioFailure } from '#app/integrations/twilio/client.server.ts';
import type { TwilioMessage } from '#app/integrations/twilio/messages.server.ts';
import type { Channel } from '../channels/channel-rows.server.ts';
import { suppressAddress } from '../consent/suppress.server.ts';
import type { ClaimedMessage } from './claim-messages.server.ts';
import { effectOf } from './rules/error-effects.ts';
import { LOOK_UP_AFTER_SECONDS } from './rules/message-state.ts';

type Outcome = { is: 'accepted'; message: TwilioMessage } | TwilioFailure;

const OWN = `shop_id = $1 AND message_id = $2 AND fence = $3 AND state = 'sending'`;
const RETRY_SECONDS_MIN = 1;
const MS_PER_SECOND = 1_000;
/** How far the first answer is (rules/message-state.ts). */
const ACCEPTED_RANK = 10;

/** Writes an outcome; does nothing when a receipt was faster, or another worker has the message by now. */
export async function writeOutcome(
  { shopId }: Channel,
  message: ClaimedMessage,
  outcome: Outcome,
): Promise<void> {
  const own = [shopId, message.messageId, message.fence];
  if (outcome.is === 'accepted')
    await pool.query(
      `UPDATE messages SET state = 'accepted', provider_sid = $4, provider_rank = ${ACCEPTED_RANK}, lease_until = NULL WHERE ${OWN}`,
      [...own, outcome.message.sid],
    );
  else if (outcome.is === 'refused') await writeRefusal(shopId, message, outcome.code);
  else if (outcome.is === 'later')
    // Nothing was processed: the attempt is given back.
    await pool.query(
      `UPDATE messages SET state = 'queued', lease_until = NULL, due_at = clock_timestamp() + make_interval(secs => $4) WHERE ${OWN}`,
      [...own, Math.max(outcome.afterMs / MS_PER_SECOND, RETRY_SECONDS_MIN)],
    );
  else
    await pool.query(
      `UPDATE messages SET state = 'unknown', lookups = 0, lease_until = clock_timestamp() + make_interval(secs => $4) WHERE ${OWN}`,
      [...own, LOOK_UP_AFTER_SECONDS[0]],
    );
}

async function writeRefusal(shopId: bigint, message: ClaimedMessage, code: number): Promise<void> {
  const effect = effectOf(code);
  await withTransaction(async (tx) => {
    const own = [shopId, message.messageId, message.fence];
    if (effect === 'pause') {
      // The others would meet the same: this one waits with them until the merchant resumes.
      await tx.query(
        `UPDATE messages SET state = 'queued', lease_until = NULL, error_code = $4 WHERE ${OWN}`,
        [...own, code],
      );
      await tx.query(
        `UPDATE campaigns SET state = 'paused', pause_code = $3 WHERE shop_id = $1 AND campaign_id = $2 AND state = 'running'`,
        [shopId, message.campaignId, code],
      );
      return;
    }
    await tx.query(
      `UPDATE messages SET state = 'refused', error_code = $4, lease_until = NULL, finished_at = clock_timestamp() WHERE ${OWN}`,
      [...own, code],
    );
    if (effect !== 'suppress') return;
    await suppressAddress(
      tx,
      { shopId, channel: 'sms', hash: message.hash, address: message.to },
      {
        source: 'provider',
        needsReview: false,
        at: new Date(),
        messageSid: null,
        rule: code,
        wordsVersion: null,
        actor: null,
      },
    );
  });
}
