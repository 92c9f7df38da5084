/** What a call to Twilio came to. Written only while the message is still this call's. */
import { pool, withTransaction, type Transaction } from '#app/db.server.ts';
import { joinBatches } from '#app/lib/join-batches.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import type { TwilioFailure } from '#app/integrations/twilio/client.server.ts';
import type { TwilioMessage } from '#app/integrations/twilio/messages.server.ts';
import type { Channel } from '../channels/channel-rows.server.ts';
import { suppressAddress } from '../consent/suppress.server.ts';
import type { ClaimedMessage } from './claim-messages.server.ts';
import { holdBack } from './hold-back.server.ts';
import { countRefusal } from './pause-refused.server.ts';
import { effectOf, isHeldBack } from './rules/error-effects.ts';
import { LOOK_UP_AFTER_SECONDS } from './rules/message-state.ts';
import { sendLater } from './slow-sender.server.ts';

/** What a call came to. */
export type Outcome = { is: 'accepted'; message: TwilioMessage } | TwilioFailure;

const OWN = `shop_id = $1 AND message_id = $2 AND fence = $3 AND state = 'sending'`;
/** How far the first answer is (rules/message-state.ts). */
const ACCEPTED_RANK = 10;

interface Accepted {
  shopId: bigint;
  messageId: bigint;
  fence: number;
  sid: string;
  campaignId: bigint | null;
}

/** Locked in the order of receipts, which change the same messages. What Twilio accepts ends a row of refusals. */
const ACCEPT = `
  WITH own AS (SELECT m.shop_id, m.message_id, n.sid FROM unnest($1::bigint[], $2::bigint[], $3::int[], $4::text[]) AS n (shop_id, message_id, fence, sid)
      JOIN messages m ON m.shop_id = n.shop_id AND m.message_id = n.message_id AND m.fence = n.fence
     WHERE m.state = 'sending' ORDER BY m.shop_id, m.message_id FOR NO KEY UPDATE OF m),
  refused AS (SELECT r.shop_id, r.campaign_id, r.error_code FROM campaign_refusals r
     WHERE r.in_a_row > 0 AND (r.shop_id, r.campaign_id) IN (SELECT * FROM unnest($5::bigint[], $6::bigint[]))
     ORDER BY r.shop_id, r.campaign_id, r.error_code FOR UPDATE),
  ended AS (UPDATE campaign_refusals r SET in_a_row = 0 FROM refused e
     WHERE r.shop_id = e.shop_id AND r.campaign_id = e.campaign_id AND r.error_code = e.error_code)
  UPDATE messages m SET state = 'accepted', provider_sid = own.sid, provider_rank = ${ACCEPTED_RANK}, lease_until = NULL
    FROM own WHERE m.shop_id = own.shop_id AND m.message_id = own.message_id`;

const ACCEPTED_A_BATCH = 100;
const GATHER_MS = 30;
/** Calls end one by one, many a moment: those that end while one statement runs, and shortly after, share the next. */
const accepted = joinBatches<Accepted>(writeAccepted, {
  lanes: 1,
  itemsMax: ACCEPTED_A_BATCH,
  sizeMax: ACCEPTED_A_BATCH,
  sizeOf: () => 1,
  gatherMs: GATHER_MS,
});

async function writeAccepted(batch: readonly Accepted[]): Promise<void> {
  const planned = batch.flatMap(({ shopId, campaignId }) =>
    campaignId === null ? [] : [{ shopId, campaignId }],
  );
  await pool.query({
    name: 'accept-messages',
    text: ACCEPT,
    values: [
      bigintArray(batch.map(({ shopId }) => shopId)),
      bigintArray(batch.map(({ messageId }) => messageId)),
      batch.map(({ fence }) => fence),
      batch.map(({ sid }) => sid),
      bigintArray(planned.map(({ shopId }) => shopId)),
      bigintArray(planned.map(({ campaignId }) => campaignId)),
    ],
  });
}

