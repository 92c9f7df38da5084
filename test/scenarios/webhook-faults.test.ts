/**
 * The sandbox sends webhooks twice, late and in any order, so that refunds come before the order was paid. Two
 * customers have the same history, one with such faults and one without; both end with the points that the sums give.
 * Then some are lost altogether, and reconciliation finds their content.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openClub } from '../../scripts/lib/shop-visit.ts';
import { startApp, type TestApp } from '#test/support/app.ts';
import {
  expectCleanAudit,
  pointsByCustomer,
  queryRows,
  runOps,
  waitUntilWorked,
} from '#test/support/figures.ts';
import { seededRandom, type Random } from '#test/support/random.ts';
import { newShopper } from '#test/support/shopper.ts';

const SHOP = 'setia-demo.myshopify.com';
const ORDERS = 25;
const FAULT_DELAY_MS = 2_500;
/** Longer than a refund takes on a busy machine. */
const PAID_DELAY_MS = 8_000;
/** Its payment is told of after its refund, whatever chance brings. */
const LATE: OrderStory = {
  lines: [{ price: 100_000, quantity: 3 }],
  refunds: [{ line: 0, quantity: 1 }],
  isCancelled: false,
};
const STEP = 100_000;
const random = seededRandom('webhook-faults');

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
  await openClub(app, SHOP);
});
afterAll(() => app?.stop());

test('shuffled, doubled and late, refunds before paid: the same balance as in order', async () => {
  const stories = Array.from({ length: ORDERS }, () => makeStory(random));
  const points = [LATE, ...stories].reduce((sum, story) => sum + pointsOf(story), 0);
  const [calm, troubled] = [await newShopper(app, SHOP), await newShopper(app, SHOP)];
  for (const story of [LATE, ...stories]) await play(calm.id, story);
  await allDelivered();

  await arm({ kind: 'delay', times: 1, operation: 'orders/paid', delayMs: PAID_DELAY_MS });
  await play(troubled.id, LATE);
  for (const kind of random.shuffle(['shuffle', 'duplicate', 'shuffle', 'delay', 'shuffle', 'shuffle'])) {
    await arm({ kind, times: random.between(5, 15), delayMs: FAULT_DELAY_MS });
  }
  for (const story of random.shuffle(stories)) await play(troubled.id, story);
  await allDelivered();

  expect(await refundsBeforePaid(troubled.id)).toBeGreaterThan(0);
  const seen = await pointsByCustomer(app, SHOP);
  expect([seen[calm.id] ?? 0, seen[troubled.id] ?? 0]).toEqual([points, points]);
  await expectCleanAudit(app);
});

const QUARTER_MS = 900_000;
/** More than the test takes on a busy machine, and than the worker's own run does. */
const FREE_MS = 60_000;
const OWN_RUN_MS = 10_000;

/** The worker reconciles each quarter of an hour by itself: it would find what this test loses before the test does. */
async function untilFarFromQuarter(): Promise<void> {
  const since = Date.now() % QUARTER_MS;
  if (since < OWN_RUN_MS) await sleep(OWN_RUN_MS - since);
  else if (QUARTER_MS - since < FREE_MS) await sleep(QUARTER_MS - since + OWN_RUN_MS);
}

