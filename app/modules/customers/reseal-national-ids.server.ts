/** Moves stored national IDs and their hashes to the newest key, after a key was put before it. */
import { pool } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { newestCipherStart, readNationalId, sealNationalId } from './national-id.server.ts';

const CUSTOMERS_A_BATCH = 500;

const OLD = `
  SELECT shop_id AS "shopId", customer_id AS "customerId", national_id_cipher AS cipher FROM customers
   WHERE (shop_id, customer_id) > ($1, $2) AND national_id_cipher IS NOT NULL AND NOT starts_with(national_id_cipher, $3)
   ORDER BY shop_id, customer_id LIMIT ${CUSTOMERS_A_BATCH}`;

/** An ID that was saved or removed meanwhile stays as it is. */
const WRITE = `
  UPDATE customers c SET national_id_cipher = n.cipher, national_id_hash = n.hash
    FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[]) AS n (shop_id, customer_id, before, cipher, hash)
   WHERE c.shop_id = n.shop_id AND c.customer_id = n.customer_id AND c.national_id_cipher = n.before`;

interface OldId {
  shopId: bigint;
  customerId: bigint;
  cipher: string;
}

/**
 * Seals every national ID of every shop with the newest key, a batch a statement: it may be stopped at any time and run
 * again. Returns how many it moved; IDs whose key is missing stay.
 */
export async function resealNationalIds(): Promise<number> {
  let after = { shopId: 0n, customerId: 0n };
  for (let moved = 0; ;) {
    const { rows } = await pool.query<OldId>(OLD, [after.shopId, after.customerId, newestCipherStart()]);
    moved += await resealBatch(rows);
    const last = rows.at(-1);
    if (!last) return moved;
    after = last;
  }
}

async function resealBatch(ids: readonly OldId[]): Promise<number> {
  const sealed = ids.flatMap((old) => {
    const id = readNationalId(old.shopId, old.cipher);
    return id === null ? [] : [{ ...old, new: sealNationalId(old.shopId, id) }];
  });
  if (sealed.length === 0) return 0;
  const { rowCount } = await pool.query(WRITE, [
    bigintArray(sealed.map(({ shopId }) => shopId)),
    bigintArray(sealed.map(({ customerId }) => customerId)),
    sealed.map(({ cipher }) => cipher),
    sealed.map((row) => row.new.cipher),
    sealed.map((row) => row.new.hash),
  ]);
  return rowCount ?? 0;
}

/** Counts the stored national IDs of every shop by the id of their key. */
export async function countNationalIdKeys(): Promise<Map<string, number>> {
  const { rows } = await pool.query<{ key: string; n: number }>(
    `SELECT split_part(national_id_cipher, ':', 3) AS key, count(*)::int AS n FROM customers
      WHERE national_id_cipher IS NOT NULL GROUP BY 1 ORDER BY 1`,
  );
  return new Map(rows.map(({ key, n }) => [key, n]));
}
