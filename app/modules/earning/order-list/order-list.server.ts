/** The list of orders: what each is and what it gave. */
import { pool, withTransaction } from '#app/db.server.ts';
import { withReadablePhone } from '#app/lib/phone.ts';
import { IS_VALID } from '#app/modules/orders/figures/refresh-figures.server.ts';
import { likePattern } from '#app/lib/like-pattern.ts';
import type { OrderKey } from '#app/modules/orders/known-order.ts';
import { queueRefresh } from '../award/queue-refresh.server.ts';
import type { Gain } from '../award/refresh-orders.server.ts';
import {
  readOrderPrices,
  type NamedOrderPrice,
} from '#app/modules/pricing/orders/order-prices.queries.server.ts';
import type { Unit } from '#app/lib/units.ts';
import { explainNothing } from '../explain/explain-nothing.server.ts';
import type { WhyNothing } from '../rules/why-nothing.ts';

export const ORDERS_A_PAGE = 25;
/** Of one "apply all": the rest stays in the list. */
export const ORDERS_APPLIED_MAX = 1_000;
const QUERY_CHARACTERS_MAX = 50;

export interface OrderLine {
  orderId: bigint;
  name: string | null;
  processedAt: Date;
  /** The customer who earns; null for an unknown guest. */
  customerId: bigint | null;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phone: string | null;
  isClaimed: boolean;
  /** `web`, `pos`, `shopify_draft_order`, an app's id. */
  sourceName: string | null;
  totalMinor: bigint;
  currency: string;
  financial: string;
  isCancelled: boolean;
  isTest: boolean;
  /** What the ledger holds for it by the rules; empty for an order that gave nothing. */
  earned: Gain[];
  /** Why it gave nothing; null for one that gave something. */
  whyNothing: WhyNothing | null;
  /** What prices of resellers and members took off; empty for an order without any. */
  prices: NamedOrderPrice[];
}

/** A place in the list: between rows, so that it stays valid when they change. */
export type OrderCursor = { side: 'after' | 'before'; position: string };

export interface OrderListView {
  orders: OrderLine[];
  before: string | null;
  after: string | null;
}

/**
 * Valid orders that never earned: no rules were fixed, or trial mode held them back; past ones are the backfill's. As the
 * index orders_unprocessed.
 */
export const UNPROCESSED_SQL = `(o.snapshot_id IS NULL OR o.facts->>'withheld' = 'trial') AND ${IS_VALID} AND NOT o.is_history`;

/** Microseconds since 1970 and id: exact, where JavaScript's dates would lose the microseconds. */
const POSITION = `(extract(epoch FROM o.processed_at) * 1000000)::bigint || '-' || o.order_id`;
const POSITION_FORMAT = /^(-?\d{1,18})-(\d{1,18})$/;

interface Row extends Omit<OrderLine, 'earned' | 'whyNothing' | 'prices'> {
  position: string;
  /** Without its lines an order can't be explained. */
  hasLines: boolean;
}

