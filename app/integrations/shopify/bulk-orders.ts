/** Orders in bulk operations: the query, and the order its lines make together. */
import { z } from 'zod';
import { formatDecimal, parseMinor } from '#app/lib/money.ts';
import type { BulkRecord } from './bulk-lines.ts';
import { BULK_ORDERS, BULK_ORDERS_OF_NODES } from './operations/orders.ts';
import { toOrderPayload, type AdminOrder } from './order-payload.ts';

const money = z.object({ shopMoney: z.object({ amount: z.string() }) });
const id = z.object({ id: z.string() });
const text = z.string().nullable();

const orderSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: text.exactOptional(),
  phone: text.exactOptional(),
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
  // Lines that were staged before 0.5.0 have none of these, nor transactions.
  originalTotalPriceSet: money.optional(),
  totalOutstandingSet: money.optional(),
  totalTipReceivedSet: money,
  transactions: z
    .array(z.object({ kind: z.string(), status: z.string(), processedAt: text, amountSet: money }))
    .default([]),
  customer: z
    .object({
      id: z.string(),
      firstName: text.exactOptional(),
      lastName: text.exactOptional(),
      updatedAt: z.string(),
      defaultEmailAddress: z.object({ emailAddress: z.string() }).nullable().exactOptional(),
      defaultPhoneNumber: z.object({ phoneNumber: z.string() }).nullable().exactOptional(),
    })
    .nullable(),
  refunds: z.array(id),
  fulfillments: z.array(z.object({ id: z.string(), status: z.string(), createdAt: z.string() })),
  // Instead of discount applications and shipping lines, where Shopify refuses those.
  discountCodes: z.array(z.string()).default([]),
  currentShippingPriceSet: money.optional(),
  totalTaxSet: money.optional(),
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

// Lines that were staged by an older version have no title: they are read as any other.
const automaticSchema = z.object({
  __typename: z.literal('AutomaticDiscountApplication'),
  index: z.number(),
  title: z.string(),
  targetType: z.string(),
  value: z.union([
    z.object({ __typename: z.literal('PricingPercentageValue'), percentage: z.number() }),
    z.object({ __typename: z.literal('MoneyV2') }),
  ]),
});

const otherDiscountSchema = z
  .object({ __typename: z.string().endsWith('Application'), index: z.number() })
  .transform(({ index }) => ({ __typename: 'OtherDiscountApplication' as const, index }));

const childSchema = z.union([lineSchema, shippingSchema, codeSchema, automaticSchema, otherDiscountSchema]);

const DISCOUNTS = [
  'DiscountCodeApplication',
  'AutomaticDiscountApplication',
  'OtherDiscountApplication',
] as const;
type Discount = Extract<z.output<typeof childSchema>, { __typename: (typeof DISCOUNTS)[number] }>;

const isDiscount = (part: z.output<typeof childSchema>): part is Discount =>
  DISCOUNTS.some((name) => name === part.__typename);

/** A whole order of a bulk file. */
export interface BulkOrder {
  /** In the shape of an `orders/updated` webhook. */
  payload: Record<string, unknown>;
  /**
   * It has refunds, or several fulfillments, which bulk files don't tell apart, or codes of which only the names are
   * known: it must be read on its own.
   */
  isPartial: boolean;
}

/**
 * Returns the bulk queries of all orders of a shop processed since a timestamp: the one that is wanted, and the one for a
 * Shopify that refuses it. `name` makes their texts unique.
 */
export function bulkOrdersQueries(name: string, since: Date): [wanted: string, fallback: string] {
  const search = JSON.stringify(`processed_at:>='${since.toISOString()}'`);
  const filtered = (query: string) => query.replace('orders {', `orders(query: ${search}) {`);
  return [
    filtered(BULK_ORDERS.replace('BulkOrders', name)),
    filtered(BULK_ORDERS_OF_NODES.replace('BulkOrdersOfNodes', `${name}_nodes`)),
  ];
}

/**
 * Assembles the order from its lines, in the shape of its webhooks, in whatever order the lines came. Throws ZodError
 * when its own line is missing or a line is of an unknown kind.
 */
export function toBulkOrder({ root, children }: BulkRecord): BulkOrder {
  const order = orderSchema.parse(root);
  const parts = children.map((child) => childSchema.parse(child));
  const lines = parts.filter((part) => part.__typename === 'LineItem').sort(byId);
  const payload = toOrderPayload({
    ...order,
    originalTotalPriceSet: order.originalTotalPriceSet ?? order.totalPriceSet,
    totalOutstandingSet: order.totalOutstandingSet ?? order.totalPriceSet,
    discountApplications: {
      nodes: parts.filter(isDiscount),
      pageInfo: { hasNextPage: false },
    },
    shippingLines: {
      nodes: [...parts.filter((part) => part.__typename === 'ShippingLine'), ...shippingOf(order, lines)],
    },
    lineItems: { nodes: lines, pageInfo: { hasNextPage: false } },
    fulfillments: toFulfillments(order.fulfillments, lines),
    refunds: [],
  });
  return {
    payload,
    isPartial:
      order.refunds.length > 0 ||
      order.fulfillments.filter(isFulfilled).length > 1 ||
      order.discountCodes.length > 0,
  };
}

/**
 * The shipping as one line, where its sum stands for its lines. Its tax is what of the order's is not on the lines; tax on duties
 * can't be told from it.
 */
function shippingOf(
  { currencyCode, currentShippingPriceSet: price, totalTaxSet }: z.output<typeof orderSchema>,
  lines: readonly z.output<typeof lineSchema>[],
): z.output<typeof shippingSchema>[] {
  if (!price || !totalTaxSet || Number(price.shopMoney.amount) === 0) return [];
  const minorOf = ({ shopMoney }: z.output<typeof money>) => parseMinor(shopMoney.amount, currencyCode);
  const onLines = lines.flatMap(({ taxLines }) => taxLines.map(({ priceSet }) => minorOf(priceSet)));
  const taxMinor = onLines.reduce((left, each) => left - each, minorOf(totalTaxSet));
  return [
    {
      __typename: 'ShippingLine',
      isRemoved: false,
      originalPriceSet: price,
      discountedPriceSet: price,
      discountAllocations: [],
      taxLines:
        taxMinor > 0n ? [{ priceSet: { shopMoney: { amount: formatDecimal(taxMinor, currencyCode) } } }] : [],
    },
  ];
}

/** Line ids follow the order in which the lines were created. */
function byId(a: { id: string }, b: { id: string }): number {
  if (a.id.length !== b.id.length) return a.id.length - b.id.length;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

const isFulfilled = ({ status }: { status: string }): boolean => status === 'SUCCESS';

/** Everything fulfilled so far as one fulfillment, dated by the last of them. */
function toFulfillments(
  fulfillments: z.output<typeof orderSchema>['fulfillments'],
  lines: readonly z.output<typeof lineSchema>[],
): AdminOrder['fulfillments'] {
  const last = fulfillments
    .filter(isFulfilled)
    .sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt))
    .at(-1);
  if (!last) return [];
  const nodes = lines.flatMap(({ id: lineId, currentQuantity, unfulfilledQuantity }) => {
    const quantity = currentQuantity - unfulfilledQuantity;
    return quantity > 0 ? [{ quantity, lineItem: { id: lineId } }] : [];
  });
  return [{ ...last, fulfillmentLineItems: { nodes, pageInfo: { hasNextPage: false } } }];
}
