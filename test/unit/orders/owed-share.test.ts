/** What of an order is not paid yet: the lines made last owe first, and what is owed earns and counts nothing. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eligibleBase } from '#app/modules/earning/rules/eligible-base.ts';
import { PLAIN_TERMS } from '#app/modules/earning/rules/program.ts';
import { decodeOrder } from '#app/modules/orders/rules/decode-order.ts';
import { NO_FACTS } from '#app/modules/orders/rules/kept-facts.ts';
import { orderFigures } from '#app/modules/orders/rules/order-figures.ts';
import { owedShares } from '#app/modules/orders/rules/owed-share.ts';
import { orderPayload, type LineSpec, type OrderSpec } from '#test/support/orders.ts';

function given(lines: LineSpec[], outstanding: number, change: Partial<OrderSpec> = {}) {
  return decodeOrder(orderPayload({ id: 1, lines, outstanding, financial: 'partially_paid', ...change }));
}
const base = ({ order, refunds }: ReturnType<typeof given>) =>
  eligibleBase(order, refunds, PLAIN_TERMS, NO_FACTS);
const said = ({ order, refunds }: ReturnType<typeof given>) =>
  [...owedShares(order, refunds)].map(([line, { owedMinor, paidQuantity }]) => [
    Number(line % 100n),
    owedMinor,
    paidQuantity,
  ]);

describe('what is owed', () => {
  test.each<[string, ReturnType<typeof given>, unknown[], bigint, number[]]>([
    [
      'a line that an edit added',
      given([{ price: 100 }, { price: 95, quantity: 4 }], 380),
      [[2, 380_00n, 0]],
      100_00n,
      [1, 0],
    ],
    [
      'a part of it was paid',
      given([{ price: 100 }, { price: 95, quantity: 4 }], 200),
      [[2, 200_00n, 1]],
      280_00n,
      [1, 1],
    ],
    ['more of one line', given([{ price: 100, quantity: 3 }], 200), [[1, 200_00n, 1]], 100_00n, [1]],
    [
      'one line was exchanged for a dearer one',
      given([{ price: 100, left: 0 }, { price: 150 }], 50),
      [[2, 50_00n, 0]],
      100_00n,
      [0, 0],
    ],
    [
      'more than the last line: the one before too, with tax on top',
      given(
        [
          { price: 100, tax: 10 },
          { price: 50, tax: 5 },
        ],
        110,
      ),
      [
        [2, 55_00n, 0],
        [1, 55_00n, 0],
      ],
      50_00n,
      [0, 0],
    ],
    [
      'a tip is paid at checkout',
      given([{ price: 100 }, { price: 9, tip: true }], 100),
      [[1, 100_00n, 0]],
      0n,
      [0, 0],
    ],
    ['nothing, when all is paid', given([{ price: 100 }], 100, { financial: 'paid' }), [], 100_00n, [1]],
  ])('%s', (_name, order, owed, counts, pieces) => {
    expect(said(order)).toEqual(owed);
    expect(base(order).totalMinor).toBe(counts);
    expect(base(order).lines.map((line) => line.countedQuantity)).toEqual(pieces);
  });

  test('an unpaid part is neither spent nor worth anything in the figures, but in the order', () => {
    const order = given([{ price: 100 }, { price: 95, quantity: 4 }], 380);
    const figures = orderFigures({ ...order, eligibleAt: order.order.processedAt }, 'IDR');
    expect(figures).toMatchObject({ isValid: true, items: 5, netMinor: 100_00n });
    expect(figures.lines.map((line) => line.netMinor)).toEqual([100_00n, 0n]);
    expect(orderFigures({ ...order, eligibleAt: null }, 'IDR')).toMatchObject({
      isValid: false,
      netMinor: 0n,
    });
  });

  test('money given back without lines takes its share of what is paid', () => {
    const order = given([{ price: 100 }, { price: 300 }], 300, { refunds: [{ id: 1, order: 1, extra: 20 }] });
    expect(base(order).totalMinor).toBe(80_00n);
  });

  test('what was paid before an edit counts the same after it, whatever the edit adds', () => {
    const line = fc.record({
      price: fc.integer({ min: 1, max: 999 }),
      quantity: fc.integer({ min: 1, max: 5 }),
      tax: fc.nat({ max: 50 }),
    });
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 4 }),
        fc.array(line, { minLength: 1, maxLength: 3 }),
        (paid, added) => {
          const before = given(paid, 0, { financial: 'paid' });
          const outstanding = added.reduce(
            (sum, { price, quantity, tax }) => sum + price * quantity + tax,
            0,
          );
          const after = given([...paid, ...added], outstanding);
          expect(base(after).totalMinor).toBe(base(before).totalMinor);
          expect(base(after).lines.slice(0, paid.length)).toEqual(base(before).lines);
        },
      ),
    );
  });
});
