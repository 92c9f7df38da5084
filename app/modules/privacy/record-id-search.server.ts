import { pool } from '#app/db.server.ts';
import { hashNationalId } from '#app/modules/customers/national-id.server.ts';
import { recordAccesses } from '#app/modules/customers/sensitive-accesses.server.ts';

/** Pages and sort orders of one list are one search. */
const SAME_SEARCH_MINUTES = 10;

const FIND = `
  SELECT c.customer_id AS "customerId" FROM customers c
   WHERE c.shop_id = $1 AND c.national_id_hash = ANY($2) AND c.state = 'active' ORDER BY c.customer_id`;

/**
 * Records that staff found customers by their national ID: the query is one, and it is theirs. Other searches leave no
 * trace. `readActor` is called only when there is something to record.
 */
export async function recordIdSearch(
  shopId: bigint,
  query: string,
  readActor: () => Promise<string>,
): Promise<void> {
  const hashes = hashNationalId(shopId, query);
  if (hashes.length === 0) return;
  const { rows } = await pool.query<{ customerId: bigint }>(FIND, [shopId, hashes]);
  if (rows.length === 0) return;
  await recordAccesses(pool, {
    shopId,
    customerIds: rows.map(({ customerId }) => customerId),
    what: 'national_id_search',
    actor: await readActor(),
    onceWithinMinutes: SAME_SEARCH_MINUTES,
  });
}
