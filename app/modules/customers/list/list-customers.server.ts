import { pool } from '#app/db.server.ts';
import { DEFAULT_SORT, type CustomerFilter, type CustomerSort, type CustomerTab } from './customer-filter.ts';
import {
  prepareFilter,
  putInto,
  whereOf,
  type PreparedFilter,
  type SearchPlan,
} from './list-conditions.server.ts';
import { placeSql, type CustomerCursor } from './list-place.ts';
import { estimateRarity, gatherFound } from './resolve-search.server.ts';

export const CUSTOMERS_A_PAGE = 25;

/** A line of the list; money in minor units of the shop's currency. */
export interface ListedCustomer {
  customerId: bigint;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phone: string | null;
  city: string | null;
  categoryId: bigint | null;
  /** Valid orders (paid, not cancelled, no tests), pieces kept of them, and what they are worth net of refunds. */
  orders: number;
  items: number;
  spendMinor: bigint;
  /** Of any status. */
  lastOrderAt: Date | null;
  /** Its payment status, or `cancelled`. */
  lastOrderStatus: string | null;
}

export interface CustomerPage {
  customers: ListedCustomer[];
  /** Position to page back from; null on the first page. */
  before: string | null;
  /** Position to page on from; null on the last page. */
  after: string | null;
}

interface Row extends ListedCustomer {
  position: string;
  /** Within the page. */
  place: bigint;
}

/** What one in so many is called is looked for along the list; what fewer are called is gathered first. */
const RARITY_MAX = 100;
/** Of rows that such a look should take, in case it is a bad estimate or others are narrowed away. */
const PATIENCE = 3;

/**
 * A page of the shop's customers whom the filter finds, in the order of `sort`. Keyset in both directions; a position
 * that is none of this order starts at the beginning.
 */
export async function listCustomers(
  shopId: bigint,
  filter: CustomerFilter,
  cursor: CustomerCursor | null = null,
  sort: CustomerSort = DEFAULT_SORT,
): Promise<CustomerPage> {
  const prepared = await prepareFilter(pool, shopId, filter);
  const ask = (plan: SearchPlan, lookAt: number | null = null) =>
    readRows({ prepared, plan, lookAt, cursor, sort, tab: filter.tab });
  const { search } = prepared;
  if (search === null) return ask('walk');
  const rarity = search.isOrdered ? Infinity : await estimateRarity(pool, shopId, search);
  if (rarity <= RARITY_MAX) {
    const page = await ask('walk', Math.ceil(PATIENCE * rarity * (CUSTOMERS_A_PAGE + 1)));
    if (page.isFull) return page;
  }
  const ids = await gatherFound(pool, shopId, search);
  return ask(ids === null ? 'walk' : { ids });
}

interface Question {
  prepared: PreparedFilter;
  plan: SearchPlan;
  /** Rows of the list that are looked at; null for as many as it takes. */
  lookAt: number | null;
  cursor: CustomerCursor | null;
  sort: CustomerSort;
  tab: CustomerTab;
}

async function readRows(question: Question): Promise<CustomerPage & { isFull: boolean }> {
  const { prepared, plan, lookAt, cursor, sort, tab } = question;
  const parameters = [...prepared.parameters];
  const { orderBy, position, beyond, isBackward } = placeSql(sort, cursor, putInto(parameters));
  const rest = beyond === null ? '' : ` AND ${beyond}`;
  const stats = (where: string) => `SELECT s.* FROM customer_stats s WHERE ${where}`;
  const from =
    lookAt !== null && prepared.search !== null
      ? `(${stats(prepared.conditions.join(' AND '))}${rest} ORDER BY ${orderBy} LIMIT ${lookAt}) s
         WHERE ${whereOf({ ...prepared, conditions: [] }, plan, parameters)}`
      : isRareInOrder(tab, sort)
        ? `(${stats(whereOf(prepared, plan, parameters))}${rest} OFFSET 0) s`
        : `customer_stats s WHERE ${whereOf(prepared, plan, parameters)}${rest}`;
  const { rows } = await pool.query<Row>(
    `SELECT p.*, c.first_name AS "firstName", c.last_name AS "lastName", c.email, c.phone, c.city
     FROM (SELECT s.customer_id AS "customerId", s.category_id AS "categoryId", s.orders_valid AS orders, s.items,
         s.spend_minor AS "spendMinor", s.latest_order_at AS "lastOrderAt", s.latest_order_status AS "lastOrderStatus",
         ${position} AS position, row_number() OVER (ORDER BY ${orderBy}) AS place
       FROM ${from} ORDER BY ${orderBy} LIMIT ${CUSTOMERS_A_PAGE + 1}) p
     JOIN customers c ON c.shop_id = $1 AND c.customer_id = p."customerId" ORDER BY p.place`,
    parameters,
  );
  return { ...toPage(rows, isBackward, beyond !== null), isFull: rows.length > CUSTOMERS_A_PAGE };
}

/** New customers have bought little: from the highest sales down there are none for long, so they are gathered first. */
function isRareInOrder(tab: CustomerTab, { by }: CustomerSort): boolean {
  return tab === 'new' && (by === 'sales' || by === 'orders');
}

/** `rows` holds one more than a page when there are more in its direction. */
function toPage(rows: Row[], isBackward: boolean, hasCursor: boolean): CustomerPage {
  const hasMore = rows.length > CUSTOMERS_A_PAGE;
  const page = rows.slice(0, CUSTOMERS_A_PAGE);
  if (isBackward) page.reverse();
  const hasEarlier = isBackward ? hasMore : hasCursor;
  const hasLater = isBackward || hasMore;
  return {
    customers: page.map(({ position: _position, place: _place, ...customer }) => customer),
    before: hasEarlier ? (page[0]?.position ?? null) : null,
    after: hasLater ? (page.at(-1)?.position ?? null) : null,
  };
}
