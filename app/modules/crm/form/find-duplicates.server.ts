import { pool } from '#app/db.server.ts';
import { toE164 } from '#app/lib/phone.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import type { CustomerLine } from '#app/modules/customers/customers.queries.server.ts';

/** A customer with the phone or the e-mail address that is being typed. */
export interface Duplicate extends CustomerLine {
  by: 'phone' | 'email';
}

const DUPLICATES_MAX = 5;

/**
 * Other customers with this phone, in any writing, or e-mail address: `phone`, `email` and `except` (whose form it is) of
 * the address. None while neither is whole.
 */
export async function findDuplicates(
  shop: { shopId: bigint; country: string | null },
  search: URLSearchParams,
): Promise<Duplicate[]> {
  const phone = toE164(search.get('phone') ?? '', shop.country);
  const email = search.get('email')?.trim().toLowerCase() || null;
  if (phone === null && email === null) return [];
  const { rows } = await pool.query<Duplicate>(
    `SELECT customer_id AS "customerId", first_name AS "firstName", last_name AS "lastName", email, phone,
       CASE WHEN phone = $2 THEN 'phone' ELSE 'email' END AS by
     FROM customers WHERE shop_id = $1 AND (phone = $2 OR email = $3) AND customer_id IS DISTINCT FROM $4
       AND state = 'active' AND merged_into IS NULL ORDER BY customer_id LIMIT ${DUPLICATES_MAX}`,
    [shop.shopId, phone, email, readIdParam(search.get('except'))],
  );
  return rows;
}
