/** Refunds as the Admin API returns them, read by the decoder of webhooks. */
import { expect, test } from 'vitest';
import { toOrderPayload, type AdminOrder } from '#app/integrations/shopify/order-payload.ts';
import { decodeOrder } from '#app/modules/orders/rules/decode-order.ts';

const money = (amount: string) => ({ shopMoney: { amount } });
const page = <Node>(nodes: Node[], hasNextPage = false) => ({ nodes, pageInfo: { hasNextPage } });
type Refund = AdminOrder['refunds'][number];

function refundOf(change: Partial<Refund>) {
  const refund: Refund = {
    id: 'gid://shopify/Refund/1',
    createdAt: '2026-02-02T03:00:00Z',
    processedAt: '2026-02-02T03:00:00Z',
    refundLineItems: { nodes: [], pageInfo: { hasNextPage: false } },
    totalRefundedSet: money('0.0'),
    duties: [],
    refundShippingLines: page([]),
    orderAdjustments: page([]),
    ...change,
  };
  const order: AdminOrder = {
    id: 'gid://shopify/Order/1',
    name: '#1',
    email: null,
    phone: null,
    currencyCode: 'USD',
    createdAt: '2026-02-01T03:00:00Z',
    processedAt: '2026-02-01T03:00:00Z',
    updatedAt: '2026-02-02T03:00:00Z',
    cancelledAt: null,
    displayFinancialStatus: 'PARTIALLY_REFUNDED',
    sourceName: 'web',
    note: null,
    test: false,
    taxesIncluded: false,
    totalPriceSet: money('100.0'),
    originalTotalPriceSet: money('100.0'),
    totalOutstandingSet: money('0.0'),
    transactions: [],
    totalTipReceivedSet: money('0.0'),
    customer: null,
    discountApplications: { nodes: [], pageInfo: { hasNextPage: false } },
    lineItems: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } },
    shippingLines: { nodes: [] },
    fulfillments: [],
    refunds: [refund],
  };
  return decodeOrder(toOrderPayload(order)).refunds[0];
}

test('refunded shipping and duties are read with their tax, and what really went back', () => {
  const refund = refundOf({
    totalRefundedSet: money('15.8'),
    duties: [{ amountSet: money('5.0') }],
    refundShippingLines: page([{ subtotalAmountSet: money('10.0'), taxAmountSet: money('0.8') }]),
  });
  expect(refund).toMatchObject({
    extraMinor: 0n,
    shippingMinor: 1_000n,
    shippingTaxMinor: 80n,
    chargesMinor: 500n,
    movedMinor: 1_580n,
  });
});

test.each([
  [null, 700n],
  ['CUSTOMER', 700n],
  ['REFUND_DISCREPANCY', 700n],
  ['FULL_RETURN_BALANCING_ADJUSTMENT', 0n],
  ['PENDING_REFUND_DISCREPANCY', 0n],
])('an adjustment with reason %s is never shipping, and gives %s beyond the lines', (reason, extraMinor) => {
  const refund = refundOf({ orderAdjustments: page([{ reason, amountSet: money('-7.0') }]) });
  expect(refund).toMatchObject({ extraMinor, shippingMinor: 0n, movedMinor: null });
});

test.each(['refundLineItems', 'refundShippingLines', 'orderAdjustments'] as const)(
  'a refund of which not all %s were read is left out',
  (list) => {
    expect(refundOf({ [list]: page([], false) })).toBeDefined();
    expect(refundOf({ [list]: page([], true) })).toBeUndefined();
  },
);
