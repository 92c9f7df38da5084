/** Orders whose newest state is asked of Shopify: after edits, and when rules are applied now; against the sandbox. */
import { Session } from '@shopify/shopify-api';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { emptyDatabase } from '#test/support/database.ts';
import { DEMO_SHOP, startTestSandbox, type Loose, type TestSandbox } from '#test/support/sandbox.ts';

const HOUR_MS = 3_600_000;

let sandbox: TestSandbox;
let app: {
  pool: typeof import('#app/db.server.ts').pool;
  sessionStorage: typeof import('#app/shopify.server.ts').sessionStorage;
  ensureInstalled: typeof import('#app/modules/shops/install.server.ts').ensureInstalled;
  withTransaction: typeof import('#app/db.server.ts').withTransaction;
  awardOrders: typeof import('#app/modules/loyalty/award-orders.server.ts').awardOrders;
  askAfterEdits: typeof import('#app/modules/loyalty/refresh-orders.server.ts').askAfterEdits;
  refreshOrders: typeof import('#app/modules/loyalty/refresh-orders.server.ts').refreshOrders;
  applyNow: typeof import('#app/modules/loyalty/refresh-orders.server.ts').applyNow;
};
let shop: { shopId: bigint; domain: string };

beforeAll(async () => {
  sandbox = await startTestSandbox();
  process.env.SHOPIFY_SANDBOX_ORIGIN = sandbox.origin;
  app = {
    ...(await import('#app/db.server.ts')),
    ...(await import('#app/shopify.server.ts')),
    ...(await import('#app/modules/shops/install.server.ts')),
    ...(await import('#app/modules/loyalty/award-orders.server.ts')),
    ...(await import('#app/modules/loyalty/refresh-orders.server.ts')),
  };
});
afterAll(() => sandbox.close());

beforeEach(async () => {
  await sandbox.control('POST', '/_control/reset', { tokens: true });
  await sandbox.control('DELETE', '/_control/faults');
  await emptyDatabase(process.env.DATABASE_URL!);
  const accessToken = await sandbox.accessToken(DEMO_SHOP);
  const expires = new Date(Date.now() + HOUR_MS);
  await app.sessionStorage.storeSession(
    new Session({
      id: `offline_${DEMO_SHOP}`,
      shop: DEMO_SHOP,
      state: '',
      isOnline: false,
      accessToken,
      expires,
      scope: '',
    }),
  );
  await app.ensureInstalled(DEMO_SHOP);
  const [row] = await select('SELECT shop_id FROM shops');
  shop = { shopId: row!.shop_id as bigint, domain: DEMO_SHOP };
});

async function select(sql: string): Promise<Record<string, unknown>[]> {
  return (await app.pool.query(sql)).rows;
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
  app.withTransaction((tx) =>
    app.awardOrders(tx, [
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
    await app.withTransaction((tx) => app.askAfterEdits(tx, [edited(order), edited(order)]));
    expect(await app.refreshOrders()).toBe(1);
    expect(await app.refreshOrders()).toBe(0);
    expect(await entries()).toEqual(['order_spend 20', 'order_spend 10']);
  });

  test('waits while Shopify does not answer, and is given up after eight tries', async () => {
    const order = await placeOrder();
    await sandbox.control('POST', '/_control/faults', {
      target: 'graphql',
      kind: 'status500',
      times: 100,
    });
    await app.withTransaction((tx) => app.askAfterEdits(tx, [edited(order)]));
    await app.refreshOrders();
    expect(
      await select('SELECT attempts, next_attempt_at > clock_timestamp() AS later FROM order_refreshes'),
    ).toEqual([{ attempts: 1, later: true }]);
    await app.pool.query(`UPDATE order_refreshes SET attempts = 7, next_attempt_at = clock_timestamp()`);
    await app.refreshOrders();
    expect(await select('SELECT 1 FROM order_refreshes')).toEqual([]);
  });

  test('of an order that is gone, or of a shop without the app, asks for nothing more', async () => {
    await app.withTransaction((tx) => app.askAfterEdits(tx, [edited({ id: 12345 })]));
    expect(await app.refreshOrders()).toBe(0);
    const order = await placeOrder();
    await app.pool.query('UPDATE shops SET uninstalled_at = clock_timestamp()');
    await app.withTransaction((tx) => app.askAfterEdits(tx, [edited(order)]));
    expect(await app.refreshOrders()).toBe(0);
    expect(await select('SELECT 1 FROM order_refreshes')).toEqual([]);
  });
});

describe('apply now', () => {
  const apply = async (order: Loose) => (await app.applyNow(shop, [BigInt(order.id)]))[0];

  test('gives an order of which no webhook came its points, and nothing twice', async () => {
    const order = await placeOrder();
    expect(await apply(order)).toMatchObject({
      outcome: 'applied',
      gains: [{ unit: 'POINTS', amount: 20n }],
    });
    expect(await apply(order)).toMatchObject({ outcome: 'applied', gains: [] });
    expect(await entries()).toEqual(['order_spend 20']);
  });

  test('fixes the rules anew for an order that trial mode held back, once trial mode is over', async () => {
    await app.pool.query('UPDATE club_settings SET trial_mode = true');
    const order = await placeOrder();
    await tell(order);
    expect(await apply(order)).toMatchObject({ gains: [] });
    await app.pool.query('UPDATE club_settings SET trial_mode = false');
    await app.pool.query(`UPDATE programs SET rule = jsonb_set(rule, '{units}', '"7"')`);
    await tell(order);
    expect(await entries()).toEqual([]);
    expect(await apply(order)).toMatchObject({ gains: [{ unit: 'POINTS', amount: 14n }] });
  });

  test('leaves an order that earned with the rules it has', async () => {
    const order = await placeOrder();
    await tell(order);
    await app.pool.query(`UPDATE programs SET rule = jsonb_set(rule, '{units}', '"7"')`);
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
