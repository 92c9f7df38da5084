/** Moves stored secrets of messaging to the newest key, after a key was put before it. */
import { pool } from '#app/db.server.ts';
import { AppError } from '#app/lib/errors.ts';
import { newestSecretStart, openSecret, sealSecret } from './token-cipher.server.ts';

interface Sealed {
  shopId: bigint;
  channelId: bigint;
  cipher: string;
}

/** A token that was changed meanwhile stays as it is. */
const WRITE = `UPDATE channels SET token_cipher = $4 WHERE shop_id = $1 AND channel_id = $2 AND token_cipher = $3`;

/** Seals the auth token of every channel with the newest key. Returns how many it moved; those whose key is missing stay. */
export async function resealChannels(): Promise<number> {
  const { rows } = await pool.query<Sealed>(
    `SELECT shop_id AS "shopId", channel_id AS "channelId", token_cipher AS cipher FROM channels
      WHERE NOT starts_with(token_cipher, $1) ORDER BY shop_id, channel_id`,
    [newestSecretStart()],
  );
  let moved = 0;
  for (const { shopId, channelId, cipher } of rows) {
    const secret = openOrNull(shopId, cipher);
    if (secret === null) continue;
    const { rowCount } = await pool.query(WRITE, [shopId, channelId, cipher, sealSecret(shopId, secret)]);
    moved += rowCount ?? 0;
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

/** Counts the stored auth tokens by the id of their key. */
export async function countChannelKeys(): Promise<Map<string, number>> {
  const { rows } = await pool.query<{ key: string; n: number }>(
    `SELECT split_part(token_cipher, ':', 3) AS key, count(*)::int AS n FROM channels GROUP BY 1 ORDER BY 1`,
  );
  return new Map(rows.map(({ key, n }) => [key, n]));
}
