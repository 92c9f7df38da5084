import { pool } from '#app/db.server.ts';
import { cleanText } from '#app/lib/storable.ts';
import type { CallbackTarget } from './callback-target.ts';
import { isSid } from './store-receipt.server.ts';

/** Twilio's longest text has 1,600 characters. */
const TEXT_CHARACTERS_MAX = 2_000;
const ADDRESS_CHARACTERS_MAX = 64;

/** A message that came before is there already. */
const INSERT = `
  INSERT INTO inbound_messages (shop_id, message_sid, channel_id, from_address, to_address, text, media, opt_out_type)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`;

/** Stores a text that a person sent; the worker does the rest. False for a form that is none. */
export async function storeInbound(
  { shopId, channelId }: CallbackTarget,
  form: URLSearchParams,
): Promise<boolean> {
  const field = (name: string, max: number) => cleanText(form.get(name) ?? '').slice(0, max);
  const sid = field('MessageSid', ADDRESS_CHARACTERS_MAX);
  const from = field('From', ADDRESS_CHARACTERS_MAX);
  if (!isSid(sid) || from === '') return false;
  const optOutType = field('OptOutType', ADDRESS_CHARACTERS_MAX);
  await pool.query(INSERT, [
    shopId,
    sid,
    channelId,
    from,
    field('To', ADDRESS_CHARACTERS_MAX),
    field('Body', TEXT_CHARACTERS_MAX),
    Number.parseInt(form.get('NumMedia') ?? '', 10) || 0,
    optOutType === '' ? null : optOutType,
  ]);
  return true;
}
