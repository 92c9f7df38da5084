/** Orders assembled from the lines of a bulk file, which may come in any order and be cut anywhere. */
import { asApproved } from '#app/integrations/shopify/protected-fields.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BulkLines, type BulkRecord } from '#app/integrations/shopify/bulk-lines.ts';
import { bulkOrdersQueries, toBulkOrder } from '#app/integrations/shopify/bulk-orders.ts';
import { decodeOrder } from '#app/modules/orders/rules/decode-order.ts';

const money = (amount: string) => ({ shopMoney: { amount } });
const gid = (type: string, id: number) => `gid://shopify/${type}/${id}`;

/** An order's own line and those of its parts, as Shopify writes them. */
function linesOf(id: number, prices: readonly number[], change: object = {}): object[] {
  const parent = { __parentId: gid('Order', id) };
  const order = {
    id: gid('Order', id),
    name: `#${id}`,
    email: null,
    phone: null,
    currencyCode: 'IDR',
    createdAt: '2026-02-01T03:00:00Z',
    processedAt: '2026-02-01T03:00:00Z',
    updatedAt: '2026-02-02T03:00:00Z',
    cancelledAt: null,
    displayFinancialStatus: 'PAID',
    sourceName: 'web',
    note: null,
    test: false,
    taxesIncluded: true,
    totalPriceSet: money('100.0'),
    totalTipReceivedSet: money('0.0'),
    customer: {
      id: gid('Customer', 7),
      firstName: 'Siti',
      lastName: null,
      updatedAt: '2026-02-01T03:00:00Z',
      defaultEmailAddress: { emailAddress: 'siti@example.com' },
      defaultPhoneNumber: null,
    },
    refunds: [],
    fulfillments: [
      { id: gid('Fulfillment', id), status: 'SUCCESS', createdAt: '2026-02-03T03:00:00Z' },
      { id: gid('Fulfillment', id + 1), status: 'CANCELLED', createdAt: '2026-02-09T03:00:00Z' },
    ],
    ...change,
  };
  const lines = prices.map((price, at) => ({
    __typename: 'LineItem',
    id: gid('LineItem', id * 1_000 + at),
    title: `Piece ${at}`,
    quantity: 3,
    currentQuantity: 3,
    unfulfilledQuantity: 1,
    isGiftCard: false,
    originalUnitPriceSet: money(`${price}.0`),
    discountAllocations: [{ allocatedAmountSet: money('1.0'), discountApplication: { index: 1 } }],
    taxLines: [{ priceSet: money('2.0') }],
    product: { id: gid('Product', at) },
    variant: null,
    ...parent,
  }));
  const code = { __typename: 'DiscountCodeApplication', index: 1, code: 'HEMAT', ...parent };
  const manual = { __typename: 'ManualDiscountApplication', index: 0, ...parent };
  const shipping = {
    __typename: 'ShippingLine',
    isRemoved: false,
    originalPriceSet: money('10.0'),
    discountedPriceSet: money('9.0'),
    discountAllocations: [],
    taxLines: [],
    ...parent,
  };
  return [order, ...lines, code, manual, shipping];
}

/** As the database merges records that came in different batches. */
function merge(batches: readonly BulkLines[]): Map<string, BulkRecord> {
  const merged = new Map<string, BulkRecord>();
  for (const { records } of batches)
    for (const [id, record] of records) {
      const known = merged.get(id) ?? { root: null, children: [] };
      merged.set(id, { root: record.root ?? known.root, children: [...known.children, ...record.children] });
    }
  return merged;
}

function assemble(lines: readonly object[], batchSize: number): Map<string, unknown> {
  const batches: BulkLines[] = [];
  for (let at = 0; at < lines.length; at += batchSize) {
    const batch = new BulkLines();
    for (const line of lines.slice(at, at + batchSize)) batch.add(line);
    batches.push(batch);
  }
  return new Map([...merge(batches)].map(([id, record]) => [id, toBulkOrder(record).payload]));
}

test('whatever the order of the lines and wherever batches end, the orders are the same', () => {
  const history = [linesOf(1, [100, 200, 300]), linesOf(2, [400]), linesOf(3, [])].flat();
  const expected = assemble(history, history.length);
  fc.assert(
    fc.property(
      fc.shuffledSubarray(history, { minLength: history.length }),
      fc.integer({ min: 1, max: history.length }),
      (lines, batchSize) => {
        expect(assemble(lines, batchSize)).toEqual(new Map([...expected]));
      },
    ),
  );
});

test('the payload reads as its webhook would', () => {
  const { order } = decodeOrder(assemble(linesOf(5, [100, 200]), 2).get(gid('Order', 5)));
  expect(order).toMatchObject({
    orderId: 5n,
    customerId: 7n,
    financial: 'paid',
    codes: [{ code: 'HEMAT', application: 1 }],
    shippingMinor: 900n,
    fulfillments: [{ at: new Date('2026-02-03T03:00:00Z'), lines: [{ quantity: 2 }, { quantity: 2 }] }],
  });
  expect(order.lines.map((line) => line.unitPriceMinor)).toEqual([10_000n, 20_000n]);
});

test.each<[string, object, boolean]>([
  ['refunds are only listed', { refunds: [{ id: gid('Refund', 1) }] }, true],
  [
    'several fulfillments cannot be told apart',
    {
      fulfillments: [1, 2].map((number) => ({
        id: gid('Fulfillment', number),
        status: 'SUCCESS',
        createdAt: '2026-02-03T03:00:00Z',
      })),
    },
    true,
  ],
  ['one that counts and one that was cancelled can', {}, false],
  ['of a code only the name is known', { discountCodes: ['HEMAT'] }, true],
  ['no code is there to know more of', { discountCodes: [] }, false],
])('whether an order must be read on its own: %s', (_why, change, wanted) => {
  const lines = new BulkLines();
  for (const line of linesOf(6, [100], change)) lines.add(line);
  expect([...lines.records.values()].map((record) => toBulkOrder(record).isPartial)).toEqual([wanted]);
});

test('an order without its own line, or with a line of a kind that is not known, cannot be read', () => {
  const [, line] = linesOf(7, [100]);
  const alone = new BulkLines();
  alone.add(line);
  const strange = new BulkLines();
  for (const each of linesOf(7, [])) strange.add(each);
  strange.add({ __typename: 'Strange', __parentId: gid('Order', 7) });
  for (const { records } of [alone, strange])
    expect(() => toBulkOrder(records.get(gid('Order', 7))!)).toThrow();
  expect(() => new BulkLines().add('text')).toThrow();
});

test('the query filters from a timestamp on and has a text of its own', () => {
  const queries = bulkOrdersQueries('SetiaBackfill7', new Date('2026-01-01T00:00:00Z'));
  expect(asApproved(queries[0], new Set())).toContain('query SetiaBackfill7 {');
  expect(asApproved(queries[1], new Set())).toContain('query SetiaBackfill7_nodes {');
  for (const query of queries)
    expect(query).toContain(`orders(query: "processed_at:>='2026-01-01T00:00:00.000Z'") {`);
});