/** A page of the shop's orders, newest first. `query` is the beginning of a number, with or without its #. */
export async function listOrders(
  shopId: bigint,
  filter: { query: string; isUnprocessed: boolean },
  cursor: OrderCursor | null,
  limit: number = ORDERS_A_PAGE,
): Promise<OrderListView> {
  const parameters: unknown[] = [shopId];
  const put = (value: unknown) => `$${parameters.push(value)}`;
  const conditions = ['o.shop_id = $1'];
  if (filter.isUnprocessed) conditions.push(UNPROCESSED_SQL);
  const number = filter.query.trim().slice(0, QUERY_CHARACTERS_MAX).toLowerCase().replace(/^#/, '');
  if (number !== '') {
    const begins = likePattern(number).slice(1);
    conditions.push(`(lower(o.name) LIKE ${put(begins)} OR lower(o.name) LIKE ${put(`#${begins}`)})`);
  }
  const [, micros, id] = POSITION_FORMAT.exec(cursor?.position ?? '') ?? [];
  const isBackward = id !== undefined && cursor?.side === 'before';
  if (id !== undefined) {
    const at = `('epoch'::timestamptz + ${put(micros)}::bigint * interval '1 microsecond', ${put(id)}::bigint)`;
    conditions.push(`(o.processed_at, o.order_id) ${isBackward ? '>' : '<'} ${at}`);
  }
  const order = isBackward ? 'ASC' : 'DESC';
  const { rows } = await pool.query<Row>(
    `SELECT o.order_id AS "orderId", o.name, o.processed_at AS "processedAt", coalesce(c.merged_into, c.customer_id) AS "customerId",
       p.first_name AS "firstName", p.last_name AS "lastName", coalesce(p.email, o.email) AS email, coalesce(p.phone, o.phone) AS phone,
       o.customer_id IS NULL AND o.claimed_by IS NOT NULL AS "isClaimed", o.source_name AS "sourceName",
       o.total_minor AS "totalMinor", o.currency, o.financial, o.cancelled_at IS NOT NULL AS "isCancelled", o.is_test AS "isTest", o.state ? 'lines' AS "hasLines", ${POSITION} AS position
     FROM (SELECT * FROM orders o WHERE ${conditions.join(' AND ')}
       ORDER BY o.processed_at ${order}, o.order_id ${order} LIMIT ${limit + 1}) o
     LEFT JOIN customers c ON c.shop_id = o.shop_id AND c.customer_id = coalesce(o.customer_id, o.claimed_by)
     LEFT JOIN customers p ON p.shop_id = o.shop_id AND p.customer_id = coalesce(c.merged_into, c.customer_id)
     ORDER BY o.processed_at ${order}, o.order_id ${order}`,
    parameters,
  );
  return toPage(shopId, rows, limit, isBackward, id !== undefined);
}

/** `rows` holds one more than `limit` when there are more in its direction. */
async function toPage(
  shopId: bigint,
  rows: Row[],
  limit: number,
  isBackward: boolean,
  hasCursor: boolean,
): Promise<OrderListView> {
  const hasMore = rows.length > limit;
  const page = rows.slice(0, limit);
  if (isBackward) page.reverse();
  const hasEarlier = isBackward ? hasMore : hasCursor;
  const hasLater = isBackward || hasMore;
  const ids = page.map(({ orderId }) => orderId);
  const [earned, prices] = await Promise.all([readEarned(shopId, ids), readOrderPrices(shopId, ids)]);
  const why = await explainNothing(
    shopId,
    page.flatMap(({ orderId, hasLines }) => (hasLines && !earned.has(orderId) ? [orderId] : [])),
  );
  return {
    orders: page.map(({ position: _position, hasLines: _hasLines, ...order }) => ({
      ...withReadablePhone(order),
      earned: earned.get(order.orderId) ?? [],
      whyNothing: why.get(order.orderId) ?? null,
      prices: prices.get(order.orderId) ?? [],
    })),
    before: hasEarlier ? (page[0]?.position ?? null) : null,
    after: hasLater ? (page.at(-1)?.position ?? null) : null,
  };
}

async function readEarned(shopId: bigint, orderIds: readonly bigint[]): Promise<Map<bigint, Gain[]>> {
  if (orderIds.length === 0) return new Map();
  const { rows } = await pool.query<{ orderId: bigint; unit: Unit; amount: bigint }>(
    `SELECT order_id AS "orderId", unit, sum(amount)::bigint AS amount FROM ledger_entries
     WHERE shop_id = $1 AND order_id = ANY($2::bigint[]) AND rule IS NOT NULL GROUP BY 1, 2 HAVING sum(amount) <> 0 ORDER BY unit DESC`,
    [shopId, orderIds],
  );
  return Map.groupBy(rows, ({ orderId }) => orderId);
}

/** How many paid orders never earned; counted up to one more than are applied at once. */
export async function countUnprocessed(shopId: bigint): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM (SELECT 1 FROM orders o WHERE o.shop_id = $1 AND ${UNPROCESSED_SQL} LIMIT ${ORDERS_APPLIED_MAX + 1}) o`,
    [shopId],
  );
  return rows[0]?.count ?? 0;
}

/** Has the worker apply the rules now to all orders that never earned, newest first. Returns how many it will. */
export async function applyToAll(shopId: bigint): Promise<number> {
  return withTransaction(async (tx) => {
    const { rows } = await tx.query<OrderKey>(
      `SELECT o.shop_id AS "shopId", o.order_id AS "orderId" FROM orders o WHERE o.shop_id = $1 AND ${UNPROCESSED_SQL}
       ORDER BY o.processed_at DESC, o.order_id DESC LIMIT ${ORDERS_APPLIED_MAX}`,
      [shopId],
    );
    await queueRefresh(tx, rows, true);
    return rows.length;
  });
}
