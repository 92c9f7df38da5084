import { createHash, randomBytes } from 'node:crypto';
import { isStorableId } from './storable.ts';

/** Crockford base32 without letters that look like digits: codes are read aloud and typed on phones. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Returns a random code of `characters` x 5 bits (default 80 bits), upper case, e.g. for one redemption. */
export function randomCode(characters = 16): string {
  let code = '';
  for (const byte of takeRandom(characters)) code += ALPHABET[byte & 31];
  return code;
}

const POOL_BYTES = 4_096;
let pool = Buffer.alloc(0);

/** Random bytes, each used once. Campaigns need a code for each message: asking the system for each is slow. */
function takeRandom(bytes: number): Buffer {
  if (pool.length < bytes) pool = randomBytes(Math.max(POOL_BYTES, bytes));
  const taken = pool.subarray(0, bytes);
  pool = pool.subarray(bytes);
  return taken;
}

/** Returns the SHA-256 of a text in hex; used for input hashes and content-addressed snapshots. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

const GID = /^gid:\/\/shopify\/(\w+)\/(\d+)(?:\?.*)?$/;

/** Returns the number of a Shopify global id of the given type as bigint (ids can exceed 2^53), or null. */
export function gidToId(gid: string, type: string): bigint | null {
  const match = GID.exec(gid);
  if (match?.[1] !== type || !match[2]) return null;
  const id = BigInt(match[2]);
  return isStorableId(id) ? id : null;
}

/** Builds a Shopify global id. */
export function idToGid(type: string, id: bigint): string {
  return `gid://shopify/${type}/${id}`;
}
