import { pool, type Queryable } from '#app/db.server.ts';
import {
  DEFAULT_SORT,
  EVERYBODY,
  type CustomerFilter,
  type CustomerSort,
  type CustomerTab,
} from './customer-filter.ts';
import { prepareFilter, whereOf, type PreparedFilter, type SearchPlan } from './filter-sql.server.ts';
import { putInto } from './sql-parameters.ts';
import { placeSql, type CustomerCursor } from './list-position.ts';
import { readWithin } from './read-within.server.ts';
import { compileProbe } from './tree/compile.ts';
import { estimateRarity, gatherFound } from './resolve-search.server.ts';
import type { SegmentNode } from './tree/tree.ts';

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
  /** Valid orders (paid, not cancelled, no tests), items kept of them, and what they are worth net of refunds. */
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

/** A search that matches at least one customer in this many walks the list; a rarer one is gathered first. */
const RARITY_MAX = 100;
/** Rows that such a walk may read, in case the estimate is wrong or filters exclude most of them. */
const PATIENCE = 3;

/**
 * Lists a page of the shop's customers that match the filter, in the order of `sort`. Keyset in both directions; a position
 * that is none of this order starts at the beginning.
 */
export async function listCustomers(
  shopId: bigint,
  filter: CustomerFilter,
  cursor: CustomerCursor | null = null,
  sort: CustomerSort = DEFAULT_SORT,
): Promise<CustomerPage> {
  const prepared = await prepareFilter(pool, shopId, filter);
  const ask = (plan: SearchPlan, lookAt: number | null = null, asked = prepared, db: Queryable = pool) =>
    readRows({ prepared: asked, plan, lookAt, cursor, sort, tab: filter.tab }, db);
  const { search } = prepared;
  if (search === null) {
    if (filter.rule === null && filter.segmentId === null) return ask('walk');
    // A common rule fills the page from the rows that come first; for a rare one, walking the list would take long.
    const probed = await prepareFilter(pool, shopId, filter, compileProbe);
    const page = await readWithin(RULE_PATIENCE_MS, (db) => ask('walk', RULE_PATIENCE, probed, db));
    return page?.isFull ? page : ask({ gather: null });
  }
  const rarity = search.isOrdered ? Infinity : await estimateRarity(pool, shopId, search);
  if (rarity <= RARITY_MAX) {
    const page = await ask('walk', Math.ceil(PATIENCE * rarity * (CUSTOMERS_A_PAGE + 1)));
    if (page.isFull) return page;
  }
  const ids = await gatherFound(pool, shopId, search);
  return ask(ids === null ? 'walk' : { ids });
}

/** Rows of the list that are looked at for a rule, each by itself, before all that it matches are gathered and sorted. */
const RULE_PATIENCE = 15_000;
/** Some rules look through all orders for each customer. */
const RULE_PATIENCE_MS = 150;

/** Those of the first page that are among the `RULE_PATIENCE` customers who ordered last; they are found at once; none for a rule that takes long. */
export async function listNearTop(shopId: bigint, rule: SegmentNode): Promise<ListedCustomer[]> {
  const filter = { ...EVERYBODY, rule };
  const prepared = await prepareFilter(pool, shopId, filter, compileProbe);
  const question = {
    prepared,
    plan: 'walk',
    lookAt: RULE_PATIENCE,
    cursor: null,
    sort: DEFAULT_SORT,
  } as const;
  const page = await readWithin(RULE_PATIENCE_MS, (db) => readRows({ ...question, tab: filter.tab }, db));
  return page?.customers ?? [];
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

async function readRows(
  question: Question,
  db: Queryable = pool,
): Promise<CustomerPage & { isFull: boolean }> {
  const { prepared, plan, lookAt, cursor, sort, tab } = question;
  const parameters = [...prepared.parameters];
  const place = placeSql(sort, cursor, putInto(parameters));
  const { columns, orderBy, position, beyond, isBackward } = place;
  const rest = beyond === null ? '' : ` AND ${beyond}`;
  const stats = (where: string, shown = columns) => `SELECT ${shown} FROM customer_stats s WHERE ${where}`;
  const { search } = prepared;
  // What is cheap to check narrows the rows that are looked at; the rest is checked on those.
  const inner = search === null ? { ...prepared, rule: null } : { ...prepared, search: null };
  const outer =
    search === null ? { ...prepared, conditions: [] } : { ...prepared, conditions: [], rule: null };
  const isGathered = isRareInOrder(tab, sort) || (search === null && plan !== 'walk') || areFew(plan);
  const from =
    lookAt !== null
      ? `(${stats(whereOf(inner, plan, parameters), `s.*, ${place.orderKey} AS order_key`)}${rest} ORDER BY ${orderBy} LIMIT ${lookAt}) s
         WHERE ${whereOf(outer, plan, parameters)}`
      : isGathered
        ? `(${stats(whereOf(prepared, plan, parameters))}${rest} OFFSET 0) s`
        : `customer_stats s WHERE ${whereOf(prepared, plan, parameters)}${rest}`;
  const { rows } = await db.query<Row>(
    // The page is found with the columns of one index, where it has them; only then are its rows looked at.
    `SELECT p.*, s.category_id AS "categoryId", s.orders_valid AS orders, s.items, s.spend_minor AS "spendMinor",
       s.latest_order_at AS "lastOrderAt", s.latest_order_status AS "lastOrderStatus", c.first_name AS "firstName",
       c.last_name AS "lastName", c.email, c.phone, c.city
     FROM (SELECT s.customer_id AS "customerId", ${position} AS position, row_number() OVER () AS place
       FROM (SELECT ${columns} FROM ${from} ORDER BY ${lookAt === null ? orderBy : place.orderByKey} LIMIT ${CUSTOMERS_A_PAGE + 1}) s) p
     JOIN customer_stats s ON s.shop_id = $1 AND s.customer_id = p."customerId"
     JOIN customers c ON c.shop_id = $1 AND c.customer_id = p."customerId" ORDER BY p.place`,
    parameters,
  );
  return { ...toPage(rows, isBackward, beyond !== null), isFull: rows.length > CUSTOMERS_A_PAGE };
}

/** As many rows are read sooner than the list is walked to where they stand. */
const GATHERED_IDS_MAX = 2_000;

function areFew(plan: SearchPlan): boolean {
  return plan !== 'walk' && 'ids' in plan && plan.ids.length <= GATHERED_IDS_MAX;
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
