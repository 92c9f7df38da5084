/** Addresses as keyed hashes: what must outlive a person's erasure is found again, and reveals nothing. */
import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import type { Queryable } from '#app/db.server.ts';
import { invariant } from '#app/lib/errors.ts';
import { openSecret, sealSecret } from '../channels/token-cipher.server.ts';

export type MessageChannel = 'sms';

const KEY_BYTES = 32;

/**
 * Loads the hash function of a shop; its key is made at its first use. Read it for each piece of work and don't store it:
 * a shop that was erased and installed again has another key.
 */
export async function loadAddressHash(
  db: Queryable,
  shopId: bigint,
): Promise<(channel: MessageChannel, address: string) => string> {
  // A key object: of bytes, Node makes one for each hash, which takes seven times as long as the hash.
  const key = createSecretKey((await findKey(db, shopId)) ?? (await makeKey(db, shopId)), 'base64');
  return (channel, address) => createHmac('sha256', key).update(`${channel}/${address}`).digest('base64url');
}

async function findKey(db: Queryable, shopId: bigint): Promise<string | null> {
  const { rows } = await db.query<{ cipher: string }>(
    'SELECT key_cipher AS cipher FROM address_keys WHERE shop_id = $1',
    [shopId],
  );
  return rows[0] ? openSecret(shopId, rows[0].cipher) : null;
}

async function makeKey(db: Queryable, shopId: bigint): Promise<string> {
  const cipher = sealSecret(shopId, randomBytes(KEY_BYTES).toString('base64'));
  // Another may be faster: the stored one counts.
  await db.query('INSERT INTO address_keys (shop_id, key_cipher) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    shopId,
    cipher,
  ]);
  const key = await findKey(db, shopId);
  invariant(key !== null, 'the key was stored');
  return key;
}
