/** Orders put together from the lines of a bulk file, which may come in any order and be cut anywhere. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BulkPieces, type BulkPiece } from '#app/integrations/shopify/bulk-lines.ts';
import { bulkOrdersQuery, toBulkOrder } from '#app/integrations/shopify/bulk-orders.ts';
import { decodeOrder } from '#app/modules/loyalty/rules/decode-order.ts';

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

/** As the database merges pieces that came in different batches. */
function merge(batches: readonly BulkPieces[]): Map<string, BulkPiece> {
  const merged = new Map<string, BulkPiece>();
  for (const { pieces } of batches)
    for (const [id, piece] of pieces) {
      const known = merged.get(id) ?? { root: null, children: [] };
      merged.set(id, { root: piece.root ?? known.root, children: [...known.children, ...piece.children] });
    }
  return merged;
}

function assemble(lines: readonly object[], batchSize: number): Map<string, unknown> {
  const batches: BulkPieces[] = [];
  for (let at = 0; at < lines.length; at += batchSize) {
    const batch = new BulkPieces();
    for (const line of lines.slice(at, at + batchSize)) batch.add(line);
    batches.push(batch);
  }
  return new Map([...merge(batches)].map(([id, piece]) => [id, toBulkOrder(piece).payload]));
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
    fulfilledAt: new Date('2026-02-03T03:00:00Z'),
  });
  expect(order.lines.map((line) => [line.unitPriceMinor, line.fulfilledQuantity])).toEqual([
    [10_000n, 2],
    [20_000n, 2],
  ]);
});

test('refunds are only named: the order says that it has some', () => {
  const pieces = new BulkPieces();
  for (const line of linesOf(6, [100], { refunds: [{ id: gid('Refund', 1) }] })) pieces.add(line);
  expect([...pieces.pieces.values()].map((piece) => toBulkOrder(piece).hasRefunds)).toEqual([true]);
});

test('an order without its own line, or with a line of a kind that is not known, cannot be read', () => {
  const [, line] = linesOf(7, [100]);
  const alone = new BulkPieces();
  alone.add(line);
  const strange = new BulkPieces();
  for (const each of linesOf(7, [])) strange.add(each);
  strange.add({ __typename: 'Strange', __parentId: gid('Order', 7) });
  for (const { pieces } of [alone, strange])
    expect(() => toBulkOrder(pieces.get(gid('Order', 7))!)).toThrow();
  expect(() => new BulkPieces().add('text')).toThrow();
});

test('the query is searched from a moment on and has a text of its own', () => {
  const query = bulkOrdersQuery('SetiaBackfill7', new Date('2026-01-01T00:00:00Z'));
  expect(query).toContain('query SetiaBackfill7 {');
  expect(query).toContain(`orders(query: "processed_at:>='2026-01-01T00:00:00.000Z'") {`);
});
