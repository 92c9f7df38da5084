/** Charges what reached a carrier, and returns what was reserved for the rest. Each message once, to the micro. */
import { pool, withTransaction, type Transaction } from '#app/db.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { logger } from '#app/lib/logger.server.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import { credentialsOf, type Channel } from '../channels/channel-rows.server.ts';
import { settleHold } from '../wallet/post-wallet.server.ts';
import { chargeOf } from './rules/charge.ts';
import { isBilled, type MessageState } from './rules/message-state.ts';

const MESSAGES_A_BATCH = 200;
/** Twilio counts the parts within this time; then what was reserved is charged. */
const PARTS_KNOWN_HOURS = 24;
/** Without a word for so long, a sent message has arrived as far as anyone will know. */
const NO_REPORT_HOURS = 72;

interface EndedMessage {
  messageId: bigint;
  campaignId: bigint | null;
  holdId: bigint | null;
  state: MessageState;
  parts: number;
  priceMicros: bigint;
  providerSid: string | null;
  isOld: boolean;
}

const UNSETTLED = `settled_at IS NULL AND state IN ('delivered', 'undelivered', 'failed', 'refused', 'canceled', 'expired', 'excluded')`;

/** Settles what has ended in a shop. `channel`: null for one that was disconnected. */
export async function settleMessages(shopId: bigint, channel: Channel | null): Promise<void> {
  await pool.query(
    `UPDATE messages SET state = 'delivered', reason = 'no_report', finished_at = clock_timestamp()
      WHERE shop_id = $1 AND state = 'sent' AND call_started_at < clock_timestamp() - make_interval(hours => ${NO_REPORT_HOURS})`,
    [shopId],
  );
  for (let after = 0n; ;) {
    const ended = await listEnded(shopId, after);
    const last = ended.at(-1);
    if (!last) return;
    after = last.messageId;
    const parts = await readParts(channel, ended);
    sayUncovered(shopId, ended, parts);
    await withTransaction((tx) => settleBatch(tx, shopId, ended, parts));
  }
}

async function listEnded(shopId: bigint, after: bigint): Promise<EndedMessage[]> {
  const { rows } = await pool.query<EndedMessage>(
    `SELECT message_id AS "messageId", campaign_id AS "campaignId", coalesce(m.hold_id, (SELECT hold_id FROM campaigns c WHERE c.shop_id = m.shop_id
         AND c.campaign_id = m.campaign_id)) AS "holdId", state, parts, price_micros AS "priceMicros", provider_sid AS "providerSid",
       coalesce(finished_at < clock_timestamp() - make_interval(hours => ${PARTS_KNOWN_HOURS}), false) AS "isOld"
      FROM messages m WHERE shop_id = $1 AND message_id > $2 AND ${UNSETTLED} ORDER BY message_id LIMIT ${MESSAGES_A_BATCH}`,
    [shopId, after],
  );
  return rows;
}

/** What Twilio counted, by message: null where it is not known yet. Nothing is asked for what isn't charged. */
async function readParts(
  channel: Channel | null,
  ended: readonly EndedMessage[],
): Promise<Map<bigint, number | null>> {
  const parts = new Map<bigint, number | null>();
  for (const { messageId, holdId, state, providerSid } of ended) {
    if (holdId === null || !isBilled(state)) continue;
    parts.set(messageId, channel && providerSid !== null ? await fetchParts(channel, providerSid) : null);
  }
  return parts;
}

async function fetchParts(channel: Channel, sid: string): Promise<number | null> {
  try {
    const { fetchTwilioMessage } = await import('#app/integrations/twilio/messages.server.ts');
    return (await fetchTwilioMessage(credentialsOf(channel), sid)).parts;
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    logger.warn(
      { shopId: String(channel.shopId), reason: safeErrorText(error) },
      'parts of a message not read',
    );
    return null;
  }
}

/** The merchant pays what was quoted; what Twilio counted beyond it the operator bears, and has to know of. */
function sayUncovered(
  shopId: bigint,
  ended: readonly EndedMessage[],
  counted: ReadonlyMap<bigint, number | null>,
): void {
  const beyond = ended.flatMap(({ messageId, parts }) => Math.max(0, (counted.get(messageId) ?? 0) - parts));
  const parts = beyond.reduce((sum, each) => sum + each, 0);
  if (parts === 0) return;
  const messages = beyond.filter((each) => each > 0).length;
  logger.error({ shopId: String(shopId), messages, parts }, 'Twilio counted more parts than were quoted');
}

async function settleBatch(
  tx: Transaction,
  shopId: bigint,
  ended: readonly EndedMessage[],
  parts: ReadonlyMap<bigint, number | null>,
): Promise<void> {
  const ready = ended.flatMap((message) => {
    const charge = chargeOf(message, parts.get(message.messageId) ?? null);
    return charge === null ? [] : [{ ...message, charge }];
  });
  // Another worker may have settled some meanwhile: only what is still unsettled is marked, and only that is charged.
  const { rows } = await tx.query<{ messageId: bigint }>(
    `UPDATE messages m SET settled_at = clock_timestamp(), charged_micros = d.charge FROM unnest($2::bigint[], $3::bigint[]) AS d (id, charge)
      WHERE m.shop_id = $1 AND m.message_id = d.id AND m.settled_at IS NULL RETURNING m.message_id AS "messageId"`,
    [shopId, ready.map(({ messageId }) => messageId), ready.map(({ charge }) => charge)],
  );
  const marked = new Set(rows.map(({ messageId }) => messageId));
  const held = ready.filter(({ messageId, holdId }) => holdId !== null && marked.has(messageId));
  for (const [holdId, own] of Map.groupBy(held, (message) => message.holdId)) {
    const [first] = own;
    if (holdId === null || !first) continue;
    const reserved = own.reduce((sum, each) => sum + BigInt(each.parts) * each.priceMicros, 0n);
    const chargeMicros = own.reduce((sum, { charge }) => sum + charge, 0n);
    await settleHold(tx, shopId, holdId, {
      key: `charge:${first.messageId}`,
      chargeMicros,
      returnMicros: reserved - chargeMicros,
      messages: own.filter(({ charge }) => charge > 0n).length,
      campaignId: first.campaignId,
    });
  }
}
