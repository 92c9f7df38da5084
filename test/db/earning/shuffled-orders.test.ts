/**
 * Any order of the input gives the same balances (I10): the events of 1,000 orders, with edits, partial refunds,
 * cancellations, codes and duplicates, shuffled and worked in batches that run at the same time.
 */
import { beforeAll, expect, test } from 'vitest';
import { pool, withTransaction } from '#app/db.server.ts';
import { openPosting, writePosting } from '#app/modules/ledger/post.server.ts';
import type { OrderEvent } from '#app/modules/earning/award/read-events.ts';
import { award, audit, givenClub, type TestClub } from '#test/support/clubs.ts';
import { orderPayload, refundPayload, type OrderSpec, type RefundSpec } from '#test/support/orders.ts';

const ORDERS = 1_000;
const CUSTOMERS = 60;
const SEEDS = 4;
const LANES = 3;
const FIRST_SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
const REDEMPTIONS = 200;
const REDEMPTION_UNITS = 40n;

/** mulberry32: the same numbers for the same seed. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

type Story = Omit<OrderEvent, 'shopId'>[];

const at = (order: number, step: number) => new Date(Date.UTC(2026, 10, 1) + order * 60_000 + step * 1_000);

/** What happens to one order, in the order in which it happens. */
function storyOf(id: number, chance: (below: number) => number): Story {
  let order: OrderSpec = {
    id,
    customer: 1 + chance(CUSTOMERS),
    lines: [
      { price: 50_000 + chance(40) * 10_000, quantity: 1 + chance(4) },
      { price: 100_000, quantity: 2 },
    ],
    refunds: [],
    processedAt: at(id, 0).toISOString(),
  };
  if (id <= REDEMPTIONS)
    order = { ...order, discounts: [{ code: codeOf(id), takes: [4_000 - chance(3) * 1_000] }] };
  if (chance(3) === 0) order = { ...order, financial: 'pending' };
  const story: Story = [];
  const tell = (topic: string, change: Partial<OrderSpec> = {}) => {
    order = { ...order, ...change, updatedAt: at(id, story.length).toISOString() };
    story.push({ topic, triggeredAt: at(id, story.length), payload: orderPayload(order) });
  };
  const refund = (refunded: RefundSpec) => {
    tell('orders/updated', {
      financial: 'partially_refunded',
      refunds: [...(order.refunds ?? []), refunded],
    });
    story.push({
      topic: 'refunds/create',
      triggeredAt: at(id, story.length),
      payload: refundPayload(refunded),
    });
  };
  tell('orders/updated');
  if (order.financial === 'pending' && chance(5) > 0) tell('orders/paid', { financial: 'paid' });
  if (chance(4) === 0)
    tell('orders/updated', {
      lines: [
        { price: 10_000 + chance(90) * 10_000, quantity: 4 },
        { price: 100_000, quantity: 2 },
      ],
    });
  if (chance(12) === 0) tell('orders/updated', { customer: 1 + chance(CUSTOMERS) });
  for (let number = chance(3); number > 0 && order.financial !== 'pending'; number--) {
    refund({
      id: id * 10 + number,
      order: id,
      ...(chance(4) === 0 ? { extra: 30_000 } : { lines: { [1 + chance(2)]: 1 } }),
      at: at(id, story.length).toISOString(),
    });
  }
  if (chance(15) === 0) tell('orders/cancelled', { cancelledAt: at(id, story.length).toISOString() });
  return story;
}

const codeOf = (order: number) => `SETIA-${order}`;

/** Members with 100 points each and a code of 40 points for each of the first orders, some of them given back already. */
async function givenMembers(club: TestClub): Promise<void> {
  await withTransaction(async (tx) => {
    const keys = Array.from({ length: CUSTOMERS }, (_none, index) => ({
      shopId: club.shopId,
      customerId: BigInt(index + 1),
      unit: 'POINTS' as const,
    }));
    const plan = await openPosting(tx, keys, []);
    const now = new Date();
    for (const key of keys) {
      plan.earn(
        key,
        'manual_add',
        100n,
        { validFrom: new Date(0), expiresAt: null, orderId: null },
        { key: `start:${key.customerId}`, source: 'staff', actor: 'test', effectiveAt: now },
      );
    }
    for (let order = 1; order <= REDEMPTIONS; order++)
      if (order % 5 > 0) plan.hold(keys[order % CUSTOMERS]!, uuidOf(order), REDEMPTION_UNITS);
    await writePosting(tx, plan);
    await tx.query(
      `INSERT INTO redemptions (shop_id, redemption_id, customer_id, client_key, input_hash, unit, units, amount_minor, currency, code, state, expires_at)
       SELECT $1, ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 1 + n % ${CUSTOMERS}, 'key-' || n, '', 'POINTS', $2::bigint, $2::bigint * 10000, 'IDR', 'SETIA-' || n,
         CASE WHEN n % 5 = 0 THEN 'released' ELSE 'issued' END, ledger_now() + interval '2 hours' FROM generate_series(1, $3::int) n`,
      [club.shopId, REDEMPTION_UNITS, REDEMPTIONS],
    );
  });
}

