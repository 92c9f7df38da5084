import { pool } from '#app/db.server.ts';
import { hashNationalId } from '#app/modules/customers/national-id.server.ts';

/** Pages and orders of one list are one search. */
const SAME_SEARCH_MINUTES = 10;

const FIND = `
  SELECT c.customer_id AS "customerId" FROM customers c
   WHERE c.shop_id = $1 AND c.national_id_hash = ANY($2) AND c.state = 'active' ORDER BY c.customer_id`;

const NOTE = `
  INSERT INTO sensitive_accesses (shop_id, customer_id, what, actor)
  SELECT $1, id, 'national_id_search', $3 FROM unnest($2::bigint[]) AS id WHERE NOT EXISTS (
    SELECT 1 FROM sensitive_accesses a WHERE a.shop_id = $1 AND a.customer_id = id AND a.what = 'national_id_search' AND a.actor = $3
      AND a.created_at > clock_timestamp() - make_interval(mins => ${SAME_SEARCH_MINUTES}))`;

/**
 * Writes down that somebody found customers by their national ID: what was typed is one, and it is theirs. Other
 * searches leave no trace. `readActor` tells who searches, and is asked only then.
 */
export async function noteSearch(
  shopId: bigint,
  query: string,
  readActor: () => Promise<string>,
): Promise<void> {
  const hashes = hashNationalId(shopId, query);
  if (hashes.length === 0) return;
  const { rows } = await pool.query<{ customerId: bigint }>(FIND, [shopId, hashes]);
  if (rows.length === 0) return;
  await pool.query(NOTE, [shopId, rows.map(({ customerId }) => customerId), await readActor()]);
}