/** Writes an outcome; does nothing when a receipt was faster, or another worker has the message by now. */
export async function writeOutcome(
  channel: Channel,
  message: ClaimedMessage,
  outcome: Outcome,
): Promise<void> {
  const { shopId } = channel;
  const own = [shopId, message.messageId, message.fence];
  if (outcome.is === 'accepted')
    await accepted.join({
      shopId,
      messageId: message.messageId,
      fence: message.fence,
      sid: outcome.message.sid,
      campaignId: message.campaignId,
    });
  else if (outcome.is === 'refused') await writeRefusal(shopId, message, outcome);
  else if (outcome.is === 'later') await sendLater(channel, message, outcome);
  else
    await pool.query(
      `UPDATE messages SET state = 'unknown', lookups = 0, lease_until = clock_timestamp() + make_interval(secs => $4) WHERE ${OWN}`,
      [...own, LOOK_UP_AFTER_SECONDS[0]],
    );
}

async function writeRefusal(
  shopId: bigint,
  message: ClaimedMessage,
  { status, code }: { status: number; code: number },
): Promise<void> {
  const effect = effectOf(code, status);
  await withTransaction(async (tx) => {
    if (isHeldBack(effect)) {
      if (!(await isOwn(tx, shopId, message))) return;
      if (await holdBack(tx, { shopId, messageId: message.messageId, code, status, sid: null })) return;
    }
    if (effect === 'pause' && message.campaignId !== null) {
      await waitWithCampaign(tx, shopId, message, code);
      return;
    }
    const { rowCount } = await tx.query(
      `UPDATE messages SET state = 'refused', error_code = $4, lease_until = NULL, finished_at = clock_timestamp() WHERE ${OWN}`,
      [shopId, message.messageId, message.fence, code],
    );
    if (effect === 'suppress') await suppressNumber(tx, shopId, message, code);
    if (rowCount === 0 || message.campaignId === null) return;
    if (effect === 'country') await refuseCountry(tx, shopId, message.messageId, message.campaignId, code);
    if (effect === 'unlisted') await countRefusal(tx, shopId, message.campaignId, code);
  });
}

async function isOwn(
  tx: Transaction,
  shopId: bigint,
  { messageId, fence }: ClaimedMessage,
): Promise<boolean> {
  const { rowCount } = await tx.query(`SELECT 1 FROM messages WHERE ${OWN} FOR NO KEY UPDATE`, [
    shopId,
    messageId,
    fence,
  ]);
  return rowCount === 1;
}

/** The others would meet the same: this one waits with them until the merchant resumes. */
async function waitWithCampaign(
  tx: Transaction,
  shopId: bigint,
  { messageId, campaignId, fence }: ClaimedMessage,
  code: number,
): Promise<void> {
  await tx.query(`UPDATE messages SET state = 'queued', lease_until = NULL, error_code = $4 WHERE ${OWN}`, [
    shopId,
    messageId,
    fence,
    code,
  ]);
  await tx.query(
    `UPDATE campaigns SET state = 'paused', pause_code = $3 WHERE shop_id = $1 AND campaign_id = $2 AND state = 'running'`,
    [shopId, campaignId, code],
  );
}

async function suppressNumber(
  tx: Transaction,
  shopId: bigint,
  { to, hash }: ClaimedMessage,
  code: number,
): Promise<void> {
  await suppressAddress(
    tx,
    { shopId, channel: 'sms', hash, address: to },
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
}

/** Ends what the campaign still has for this country: each would be refused alike. Locked in the order of the feeder. */
async function refuseCountry(
  tx: Transaction,
  shopId: bigint,
  messageId: bigint,
  campaignId: bigint,
  code: number,
): Promise<void> {
  await tx.query('SELECT 1 FROM campaigns WHERE shop_id = $1 AND campaign_id = $2 FOR UPDATE', [
    shopId,
    campaignId,
  ]);
  await tx.query(
    `UPDATE messages m SET state = 'refused', error_code = $4, finished_at = clock_timestamp() FROM messages own
      WHERE own.shop_id = $1 AND own.message_id = $3 AND m.shop_id = $1 AND m.campaign_id = $2 AND m.country = own.country
        AND m.state IN ('planned', 'queued')`,
    [shopId, campaignId, messageId, code],
  );
}
