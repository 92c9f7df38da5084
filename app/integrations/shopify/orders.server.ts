import type {
  ListChangedOrdersQuery,
  ReadFulfillmentLinesQuery,
  ReadOrderLinesQuery,
  ReadOrderQuery,
} from '#app/types/admin.generated.d.ts';
import { systemNow } from '#app/lib/clock.ts';
import { invariant } from '#app/lib/errors.ts';
import { gidToId, idToGid } from '#app/lib/ids.ts';
import { adminGraphql } from './admin-client.server.ts';
import { toOrderPayload, type AdminOrder } from './order-payload.ts';
import {
  LIST_CHANGED_ORDERS,
  READ_FULFILLMENT_LINES,
  READ_ORDER,
  READ_ORDER_LINES,
} from './operations/orders.ts';

const PAGE_ORDERS = 100;

/** An order that changed, as the list names it: enough to see whether we know this state. */
export interface ChangedOrder {
  orderId: bigint;
  /** In whole seconds: one value can stand for two states. */
  updatedAt: Date;
  /** As webhooks write it, e.g. `partially_refunded`. */
  financial: string | null;
  isCancelled: boolean;
  refundIds: bigint[];
}

/**
 * The orders of a shop whose `updated_at` is `since` or later, oldest change first, page by page.
 * @throws UpstreamError
 */
export async function* listChangedOrders(shopDomain: string, since: Date): AsyncGenerator<ChangedOrder[]> {
  const query = `updated_at:>='${since.toISOString()}'`;
  let after: string | null = null;
  for (;;) {
    const { orders }: ListChangedOrdersQuery = await adminGraphql(shopDomain, LIST_CHANGED_ORDERS, {
      first: PAGE_ORDERS,
      after,
      query,
    });
    yield orders.nodes.map((order) => ({
      orderId: numberOf(order.id, 'Order'),
      updatedAt: new Date(order.updatedAt),
      financial: order.displayFinancialStatus?.toLowerCase() ?? null,
      isCancelled: order.cancelledAt != null,
      refundIds: order.refunds.map(({ id }) => numberOf(id, 'Refund')),
    }));
    if (!orders.pageInfo.hasNextPage) return;
    after = orders.pageInfo.endCursor ?? null;
  }
}

/**
 * One order in the shape of an `orders/updated` webhook; null when the shop has it no more.
 * @throws UpstreamError
 */
async function readOrderPayload(
  shopDomain: string,
  orderId: bigint,
): Promise<Record<string, unknown> | null> {
  const { order } = await adminGraphql<ReadOrderQuery>(shopDomain, READ_ORDER, {
    id: idToGid('Order', orderId),
  });
  if (!order) return null;
  const [lineItems, fulfillments] = await Promise.all([
    readAllLines(shopDomain, order),
    Promise.all(order.fulfillments.map((fulfillment) => readWholeFulfillment(shopDomain, fulfillment))),
  ]);
  return toOrderPayload({ ...order, lineItems, fulfillments });
}

/** An order as a webhook would bring it. */
export interface OrderAsRead {
  payload: Record<string, unknown>;
  /** Where it stands among webhooks of the same second. */
  triggeredAt: Date;
}

/**
 * One order's newest state; null when the shop has it no more.
 * @throws UpstreamError
 */
export async function readOrderState(shopDomain: string, orderId: bigint): Promise<OrderAsRead | null> {
  const payload = await readOrderPayload(shopDomain, orderId);
  return payload && { payload, triggeredAt: triggeredAt(new Date(String(payload.updated_at)), systemNow()) };
}

const END_OF_SECOND_MS = 999;

/**
 * What was read is the newest state of its second, so it counts as triggered at that second's end: after the webhooks
 * of the same second, and near the moment when it became so. While that second lasts, it is only as new as now.
 */
function triggeredAt(updatedAt: Date, readAt: Date): Date {
  const endOfSecond = updatedAt.getTime() + END_OF_SECOND_MS;
  const isThisSecond = readAt >= updatedAt && readAt.getTime() < endOfSecond;
  return isThisSecond ? readAt : new Date(endOfSecond);
}

function numberOf(gid: string, type: string): bigint {
  const id = gidToId(gid, type);
  invariant(id !== null, `the Admin API calls a ${type} ${gid}`);
  return id;
}

async function readAllLines(shopDomain: string, order: AdminOrder): Promise<AdminOrder['lineItems']> {
  const nodes = [...order.lineItems.nodes];
  let { pageInfo } = order.lineItems;
  while (pageInfo.hasNextPage) {
    const variables = { id: order.id, after: pageInfo.endCursor };
    const page = await adminGraphql<ReadOrderLinesQuery>(shopDomain, READ_ORDER_LINES, variables);
    if (!page.order) break;
    nodes.push(...page.order.lineItems.nodes);
    pageInfo = page.order.lineItems.pageInfo;
  }
  return { nodes, pageInfo };
}

type Fulfillment = AdminOrder['fulfillments'][number];

async function readWholeFulfillment(shopDomain: string, fulfillment: Fulfillment): Promise<Fulfillment> {
  const nodes = [...fulfillment.fulfillmentLineItems.nodes];
  let { pageInfo } = fulfillment.fulfillmentLineItems;
  while (pageInfo.hasNextPage) {
    const variables = { id: fulfillment.id, after: pageInfo.endCursor };
    const page = await adminGraphql<ReadFulfillmentLinesQuery>(shopDomain, READ_FULFILLMENT_LINES, variables);
    if (!page.fulfillment) break;
    nodes.push(...page.fulfillment.fulfillmentLineItems.nodes);
    pageInfo = page.fulfillment.fulfillmentLineItems.pageInfo;
  }
  return { ...fulfillment, fulfillmentLineItems: { nodes, pageInfo } };
}
