/** Auth tokens of Twilio accounts: encrypted at rest, under a key of their own. */
import { hkdfSync } from 'node:crypto';
import { env } from '#app/env.server.ts';
import { decryptSecret, encryptSecret, sealedStart, type CipherKey } from '#app/lib/secret-cipher.ts';

const KEY_BYTES = 32;
/** A key for this purpose: it opens no session's token and no national ID. */
const PURPOSE = 'setia messaging cipher v1';

const KEYS: CipherKey[] = env.TOKEN_ENCRYPTION_KEYS.map(({ id, key }) => ({
  id,
  key: Buffer.from(hkdfSync('sha256', key, '', PURPOSE, KEY_BYTES)),
}));

const contextOf = (shopId: bigint) => `messaging/${shopId}`;

/** Encrypts a secret of this shop's messaging. */
export function sealSecret(shopId: bigint, secret: string): string {
  return encryptSecret(secret, contextOf(shopId), KEYS);
}

/** Decrypts what `sealSecret` returned. @throws AppError when its key isn't configured, or it is another shop's */
export function openSecret(shopId: bigint, cipher: string): string {
  return decryptSecret(cipher, contextOf(shopId), KEYS);
}

/** What every secret under the newest key begins with. */
export function newestSecretStart(): string {
  return sealedStart(KEYS);
}
