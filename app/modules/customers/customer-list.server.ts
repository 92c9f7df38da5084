import { pool } from '#app/db.server.ts';
import { readBalances, type Balance } from '#app/modules/loyalty/ledger.queries.server.ts';
import { listCustomers, type CustomerCursor, type CustomerLine } from './customers.queries.server.ts';
import type { GiftDate } from './gift-dates.ts';

export interface CustomerWithBalances extends CustomerLine {
  /** Those of units that the customer ever had. */
  balances: Balance[];
}

export interface CustomerListView {
  customers: CustomerWithBalances[];
  before: string | null;
  after: string | null;
}

/** A page of customers with what each has. */
export async function readCustomerList(
  shopId: bigint,
  query: string,
  cursor: CustomerCursor | null,
  missing: GiftDate | null = null,
): Promise<CustomerListView> {
  const { customers, before, after } = await listCustomers(shopId, query, cursor, missing);
  const ids = customers.map(({ customerId }) => customerId);
  const balances = ids.length === 0 ? [] : await readBalances(pool, shopId, ids);
  const withBalances = customers.map((customer) => ({
    ...customer,
    balances: balances.filter(({ customerId }) => customerId === customer.customerId),
  }));
  return { customers: withBalances, before, after };
}
