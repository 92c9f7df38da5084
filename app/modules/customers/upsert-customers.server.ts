import type { Transaction } from '#app/db.server.ts';
import { readId, readObject } from '#app/lib/decode.ts';
import { bigintArray, momentArray } from '#app/lib/pg-arrays.ts';
import type { ShopEvent } from '#app/lib/shop-event.ts';
import { decodeCustomer } from './rules/decode-customer.ts';

/** One state of a customer that was seen in some payload. */
export interface CustomerRow {
  shopId: bigint;
  customerId: bigint;
  firstName: string | null;
  lastName: string | null;
  /** Compared without case; stored in lower case. */
  email: string | null;
  /** E.164 */
  phone: string | null;
  /** Shopify's `updated_at` of the customer. */
  updatedAt: Date;
}

interface SeenCustomer extends CustomerRow {
  triggeredAt: Date | null;
}

const COLUMNS =
  '(shop_id, customer_id, first_name, last_name, email, phone, shopify_updated_at, triggered_at)';
/** Ordered, so that two workers lock the same customers in the same order. */
const ROWS = `SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[],
  $7::timestamptz[], $8::timestamptz[]) ORDER BY 1, 2`;

/** Whoever is deleted or erased at Shopify never comes back through a late event. */
const UPSERT = `
  INSERT INTO customers AS known ${COLUMNS} ${ROWS}
  ON CONFLICT (shop_id, customer_id) DO UPDATE SET
    first_name = excluded.first_name, last_name = excluded.last_name, email = excluded.email,
    phone = excluded.phone, shopify_updated_at = excluded.shopify_updated_at,
    triggered_at = excluded.triggered_at, updated_at = clock_timestamp()
  WHERE known.state = 'active' AND (known.shopify_updated_at IS NULL
    OR (excluded.shopify_updated_at, coalesce(excluded.triggered_at, '-infinity'))
       > (known.shopify_updated_at, coalesce(known.triggered_at, '-infinity')))`;

/** An order's customer may come without fields that we may not read there; what is known stays. */
const UPSERT_FROM_ORDERS = `
  INSERT INTO customers AS known ${COLUMNS} ${ROWS}
  ON CONFLICT (shop_id, customer_id) DO UPDATE SET
    first_name = coalesce(excluded.first_name, known.first_name),
    last_name = coalesce(excluded.last_name, known.last_name),
    email = coalesce(excluded.email, known.email), phone = coalesce(excluded.phone, known.phone),
    shopify_updated_at = excluded.shopify_updated_at, triggered_at = NULL, updated_at = clock_timestamp()
  WHERE known.state = 'active'
    AND (known.shopify_updated_at IS NULL OR excluded.shopify_updated_at > known.shopify_updated_at)`;

const MARK_DELETED = `
  INSERT INTO customers (shop_id, customer_id, state) VALUES ($1, $2, 'deleted')
  ON CONFLICT (shop_id, customer_id) DO UPDATE SET state = 'deleted', updated_at = clock_timestamp()
  WHERE customers.state = 'active'`;

/**
 * Works customers/create and customers/update events as a set. An older state never overwrites a newer one: first
 * `updated_at` decides, which Shopify gives in whole seconds, then the moment the webhook was triggered. Answers who
 * was told of.
 * @throws DecodeError when a payload cannot be read.
 */
export async function upsertCustomers(
  tx: Transaction,
  events: readonly ShopEvent[],
): Promise<Pick<CustomerRow, 'shopId' | 'customerId'>[]> {
  const seen = events.map(({ shopId, triggeredAt, payload }): SeenCustomer => {
    const customer = decodeCustomer(payload);
    return { ...customer, shopId, triggeredAt, updatedAt: customer.updatedAt ?? triggeredAt };
  });
  const newest = newestOfEach(seen);
  await upsert(tx, UPSERT, newest);
  return newest;
}

/** Stores the customers that orders carry; what is newer here already stays. Empty input is fine. */
export async function upsertCustomersFromOrders(
  tx: Transaction,
  rows: readonly CustomerRow[],
): Promise<void> {
  const seen = rows.map((row) => ({
    ...row,
    email: row.email?.trim().toLowerCase() ?? null,
    triggeredAt: null,
  }));
  await upsert(tx, UPSERT_FROM_ORDERS, newestOfEach(seen));
}

/** Works one customers/delete event: the customer is marked, the ledger stays. Throws DecodeError. */
export async function deleteCustomer(tx: Transaction, event: ShopEvent): Promise<void> {
  const customerId = readId(readObject(event.payload, 'customer'), 'customer');
  await tx.query(MARK_DELETED, [event.shopId, customerId]);
}

function newestOfEach(customers: readonly SeenCustomer[]): SeenCustomer[] {
  const newest = new Map<string, SeenCustomer>();
  for (const customer of customers) {
    const key = `${customer.shopId}/${customer.customerId}`;
    const known = newest.get(key);
    if (known === undefined || isNewer(customer, known)) newest.set(key, customer);
  }
  return [...newest.values()];
}

function isNewer(a: SeenCustomer, b: SeenCustomer): boolean {
  const difference = a.updatedAt.getTime() - b.updatedAt.getTime();
  return difference !== 0
    ? difference > 0
    : (a.triggeredAt?.getTime() ?? 0) > (b.triggeredAt?.getTime() ?? 0);
}

async function upsert(tx: Transaction, sql: string, rows: readonly SeenCustomer[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(sql, [
    bigintArray(rows.map((row) => row.shopId)),
    bigintArray(rows.map((row) => row.customerId)),
    rows.map((row) => row.firstName),
    rows.map((row) => row.lastName),
    rows.map((row) => row.email),
    rows.map((row) => row.phone),
    momentArray(rows.map((row) => row.updatedAt)),
    momentArray(rows.map((row) => row.triggeredAt)),
  ]);
}
