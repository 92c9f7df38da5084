/** The screens of orders: the list, its search and tabs, the page of one order, "apply now"; against the sandbox. */
import { beforeEach, describe, expect, it } from 'vitest';
import { installApp, sandbox, useSandbox } from '#test/support/sandbox-bed.ts';
import * as list from '#app/routes/app.activity.orders._index.tsx';
import * as one from '#app/routes/app.activity.orders.$id.tsx';
import { adminArgs, thrownBy } from '#test/support/route-requests.ts';
import { withTransaction, pool } from '#app/db.server.ts';
import { awardOrders } from '#app/modules/earning/award/award-orders.server.ts';
import { refreshOrders } from '#app/modules/earning/award/refresh-orders.server.ts';
import { DEMO_SHOP, type Loose, USD_SHOP } from '#test/support/sandbox.ts';

let shopId: bigint;

useSandbox();
beforeEach(async () => {
  shopId = await installApp(DEMO_SHOP);
});

async function placeOrder(extra: Record<string, unknown> = {}): Promise<Loose> {
  const { body } = await sandbox.control('POST', '/_control/orders', {
    customer: 'budi.santoso@example.com',
    lines: [{ product: 'sandal-kulit-garut', quantity: 3 }],
    ...extra,
  });
  await withTransaction((tx) =>
    awardOrders(tx, [
      {
        shopId,
        topic: 'orders/updated',
        triggeredAt: new Date(body.order.updated_at),
        payload: body.order,
      },
    ]),
  );
  return body.order;
}

const open = (search = '', shop = DEMO_SHOP) => list.loader(adminArgs(shop, `/app/activity/orders${search}`));
const namesOf = ({ view }: Awaited<ReturnType<typeof open>>) => view.orders.map(({ name }) => name);

describe('the list', () => {
  it('shows what each order is and gave, newest first', async () => {
    const paid = await placeOrder();
    const guest = await placeOrder({ customer: null, phone: '0812 3456 7890', sourceName: 'pos' });
    const view = await open();
    expect(view.view.orders).toMatchObject([
      {
        name: guest.name,
        customerId: null,
        phone: '+62 812 3456 7890',
        sourceName: 'pos',
        earned: [],
        whyNothing: 'no_customer',
        financial: 'paid',
      },
      {
        name: paid.name,
        firstName: 'Budi',
        sourceName: 'web',
        totalMinor: 630_000_00n,
        earned: [{ unit: 'POINTS', amount: 60n }],
      },
    ]);
    expect(view.unprocessed).toBe(0);
  });

  it('finds an order by the beginning of its number, with or without #', async () => {
    const { name } = await placeOrder();
    await placeOrder();
    expect(namesOf(await open(`?q=${encodeURIComponent(name)}`))).toEqual([name]);
    expect(namesOf(await open(`?q=${String(name).slice(1)}`))).toEqual([name]);
    expect(namesOf(await open('?q=nothing'))).toEqual([]);
    expect(namesOf(await open('?q=%25'))).toEqual([]);
  });

  it('pages forth and back by keyset', async () => {
    await pool.query(
      `INSERT INTO orders (shop_id, order_id, name, processed_at, updated_at, triggered_at, financial, currency, state)
       SELECT $1, n, '#' || n, '2026-01-01'::timestamptz + (n / 2) * interval '1 minute', now(), now(), 'pending', 'IDR', '{}'
       FROM generate_series(1, 60) n`,
      [shopId],
    );
    const first = await open();
    expect(namesOf(first)[0]).toBe('#60');
    const second = await open(`?after=${first.view.after}`);
    expect(namesOf(second)).toHaveLength(25);
    expect(namesOf(second)[0]).toBe('#35');
    const last = await open(`?after=${second.view.after}`);
    expect([namesOf(last).at(-1), last.view.after]).toEqual(['#1', null]);
    expect(namesOf(await open(`?before=${second.view.before}`))).toEqual(namesOf(first));
  });

  it("is the shop's own", async () => {
    await installApp(USD_SHOP);
    await placeOrder();
    expect(namesOf(await open('', USD_SHOP))).toEqual([]);
  });
});