const uuidOf = (order: number) => `00000000-0000-4000-8000-${String(order).padStart(12, '0')}`;

async function wallets({ shopId }: TestClub): Promise<string[]> {
  const { rows } = await pool.query<{ line: string }>(
    `SELECT customer_id || ': ' || balance || ' held ' || held || ' debt ' || debt AS line FROM ledger_accounts WHERE shop_id = $1 ORDER BY customer_id`,
    [shopId],
  );
  return rows.map((row) => row.line);
}

/** Fisher and Yates, with every tenth event twice. */
function shuffled(events: Story, chance: (below: number) => number): Story {
  const deck = events.flatMap((event) => (chance(10) === 0 ? [event, event] : [event]));
  for (let last = deck.length - 1; last > 0; last--) {
    const other = chance(last + 1);
    [deck[last], deck[other]] = [deck[other]!, deck[last]!];
  }
  return deck;
}

/** Works the events off in batches of 1 to 400, several at a time, as several workers would. */
async function deliver(club: TestClub, events: Story, chance: (below: number) => number): Promise<void> {
  const queue = [...events];
  const lane = async () => {
    while (queue.length > 0) {
      const batch = queue.splice(0, 1 + chance(400));
      await award(...batch.map((event) => ({ ...event, shopId: club.shopId })));
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

/** Audits again and again while the work goes on: it looks at one moment, so it must be clean in every one. */
async function auditDuring(club: TestClub, work: Promise<void>): Promise<string[]> {
  let isDone = false;
  const end = work.finally(() => (isDone = true));
  const differences: string[] = [];
  while (!isDone) differences.push(...(await audit(club)));
  await end;
  return differences;
}

let stories: Story;
let inOrder: string[];
beforeAll(async () => {
  const chance = random(FIRST_SEED);
  const told = Array.from({ length: ORDERS }, (_none, index) => storyOf(index + 1, chance));
  // Step by step over all orders, so that every state of an order is worked by itself.
  const steps = Math.max(...told.map((story) => story.length));
  stories = Array.from({ length: steps }, (_none, step) =>
    told.flatMap((story) => story.slice(step, step + 1)),
  ).flat();
  const club = await givenClub();
  await givenMembers(club);
  for (let start = 0; start < stories.length; start += 200)
    await award(...stories.slice(start, start + 200).map((event) => ({ ...event, shopId: club.shopId })));
  // With statistics, as in production: what reads JSON must not be planned badly by them.
  await pool.query('ANALYZE');
  expect(await audit(club)).toEqual([]);
  inOrder = await wallets(club);
});

test('the story is worth telling', async () => {
  const { rows } = await pool.query<{ kind: string; count: number }>(
    'SELECT kind, count(*)::int AS count FROM ledger_entries GROUP BY 1',
  );
  const counts = Object.fromEntries(rows.map((row) => [row.kind, row.count]));
  expect(counts.order_spend).toBeGreaterThan(800);
  expect(counts.refund_reversal).toBeGreaterThan(200);
  expect(counts.cancel_reversal).toBeGreaterThan(20);
  expect(counts.redeem).toBeGreaterThan(100);
  expect(counts.restore).toBeGreaterThan(30);
  expect(inOrder.some((line) => !line.includes('held 0'))).toBe(true);
});

test.each(Array.from({ length: SEEDS }, (_none, index) => FIRST_SEED + index + 1))(
  `SEED=${FIRST_SEED}: the same balances shuffled by %i, and the audit is clean`,
  async (seed) => {
    const chance = random(seed);
    const club = await givenClub();
    await givenMembers(club);
    const work = deliver(club, shuffled(stories, chance), chance);
    const differences = seed === FIRST_SEED + 1 ? await auditDuring(club, work) : [];
    await work;
    expect(differences).toEqual([]);
    expect(await audit(club)).toEqual([]);
    expect(await wallets(club)).toEqual(inOrder);
  },
);
