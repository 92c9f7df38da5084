import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto';
import { AppError } from '#app/lib/errors.ts';

/** One AES-256 key: `id` is part of the stored text, so that keys can be rotated. */
export interface CipherKey {
  id: string;
  /** A key object where it is used often: of bytes, Node makes one at each use. */
  key: Buffer | KeyObject;
}

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const FORMAT = /^enc:v1:([\w-]+):([A-Za-z0-9+/]+=*)$/;

/** Returns what every text that is encrypted with the first key begins with. */
export function sealedStart(keys: readonly CipherKey[]): string {
  return `enc:v1:${firstOf(keys).id}:`;
}

function firstOf(keys: readonly CipherKey[]): CipherKey {
  const [first] = keys;
  if (!first) throw new AppError('secret_key_missing', 'no encryption key is configured');
  return first;
}

/**
 * Encrypts a text as `enc:v1:<keyId>:<base64 of iv, tag, ciphertext>` with the first key. `context` (whose secret it
 * is) is authenticated with it, so that a secret copied into another row does not decrypt.
 */
export function encryptSecret(secret: string, context: string, keys: readonly CipherKey[]): string {
  const first = firstOf(keys);
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, first.key, iv).setAAD(Buffer.from(context, 'utf8'));
  const ciphertext = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return `${sealedStart(keys)}${Buffer.concat([iv, cipher.getAuthTag(), ciphertext]).toString('base64')}`;
}

/**
 * Decrypts a text from `encryptSecret` with any of the keys.
 * @throws AppError `secret_unreadable` when the text has another format or was changed, moved to another context or
 * encrypted with another key under the same id; `secret_key_missing` when its key isn't configured.
 */
export function decryptSecret(stored: string, context: string, keys: readonly CipherKey[]): string {
  const [, keyId, payload] = FORMAT.exec(stored) ?? [];
  if (keyId === undefined || payload === undefined)
    throw new AppError('secret_unreadable', 'secret is not encrypted');
  const key = keys.find(({ id }) => id === keyId);
  if (!key) throw new AppError('secret_key_missing', `encryption key ${keyId} is not configured`);
  const bytes = Buffer.from(payload, 'base64');
  if (bytes.length <= IV_BYTES + TAG_BYTES) throw new AppError('secret_unreadable', 'secret is too short');
  try {
    const decipher = createDecipheriv(ALGORITHM, key.key, bytes.subarray(0, IV_BYTES), {
      authTagLength: TAG_BYTES,
    })
      .setAAD(Buffer.from(context, 'utf8'))
      .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    return decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  } catch (cause) {
    throw new AppError('secret_unreadable', 'secret does not match its key and context', { cause });
  }
}
