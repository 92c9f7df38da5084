/** When an order was paid: as payments tell, else as the states that came prove, in any order. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeOrder } from '#app/modules/orders/rules/decode-order.ts';
import { earlierProof, paidProof } from '#app/modules/orders/rules/order-payment.ts';
import { orderPayload, type OrderSpec } from '#test/support/orders.ts';

const at = (hours: number) => new Date(Date.UTC(2026, 0, 1, hours)).toISOString();

type Payment = [hours: number, amount: number, change?: { kind?: string; status?: string }];

/** An order of 100, made at hour 0; `total` after edits. */
function orderWith(
  payments: Payment[] | null,
  { total = 100, ...change }: Partial<OrderSpec> & { total?: number } = {},
) {
  const spec = { id: 1, lines: [{ price: total }], processedAt: at(0), updatedAt: at(50), ...change };
  const transactions = payments?.map(([hours, amount, { kind = 'sale', status = 'success' } = {}]) => ({
    kind,
    status,
    processed_at: at(hours),
    amount_set: { shop_money: { amount: String(amount) } },
  }));
  const original = { original_total_price_set: { shop_money: { amount: '100.00' } } };
  return decodeOrder({ ...orderPayload(spec), ...(transactions ? { ...original, transactions } : {}) });
}
const said = (decoded: ReturnType<typeof orderWith>) => {
  const proof = paidProof(decoded);
  return proof && [proof.at.toISOString(), proof.isExact];
};

describe('what a reading says', () => {
  test.each<[string, Payment[], Partial<OrderSpec> & { total?: number }, string | null]>([
    ['one payment', [[9, 100]], {}, at(9)],
    [
      'two payments: the one that completes',
      [
        [9, 60],
        [30, 40],
      ],
      {},
      at(30),
    ],
    ['within an hour: when it was made', [[1, 100]], {}, at(0)],
    [
      'an authorization is none',
      [
        [9, 100, { kind: 'authorization' }],
        [20, 100, { kind: 'capture' }],
      ],
      {},
      at(20),
    ],
    [
      'a payment that failed is none',
      [
        [9, 100, { status: 'failure' }],
        [20, 100],
      ],
      {},
      at(20),
    ],
    [
      'a refund changes nothing',
      [
        [9, 100],
        [20, 100, { kind: 'refund' }],
      ],
      { financial: 'refunded' },
      at(9),
    ],
    [
      'what an edit added later is not asked for',
      [[9, 100]],
      { total: 180, financial: 'partially_paid' },
      at(9),
    ],
    ['a deposit is not the payment', [[9, 40]], { financial: 'partially_paid' }, null],
    ['an edit took off what was not paid', [[9, 40]], { total: 40 }, at(9)],
    ['imported without its payments', [], {}, at(0)],
    ['a test order', [[9, 100]], { test: true }, null],
  ])('%s', (_name, payments, change, wanted) => {
    expect(said(orderWith(payments, change))).toEqual(wanted && [wanted, true]);
  });
});

describe('what a webhook proves', () => {
  test('within an hour: when it was made; else: then or before', () => {
    expect(said(orderWith(null, { updatedAt: at(1) }))).toEqual([at(0), true]);
    expect(said(orderWith(null, { updatedAt: at(9) }))).toEqual([at(9), false]);
    expect(said(orderWith(null, { financial: 'pending' }))).toBeNull();
  });

  test('the earliest counts, in any order and however often', () => {
    const states = fc.array(fc.tuple(fc.nat({ max: 60 }), fc.constantFrom('paid', 'pending', 'refunded')), {
      minLength: 1,
    });
    fc.assert(
      fc.property(states, fc.infiniteStream(fc.nat()), (all, chance) => {
        const proofs = all.map(([hours, financial]) =>
          paidProof(orderWith(null, { updatedAt: at(hours), financial })),
        );
        const shuffled = [...proofs, ...proofs]
          .map((proof) => ({ proof, key: chance.next().value }))
          .sort((a, b) => a.key - b.key);
        const first = all
          .filter(([, financial]) => financial !== 'pending')
          .map(([hours]) => (hours <= 1 ? 0 : hours));
        const earliest = shuffled.reduce<(typeof proofs)[number]>(
          (sum, { proof }) => earlierProof(sum, proof),
          null,
        );
        expect(earliest?.at.toISOString()).toBe(first.length === 0 ? undefined : at(Math.min(...first)));
      }),
    );
  });
});