test('what lost webhooks contained, reconciliation finds', async () => {
  await untilFarFromQuarter();
  const shopper = await newShopper(app, SHOP);
  const paid = await shopper.order(1_000_000);
  await shopper.expectFigures({ balance: 100, available: 100, held: 0, debt: 0 });
  const answer = await shopper.reserve(30);
  if (!answer.ok) throw new Error(answer.reason);

  await arm({ kind: 'drop', times: 100 });
  // Rp 300,000 less Rp 3,000: 2 full steps.
  await shopper.order(300_000, [answer.redemption.code]);
  await app.control('POST', 'refunds', { shop: SHOP, order: paid.id, full: true });
  const unpaid = await app.control<{ order: { id: number } }>('POST', 'orders', {
    shop: SHOP,
    customer: shopper.id,
    lines: [{ title: 'Kain', price: '500000.00', quantity: 1 }],
    paid: false,
  });
  await app.control('POST', `orders/${unpaid.order.id}/pay`, { shop: SHOP });
  await fetch(`${app.sandboxUrl}/_control/faults`, { method: 'DELETE' });
  // A webhook sent after the lost ones has arrived and is processed: none of those is still in flight.
  const later = await newShopper(app, SHOP);
  await later.order(STEP);
  await later.expectFigures({ balance: 10, available: 10, held: 0, debt: 0 });
  await allDelivered();
  await shopper.expectFigures({ balance: 100, available: 70, held: 30, debt: 0 });

  const first = await runOps(app, 'reconcile', '--shop', SHOP, '--json');
  expect(first).toMatchObject({ exitCode: 0 });
  expect(JSON.parse(first.stdout)).toMatchObject([{ missed: 3, error: null }]);
  await waitUntilWorked(app);
  // 100 - 100 refunded - 30 spent + 20 + 50; the points come to 40 without debt.
  await shopper.expectFigures({ balance: 40, available: 40, held: 0, debt: 0 });

  const second = await runOps(app, 'reconcile', '--shop', SHOP, '--json');
  expect(JSON.parse(second.stdout)).toMatchObject([{ missed: 0, error: null }]);
  await expectCleanAudit(app);
});

/** The history of one order: lines in whole rupiah, then refunds of single units, perhaps a cancellation. */
interface OrderStory {
  lines: { price: number; quantity: number }[];
  refunds: { line: number; quantity: number }[];
  isCancelled: boolean;
}

function makeStory(chance: Random): OrderStory {
  const lines = Array.from({ length: chance.between(1, 2) }, () => ({
    price: chance.between(30, 300) * 1_000,
    quantity: chance.between(2, 4),
  }));
  const refunds = Array.from({ length: chance.between(0, 2) }, () => ({
    line: chance.between(0, lines.length - 1),
    quantity: 1,
  }));
  return { lines, refunds, isCancelled: chance.chance(0.1) };
}

function pointsOf({ lines, refunds, isCancelled }: OrderStory): number {
  if (isCancelled) return 0;
  const worth = lines.reduce((sum, line) => sum + line.price * line.quantity, 0);
  const back = refunds.reduce((sum, { line, quantity }) => sum + lines[line]!.price * quantity, 0);
  return Math.floor((worth - back) / STEP) * 10;
}

/** Placed unpaid and paid at once, so that everything follows closely. */
async function play(customer: number, { lines, refunds, isCancelled }: OrderStory): Promise<void> {
  const { order } = await app.control<{ order: { id: number } }>('POST', 'orders', {
    shop: SHOP,
    customer,
    lines: lines.map((line) => ({ title: 'Kain', ...line, price: line.price.toFixed(2) })),
    paid: false,
  });
  await app.control('POST', `orders/${order.id}/pay`, { shop: SHOP });
  for (const line of refunds)
    await app.control('POST', 'refunds', { shop: SHOP, order: order.id, lines: [line] });
  if (isCancelled) await app.control('POST', `orders/${order.id}/cancel`, { shop: SHOP, refund: true });
}

async function arm(fault: {
  kind: string;
  times: number;
  operation?: string;
  delayMs?: number;
}): Promise<void> {
  await app.control('POST', 'faults', { target: 'webhook', shop: SHOP, ...fault });
}

async function allDelivered(): Promise<void> {
  const { idle } = await app.control<{ idle: boolean }>('POST', 'idle', { timeoutMs: 120_000 });
  expect(idle).toBe(true);
  await waitUntilWorked(app);
}

/** Orders of a customer whose first refund arrived before the payment. */
async function refundsBeforePaid(customer: number): Promise<number> {
  const [row] = await queryRows<{ count: number }>(
    app,
    `SELECT count(*)::int AS count FROM webhook_events paid JOIN LATERAL (
       SELECT min(inbox_id) AS first FROM webhook_events
        WHERE topic = 'refunds/create' AND body::jsonb ->> 'order_id' = paid.body::jsonb ->> 'id') refund ON true
      WHERE paid.topic = 'orders/paid' AND paid.body::jsonb -> 'customer' ->> 'id' = $1 AND refund.first < paid.inbox_id`,
    [String(customer)],
  );
  return row?.count ?? 0;
}