describe('apply now', () => {
  const hold = () => pool.query('UPDATE club_settings SET trial_mode = true');
  const letGo = () => pool.query('UPDATE club_settings SET trial_mode = false');
  const apply = (value: unknown, shop = DEMO_SHOP) =>
    list.action(adminArgs(shop, '/app/activity/orders', { json: { apply: value } }));

  it('to ticked orders says what each was given or why nothing', async () => {
    await hold();
    const first = await placeOrder();
    const second = await placeOrder({ customer: null });
    await letGo();
    expect(namesOf(await open('?tab=unprocessed'))).toEqual([second.name, first.name]);
    const answer = await apply([String(first.id), String(second.id), '99']);
    expect(answer).toMatchObject({
      kind: 'applied',
      orders: [
        { name: first.name, outcome: 'applied', gains: [{ unit: 'POINTS', amount: 60n }] },
        { name: second.name, outcome: 'applied', gains: [], nothingBecause: 'no_customer' },
        { outcome: 'gone' },
      ],
    });
    expect((await open('?tab=unprocessed')).unprocessed).toBe(0);
  });

  it('to all leaves them to the worker', async () => {
    await hold();
    await placeOrder();
    await placeOrder();
    await letGo();
    expect(await apply('all')).toEqual({ kind: 'queued', count: 2 });
    expect(await refreshOrders()).toBe(2);
    expect((await open()).view.orders.map(({ earned }) => earned[0]?.amount)).toEqual([60n, 60n]);
  });

  it("refuses what is no choice, and does not touch another shop's orders", async () => {
    for (const value of [[], null, 'everything', [1]])
      expect(await apply(value)).toEqual({ kind: 'invalid' });
    const order = await placeOrder();
    await installApp(USD_SHOP);
    expect(await apply([String(order.id)], USD_SHOP)).toMatchObject({ orders: [{ outcome: 'gone' }] });
  });
});

describe('the page of an order', () => {
  const explain = (id: unknown) =>
    one.loader(adminArgs(DEMO_SHOP, `/app/activity/orders/${String(id)}`, { params: { id: String(id) } }));

  it('says who earns, what was true of them, and each refund', async () => {
    await pool.query('UPDATE club_settings SET tiers_active = true');
    const order = await placeOrder();
    const { body } = await sandbox.control('POST', '/_control/refunds', {
      order: order.id,
      lines: [{ line: 0, quantity: 1 }],
    });
    await withTransaction((tx) =>
      awardOrders(tx, [{ shopId, topic: 'orders/updated', triggeredAt: new Date(), payload: body.order }]),
    );
    expect(await explain(order.id)).toMatchObject({
      isSnapshot: true,
      owner: {
        firstName: 'Budi',
        isClaimed: false,
        facts: { isMember: false, categoryName: 'Pelanggan', tierName: null },
      },
      refunds: [{ lines: [{ quantity: 1 }] }],
      entries: [
        { kind: 'order_spend', amount: 60n },
        { kind: 'refund_reversal', amount: -20n },
      ],
    });
  });

  it('applies the rules now', async () => {
    const order = await placeOrder();
    await sandbox.control('POST', '/_control/refunds', { order: order.id, full: true });
    const params = { id: String(order.id) };
    const answer = await one.action(adminArgs(DEMO_SHOP, '/app/activity/orders/1', { params, json: {} }));
    expect(answer).toMatchObject({
      orders: [{ gains: [{ unit: 'POINTS', amount: -60n }], nothingBecause: 'undone' }],
    });
  });

  it('of an order that is not there is not found', async () => {
    expect(await thrownBy(explain('12345'))).toMatchObject({ status: 404 });
    expect(await thrownBy(explain('x'))).toMatchObject({ status: 404 });
  });
});
