/** Sends a customer the code with which they confirm at the till that their points are spent. */
import { randomInt } from 'node:crypto';
import { ledgerNow, pool, withTransaction, type Transaction } from '#app/db.server.ts';
import { sha256 } from '#app/lib/ids.ts';
import { countryOfPhone } from '#app/lib/phone.ts';
import { findSmsChannel, type Channel } from '../channels/channel-rows.server.ts';
import { loadAddressHash } from '../consent/address-hash.server.ts';
import { queueMessage } from '../delivery/queue-message.server.ts';
import { isClosedCountry } from '../limits/rules/countries.ts';
import { SpendingLimitReached } from '../wallet/post-wallet.server.ts';
import { listCurrentPrices } from '../wallet/prices.server.ts';
import { codeLanguage, codeText, maskPhone } from './rules/code-text.ts';

export const CODE_MINUTES = 5;
const CODES = 10_000;
const CODE_DIGITS = 4;
/** Codes to a customer in an hour: each is paid for, and is one more to guess. */
const SENDS_MAX = 5;
const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
/** Until then another press of the button sends nothing new. */
const AGAIN_MS = 30 * SECOND_MS;

export interface TillCodeRequest {
  shopId: bigint;
  customerId: bigint;
  /** The attempt at the till: a UUID. */
  key: string;
  /** The club's name, which begins the message. */
  title: string;
  /** The shop's, for a customer whose own is not known. */
  locale: string;
  actor: string;
}

export type TillCodeSent =
  | { ok: true; to: string; validSeconds: number }
  | { ok: false; reason: 'no_phone' | 'no_channel' | 'opted_out' | 'too_many' | 'not_possible' };

const refuse = (reason: Extract<TillCodeSent, { ok: false }>['reason']): TillCodeSent => ({
  ok: false,
  reason,
});

/** Sends a new code, unless one was sent just now for the same attempt; returns where it went, or why it did not. */
export async function sendTillCode(request: TillCodeRequest): Promise<TillCodeSent> {
  const { shopId, customerId } = request;
  const [channel, { rows }] = await Promise.all([
    findSmsChannel(pool, shopId),
    pool.query<{ phone: string | null }>(
      `SELECT phone FROM customers WHERE shop_id = $1 AND customer_id = $2 AND state = 'active' AND merged_into IS NULL`,
      [shopId, customerId],
    ),
  ]);
  const phone = rows[0]?.phone ?? null;
  const country = phone === null ? null : countryOfPhone(phone);
  if (phone === null || country === null) return refuse('no_phone');
  if (!channel) return refuse('no_channel');
  // It would have expired when the account works again.
  if (channel.pausedAt !== null) return refuse('not_possible');
  const priceMicros = await priceOf(channel, country);
  if (isClosedCountry(country) || priceMicros === null) return refuse('not_possible');
  const to = { phone, country, priceMicros, hash: (await loadAddressHash(pool, shopId))('sms', phone) };
  try {
    return await withTransaction((tx) => send(tx, request, channel, to));
  } catch (error) {
    if (error instanceof SpendingLimitReached) return refuse('not_possible');
    throw error;
  }
}

async function priceOf(channel: Channel, country: string): Promise<bigint | null> {
  if (channel.account === 'own') return 0n;
  const prices = await listCurrentPrices(pool);
  return prices.find((each) => each.country === country)?.priceMicros ?? null;
}

interface Receiver {
  phone: string;
  country: string;
  hash: string;
  priceMicros: bigint;
}

interface Last {
  key: string;
  sentAt: Date;
  expiresAt: Date;
  sends: number;
  isCounted: boolean;
}

const LAST = `
  SELECT client_key AS key, sent_at AS "sentAt", expires_at AS "expiresAt", sends,
    counted_from > $3::timestamptz - interval '1 hour' AS "isCounted"
  FROM till_codes WHERE shop_id = $1 AND customer_id = $2 FOR NO KEY UPDATE`;

const STORE = `
  INSERT INTO till_codes AS t (shop_id, customer_id, client_key, code_hash, sent_at, expires_at, counted_from)
  VALUES ($1, $2, $3, $4, $5, $6, $5)
  ON CONFLICT (shop_id, customer_id) DO UPDATE SET client_key = excluded.client_key, code_hash = excluded.code_hash,
    sent_at = excluded.sent_at, expires_at = excluded.expires_at, attempts = 0, used_key = NULL,
    sends = CASE WHEN $7::bool THEN t.sends + 1 ELSE 1 END,
    counted_from = CASE WHEN $7::bool THEN t.counted_from ELSE excluded.counted_from END`;

async function send(
  tx: Transaction,
  { shopId, customerId, key, title, locale, actor }: TillCodeRequest,
  channel: Channel,
  { phone, country, hash, priceMicros }: Receiver,
): Promise<TillCodeSent> {
  // One after another: two presses at once send one message.
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `till-code/${shopId}/${customerId}`,
  ]);
  const now = await ledgerNow(tx);
  const [last] = (await tx.query<Last>(LAST, [shopId, customerId, now])).rows;
  const sent = (until: Date): TillCodeSent => ({
    ok: true,
    to: maskPhone(phone),
    validSeconds: Math.max(0, Math.floor((until.getTime() - now.getTime()) / SECOND_MS)),
  });
  if (last?.key === key && now.getTime() - last.sentAt.getTime() < AGAIN_MS) return sent(last.expiresAt);
  if (last?.isCounted && last.sends >= SENDS_MAX) return refuse('too_many');
  const code = String(randomInt(CODES)).padStart(CODE_DIGITS, '0');
  const queued = await queueMessage(tx, channel, {
    key: `till-code:${customerId}:${now.getTime()}`,
    customerId,
    to: phone,
    hash,
    country,
    body: codeText(codeLanguage(locale), title, code),
    priceMicros,
    stopCode: null,
    class: 'transactional',
    validMinutes: CODE_MINUTES,
    actor,
  });
  if (queued !== 'queued') return refuse(queued === 'opted_out' ? 'opted_out' : 'not_possible');
  const expiresAt = new Date(now.getTime() + CODE_MINUTES * MINUTE_MS);
  const codeHash = hashTillCode(shopId, customerId, code);
  await tx.query(STORE, [shopId, customerId, key, codeHash, now, expiresAt, last?.isCounted ?? false]);
  return sent(expiresAt);
}

/** Returns what is stored of a code. Four digits are no secret for a database's reader; they are valid for minutes. */
export function hashTillCode(shopId: bigint, customerId: bigint, code: string): string {
  return sha256(`${shopId}/${customerId}/${code}`);
}
