/** A tip, and money of another currency, count the same by whichever door an order comes: its webhook or a reading. */
import { beforeEach, describe, expect, test } from 'vitest';
import { club, sandbox, select, useSandboxShop } from '#test/support/sandbox-bed.ts';
import { pool } from '#app/db.server.ts';
import { applyNow } from '#app/modules/earning/award/refresh-orders.server.ts';
import { explainOrder } from '#app/modules/earning/explain/explain-order.server.ts';
import { processInbox } from '#app/modules/inbox/process-inbox.server.ts';
import { reconcileShops } from '#app/modules/inbox/reconcile-orders.server.ts';
import { backfilled, dryRun } from '#test/support/backfills.ts';
import { audit, setRule, walletOf } from '#test/support/clubs.ts';
import { DEMO_SHOP, type Loose } from '#test/support/sandbox.ts';
import { givenEvent } from '#test/support/shops.ts';
import { startSync, syncUntilOver } from '#test/support/syncs.ts';

useSandboxShop({ hasOrders: false });

/** Rp 1,000 with tax gives 1 point. */
const RULE = { stepMinor: 1_000_00n, units: 1n, includeTax: true };
const SITI = 'siti.rahmawati@example.com';

/** Places an order in the sandbox, whose webhooks reach nobody. */
async function place(lines: Loose[], more: object = {}): Promise<Loose> {
  const { status, body } = await sandbox.control('POST', '/_control/orders', {
    customer: SITI,
    lines,
    ...more,
  });
  expect(status).toBe(201);
  return body.order;
}

const fulfil = async ({ id }: Loose): Promise<Loose> =>
  (await sandbox.control('POST', `/_control/orders/${String(id)}/fulfill`, {})).body.order;

const DOORS: Record<string, (order: Loose) => Promise<unknown>> = {
  'its webhook': async (order) => {
    await givenEvent(club.shopId, 'orders/updated', order);
    await processInbox();
  },
  reconciliation: async () => {
    await reconcileShops();
    await processInbox();
  },
  'apply now': ({ id }) => applyNow({ shopId: club.shopId, domain: DEMO_SHOP }, [BigInt(id)]),
  'a backfill': () => backfilled(club),
  'the first sync and a backfill': async () => {
    await startSync(club);
    await syncUntilOver(club);
    await backfilled(club);
  },
};
const doors = Object.keys(DOORS);

const points = async ({ customer }: Loose) => (await walletOf(club, customer.id)).balance;
const stored = () =>
  select(`SELECT o.currency, o.items, o.net_minor, o.total_minor,
      (SELECT array_agg(title ORDER BY line_id) FROM order_lines l WHERE l.shop_id = o.shop_id AND l.order_id = o.order_id) AS products
    FROM orders o WHERE o.shop_id = $1 ORDER BY o.order_id`);
const spend = () =>
  select(
    'SELECT spend_minor, total_all_minor, items FROM customer_stats WHERE shop_id = $1 AND orders_all > 0',
  );

describe('a tip of Rp 25,000 on goods of Rp 100,000', () => {
  const GOODS_AND_TIP = [
    { title: 'Kopi', price: '100000.00' },
    { title: 'Tip', price: '25000.00' },
  ];

  test.each(doors)(
    'by %s: only the goods earn; the tip is spent, and is no piece and no product',
    async (door) => {
      await setRule(club, RULE);
      const order = await place(GOODS_AND_TIP);
      await DOORS[door]!(order);
      expect(await points(order)).toBe(100n);
      expect(await stored()).toMatchObject([{ items: 1, net_minor: 12_500_000n, products: ['Kopi'] }]);
      expect(await spend()).toEqual([{ spend_minor: 12_500_000n, total_all_minor: 12_500_000n, items: 1 }]);
      expect(await audit(club)).toEqual([]);
    },
  );

  test.each(doors)('by %s: once the goods are fulfilled nothing is waited for', async (door) => {
    await setRule(club, { ...RULE, earnAt: 'fulfilled', includeShipping: true });
    const order = await place(GOODS_AND_TIP, { shipping: '10000.00' });
    const fulfilled = await fulfil(order);
    expect(fulfilled).toMatchObject({
      fulfillment_status: 'fulfilled',
      fulfillments: [{ line_items: [{ title: 'Kopi' }] }],
      line_items: [{ fulfillment_status: 'fulfilled' }, { fulfillment_status: 'not_eligible' }],
    });
    await DOORS[door]!(fulfilled);
    expect(await points(order)).toBe(110n);
    expect(await audit(club)).toEqual([]);
  });
});

describe('an order of before the currency of the shop changed to dollars', () => {
  let earlier: Loose;
  beforeEach(async () => {
    earlier = await place([{ title: 'Kopi', price: '1500000.00' }]);
    sandbox.world.shop(DEMO_SHOP).shop.currency = 'USD';
    await pool.query(`UPDATE shops SET currency = 'USD' WHERE shop_id = $1`, [club.shopId]);
    await setRule(club, { ...RULE, stepMinor: 100n });
  });

  test.each(doors)('by %s: it earns nothing and counts in no sum, an order in dollars does', async (door) => {
    await DOORS[door]!(earlier);
    const later = await place([{ title: 'Teh', price: '50.00' }]);
    // A second run of a sync or a backfill brings the first order again.
    await DOORS[door]!(later);
    expect(await stored()).toMatchObject([
      { currency: 'IDR', items: 1, total_minor: 150_000_000n, net_minor: 0n },
      { currency: 'USD', items: 1, net_minor: 5_000n },
    ]);
    expect(await points(later)).toBe(50n);
    expect(await spend()).toEqual([{ spend_minor: 5_000n, total_all_minor: 5_000n, items: 2 }]);
    const explained = await explainOrder(club.shopId, BigInt(earlier.id));
    expect(explained?.earning.nothingBecause).toBe('other_currency');
    expect(await audit(club)).toEqual([]);
  });

  test('the dry run of a backfill says how many there are', async () => {
    await place([{ title: 'Teh', price: '50.00' }]);
    expect((await dryRun(club)).totals).toMatchObject({
      earning: 1,
      points: '50',
      nothing: { other_currency: 1 },
    });
  });
});
