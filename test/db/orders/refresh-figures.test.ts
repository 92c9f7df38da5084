/** What is kept of customers' orders, held against plain sums over the orders' final states. */
import { expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { award, givenClub, orderEvent, refundEvent, type TestClub } from '#test/support/clubs.ts';
import type { OrderSpec } from '#test/support/orders.ts';
import { seededRandom } from '#test/support/random.ts';

async function statsOf({ shopId }: TestClub, customerId: number) {
  const { rows } = await pool.query<Record<string, unknown>>(
    `SELECT orders_all, orders_valid, items, total_all_minor::int AS total_all_minor, spend_minor::int AS spend_minor,
       first_order_at, last_order_at, before_last_order_at, latest_order_status, active_months
     FROM customer_stats WHERE shop_id = $1 AND customer_id = $2`,
    [shopId, customerId],
  );
  return rows[0];
}

const DAY = (day: number) => new Date(Date.UTC(2026, 0, day)).toISOString();

test('orders of every status are counted, valid ones summed net of what went back', async () => {
  const club = await givenClub();
  const lines = [{ price: 100, quantity: 3 }];
  await award(
    orderEvent(club, { id: 1, customer: 5, lines, processedAt: DAY(1) }),
    orderEvent(club, { id: 2, customer: 5, lines, processedAt: DAY(20), financial: 'pending' }),
    orderEvent(club, { id: 3, customer: 5, lines, processedAt: DAY(40) }),
    orderEvent(club, { id: 4, customer: 5, lines, processedAt: DAY(50), cancelledAt: DAY(51) }),
    orderEvent(club, { id: 5, customer: 5, lines, processedAt: DAY(45), test: true }),
  );
  await award(refundEvent(club, { id: 9, order: 3, lines: { 1: 1 }, extra: 50 }));
  expect(await statsOf(club, 5)).toEqual({
    orders_all: 5,
    orders_valid: 2,
    items: 5,
    total_all_minor: 150_000,
    spend_minor: 45_000,
    first_order_at: new Date(DAY(1)),
    last_order_at: new Date(DAY(40)),
    before_last_order_at: new Date(DAY(1)),
    latest_order_status: 'cancelled',
    active_months: 2,
  });
  const { rows } = await pool.query(
    `SELECT kept_quantity, net_minor::int AS net_minor FROM order_lines WHERE shop_id = $1 AND order_id = 3`,
    [club.shopId],
  );
  expect(rows).toEqual([{ kept_quantity: 2, net_minor: 20_000 }]);
});

test('an order that changes hands is counted with its new customer only', async () => {
  const club = await givenClub();
  const lines = [{ price: 100 }];
  await award(orderEvent(club, { id: 1, customer: 5, lines, updatedAt: DAY(1) }));
  await award(orderEvent(club, { id: 1, customer: 6, lines, updatedAt: DAY(2) }));
  expect(await statsOf(club, 5)).toMatchObject({ orders_all: 0, spend_minor: 0, first_order_at: null });
  expect(await statsOf(club, 6)).toMatchObject({ orders_all: 1, spend_minor: 10_000 });
});

test('any events in any order, doubled, come to the sums of the final states', async () => {
  const club = await givenClub();
  const random = seededRandom('customer stats');
  const finals: OrderSpec[] = [];
  const events = [];
  for (let id = 1; id <= 40; id += 1) {
    let spec: OrderSpec = {
      id,
      customer: random.between(1, 4),
      lines: [
        { price: random.between(1, 50), quantity: random.between(1, 4) },
        { price: random.between(1, 9) },
      ],
      financial: 'pending',
      processedAt: DAY(random.between(1, 300)),
    };
    for (let version = 1; version <= random.between(1, 4); version += 1) {
      const refunds = [...(spec.refunds ?? [])];
      if (version > 2) refunds.push({ id: id * 10 + version, order: id, lines: { 1: 1 } });
      spec = { ...spec, financial: 'paid', refunds, updatedAt: DAY(300 + version) };
      if (random.chance(0.1)) spec = { ...spec, cancelledAt: DAY(310) };
      events.push(orderEvent(club, spec));
    }
    finals.push(spec);
  }
  for (const event of random.shuffle([...events, ...events])) await award(event);
  for (const customer of [1, 2, 3, 4]) {
    const own = finals.filter((spec) => spec.customer === customer);
    const valid = own.filter((spec) => !spec.cancelledAt);
    const pieces = ({ lines, refunds = [] }: OrderSpec) =>
      (lines[0]?.quantity ?? 1) + 1 - Math.min(refunds.length, lines[0]?.quantity ?? 1);
    const net = (spec: OrderSpec) =>
      spec.lines.reduce((sum, line) => sum + line.price * (line.quantity ?? 1), 0) -
      Math.min(spec.refunds?.length ?? 0, spec.lines[0]?.quantity ?? 1) * (spec.lines[0]?.price ?? 0);
    expect(await statsOf(club, customer)).toMatchObject({
      orders_all: own.length,
      orders_valid: valid.length,
      items: valid.reduce((sum, spec) => sum + pieces(spec), 0),
      spend_minor: valid.reduce((sum, spec) => sum + net(spec) * 100, 0),
      active_months: new Set(valid.map((spec) => monthInJakarta(spec.processedAt ?? ''))).size,
    });
  }
});

const monthInJakarta = (timestamp: string) =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Jakarta', year: 'numeric', month: '2-digit' }).format(
    new Date(timestamp),
  );
