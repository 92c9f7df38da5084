/** What an order in this state means for a redemption in that one: the whole table. */
import { describe, expect, test } from 'vitest';
import { decodeOrder } from '#app/modules/orders/rules/decode-order.ts';
import { decodeRefund } from '#app/modules/orders/rules/decode-refund.ts';
import type { RedemptionState } from '#app/modules/redemptions/rules/redemption.ts';
import { decideSettlement, type RedemptionFacts } from '#app/modules/redemptions/rules/settlement.ts';
import { orderPayload, refundPayload, type OrderSpec, type RefundSpec } from '#test/support/orders.ts';

/** 500 points for a code of 50,000 that takes 50,000 off two lines of 100,000. */
const CODE = { code: 'setia-x', takes: [25_000, 25_000] };
const facts = (change: Partial<RedemptionFacts> = {}): RedemptionFacts => ({
  kind: 'pay',
  state: 'issued',
  code: 'SETIA-X',
  units: 500n,
  amountMinor: 50_000_00n,
  currency: 'IDR',
  orderId: null,
  settledUnits: null,
  ...change,
});
const settled = facts({ state: 'settled', orderId: 7n, settledUnits: 500n });

function decide(
  redemption: RedemptionFacts,
  order: Partial<OrderSpec> = {},
  refunds: Partial<RefundSpec>[] = [],
) {
  const { order: state } = decodeOrder(
    orderPayload({
      id: 7,
      customer: 9,
      lines: [{ price: 100_000, quantity: 2 }, { price: 100_000 }],
      discounts: [CODE],
      ...order,
    }),
  );
  return decideSettlement(
    redemption,
    state,
    refunds.map((refund, id) => decodeRefund(refundPayload({ id, order: 7, ...refund }), 'IDR')),
  );
}

const PAID = {};
const PENDING = { financial: 'pending' };
const CANCELLED = { financial: 'pending', cancelledAt: '2026-11-21T00:00:00Z' };
const CANCELLED_PAID = { financial: 'refunded', cancelledAt: '2026-11-21T00:00:00Z' };
const WITHOUT_CODE = { discounts: [] };

type Action = 'none' | 'attach' | 'release' | 'settle' | 'restore';
const TABLE: [RedemptionState, Record<'paid' | 'pending' | 'cancelled' | 'cancelledPaid', Action>][] = [
  ['reserved', { paid: 'settle', pending: 'attach', cancelled: 'release', cancelledPaid: 'release' }],
  ['issued', { paid: 'settle', pending: 'attach', cancelled: 'release', cancelledPaid: 'release' }],
  ['expired', { paid: 'settle', pending: 'attach', cancelled: 'release', cancelledPaid: 'release' }],
  ['released', { paid: 'settle', pending: 'none', cancelled: 'none', cancelledPaid: 'none' }],
  ['failed', { paid: 'settle', pending: 'none', cancelled: 'none', cancelledPaid: 'none' }],
];

test.each(TABLE)('%s', (state, wanted) => {
  expect({
    paid: decide(facts({ state }), PAID).action,
    pending: decide(facts({ state }), PENDING).action,
    cancelled: decide(facts({ state }), CANCELLED).action,
    cancelledPaid: decide(facts({ state }), CANCELLED_PAID).action,
  }).toEqual(wanted);
  expect(decide(facts({ state }), WITHOUT_CODE).action).toBe('none');
});

