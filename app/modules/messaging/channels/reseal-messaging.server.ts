/** Moves stored secrets of messaging to the newest key, after a key was put before it. */
import { pool } from '#app/db.server.ts';
import { AppError } from '#app/lib/errors.ts';
import { newestSecretStart, openSecret, sealSecret } from './token-cipher.server.ts';

interface Sealed {
  shopId: bigint;
  cipher: string;
}

/** Where they are. A secret that was changed meanwhile stays as it is. */
const PLACES = [
  {
    list: 'SELECT shop_id AS "shopId", token_cipher AS cipher FROM channels WHERE NOT starts_with(token_cipher, $1)',
    write: 'UPDATE channels SET token_cipher = $3 WHERE shop_id = $1 AND token_cipher = $2',
  },
  {
    list: 'SELECT shop_id AS "shopId", key_cipher AS cipher FROM address_keys WHERE NOT starts_with(key_cipher, $1)',
    write: 'UPDATE address_keys SET key_cipher = $3 WHERE shop_id = $1 AND key_cipher = $2',
  },
];

/** Seals every secret of messaging with the newest key. Returns how many it moved; those whose key is missing stay. */
export async function resealMessaging(): Promise<number> {
  let moved = 0;
  for (const { list, write } of PLACES) {
    const { rows } = await pool.query<Sealed>(list, [newestSecretStart()]);
    for (const { shopId, cipher } of rows) {
      const secret = openOrNull(shopId, cipher);
      if (secret === null) continue;
      const { rowCount } = await pool.query(write, [shopId, cipher, sealSecret(shopId, secret)]);
      moved += rowCount ?? 0;
    }
  }
  return moved;
}

function openOrNull(shopId: bigint, cipher: string): string | null {
  try {
    return openSecret(shopId, cipher);
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** Counts the stored secrets of messaging by the id of their key. */
export async function countMessagingKeys(): Promise<Map<string, number>> {
  const { rows } = await pool.query<{ key: string; n: number }>(
    `SELECT split_part(cipher, ':', 3) AS key, count(*)::int AS n
       FROM (SELECT token_cipher AS cipher FROM channels UNION ALL SELECT key_cipher FROM address_keys) s GROUP BY 1 ORDER BY 1`,
  );
  return new Map(rows.map(({ key, n }) => [key, n]));
}
