/** The tabs of a customer's page against a plain model over random orders: own, claimed, of a merged record. */
import { beforeAll, describe, expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { readOrdersTab, type CustomerOrder } from '#app/modules/crm/profile/orders-tab.server.ts';
import { readPrintedPoints, readProductsTab } from '#app/modules/crm/profile/products-tab.server.ts';
import { readBalanceLines } from '#app/modules/crm/profile/read-balance-lines.server.ts';
import { readLots } from '#app/modules/crm/profile/read-lots.server.ts';
import { readMetrics } from '#app/modules/crm/profile/read-metrics.server.ts';
import {
  award,
  balanceOf,
  givenClub,
  moveClock,
  orderEvent,
  setClub,
  type TestClub,
} from '#test/support/clubs.ts';
import type { OrderSpec } from '#test/support/orders.ts';
import { seededRandom } from '#test/support/random.ts';

const SITI = 5;
const MERGED = 6;
const OTHER = 7;
const EMAIL = 'siti@example.com';
const PRINTED: Record<number, number> = { 1: 3, 2: 0, 3: 10, 4: 1, 5: 0, 6: 7 };

let club: TestClub;
const specs: OrderSpec[] = [];

const isOfSiti = ({ customer, email }: OrderSpec) =>
  customer === SITI || customer === MERGED || (customer === null && email === EMAIL);
const isValid = (spec: OrderSpec) => spec.financial === 'paid' && !spec.cancelledAt && !spec.test;
const newestFirst = (a: OrderSpec, b: OrderSpec) =>
  (b.processedAt ?? '').localeCompare(a.processedAt ?? '') || Number(b.id) - Number(a.id);

beforeAll(async () => {
  club = await givenClub({ rule: { stepMinor: 1_000n } });
  for (const [product, points] of Object.entries(PRINTED)) {
    await pool.query(
      `INSERT INTO products (shop_id, product_id, title, printed_points, tags, collection_ids) VALUES ($1, $2, $3, $4, '{}', '{}')`,
      [club.shopId, product, product === '2' ? '' : `Product ${product}`, points],
    );
  }
  const random = seededRandom('customer detail');
  for (let id = 1; id <= 130; id += 1) {
    const customer = random.pick([SITI, SITI, MERGED, OTHER, null]);
    const quantity = random.between(1, 4);
    const spec: OrderSpec = {
      id,
      customer,
      ...(customer === null ? { email: EMAIL } : {}),
      lines: [
        { price: random.between(1, 50), quantity, product: random.between(1, 6) },
        { price: random.between(1, 9), product: random.between(1, 6) },
      ],
      financial: random.chance(0.8) ? 'paid' : 'pending',
      // Several at the same moment: the id decides.
      processedAt: new Date(Date.UTC(2026, 0, random.between(1, 60))).toISOString(),
      ...(random.chance(0.1) ? { cancelledAt: '2026-05-01T00:00:00Z' } : {}),
      ...(random.chance(0.1) ? { test: true } : {}),
      ...(random.chance(0.3) ? { note: `Note ${id}` } : {}),
    };
    if (isValid(spec) && random.chance(0.2)) {
      spec.refunds = [{ id: 1_000 + id, order: id, lines: { 1: random.between(1, quantity) } }];
    }
    specs.push(spec);
  }
  const eventsOf = (isGuest: boolean) =>
    specs.filter(({ customer }) => (customer === null) === isGuest).map((spec) => orderEvent(club, spec));
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id, merged_into) VALUES ($1, ${MERGED}, ${SITI})`,
    [club.shopId],
  );
  await award(...eventsOf(false));
  await pool.query(`UPDATE customers SET email = $2 WHERE shop_id = $1 AND customer_id = ${SITI}`, [
    club.shopId,
    EMAIL,
  ]);
  await award(...eventsOf(true));
});

/** Kept pieces of a line of a spec. */
const kept = (spec: OrderSpec, place: number) =>
  (spec.lines[place]?.quantity ?? 1) - (place === 0 ? (spec.refunds?.[0]?.lines?.[1] ?? 0) : 0);

describe('Orders', () => {
  async function walk(side: 'after' | 'before', from: string | null): Promise<CustomerOrder[][]> {
    const pages: CustomerOrder[][] = [];
    for (let position = from; pages.length < 20;) {
      const view = await readOrdersTab(
        club.shopId,
        BigInt(SITI),
        position === null ? null : { side, position },
      );
      pages.push(view?.orders ?? []);
      position = view?.[side] ?? null;
      if (position === null) break;
    }
    return pages;
  }

  test('are all of theirs, newest first, each once, with products, note and channel', async () => {
    const mine = specs.filter(isOfSiti).toSorted(newestFirst);
    const orders = (await walk('after', null)).flat();
    expect(orders.map(({ orderId }) => Number(orderId))).toEqual(mine.map(({ id }) => id));
    for (const [index, order] of orders.entries()) {
      const spec = mine[index]!;
      expect(order).toMatchObject({
        note: spec.note ?? null,
        sourceName: 'web',
        isTest: spec.test ?? false,
        isCancelled: Boolean(spec.cancelledAt),
        isClaimed: spec.customer === null,
        moreLines: 0,
        lines: spec.lines.map((line, place) => ({
          title: `Piece ${place + 1}`,
          quantity: line.quantity ?? 1,
          keptQuantity: kept(spec, place),
        })),
      });
    }
  });

  test('page back to where they came from', async () => {
    const pages = await walk('after', null);
    const { before } = (await readOrdersTab(club.shopId, BigInt(SITI), {
      side: 'after',
      position: await positionOf(pages.at(-2)!.at(-1)!),
    }))!;
    const back = await walk('before', before);
    expect(back.toReversed()).toEqual(pages.slice(0, -1));
  });

  async function positionOf({ orderId }: CustomerOrder): Promise<string> {
    const { rows } = await pool.query<{ position: string }>(
      `SELECT (extract(epoch FROM processed_at) * 1000000)::bigint || '-' || order_id AS position FROM orders
       WHERE shop_id = $1 AND order_id = $2`,
      [club.shopId, orderId],
    );
    return rows[0]!.position;
  }

  test('have the sums of valid ones and of all', async () => {
    const mine = specs.filter(isOfSiti);
    const sums = (await readOrdersTab(club.shopId, BigInt(SITI), null))?.sums;
    expect(sums).toMatchObject({ ordersAll: mine.length, ordersValid: mine.filter(isValid).length });
  });

  test('of an unknown customer and of another shop are not found', async () => {
    expect(await readOrdersTab(club.shopId, 999n, null)).toBeNull();
    const other = await givenClub();
    expect(await readOrdersTab(other.shopId, BigInt(SITI), null)).toBeNull();
  });

  test('show a place that is none from the beginning', async () => {
    const first = await readOrdersTab(club.shopId, BigInt(SITI), null);
    expect(await readOrdersTab(club.shopId, BigInt(SITI), { side: 'after', position: "x'--" })).toEqual(
      first,
    );
  });
});

test('Products are the kept pieces of valid orders, by pieces or by money', async () => {
  const bought = new Map<number, { quantity: number; amountMinor: bigint; orders: Set<unknown> }>();
  for (const spec of specs.filter((one) => isOfSiti(one) && isValid(one))) {
    for (const [place, line] of spec.lines.entries()) {
      const quantity = kept(spec, place);
      if (quantity === 0) continue;
      const sum = bought.get(line.product!) ?? { quantity: 0, amountMinor: 0n, orders: new Set() };
      sum.quantity += quantity;
      sum.amountMinor += BigInt(line.price * quantity) * 100n;
      sum.orders.add(spec.id);
      bought.set(line.product!, sum);
    }
  }
  for (const measure of ['quantity', 'amount'] as const) {
    const view = await readProductsTab(club.shopId, BigInt(SITI), measure);
    const by = measure === 'quantity' ? 'quantity' : 'amountMinor';
    expect(view?.products.map((product) => Number(product[by]))).toEqual(
      [...bought.values()].map((sum) => Number(sum[by])).toSorted((a, b) => b - a),
    );
    for (const product of view?.products ?? []) {
      const sum = bought.get(Number(product.productId))!;
      expect(product).toMatchObject({ ...sum, orders: sum.orders.size });
    }
    expect(view?.totals).toEqual({
      products: bought.size,
      quantity: [...bought.values()].reduce((all, { quantity }) => all + quantity, 0),
      amountMinor: [...bought.values()].reduce((all, { amountMinor }) => all + amountMinor, 0n),
    });
  }
  expect(await readPrintedPoints(club.shopId, BigInt(SITI))).toBe(
    BigInt([...bought].reduce((sum, [product, { quantity }]) => sum + quantity * PRINTED[product]!, 0)),
  );
  const { products } = (await readProductsTab(club.shopId, BigInt(SITI), 'quantity'))!;
  expect(products.find(({ productId }) => productId === 3n)?.title).toBe('Product 3');
  expect(products.find(({ productId }) => productId === 2n)?.title).toMatch(/^Piece/);
});

test('An order of two variants is one order of the product; what is no product counts by its title', async () => {
  const own = await givenClub();
  const [red, blue] = [
    { price: 10, product: 7, variant: 71 },
    { price: 20, product: 7, variant: 72, quantity: 2 },
  ];
  const wrapping = { price: 5, product: null, title: 'Wrapping' };
  await award(
    orderEvent(own, { id: 1, customer: 1, lines: [red, blue, wrapping] }),
    orderEvent(own, { id: 2, customer: 1, lines: [red, { ...wrapping, title: 'Card' }] }),
  );
  // An order that came late, with the customer who was merged into the first.
  await award(orderEvent(own, { id: 3, customer: 2, lines: [wrapping, blue] }));
  await pool.query('UPDATE customers SET merged_into = 1 WHERE shop_id = $1 AND customer_id = 2', [
    own.shopId,
  ]);
  const view = await readProductsTab(own.shopId, 1n, 'quantity');
  expect(view?.products.map(({ title, quantity, orders }) => [title, quantity, orders])).toEqual([
    ['Piece 2', 6, 3],
    ['Wrapping', 2, 2],
    ['Card', 1, 1],
  ]);
  expect(view?.totals).toEqual({ products: 3, quantity: 9, amountMinor: 11_500n });
});

test('the figures count whole months in the zone of the shop', async () => {
  const own = await givenClub();
  await setClub(own, { lifetime_months: 12 });
  await moveClock(`-1 days`);
  const { rows } = await pool.query<{ first: Date }>(
    `SELECT (date_trunc('day', ledger_now() AT TIME ZONE 'Asia/Jakarta') - interval '3 months 1 day') AT TIME ZONE 'Asia/Jakarta' AS first`,
  );
  const first = rows[0]!.first;
  const at = (days: number) => new Date(first.getTime() + days * 86_400_000).toISOString();
  await award(
    orderEvent(own, { id: 1, customer: 1, lines: [{ price: 300 }], processedAt: at(0) }),
    orderEvent(own, { id: 2, customer: 1, lines: [{ price: 600 }], processedAt: at(15) }),
  );
  expect(await readMetrics(own.shopId, 1n)).toMatchObject({
    months: 3,
    orders: { valid: 2, all: 2 },
    monthlySpendMinor: 30_000n,
    monthlyOrdersHundredths: 67n,
    gapTenths: 150n,
    // Two orders say too little of a year.
    lifetimeMinor: null,
    averageOrderMinor: { valid: 45_000n },
  });
  expect(await readMetrics(own.shopId, 2n)).toMatchObject({ months: null, orders: { valid: 0, all: 0 } });
  await moveClock('0 days');
});

test('lots add up to the balance, and the line of the balance ends in it', async () => {
  const { lots, more } = await readLots(club.shopId, BigInt(SITI));
  const { rows } = await pool.query<{ lots: number; remaining: bigint }>(
    `SELECT count(*)::int AS lots, coalesce(sum(remaining), 0)::bigint AS remaining FROM ledger_lots
     WHERE shop_id = $1 AND customer_id = $2 AND remaining > 0`,
    [club.shopId, SITI],
  );
  expect(rows[0]?.lots).toBeGreaterThan(1);
  expect(lots.length + more).toBe(rows[0]?.lots);
  expect(lots.map(({ validFrom }) => validFrom.getTime())).toEqual(
    lots.map(({ validFrom }) => validFrom.getTime()).toSorted((a, b) => a - b),
  );
  const [line] = await readBalanceLines(club.shopId, BigInt(SITI));
  expect(line?.unit).toBe('POINTS');
  expect(line?.points.at(-1)?.balance).toBe(await balanceOf(club, SITI));
  expect(await readBalanceLines(club.shopId, 999n)).toEqual([]);
});
