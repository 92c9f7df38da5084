import type { Transaction } from '#app/db.server.ts';
import { bigintArray, timestampArray } from '#app/lib/pg-arrays.ts';
import type { ShopEvent } from '#app/lib/shop-event.ts';
import { matchRegion } from '#app/modules/regions/match-region.server.ts';
import type { Approval } from '#app/integrations/shopify/protected-fields.ts';
import { readUnapprovedOf } from '#app/modules/shops/unapproved.server.ts';
import { recordCustomers, type CustomerUpdate } from './record-customers.server.ts';
import type { CustomerRecord } from './rules/customer-record.ts';
import { decodeCustomer, decodeCustomerFields, stateTimestamp } from './rules/decode-customer.ts';
import { withoutHidden } from './rules/hidden-fields.ts';

/** One state of a customer, as an order's payload has it. */
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
 * An order's customer may lack fields that we may not read there: known values stay. Once a better source has been seen,
 * orders no longer update the customer. A deleted or erased customer never comes back.
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

/**
 * Processes customers/create and customers/update events as a set: in any order, each field ends with its latest value.
 * Returns the customers of the events.
 * @throws DecodeError when a payload cannot be read.
 */
export async function upsertCustomers(
  tx: Transaction,
  events: readonly ShopEvent[],
): Promise<Pick<CustomerRow, 'shopId' | 'customerId'>[]> {
  const unapproved = await readUnapprovedOf(
    tx,
    events.map(({ shopId }) => shopId),
  );
  const updates = events.map(({ shopId, triggeredAt, payload }): CustomerUpdate => {
    const { customerId, updatedAt } = decodeCustomer(payload);
    const at = stateTimestamp(updatedAt, triggeredAt);
    const decoded = decodeCustomerFields(payload);
    const fields = decoded.address ? { ...decoded, address: matchRegion(decoded.address) } : decoded;
    return {
      shopId,
      customerId,
      at,
      source: 'shopify',
      actor: 'shopify',
      ...shownOf(fields, unapproved.get(shopId)),
    };
  });
  await recordCustomers(tx, updates);
  return updates;
}

/** What Shopify's statement about a customer says, in a shop where it doesn't show everything. */
export function shownOf(
  fields: Readonly<Partial<CustomerRecord>>,
  unapproved: ReadonlySet<Approval> = new Set(),
): Pick<CustomerUpdate, 'fields' | 'isStreetHidden'> {
  return { fields: withoutHidden(fields, unapproved), isStreetHidden: unapproved.has('address') };
}

/** Stores the customers of orders; newer values that we have stay. Empty input is fine. */
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
    timestampArray(newest.map((row) => row.updatedAt)),
  ]);
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
