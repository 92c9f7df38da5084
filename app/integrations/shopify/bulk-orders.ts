/** Orders as bulk operations tell them: the query, and what its lines make together. */
import { z } from 'zod';
import type { BulkPiece } from './bulk-lines.ts';
import { BULK_ORDERS } from './operations/bulk.ts';
import { toOrderPayload, type AdminOrder } from './order-payload.ts';

const money = z.object({ shopMoney: z.object({ amount: z.string() }) });
const id = z.object({ id: z.string() });
const text = z.string().nullable();

const orderSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: text,
  phone: text,
  currencyCode: z.string(),
  createdAt: z.string(),
  processedAt: z.string(),
  updatedAt: z.string(),
  cancelledAt: text,
  displayFinancialStatus: text,
  sourceName: text,
  note: text,
  test: z.boolean(),
  taxesIncluded: z.boolean(),
  totalPriceSet: money,
  customer: z
    .object({
      id: z.string(),
      firstName: text,
      lastName: text,
      updatedAt: z.string(),
      defaultEmailAddress: z.object({ emailAddress: z.string() }).nullable(),
      defaultPhoneNumber: z.object({ phoneNumber: z.string() }).nullable(),
    })
    .nullable(),
  refunds: z.array(id),
  fulfillments: z.array(z.object({ id: z.string(), status: z.string(), createdAt: z.string() })),
});

const discounted = {
  discountAllocations: z.array(
    z.object({ allocatedAmountSet: money, discountApplication: z.object({ index: z.number() }) }),
  ),
  taxLines: z.array(z.object({ priceSet: money })),
};

const lineSchema = z.object({
  __typename: z.literal('LineItem'),
  id: z.string(),
  title: z.string(),
  quantity: z.number(),
  currentQuantity: z.number(),
  unfulfilledQuantity: z.number(),
  isGiftCard: z.boolean(),
  originalUnitPriceSet: money,
  product: id.nullable(),
  variant: id.nullable(),
  ...discounted,
});

const shippingSchema = z.object({
  __typename: z.literal('ShippingLine'),
  isRemoved: z.boolean(),
  originalPriceSet: money,
  discountedPriceSet: money,
  ...discounted,
});

const codeSchema = z.object({
  __typename: z.literal('DiscountCodeApplication'),
  index: z.number(),
  code: z.string(),
});

const otherDiscountSchema = z
  .object({ __typename: z.string().endsWith('Application'), index: z.number() })
  .transform(({ index }) => ({ __typename: 'OtherDiscountApplication' as const, index }));

const childSchema = z.union([lineSchema, shippingSchema, codeSchema, otherDiscountSchema]);

/** A whole order of a bulk file. */
export interface BulkOrder {
  /** In the shape of an `orders/updated` webhook. */
  payload: Record<string, unknown>;
  /** Its refunds are only named: the order must be read for itself (`readOrderPayload`). */
  hasRefunds: boolean;
}

/** The bulk query of all orders of a shop that were processed from a moment on; `name` makes its text unique. */
export function bulkOrdersQuery(name: string, since: Date): string {
  const search = JSON.stringify(`processed_at:>='${since.toISOString()}'`);
  return BULK_ORDERS.replace('BulkOrders', name).replace('orders {', `orders(query: ${search}) {`);
}

/**
 * The order that the lines make, in the same shape as its webhooks have, whatever the order of the lines was. Throws
 * ZodError when its own line is missing or a line says what is not known.
 */
export function toBulkOrder({ root, children }: BulkPiece): BulkOrder {
  const order = orderSchema.parse(root);
  const parts = children.map((child) => childSchema.parse(child));
  const lines = parts.filter((part) => part.__typename === 'LineItem').sort(byId);
  const payload = toOrderPayload({
    ...order,
    discountApplications: {
      nodes: parts.filter(
        (part) =>
          part.__typename === 'DiscountCodeApplication' || part.__typename === 'OtherDiscountApplication',
      ),
    },
    shippingLines: { nodes: parts.filter((part) => part.__typename === 'ShippingLine') },
    lineItems: { nodes: lines, pageInfo: { hasNextPage: false } },
    fulfillments: toFulfillments(order.fulfillments, lines),
    refunds: [],
  });
  return {
    payload,
    hasRefunds: order.refunds.length > 0,
  };
}

/** Lines have the ids in which they were made. */
function byId(a: { id: string }, b: { id: string }): number {
  if (a.id.length !== b.id.length) return a.id.length - b.id.length;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** What was handed over so far as one fulfillment, made when the last of them was. */
function toFulfillments(
  fulfillments: z.output<typeof orderSchema>['fulfillments'],
  lines: readonly z.output<typeof lineSchema>[],
): AdminOrder['fulfillments'] {
  const last = fulfillments
    .filter(({ status }) => status === 'SUCCESS')
    .sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt))
    .at(-1);
  if (!last) return [];
  const nodes = lines.flatMap(({ id: lineId, currentQuantity, unfulfilledQuantity }) => {
    const quantity = currentQuantity - unfulfilledQuantity;
    return quantity > 0 ? [{ quantity, lineItem: { id: lineId } }] : [];
  });
  return [{ ...last, fulfillmentLineItems: { nodes, pageInfo: { hasNextPage: false } } }];
}
