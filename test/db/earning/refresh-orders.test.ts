/** Orders whose newest state is asked of Shopify: after edits, and when rules are applied now; against the sandbox. */
import { beforeEach, describe, expect, test } from 'vitest';
import { fault, installApp, sandbox, useSandbox } from '#test/support/sandbox-bed.ts';
import { pool, withTransaction } from '#app/db.server.ts';
import { awardOrders } from '#app/modules/earning/award/award-orders.server.ts';
import { queueRefreshAfterEdit } from '#app/modules/earning/award/queue-refresh.server.ts';
import { refreshOrders, applyNow } from '#app/modules/earning/award/refresh-orders.server.ts';
import { DEMO_SHOP, type Loose } from '#test/support/sandbox.ts';

let shop: { shopId: bigint; domain: string };

useSandbox();
beforeEach(async () => {
  shop = { shopId: await installApp(DEMO_SHOP), domain: DEMO_SHOP };
});

async function select(sql: string): Promise<Record<string, unknown>[]> {
  return (await pool.query(sql)).rows;
}

/** Rp 250,000 of a customer; its webhooks are lost unless `told`. */
async function placeOrder(extra: Record<string, unknown> = {}): Promise<Loose> {
  const { body } = await sandbox.control('POST', '/_control/orders', {
    customer: 'budi.santoso@example.com',
    lines: [{ title: 'Something', price: '250000.00', quantity: 1 }],
    ...extra,
  });
  return body.order;
}
const tell = (payload: Loose) =>
  withTransaction((tx) =>
    awardOrders(tx, [
      { shopId: shop.shopId, topic: 'orders/updated', triggeredAt: new Date(payload.updated_at), payload },
    ]),
  );
const entries = async () =>
  (await select(`SELECT kind || ' ' || amount AS line FROM ledger_entries ORDER BY entry_id`)).map(
    ({ line }) => line,
  );
const edited = (order: Loose) => ({
  shopId: shop.shopId,
  topic: 'orders/edited',
  triggeredAt: new Date(),
  payload: { order_edit: { id: 1, order_id: order.id, line_items: { additions: [], removals: [] } } },
});

describe('an edit', () => {
  test('whose orders/updated was lost is found by asking, once', async () => {
    const order = await placeOrder();
    await tell(order);
    await sandbox.control('POST', `/_control/orders/${String(order.id)}/edit`, {
      add: [{ title: 'More', price: '100000.00' }],
    });
    await withTransaction((tx) => queueRefreshAfterEdit(tx, [edited(order), edited(order)]));
    expect(await refreshOrders()).toBe(1);
    expect(await refreshOrders()).toBe(0);
    expect(await entries()).toEqual(['order_spend 20', 'order_spend 10']);
  });

  test('waits while Shopify does not answer, and is given up after eight tries', async () => {
    const order = await placeOrder();
    await fault('status500', { times: 100 });
    await withTransaction((tx) => queueRefreshAfterEdit(tx, [edited(order)]));
    await refreshOrders();
    expect(
      await select('SELECT attempts, next_attempt_at > clock_timestamp() AS later FROM order_refreshes'),
    ).toEqual([{ attempts: 1, later: true }]);
    await pool.query(`UPDATE order_refreshes SET attempts = 7, next_attempt_at = clock_timestamp()`);
    await refreshOrders();
    expect(await select('SELECT 1 FROM order_refreshes')).toEqual([]);
  });

  test('of an order that is gone, or of a shop without the app, asks for nothing more', async () => {
    await withTransaction((tx) => queueRefreshAfterEdit(tx, [edited({ id: 12345 })]));
    expect(await refreshOrders()).toBe(0);
    const order = await placeOrder();
    await pool.query('UPDATE shops SET uninstalled_at = clock_timestamp()');
    await withTransaction((tx) => queueRefreshAfterEdit(tx, [edited(order)]));
    expect(await refreshOrders()).toBe(0);
    expect(await select('SELECT 1 FROM order_refreshes')).toEqual([]);
  });
});

describe('apply now', () => {
  const apply = async (order: Loose) => (await applyNow(shop, [BigInt(order.id)]))[0];

  test('gives an order of which no webhook came its points, and nothing twice', async () => {
    const order = await placeOrder();
    expect(await apply(order)).toMatchObject({
      outcome: 'applied',
      gains: [{ unit: 'POINTS', amount: 20n }],
    });
    expect(await apply(order)).toMatchObject({ outcome: 'applied', gains: [] });
    expect(await entries()).toEqual(['order_spend 20']);
  });

  test('freezes the rules again for an order that trial mode held back, once trial mode is over', async () => {
    await pool.query('UPDATE club_settings SET trial_mode = true');
    const order = await placeOrder();
    await tell(order);
    expect(await apply(order)).toMatchObject({ gains: [] });
    await pool.query('UPDATE club_settings SET trial_mode = false');
    await pool.query(`UPDATE programs SET rule = jsonb_set(rule, '{units}', '"7"')`);
    await tell(order);
    expect(await entries()).toEqual([]);
    expect(await apply(order)).toMatchObject({ gains: [{ unit: 'POINTS', amount: 14n }] });
  });

  test('leaves an order that earned with the rules it has', async () => {
    const order = await placeOrder();
    await tell(order);
    await pool.query(`UPDATE programs SET rule = jsonb_set(rule, '{units}', '"7"')`);
    expect(await apply(order)).toMatchObject({ gains: [] });
    await sandbox.control('POST', '/_control/refunds', { order: order.id, full: true });
    expect(await apply(order)).toMatchObject({ gains: [{ amount: -20n }] });
  });

  test('says when the order is gone or Shopify does not answer; then nothing has changed', async () => {
    expect(await apply({ id: 12345 })).toEqual({ orderId: 12345n, outcome: 'gone', gains: [] });
    const order = await placeOrder();
    await sandbox.control('POST', '/_control/faults', { target: 'graphql', kind: 'status500', times: 100 });
    expect(await apply(order)).toMatchObject({ outcome: 'unreachable', gains: [] });
    expect(await select('SELECT 1 FROM orders')).toEqual([]);
  });
});
