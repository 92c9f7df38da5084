/** What histories with refunds leave, from payloads worked out by hand (fixtures/cases/README.md). */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseWebhookJson } from '#app/lib/json.ts';
import { eligibleBase, type BaseOptions } from '#app/modules/earning/rules/eligible-base.ts';
import { decodeOrder } from '#app/modules/orders/rules/decode-order.ts';
import { decodeRefund } from '#app/modules/orders/rules/decode-refund.ts';
import { NO_FACTS } from '#app/modules/orders/rules/kept-facts.ts';
import { orderFigures } from '#app/modules/orders/rules/order-figures.ts';
import { loadRefund, storeRefund, type StoredRefund } from '#app/modules/orders/rules/order-json.ts';
import type { OrderRefund, OrderState } from '#app/modules/orders/rules/order-state.ts';
import { orderPayload, refundPayload, type OrderSpec, type RefundSpec } from '#test/support/orders.ts';

const OPTIONS: BaseOptions = {
  earnAt: 'paid',
  includeTax: false,
  includeShipping: false,
  excluded: { productIds: [], collectionIds: [], tags: [] },
};

const payload = (name: string, file: string) =>
  parseWebhookJson(readFileSync(`fixtures/cases/${name}/${file}`, 'utf8'));

function given(name: string) {
  const files = readdirSync(`fixtures/cases/${name}`).sort();
  const { order } = decodeOrder(payload(name, files[0] ?? ''));
  const refunds = files
    .filter((file) => file.includes('refunds_create'))
    .map((file) => decodeRefund(payload(name, file), order.currency));
  return { order, refunds };
}

const base = (order: OrderState, refunds: readonly OrderRefund[], options: Partial<BaseOptions> = {}) =>
  eligibleBase(order, refunds, { ...OPTIONS, ...options }, NO_FACTS).totalMinor;
const figuresOf = (
  order: OrderState,
  refunds: readonly OrderRefund[],
  currency: string | null,
  eligibleAt: Date | null = order.processedAt,
) => orderFigures({ order, refunds, eligibleAt }, currency);
const net = (order: OrderState, refunds: readonly OrderRefund[]) =>
  figuresOf(order, refunds, order.currency).netMinor;

describe('histories worked out by hand', () => {
  test('the tax of refunded shipping goes back with it', () => {
    const { order, refunds } = given('04-shipping-tax-refund');
    expect(net(order, refunds)).toBe(10_800n);
    expect(base(order, refunds)).toBe(10_000n);
    expect(base(order, refunds, { includeShipping: true, includeTax: true })).toBe(10_800n);
  });

  test('a return after a goodwill refund moves only the rest, so the goodwill no longer takes from what is kept', () => {
    const { order, refunds } = given('06-goodwill-then-return');
    const reversed = refunds.toReversed();
    for (const known of [refunds, reversed]) {
      expect(net(order, known)).toBe(10_000n);
      expect(base(order, known)).toBe(10_000n);
    }
    expect(net(order, refunds.slice(0, 1))).toBe(15_000n);
    expect(base(order, refunds.slice(0, 1))).toBe(15_000n);
  });

  test('the last state of an order says the same as its events', () => {
    const { order, refunds } = decodeOrder(payload('06-goodwill-then-return', '4-orders_updated.json'));
    expect(net(order, refunds)).toBe(10_000n);
    expect(base(order, refunds)).toBe(10_000n);
  });

  test('duties go back with the line, also after storing', () => {
    const { order, refunds: told } = given('07-duties');
    const refunds = told.map((each) => {
      const stored: StoredRefund = JSON.parse(JSON.stringify(storeRefund(each)));
      return loadRefund(each.refundId, each.orderId, each.refundedAt, stored);
    });
    expect(refunds).toEqual(told);
    expect(base(order, [])).toBe(15_000n);
    expect(base(order, refunds)).toBe(5_000n);
    expect(net(order, refunds)).toBe(5_500n);
  });
});

describe('a tip, by payloads (01-tip)', () => {
  const paid = (file: string) => decodeOrder(payload('01-tip', file)).order;

  test.each([
    ['orders_paid.json', 5_000n, 5_359n],
    ['webhook-with-real-tip-shape.json', 10_000_000n, 12_500_000n],
  ])('%s: only the goods earn; the spend includes it', (file, earning, spent) => {
    const order = paid(file);
    expect(base(order, [], { includeTax: true })).toBe(earning);
    expect(net(order, [])).toBe(spent);
  });

  test('it is no piece and no product', () => {
    const figures = figuresOf(paid('as-piece-orders_paid.json'), [], 'USD');
    expect(figures.items).toBe(1);
    expect(figures.lines.map(({ title }) => title)).toEqual(['Thing 0']);
  });

  test('it is nothing to be fulfilled', () => {
    const options = { earnAt: 'fulfilled', includeShipping: true } as const;
    expect(base(paid('handed-over-1-orders_paid.json'), [], options)).toBe(0n);
    expect(base(paid('handed-over-2-orders_fulfilled.json'), [], options)).toBe(11_000n);
  });
});

