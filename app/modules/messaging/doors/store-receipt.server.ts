import { pool } from '#app/db.server.ts';
import { joinBatches, type FlushResult } from '#app/lib/join-batches.ts';
import { isDatabaseOutage } from '#app/lib/pg-errors.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { wakeReceiptsSoon } from './wake-receipts.server.ts';
import type { CallbackTarget } from './callback-target.ts';

const STATUS_CHARACTERS_MAX = 40;
/** Two, so that one batch can be collected while the other is being committed. */
const LANES = 2;
const RECEIPTS_A_BATCH = 200;

interface StoredReceipt extends CallbackTarget {
  sid: string;
  status: string;
  errorCode: number;
  messageId: bigint | null;
}

/** A receipt that came before, or says the same again, is there already. Sorted: two processes must not deadlock. */
const INSERT = `
  INSERT INTO message_receipts (shop_id, channel_id, provider_sid, status, error_code, message_id)
  SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::int[], $6::bigint[])
    AS r (shop_id, channel_id, sid, status, code, message_id) ORDER BY shop_id, sid, status, code
  ON CONFLICT DO NOTHING`;

const joiner = joinBatches<StoredReceipt>(storeBatch, {
  lanes: LANES,
  itemsMax: RECEIPTS_A_BATCH,
  sizeMax: RECEIPTS_A_BATCH,
  sizeOf: () => 1,
});

async function storeBatch(batch: StoredReceipt[]): Promise<FlushResult> {
  try {
    await insert(batch);
  } catch (error) {
    if (batch.length === 1 || isDatabaseOutage(error)) throw error;
    // One that PostgreSQL refuses must not fail its neighbours.
    return Promise.allSettled(batch.map((receipt) => insert([receipt])));
  }
}

async function insert(batch: readonly StoredReceipt[]): Promise<void> {
  await pool.query(INSERT, [
    bigintArray(batch.map(({ shopId }) => shopId)),
    bigintArray(batch.map(({ channelId }) => channelId)),
    batch.map(({ sid }) => sid),
    batch.map(({ status }) => status),
    batch.map(({ errorCode }) => errorCode),
    bigintArray(batch.map(({ messageId }) => messageId)),
  ]);
}

/** Stores a status callback, with others that come meanwhile; the worker does the rest. False for a form that is none. */
export async function storeReceipt(
  { shopId, channelId }: CallbackTarget,
  form: URLSearchParams,
  messageId: bigint | null,
): Promise<boolean> {
  const sid = form.get('MessageSid') ?? '';
  const status = (form.get('MessageStatus') ?? '').toLowerCase();
  if (!isSid(sid) || status === '' || status.length > STATUS_CHARACTERS_MAX) return false;
  await joiner.join({ shopId, channelId, sid, status, errorCode: readErrorCode(form), messageId });
  wakeReceiptsSoon();
  return true;
}

const SID = /^[A-Z]{2}[0-9a-fA-F]{32}$/;

/** Whether a text is an id of Twilio's. */
export function isSid(text: string): boolean {
  return SID.test(text);
}

const ERROR_CODE = /^\d{1,6}$/;

function readErrorCode(form: URLSearchParams): number {
  const text = form.get('ErrorCode') ?? '';
  return ERROR_CODE.test(text) ? Number(text) : 0;
}
