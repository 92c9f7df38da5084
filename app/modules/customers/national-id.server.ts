/** National IDs: encrypted at rest, found again by a keyed hash, shown masked (C10). */
import { createHmac, createSecretKey, hkdfSync } from 'node:crypto';
import { env } from '#app/env.server.ts';
import { AppError } from '#app/lib/errors.ts';
import { logger } from '#app/lib/logger.server.ts';
import { decryptSecret, encryptSecret, sealedStart, type CipherKey } from '#app/lib/secret-cipher.ts';
import { normaliseNationalId } from './rules/national-id.ts';

const KEY_BYTES = 32;
/** A key for each purpose: neither one reveals the other, nor opens a session's token. */
const CIPHER_PURPOSE = 'setia national-id cipher v1';
const INDEX_PURPOSE = 'setia national-id index v1';

function keysFor(purpose: string): CipherKey[] {
  return env.TOKEN_ENCRYPTION_KEYS.map(({ id, key }) => ({
    id,
    key: createSecretKey(Buffer.from(hkdfSync('sha256', key, '', purpose, KEY_BYTES))),
  }));
}

const CIPHER_KEYS = keysFor(CIPHER_PURPOSE);
const INDEX_KEYS = keysFor(INDEX_PURPOSE);

/** The shop and not the customer: a merge hands the ID over to the kept customer. */
const contextOf = (shopId: bigint) => `national-id/${shopId}`;

/**
 * Returns what a customer's `national_id_hash` may be for an ID as typed, one for each key in use: search with
 * `national_id_hash = ANY(...)`. The first is what is stored today. Empty for a text that is no ID. Other shops get
 * other hashes.
 */
export function hashNationalId(shopId: bigint, text: string): string[] {
  const id = normaliseNationalId(text);
  if (id === null) return [];
  return INDEX_KEYS.map(({ key }) => createHmac('sha256', key).update(`${shopId}/${id}`).digest('base64url'));
}

/**
 * Returns the two columns for a customer's ID as typed.
 * @throws AppError `bad_national_id` for a text that is not one.
 */
export function sealNationalId(shopId: bigint, text: string): { cipher: string; hash: string } {
  const id = normaliseNationalId(text);
  const [hash] = hashNationalId(shopId, text);
  if (id === null || hash === undefined) throw new AppError('bad_national_id', 'the text is no national ID');
  return { cipher: encryptSecret(id, contextOf(shopId), CIPHER_KEYS), hash };
}

/** Encrypts what staff wrote where an ID belongs, whatever it is; `readNationalId` decrypts it. */
export function sealIdText(shopId: bigint, text: string): string {
  return encryptSecret(text, contextOf(shopId), CIPHER_KEYS);
}

/** What every `national_id_cipher` of the newest key begins with. */
export function newestCipherStart(): string {
  return sealedStart(CIPHER_KEYS);
}

/** Decrypts a `national_id_cipher`; null for no ID and for one whose key is missing, which is logged. */
export function readNationalId(shopId: bigint, cipher: string | null): string | null {
  if (cipher === null) return null;
  try {
    return decryptSecret(cipher, contextOf(shopId), CIPHER_KEYS);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    logger.error({ shopId: String(shopId), code: error.code }, 'national ID unreadable');
    return null;
  }
}