function decoded(spec: Omit<OrderSpec, 'id'>, ...specs: (Omit<RefundSpec, 'id' | 'order'> & object)[]) {
  const { order } = decodeOrder(orderPayload({ id: 7, currency: 'USD', ...spec }));
  const payloads = specs.map((refund, index) => refundPayload({ id: index + 1, order: 7, ...refund }, 'USD'));
  return { order, payloads, refunds: payloads.map((each) => decodeRefund(each, 'USD')) };
}

describe('what went back', () => {
  const paid = (amount: string, more: object = {}) => ({
    transactions: [{ kind: 'refund', status: 'success', currency: 'USD', amount, ...more }],
  });

  test('the money that moved counts, to the cent, not the share of the line', () => {
    const { order, payloads } = decoded({ lines: [{ price: 33.35, quantity: 3 }] }, { lines: { 1: 1 } });
    const refund = decodeRefund({ ...payloads[0], ...paid('33.34') }, 'USD');
    expect(net(order, [refund])).toBe(10_005n - 3_334n);
  });

  test.each([
    ['failed', paid('33.34', { status: 'failure' })],
    ['in the currency of the buyer', paid('99.99', { currency: 'EUR' })],
    ['absent', { transactions: [] }],
  ])('a transaction that is %s says nothing: lines and adjustments do', (_name, transactions) => {
    const { order, payloads } = decoded(
      { lines: [{ price: 10, quantity: 3 }] },
      { lines: { 1: 1 }, extra: 2 },
    );
    expect(net(order, [decodeRefund({ ...payloads[0], ...transactions }, 'USD')])).toBe(1_800n);
  });

  test('without transactions, duties, fees and the tax of shipping are added up', () => {
    const { order } = decoded({ lines: [{ price: 100 }] });
    const money = (amount: string) => ({ shop_money: { amount, currency_code: 'USD' } });
    const refund = decodeRefund(
      {
        id: 1,
        order_id: 7,
        duties: [{ duty_id: 1, amount_set: money('3.00') }],
        total_duties_set: money('3.00'),
        additional_fees: [],
        total_additional_fees_set: money('2.00'),
        refund_shipping_lines: [{ subtotal_amount_set: money('10.00'), tax_amount_set: money('0.80') }],
        order_adjustments: [{ kind: 'shipping_refund', amount: '-10.00', tax_amount: '-0.80' }],
      },
      'USD',
    );
    expect(net(order, [refund])).toBe(10_000n - 1_580n);
    expect(net({ ...order, taxesIncluded: true }, [refund])).toBe(10_000n - 1_500n);
  });

  test.each(['Full return balancing adjustment', 'PENDING_REFUND_DISCREPANCY'])(
    '%s is no money',
    (reason) => {
      const { order } = decoded({ lines: [{ price: 100 }] });
      const adjustment = { kind: 'refund_discrepancy', reason, amount: '-40.00' };
      const refund = decodeRefund({ id: 1, order_id: 7, order_adjustments: [adjustment] }, 'USD');
      expect(net(order, [refund])).toBe(10_000n);
      expect(base(order, [refund])).toBe(10_000n);
    },
  );

  test('money back for pieces that an edit removed counts once', () => {
    const { order, refunds } = decoded({ lines: [{ price: 50, quantity: 4, left: 3 }] }, { extra: 60 });
    expect(net(order, refunds)).toBe(14_000n);
    expect(base(order, refunds)).toBe(14_000n);
    expect(net(order, [])).toBe(15_000n);
  });

  test('a goodwill refund is shared with the shipping that is left, not with what was given back', () => {
    const { order, refunds } = decoded(
      { lines: [{ price: 100 }], shipping: 100 },
      { shipping: 100 },
      { extra: 50 },
    );
    expect(base(order, refunds)).toBe(5_000n);
  });

  test('a goodwill refund is not shared with a tip', () => {
    const { order, refunds } = decoded({ lines: [{ price: 100 }, { price: 100, tip: true }] }, { extra: 50 });
    expect(base(order, refunds)).toBe(5_000n);
  });
});

test('an order in another currency than the shop has pieces and no money', () => {
  const { order, refunds } = decoded({ lines: [{ price: 100, quantity: 3 }] }, { lines: { 1: 1 } });
  const figures = figuresOf(order, refunds, 'IDR');
  expect(figures).toMatchObject({ isValid: true, items: 2, netMinor: 0n });
  expect(figures.lines).toMatchObject([{ keptQuantity: 2, netMinor: 0n }]);
  expect(figuresOf(order, refunds, 'USD')).toMatchObject({ items: 2, netMinor: 20_000n });
  expect(figuresOf(order, refunds, null)).toMatchObject({ items: 2, netMinor: 20_000n });
});

test('a tip is no product, no piece and nothing to be fulfilled', () => {
  const lines = [
    { price: 100, fulfilled: 1 },
    { price: 5, tip: true },
  ];
  const { order } = decoded({ lines, shipping: 10 });
  const figures = figuresOf(order, [], 'USD');
  expect(figures.items).toBe(1);
  expect(figures.lines.map((line) => line.title)).toEqual(['Piece 1']);
  expect(base(order, [], { earnAt: 'fulfilled', includeShipping: true })).toBe(11_000n);
});
