/** Status callbacks, applied to their messages: in any order, any number of times, before the answer to our own call. */
import { pool, withTransaction, type Transaction } from '#app/db.server.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { IS_INSTALLED_SQL } from '#app/modules/shops/find-shop.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { holdBack } from './hold-back.server.ts';
import { FILTERED_CODE, pauseFiltered } from './pause-filtered.server.ts';
import { PHONE_OFF_CODE, sendOnceMore } from './send-once-more.server.ts';
import { applyReport, FINAL_STATES, isLost, type MessageProgress } from './rules/message-state.ts';

const RECEIPTS_A_BATCH = 500;

interface Receipt {
  providerSid: string;
  status: string;
  errorCode: number;
  messageId: bigint | null;
}

interface KnownMessage extends MessageProgress {
  messageId: bigint;
  campaignId: bigint | null;
  providerSid: string | null;
  /** Of tries that were given back. */
  formerSids: string[];
}

/** Processes receipts that have come in; returns how many. */
export async function processReceipts(signal?: AbortSignal): Promise<number> {
  const { rows } = await pool.query<{ shopId: bigint }>(
    `SELECT shop_id AS "shopId" FROM shops WHERE ${IS_INSTALLED_SQL}
        AND shop_id IN (SELECT shop_id FROM message_receipts WHERE processed_at IS NULL) ORDER BY shop_id`,
  );
  return forEachShop('process-receipts', rows, ({ shopId }) => processShop(shopId, signal), { signal });
}

async function processShop(shopId: bigint, signal?: AbortSignal): Promise<number> {
  for (let done = 0; ;) {
    const count = await withTransaction((tx) => processBatch(tx, shopId));
    done += count;
    if (count < RECEIPTS_A_BATCH || signal?.aborted) return done;
  }
}

async function processBatch(tx: Transaction, shopId: bigint): Promise<number> {
  const { rows: receipts } = await tx.query<Receipt>(
    `SELECT provider_sid AS "providerSid", status, error_code AS "errorCode", message_id AS "messageId" FROM message_receipts
      WHERE shop_id = $1 AND processed_at IS NULL ORDER BY received_at LIMIT ${RECEIPTS_A_BATCH} FOR UPDATE SKIP LOCKED`,
    [shopId],
  );
  if (receipts.length === 0) return 0;
  const messages = await lockMessages(tx, shopId, receipts);
  let hasEnded = false;
  const filtered = new Set<bigint>();
  for (const message of messages) {
    const own = receipts.filter((receipt) => isOfTry(message, receipt));
    if (own.length === 0) continue;
    const after = await apply(tx, shopId, message, own);
    hasEnded ||= FINAL_STATES.includes(after.state);
    if (after.errorCode === FILTERED_CODE && message.campaignId !== null) filtered.add(message.campaignId);
  }
  await tx.query(
    `UPDATE message_receipts r SET processed_at = clock_timestamp()
       FROM unnest($2::text[], $3::text[], $4::int[]) AS d (sid, status, code)
      WHERE r.shop_id = $1 AND r.provider_sid = d.sid AND r.status = d.status AND r.error_code = d.code`,
    [
      shopId,
      receipts.map(({ providerSid }) => providerSid),
      receipts.map(({ status }) => status),
      receipts.map(({ errorCode }) => errorCode),
    ],
  );
  await pauseFiltered(tx, shopId, [...filtered]);
  if (hasEnded) await wakeTask(tx, 'send-messages');
  return receipts.length;
}

/** Of a try that was given back nothing counts but that it arrived after all: then it isn't sent again. */
function isOfTry({ messageId, providerSid, formerSids, state }: KnownMessage, receipt: Receipt): boolean {
  if (receipt.messageId !== messageId) return false;
  if (formerSids.includes(receipt.providerSid)) return state === 'queued' && receipt.status === 'delivered';
  return providerSid === null || providerSid === receipt.providerSid;
}

/** Applies reports to their message. Returns how it is then. */
async function apply(
  tx: Transaction,
  shopId: bigint,
  message: KnownMessage,
  own: readonly Receipt[],
): Promise<MessageProgress> {
  const { messageId } = message;
  const after = own.reduce<MessageProgress>(
    (known, { status, errorCode }) =>
      applyReport(known, { status, errorCode: errorCode === 0 ? null : errorCode }) ?? known,
    // What waits has the code for which it does.
    { ...message, errorCode: message.state === 'queued' ? null : message.errorCode },
  );
  const sid = message.providerSid ?? own[0]?.providerSid ?? null;
  const code = isLost(after) && !FINAL_STATES.includes(message.state) ? after.errorCode : null;
  if (code !== null && (await holdBack(tx, { shopId, messageId, code, status: null, sid })))
    return { ...after, state: 'queued' };
  await store(tx, shopId, messageId, after, sid);
  if (code === PHONE_OFF_CODE) await sendOnceMore(tx, shopId, messageId);
  return after;
}

/** In order, so that two workers lock the same messages in the same order. A receipt may be for a message that is gone. */
async function lockMessages(
  tx: Transaction,
  shopId: bigint,
  receipts: readonly Receipt[],
): Promise<KnownMessage[]> {
  const ids = new Set(receipts.flatMap(({ messageId }) => (messageId === null ? [] : [messageId])));
  const { rows } = await tx.query<KnownMessage>(
    `SELECT message_id AS "messageId", campaign_id AS "campaignId", provider_sid AS "providerSid", former_sids AS "formerSids", state,
       provider_rank AS rank, error_code AS "errorCode" FROM messages WHERE shop_id = $1 AND message_id = ANY($2::bigint[]) ORDER BY message_id FOR UPDATE`,
    [shopId, bigintArray([...ids])],
  );
  return rows;
}

async function store(
  tx: Transaction,
  shopId: bigint,
  messageId: bigint,
  { state, rank, errorCode }: MessageProgress,
  sid: string | null,
): Promise<void> {
  await tx.query(
    `UPDATE messages SET state = $3, provider_rank = $4, error_code = $5, provider_sid = $6, lease_until = NULL,
       finished_at = CASE WHEN $7 THEN coalesce(finished_at, clock_timestamp()) ELSE finished_at END
      WHERE shop_id = $1 AND message_id = $2`,
    [shopId, messageId, state, rank, errorCode, sid, FINAL_STATES.includes(state)],
  );
}
