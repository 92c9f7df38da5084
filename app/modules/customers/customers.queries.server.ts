import { pool } from '#app/db.server.ts';

export interface CustomerLine {
  customerId: bigint;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phone: string | null;
}

export interface CustomerProfile extends CustomerLine {
  /** `active`, `deleted` at Shopify or erased for privacy. */
  state: string;
  createdAt: Date;
}

/** One customer of this shop, or null. */
export async function readCustomer(shopId: bigint, customerId: bigint): Promise<CustomerProfile | null> {
  const { rows } = await pool.query<CustomerProfile>(
    `SELECT customer_id AS "customerId", first_name AS "firstName", last_name AS "lastName", email, phone, state,
       created_at AS "createdAt" FROM customers WHERE shop_id = $1 AND customer_id = $2`,
    [shopId, customerId],
  );
  return rows[0] ?? null;
}
