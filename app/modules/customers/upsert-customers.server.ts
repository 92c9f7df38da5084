import type { Transaction } from '#app/db.server.ts';
import { readId, readObject } from '#app/lib/decode.ts';
import { bigintArray, momentArray } from '#app/lib/pg-arrays.ts';
import type { ShopEvent } from '#app/lib/shop-event.ts';
import { matchRegion } from '#app/modules/regions/match-region.server.ts';
import { recordCustomers, type SeenCustomer } from './record-customers.server.ts';
import { decodeCustomer, decodeCustomerFields, stateMoment } from './rules/decode-customer.ts';

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

/** Ordered, so that two workers lock the same customers in the same order. */
const ROWS = `SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[],
  $7::timestamptz[]) ORDER BY 1, 2`;

/**
 * An order's customer may come without fields that we may not read there: what is known stays. Once anything better than
 * an order spoke of a customer, orders say nothing any more. Whoever is deleted or erased never comes back.
 */
const UPSERT_FROM_ORDERS = `
  INSERT INTO customers AS known (shop_id, customer_id, first_name, last_name, email, phone, shopify_updated_at) ${ROWS}
  ON CONFLICT (shop_id, customer_id) DO UPDATE SET
    first_name = coalesce(excluded.first_name, known.first_name),
    last_name = coalesce(excluded.last_name, known.last_name),
    email = coalesce(excluded.email, known.email), phone = coalesce(excluded.phone, known.phone),
    shopify_updated_at = excluded.shopify_updated_at, updated_at = clock_timestamp()
  WHERE known.state = 'active' AND known.field_times = '{}'
    AND (known.shopify_updated_at IS NULL OR excluded.shopify_updated_at > known.shopify_updated_at)`;

const MARK_DELETED = `
  INSERT INTO customers (shop_id, customer_id, state) VALUES ($1, $2, 'deleted')
  ON CONFLICT (shop_id, customer_id) DO UPDATE SET state = 'deleted', updated_at = clock_timestamp()
  WHERE customers.state = 'active'`;

/**
 * Works customers/create and customers/update events as a set; whatever order they come in, each field ends as it was
 * last. Answers who was told of.
 * @throws DecodeError when a payload cannot be read.
 */
export async function upsertCustomers(
  tx: Transaction,
  events: readonly ShopEvent[],
): Promise<Pick<CustomerRow, 'shopId' | 'customerId'>[]> {
  const seen = events.map(({ shopId, triggeredAt, payload }): SeenCustomer => {
    const { customerId, updatedAt } = decodeCustomer(payload);
    const at = stateMoment(updatedAt, triggeredAt);
    const said = decodeCustomerFields(payload);
    const fields = said.address ? { ...said, address: matchRegion(said.address) } : said;
    return { shopId, customerId, at, source: 'shopify', actor: 'shopify', fields };
  });
  await recordCustomers(tx, seen);
  return seen;
}

/** Stores the customers that orders carry; what is newer here already stays. Empty input is fine. */
export async function upsertCustomersFromOrders(
  tx: Transaction,
  rows: readonly CustomerRow[],
): Promise<void> {
  const newest = newestOfEach(rows);
  if (newest.length === 0) return;
  await tx.query(UPSERT_FROM_ORDERS, [
    bigintArray(newest.map((row) => row.shopId)),
    bigintArray(newest.map((row) => row.customerId)),
    newest.map((row) => row.firstName),
    newest.map((row) => row.lastName),
    newest.map((row) => row.email?.trim().toLowerCase() ?? null),
    newest.map((row) => row.phone),
    momentArray(newest.map((row) => row.updatedAt)),
  ]);
}

/** Works one customers/delete event: the customer is marked, the ledger stays. Throws DecodeError. */
export async function deleteCustomer(tx: Transaction, event: ShopEvent): Promise<void> {
  const customerId = readId(readObject(event.payload, 'customer'), 'customer');
  await tx.query(MARK_DELETED, [event.shopId, customerId]);
}

function newestOfEach(customers: readonly CustomerRow[]): CustomerRow[] {
  const newest = new Map<string, CustomerRow>();
  for (const customer of customers) {
    const key = `${customer.shopId}/${customer.customerId}`;
    const known = newest.get(key);
    if (known === undefined || customer.updatedAt.getTime() > known.updatedAt.getTime()) {
      newest.set(key, customer);
    }
  }
  return [...newest.values()];
}
