import type {
  ListChangedOrdersQuery,
  ReadFulfillmentLinesQuery,
  ReadOrderDiscountsQuery,
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
  READ_ORDER_DISCOUNTS,
  READ_ORDER_LINES,
} from './operations/orders.ts';

const PAGE_ORDERS = 100;

/** A changed order in a list: enough to see whether we know this state. */
export interface ChangedOrder {
  orderId: bigint;
  /** In whole seconds: one value can belong to two states. */
  updatedAt: Date;
  /** As webhooks write it, e.g. `partially_refunded`. */
  financial: string | null;
  isCancelled: boolean;
  refundIds: bigint[];
}

/**
 * Yields the orders of a shop whose `updated_at` is `since` or later, oldest change first, page by page.
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
 * Reads one order in the shape of an `orders/updated` webhook; null when it was deleted.
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
  const [discountApplications, lineItems, fulfillments] = await Promise.all([
    readAllDiscounts(shopDomain, order),
    readAllLines(shopDomain, order),
    Promise.all(order.fulfillments.map((fulfillment) => readWholeFulfillment(shopDomain, fulfillment))),
  ]);
  return toOrderPayload({ ...order, discountApplications, lineItems, fulfillments });
}

/** An order as a webhook would carry it. */
export interface OrderAsRead {
  payload: Record<string, unknown>;
  /** The moment before Shopify was asked: what changed later may be missing. */
  triggeredAt: Date;
  isReading: true;
}

/**
 * Reads one order's newest state; null when it was deleted.
 * @throws UpstreamError
 */
export async function readOrderState(shopDomain: string, orderId: bigint): Promise<OrderAsRead | null> {
  const triggeredAt = systemNow();
  const payload = await readOrderPayload(shopDomain, orderId);
  return payload && { payload, triggeredAt, isReading: true };
}

function numberOf(gid: string, type: string): bigint {
  const id = gidToId(gid, type);
  invariant(id !== null, `the Admin API calls a ${type} ${gid}`);
  return id;
}

/** Codes come after what is off single lines, so none of a long order's discounts may be left out. */
async function readAllDiscounts(
  shopDomain: string,
  order: Pick<AdminOrder, 'id' | 'discountApplications'>,
): Promise<AdminOrder['discountApplications']> {
  const nodes = [...order.discountApplications.nodes];
  let { pageInfo } = order.discountApplications;
  while (pageInfo.hasNextPage) {
    const variables = { id: order.id, after: pageInfo.endCursor };
    const page = await adminGraphql<ReadOrderDiscountsQuery>(shopDomain, READ_ORDER_DISCOUNTS, variables);
    if (!page.order) break;
    nodes.push(...page.order.discountApplications.nodes);
    pageInfo = page.order.discountApplications.pageInfo;
  }
  return { nodes, pageInfo };
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
