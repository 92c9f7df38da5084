/** Finds the customer whose balance staff adjust, and what they must see of it. */
import { pool } from '#app/db.server.ts';
import { withReadablePhone } from '#app/lib/phone.ts';
import type { CustomerLine } from '#app/modules/customers/customers.queries.server.ts';
import { EVERYBODY } from '#app/modules/segments/customer-filter.ts';
import { listCustomers } from '#app/modules/segments/list-customers.server.ts';
import { hashNationalId, readNationalId } from '#app/modules/customers/national-id.server.ts';
import { maskNationalId } from '#app/modules/customers/rules/national-id.ts';

/** Above this the screen asks for a longer search. */
export const FOUND_MAX = 10;
/** The latest orders of a customer that a forgotten credit can be for. */
export const ORDERS_MAX = 50;

const COLUMNS = `customer_id AS "customerId", first_name AS "firstName", last_name AS "lastName", email, phone`;

/** Lists customers by phone (in any spelling), national ID, name or e-mail; a match of the ID comes first. */
export async function findCustomers(shopId: bigint, query: string): Promise<CustomerLine[]> {
  const [byId, { customers }] = await Promise.all([
    findByNationalId(shopId, query),
    listCustomers(shopId, { ...EVERYBODY, query }),
  ]);
  const ids = new Set(byId.map(({ customerId }) => customerId));
  const found = [...byId, ...customers.filter(({ customerId }) => !ids.has(customerId))];
  return found.slice(0, FOUND_MAX).map(withReadablePhone);
}

async function findByNationalId(shopId: bigint, query: string): Promise<CustomerLine[]> {
  const hashes = hashNationalId(shopId, query);
  if (hashes.length === 0) return [];
  const { rows } = await pool.query<CustomerLine>(
    `SELECT ${COLUMNS} FROM customers WHERE shop_id = $1 AND national_id_hash = ANY($2) AND state = 'active' ORDER BY customer_id LIMIT $3`,
    [shopId, hashes, FOUND_MAX],
  );
  return rows;
}

export interface AdjustedCustomer extends CustomerLine {
  /** All but its last characters hidden; null for none. */
  nationalIdMasked: string | null;
  /** `YYYY-MM-DD` */
  birthDate: string | null;
  weddingDate: string | null;
  /** The latest orders, newest first. */
  orders: { orderId: bigint; name: string | null; processedAt: Date; totalMinor: bigint; currency: string }[];
}

interface CustomerRow extends CustomerLine {
  cipher: string | null;
  birthDate: string | null;
  weddingDate: string | null;
}

/** Reads the profile that staff check the person against; null when nothing can be adjusted. */
export async function readAdjustedCustomer(
  shopId: bigint,
  customerId: bigint,
): Promise<AdjustedCustomer | null> {
  const { rows } = await pool.query<CustomerRow>(
    `SELECT ${COLUMNS}, national_id_cipher AS cipher, to_char(birth_date, 'YYYY-MM-DD') AS "birthDate",
       to_char(wedding_date, 'YYYY-MM-DD') AS "weddingDate"
     FROM customers WHERE shop_id = $1 AND customer_id = $2 AND state = 'active' AND merged_into IS NULL`,
    [shopId, customerId],
  );
  const [row] = rows;
  if (!row) return null;
  const { cipher, ...customer } = row;
  const nationalId = readNationalId(shopId, cipher);
  return {
    ...withReadablePhone(customer),
    nationalIdMasked: nationalId === null ? null : maskNationalId(nationalId),
    orders: await readOrders(shopId, customerId),
  };
}

/** Orders placed, adopted, or brought by a customer merged into this one. */
async function readOrders(shopId: bigint, customerId: bigint): Promise<AdjustedCustomer['orders']> {
  const { rows } = await pool.query<AdjustedCustomer['orders'][number]>(
    `WITH who AS (SELECT $2::bigint AS id UNION SELECT customer_id FROM customers WHERE shop_id = $1 AND merged_into = $2),
       theirs AS (
         SELECT o.order_id FROM who JOIN orders o ON o.shop_id = $1 AND o.customer_id = who.id
         UNION SELECT o.order_id FROM who JOIN orders o ON o.shop_id = $1 AND o.claimed_by = who.id)
     SELECT o.order_id AS "orderId", o.name, o.processed_at AS "processedAt", o.total_minor AS "totalMinor", o.currency
     FROM theirs JOIN orders o ON o.shop_id = $1 AND o.order_id = theirs.order_id
     ORDER BY o.processed_at DESC, o.order_id DESC LIMIT $3`,
    [shopId, customerId, ORDERS_MAX],
  );
  return rows;
}
