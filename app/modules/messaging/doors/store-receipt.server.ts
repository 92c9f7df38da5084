import { pool } from '#app/db.server.ts';
import { wakeReceiptsSoon } from './wake-receipts.server.ts';
import type { CallbackTarget } from './callback-target.ts';

const STATUS_CHARACTERS_MAX = 40;

/** A receipt that came before, or says the same again, is there already. */
const INSERT = `
  INSERT INTO message_receipts (shop_id, channel_id, provider_sid, status, error_code, message_id)
  VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`;

/** Stores a status callback; the worker does the rest. False for a form that is none. */
export async function storeReceipt(
  { shopId, channelId }: CallbackTarget,
  form: URLSearchParams,
  messageId: bigint | null,
): Promise<boolean> {
  const sid = form.get('MessageSid') ?? '';
  const status = (form.get('MessageStatus') ?? '').toLowerCase();
  if (!isSid(sid) || status === '' || status.length > STATUS_CHARACTERS_MAX) return false;
  await pool.query(INSERT, [shopId, channelId, sid, status, readErrorCode(form), messageId]);
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
