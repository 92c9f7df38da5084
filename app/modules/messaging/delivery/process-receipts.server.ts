/** Status callbacks, applied to their messages: in any order, any number of times, before the answer to our own call. */
import { pool, withTransaction, type Transaction } from '#app/db.server.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { IS_INSTALLED_SQL } from '#app/modules/shops/find-shop.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { FILTERED_CODE, pauseFiltered } from './pause-filtered.server.ts';
import { applyReport, FINAL_STATES, type MessageProgress, type MessageState } from './rules/message-state.ts';

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
    const own = receipts.filter(
      ({ messageId, providerSid }) =>
        messageId === message.messageId && [null, providerSid].includes(message.providerSid),
    );
    const after = own.reduce<MessageProgress>(
      (known, { status, errorCode }) =>
        applyReport(known, { status, errorCode: errorCode === 0 ? null : errorCode }) ?? known,
      message,
    );
    const sid = message.providerSid ?? own[0]?.providerSid ?? null;
    if (own.length > 0) await store(tx, shopId, message.messageId, after, sid);
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

/** In order, so that two workers lock the same messages in the same order. A receipt may be for a message that is gone. */
async function lockMessages(
  tx: Transaction,
  shopId: bigint,
  receipts: readonly Receipt[],
): Promise<KnownMessage[]> {
  const ids = new Set(receipts.flatMap(({ messageId }) => (messageId === null ? [] : [messageId])));
  const { rows } = await tx.query<{
    messageId: bigint;
    campaignId: bigint | null;
    providerSid: string | null;
    state: MessageState;
    rank: number;
    errorCode: number | null;
  }>(
    `SELECT message_id AS "messageId", campaign_id AS "campaignId", provider_sid AS "providerSid", state, provider_rank AS rank, error_code AS "errorCode"
       FROM messages WHERE shop_id = $1 AND message_id = ANY($2::bigint[]) ORDER BY message_id FOR UPDATE`,
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
