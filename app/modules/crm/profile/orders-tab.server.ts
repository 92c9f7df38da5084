/** The Orders tab of a customer's page: everything they ever ordered, newest first (F51-F53, F55). */
import { pool } from '#app/db.server.ts';
import { readCustomer } from '#app/modules/customers/customers.queries.server.ts';

const CUSTOMER_ORDERS_A_PAGE = 25;
/** Of one order; the screen shows how many more there are. */
const LINES_SHOWN_MAX = 8;

export interface BoughtLine {
  lineId: bigint;
  title: string;
  quantity: number;
  /** Items that did not go back. */
  keptQuantity: number;
}

export interface CustomerOrder {
  orderId: bigint;
  name: string | null;
  processedAt: Date;
  /** `web`, `pos`, `shopify_draft_order`, an app's id. */
  sourceName: string | null;
  financial: string;
  isCancelled: boolean;
  isTest: boolean;
  /** A guest's, recognised by phone or e-mail. */
  isClaimed: boolean;
  note: string | null;
  totalMinor: bigint;
  /** Of the total; another than the shop's counts in no sum. */
  currency: string;
  /** What it is worth now, less what went back. */
  netMinor: bigint;
  lines: BoughtLine[];
  /** Lines beyond those. */
  moreLines: number;
}

interface OrderTabSums {
  ordersAll: number;
  ordersValid: number;
  /** Of those, orders in another currency than the shop's: no amount includes them. */
  otherCurrencyAll: number;
  otherCurrencyValid: number;
  totalAllMinor: bigint;
  spendMinor: bigint;
}

export interface OrdersView {
  customerId: bigint;
  sums: OrderTabSums;
  orders: CustomerOrder[];
  /** Position to page back from; null on the first page. */
  before: string | null;
  /** Position to page on from; null on the last page. */
  after: string | null;
}

/** A place in the list: between rows, so that it stays valid when they change. */
export interface OrdersCursor {
  side: 'after' | 'before';
  position: string;
}

type Row = Omit<CustomerOrder, 'lines' | 'moreLines'> & { position: string };

const COLUMNS = `o.order_id, o.name, o.processed_at, o.source_name, o.financial, o.cancelled_at, o.is_test, o.customer_id, o.note,
  o.total_minor, o.currency, o.net_minor`;
/** Microseconds since 1970 and id: exact, where JavaScript's dates would lose the microseconds. */
const POSITION = `(extract(epoch FROM o.processed_at) * 1000000)::bigint || '-' || o.order_id`;
const POSITION_FORMAT = /^(-?\d{1,18})-(\d{1,18})$/;

/** Reads the Orders tab with a page of orders; null for an unknown customer. */
export async function readOrdersTab(
  shopId: bigint,
  customerId: bigint,
  cursor: OrdersCursor | null,
): Promise<OrdersView | null> {
  const [customer, sums, page] = await Promise.all([
    readCustomer(shopId, customerId),
    readSums(shopId, customerId),
    readPage(shopId, customerId, cursor),
  ]);
  return customer && { customerId, sums, ...page };
}

const NO_SUMS: OrderTabSums = {
  ordersAll: 0,
  ordersValid: 0,
  otherCurrencyAll: 0,
  otherCurrencyValid: 0,
  totalAllMinor: 0n,
  spendMinor: 0n,
};

async function readSums(shopId: bigint, customerId: bigint): Promise<OrderTabSums> {
  const { rows } = await pool.query<OrderTabSums>(
    `SELECT orders_all AS "ordersAll", orders_valid AS "ordersValid", other_currency_all AS "otherCurrencyAll",
       other_currency_valid AS "otherCurrencyValid", total_all_minor AS "totalAllMinor", spend_minor AS "spendMinor"
     FROM customer_stats WHERE shop_id = $1 AND customer_id = $2`,
    [shopId, customerId],
  );
  return rows[0] ?? NO_SUMS;
}

/**
 * The customer's own orders, those of customers merged into it, and adopted guest orders (as ORDERS_OF). Each kind is
 * read in order and no further than a page, so that the last page costs what the first does.
 */
async function readPage(
  shopId: bigint,
  customerId: bigint,
  cursor: OrdersCursor | null,
): Promise<Pick<OrdersView, 'orders' | 'before' | 'after'>> {
  const parameters: unknown[] = [shopId, customerId];
  const put = (value: unknown) => `$${parameters.push(value)}`;
  const [, micros, id] = POSITION_FORMAT.exec(cursor?.position ?? '') ?? [];
  const isBackward = id !== undefined && cursor?.side === 'before';
  const place =
    id === undefined
      ? ''
      : `AND (o.processed_at, o.order_id) ${isBackward ? '>' : '<'}
         ('epoch'::timestamptz + ${put(micros)}::bigint * interval '1 microsecond', ${put(id)}::bigint)`;
  const direction = isBackward ? 'ASC' : 'DESC';
  const sorted = `ORDER BY o.processed_at ${direction}, o.order_id ${direction} LIMIT ${CUSTOMER_ORDERS_A_PAGE + 1}`;
  const { rows } = await pool.query<Row>(
    `SELECT o.order_id AS "orderId", o.name, o.processed_at AS "processedAt", o.source_name AS "sourceName", o.financial,
       o.cancelled_at IS NOT NULL AS "isCancelled", o.is_test AS "isTest", o.customer_id IS NULL AS "isClaimed", o.note,
       o.total_minor AS "totalMinor", o.currency, o.net_minor AS "netMinor", ${POSITION} AS position
     FROM (
       SELECT o.* FROM (SELECT $2::bigint AS id UNION ALL
           SELECT m.customer_id FROM customers m WHERE m.shop_id = $1 AND m.merged_into = $2) one
         CROSS JOIN LATERAL (SELECT ${COLUMNS} FROM orders o WHERE o.shop_id = $1 AND o.customer_id = one.id ${place} ${sorted}) o
       UNION ALL
       (SELECT ${COLUMNS} FROM orders o WHERE o.shop_id = $1 AND o.claimed_by = $2 AND o.customer_id IS NULL ${place} ${sorted})
     ) o ${sorted}`,
    parameters,
  );
  const hasMore = rows.length > CUSTOMER_ORDERS_A_PAGE;
  const page = rows.slice(0, CUSTOMER_ORDERS_A_PAGE);
  if (isBackward) page.reverse();
  const lines = await readLines(
    shopId,
    page.map(({ orderId }) => orderId),
  );
  return {
    orders: page.map(({ position: _position, ...order }) => {
      const own = lines.get(order.orderId) ?? [];
      return {
        ...order,
        lines: own.slice(0, LINES_SHOWN_MAX),
        moreLines: Math.max(0, own.length - LINES_SHOWN_MAX),
      };
    }),
    before: (isBackward ? hasMore : id !== undefined) ? (page[0]?.position ?? null) : null,
    after: isBackward || hasMore ? (page.at(-1)?.position ?? null) : null,
  };
}

async function readLines(shopId: bigint, orderIds: readonly bigint[]): Promise<Map<bigint, BoughtLine[]>> {
  if (orderIds.length === 0) return new Map();
  const { rows } = await pool.query<BoughtLine & { orderId: bigint }>(
    `SELECT order_id AS "orderId", line_id AS "lineId", title, quantity, kept_quantity AS "keptQuantity"
     FROM order_lines WHERE shop_id = $1 AND order_id = ANY($2::bigint[]) ORDER BY order_id, line_id`,
    [shopId, orderIds],
  );
  return Map.groupBy(rows, ({ orderId }) => orderId);
}
