/** Everything that is stored about one customer, for the merchant to hand over. */
import type { Queryable, Transaction } from '#app/db.server.ts';
import { readObject } from '#app/lib/decode.ts';
import { parseWebhookJson } from '#app/lib/json.ts';
import type { ShopEvent } from '#app/lib/shop-event.ts';
import { readNationalId } from '#app/modules/customers/national-id.server.ts';
import { EXPORT_SECTIONS } from './customer-tables.ts';
import { addRecord } from './privacy-records.server.ts';
import { readSubject } from './privacy-request.ts';

type Row = Record<string, unknown>;

/** Numbers beyond 2^53 are text of their digits. */
export interface CustomerExport {
  /** The customer's row, and those of customers merged into it. */
  customers: Row[];
  /** Rows of each further section that has any. */
  sections: Record<string, Row[]>;
}

/**
 * Processes customers/data_request: records the request and how much we hold. The data itself is read on demand by
 * `exportCustomer`, so that there is no second copy of it.
 */
export async function recordDataRequest(tx: Transaction, event: ShopEvent): Promise<void> {
  const { customerId, orderIds } = readSubject(event.payload, 'orders_requested');
  const held = customerId === null ? null : await countHeld(tx, event.shopId, customerId);
  await addRecord(tx, event, customerId, {
    requestedAt: event.triggeredAt.toISOString(),
    ordersRequested: orderIds.length,
    held: held ?? {},
  });
}

/** The ids of the customer: those merged into it too; a merged customer is the one it was merged into. */
const IDS = `
  WITH root AS (SELECT coalesce(merged_into, customer_id) AS id FROM customers WHERE shop_id = $1 AND customer_id = $2)
  SELECT c.customer_id AS "customerId" FROM customers c, root WHERE c.shop_id = $1 AND (c.customer_id = root.id OR c.merged_into = root.id)
   ORDER BY c.customer_id <> root.id, c.customer_id`;

async function idsOf(db: Queryable, shopId: bigint, customerId: bigint): Promise<bigint[]> {
  const { rows } = await db.query<{ customerId: bigint }>(IDS, [shopId, customerId]);
  return rows.map((row) => row.customerId);
}

const rowsOf = (table: string, where = 'customer_id = ANY($2)') =>
  `FROM ${table} stored WHERE shop_id = $1 AND (${where})`;

async function countHeld(db: Queryable, shopId: bigint, customerId: bigint): Promise<Record<string, number>> {
  const ids = await idsOf(db, shopId, customerId);
  if (ids.length === 0) return {};
  const counts = EXPORT_SECTIONS.map(
    ({ table, section, where }) =>
      `SELECT '${section}' AS section, count(*)::int AS n ${rowsOf(table, where)}`,
  );
  const { rows } = await db.query<{ section: string; n: number }>(counts.join(' UNION ALL '), [shopId, ids]);
  return {
    profile: ids.length,
    ...Object.fromEntries(rows.filter(({ n }) => n > 0).map(({ section, n }) => [section, n])),
  };
}

/** Reads everything that is stored about a customer; null for an unknown customer. */
export async function exportCustomer(
  db: Queryable,
  shopId: bigint,
  customerId: bigint,
): Promise<CustomerExport | null> {
  const ids = await idsOf(db, shopId, customerId);
  if (ids.length === 0) return null;
  const read = async (table: string, where?: string): Promise<Row[]> => {
    const sql = `SELECT (to_jsonb(stored) - 'shop_id')::text AS row ${rowsOf(table, where)}`;
    const { rows } = await db.query<{ row: string }>(sql, [shopId, ids]);
    return rows.map(({ row }) => readObject(parseWebhookJson(row), table));
  };
  const customers = await read('customers');
  const sections: Record<string, Row[]> = {};
  for (const { table, section, where } of EXPORT_SECTIONS) {
    const rows = await read(table, where);
    if (rows.length > 0) sections[section] = rows.map(withoutFileKeys);
  }
  return { customers: customers.map((customer) => withNationalId(customer, shopId)), sections };
}

/** The ID itself instead of its cipher and hash; the searched text repeats other fields. */
function withNationalId(
  { national_id_cipher: cipher, national_id_hash: _hash, search_text: _search, ...row }: Row,
  shopId: bigint,
): Row {
  const text = typeof cipher === 'string' ? cipher : null;
  return { ...row, national_id: readNationalId(shopId, text) };
}

/** Where a file is stored is internal. */
function withoutFileKeys({ file_key: _file, thumb_key: _thumb, ...row }: Row): Row {
  return row;
}
