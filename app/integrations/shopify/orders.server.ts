import type {
  ListChangedOrdersQuery,
  ReadOrderLinesQuery,
  ReadOrderQuery,
} from '#app/types/admin.generated.d.ts';
import { invariant } from '#app/lib/errors.ts';
import { gidToId, idToGid } from '#app/lib/ids.ts';
import { adminGraphql } from './admin-client.server.ts';
import { toOrderPayload, type AdminOrder } from './order-payload.ts';
import { LIST_CHANGED_ORDERS, READ_ORDER, READ_ORDER_LINES } from './operations/orders.ts';

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
export async function readOrderPayload(
  shopDomain: string,
  orderId: bigint,
): Promise<Record<string, unknown> | null> {
  const { order } = await adminGraphql<ReadOrderQuery>(shopDomain, READ_ORDER, {
    id: idToGid('Order', orderId),
  });
  if (!order) return null;
  return toOrderPayload({ ...order, lineItems: await readAllLines(shopDomain, order) });
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