describe('before it is settled', () => {
  test('an order that holds it already need not attach again', () => {
    expect(decide(facts({ orderId: 7n }), PENDING)).toEqual({ action: 'none' });
  });
  test('an order that lost its code by editing gives the hold back, and only that order', () => {
    expect(decide(facts({ orderId: 7n }), WITHOUT_CODE)).toEqual({ action: 'release' });
    expect(decide(facts({ orderId: 8n }), WITHOUT_CODE)).toEqual({ action: 'none' });
    expect(decide(facts({ state: 'released', orderId: 7n }), WITHOUT_CODE)).toEqual({ action: 'none' });
  });
  test('a code that took nothing off is given back', () => {
    expect(decide(facts(), { discounts: [{ ...CODE, takes: [] }] })).toEqual({ action: 'release' });
    expect(decide(facts({ state: 'released' }), { discounts: [{ ...CODE, takes: [] }] })).toEqual({
      action: 'none',
    });
  });
  test('spends what was really taken off, shipping included', () => {
    expect(decide(facts())).toEqual({ action: 'settle', units: 500n, amountMinor: 50_000_00n });
    // Two currencies cannot be compared: the code is used up, so all of it is spent.
    expect(decide(facts({ currency: 'USD', amountMinor: 5_000_000_00n }))).toEqual({
      action: 'settle',
      units: 500n,
      amountMinor: null,
    });
    expect(decide(facts(), { discounts: [{ ...CODE, takes: [30_000] }] })).toEqual({
      action: 'settle',
      units: 300n,
      amountMinor: 30_000_00n,
    });
    expect(
      decide(facts(), { shipping: 9_000, discounts: [{ ...CODE, takes: [10_000], shipping: 5_000 }] }),
    ).toEqual({ action: 'settle', units: 150n, amountMinor: 15_000_00n });
  });
  test('a reward costs its whole price, whatever it took off', () => {
    const reward = facts({ kind: 'reward', amountMinor: 0n });
    const taking = (takes: number[]) => decide(reward, { discounts: [{ ...CODE, takes }] });
    expect(taking([25_000, 25_000])).toEqual({ action: 'settle', units: 500n, amountMinor: 50_000_00n });
    expect(taking([0.01])).toEqual({ action: 'settle', units: 500n, amountMinor: 1n });
    expect(taking([])).toEqual({ action: 'release' });
  });
  test('other discounts of the order are not ours', () => {
    expect(
      decide(facts(), {
        discounts: [{ takes: [7_000] }, { ...CODE, takes: [20_000] }, { code: 'OTHER', takes: [1_000] }],
      }),
    ).toEqual({ action: 'settle', units: 200n, amountMinor: 20_000_00n });
  });
  test('codes compare ignoring case', () => {
    expect(decide(facts({ code: 'Setia-x' })).action).toBe('settle');
    expect(decide(facts({ code: 'SETIA-Y' })).action).toBe('none');
  });
  test('a manual discount with the same text is no redemption', () => {
    expect(decide(facts(), { discounts: [{ ...CODE, type: 'manual' }] })).toEqual({ action: 'none' });
  });
});

describe('after it was settled', () => {
  test('the order as it was asks for nothing', () => {
    expect(decide(settled)).toEqual({ action: 'restore', target: 0n });
  });
  test('another order with the code has nothing to do with it', () => {
    expect(decide({ ...settled, orderId: 8n }, CANCELLED_PAID)).toEqual({ action: 'none' });
  });
  test('cancelled or wholly refunded: all of it comes back, whatever is left of the discount', () => {
    expect(decide(settled, CANCELLED_PAID)).toEqual({ action: 'restore', target: 500n });
    expect(decide(settled, { financial: 'refunded' })).toEqual({ action: 'restore', target: 500n });
    expect(decide(settled, { ...CANCELLED_PAID, ...WITHOUT_CODE })).toEqual({
      action: 'restore',
      target: 500n,
    });
    expect(decide(settled, { ...CANCELLED_PAID, discounts: [{ ...CODE, takes: [] }] })).toEqual({
      action: 'restore',
      target: 500n,
    });
  });
  test('a discount that is gone from a paid order was still taken', () => {
    expect(decide(settled, WITHOUT_CODE)).toEqual({ action: 'none' });
    expect(decide(settled, { discounts: [{ ...CODE, takes: [] }] }, [{ lines: { 1: 1 } }])).toEqual({
      action: 'none',
    });
  });
  test('a piece of two from the first line: a quarter of the discount was on it', () => {
    expect(decide(settled, {}, [{ lines: { 1: 1 } }])).toEqual({ action: 'restore', target: 125n });
  });
  test('both lines in two refunds: all of it, cumulatively', () => {
    expect(decide(settled, {}, [{ lines: { 1: 2 } }])).toEqual({ action: 'restore', target: 250n });
    expect(decide(settled, {}, [{ lines: { 1: 2 } }, { lines: { 2: 1 } }])).toEqual({
      action: 'restore',
      target: 500n,
    });
  });
  test('money back without goods leaves the spend alone', () => {
    expect(decide(settled, {}, [{ extra: 100_000 }])).toEqual({ action: 'restore', target: 0n });
  });
  test('shipping given back returns what was taken off shipping', () => {
    const order = { shipping: 20_000, discounts: [{ ...CODE, takes: [40_000], shipping: 10_000 }] };
    expect(decide(settled, order, [{ shipping: 5_000 }])).toEqual({ action: 'restore', target: 50n });
    expect(decide(settled, order, [{ shipping: 10_000 }])).toEqual({ action: 'restore', target: 100n });
  });
});
