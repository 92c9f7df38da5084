import { pool } from '#app/db.server.ts';
import { withReadablePhone } from '#app/lib/phone.ts';
import { readBalances, type Balance } from '#app/modules/ledger/balances.queries.server.ts';
import type { Missing } from '#app/modules/segments/conditions/condition.ts';
import type { RuleNames } from '#app/modules/segments/sentence/names.ts';
import type { CustomerFilter, CustomerSort } from '#app/modules/segments/customer-filter.ts';
import { findMissing } from '#app/modules/segments/find-missing.server.ts';
import { listCustomers, type ListedCustomer } from '#app/modules/segments/list-customers.server.ts';
import { nameRule } from '#app/modules/segments/name-rule.server.ts';
import { wantUnread } from '#app/modules/segments/shopify/want-unread.server.ts';
import type { CustomerCursor } from '#app/modules/segments/list-position.ts';

export interface ListLine extends ListedCustomer {
  /** Those of units that the customer ever had. */
  balances: Balance[];
}

export interface CategoryChoice {
  categoryId: bigint;
  name: string;
  /** Customers without a category count as in this one. */
  isDefault: boolean;
}

export interface CustomerListView {
  customers: ListLine[];
  before: string | null;
  after: string | null;
  categories: CategoryChoice[];
  /** What the city is called that the list is narrowed to; null for none. */
  cityName: string | null;
  /** What the segment is called that the list is compared with; null for none, or for one that is gone. */
  comparedName: string | null;
  /** What the values of the filter's rule are called. */
  ruleNames: RuleNames;
  /** What the rule names and what is gone, or not read yet: then it finds no one. */
  missing: Missing[];
}

/** A page of the list with what each customer has, and the names that the filters show. */
export async function readCustomerList(
  shopId: bigint,
  filter: CustomerFilter,
  sort: CustomerSort,
  cursor: CustomerCursor | null,
): Promise<CustomerListView> {
  const { rule } = filter;
  const [{ customers, before, after }, categories, cityName, comparedName, ruleNames, missing] =
    await Promise.all([
      listCustomers(shopId, filter, cursor, sort),
      listCategoryChoices(shopId),
      filter.cityKey === null ? null : readCityName(shopId, filter.cityKey),
      filter.compared === null ? null : readSegmentName(shopId, filter.compared.segmentId),
      rule === null ? {} : nameRule(shopId, rule),
      rule === null ? [] : findMissing(pool, shopId, rule),
    ]);
  await wantUnread(shopId, missing);
  const ids = customers.map(({ customerId }) => customerId);
  const balances = ids.length === 0 ? [] : await readBalances(pool, shopId, ids);
  const lines = customers.map((customer) => ({
    ...withReadablePhone(customer),
    balances: balances.filter(({ customerId }) => customerId === customer.customerId),
  }));
  return { customers: lines, before, after, categories, cityName, comparedName, ruleNames, missing };
}

async function listCategoryChoices(shopId: bigint): Promise<CategoryChoice[]> {
  const { rows } = await pool.query<CategoryChoice>(
    `SELECT category_id AS "categoryId", name, is_default AS "isDefault" FROM categories
     WHERE shop_id = $1 ORDER BY position, category_id`,
    [shopId],
  );
  return rows;
}

/** As one of the city's customers has it written. */
async function readSegmentName(shopId: bigint, segmentId: bigint): Promise<string | null> {
  const { rows } = await pool.query<{ name: string }>(
    'SELECT name FROM segments WHERE shop_id = $1 AND segment_id = $2',
    [shopId, segmentId],
  );
  return rows[0]?.name ?? null;
}

async function readCityName(shopId: bigint, cityKey: string): Promise<string> {
  const { rows } = await pool.query<{ city: string | null }>(
    `SELECT c.city FROM customer_stats s JOIN customers c USING (shop_id, customer_id)
     WHERE s.shop_id = $1 AND s.city_key = $2 AND s.standing = 'active' LIMIT 1`,
    [shopId, cityKey],
  );
  return rows[0]?.city ?? cityKey;
}
