/**
 * Products of orders are read from the sandbox's Admin API before the orders are awarded; webhooks say when to read
 * again. The sandbox's own webhooks go to a receiver that is not the app; a test hands over those it wants.
 */
import { Session } from '@shopify/shopify-api';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { storeRule } from '#app/modules/loyalty/rules/store-rules.ts';
import type { ProgramRule } from '#app/modules/loyalty/rules/program.ts';
import { emptyDatabase } from '#test/support/database.ts';
import { printedRule, spendRule } from '#test/support/rules.ts';
import { DEMO_SHOP, startTestSandbox, type Loose, type TestSandbox } from '#test/support/sandbox.ts';

const HOUR_MS = 3_600_000;
const LOADING_MS = 60_000;
const COFFEE = 'kopi-gayo-arabika-250-g';
const TEA = 'teh-melati-premium';
const BATIK = 'batik-tulis-parang';

let sandbox: TestSandbox;
let app: {
  pool: typeof import('#app/db.server.ts').pool;
  sessionStorage: typeof import('#app/shopify.server.ts').sessionStorage;
  ensureInstalled: typeof import('#app/modules/shops/install.server.ts').ensureInstalled;
  ensureProducts: typeof import('#app/modules/products/ensure-products.server.ts').ensureProducts;
  readBackfill: typeof import('#app/modules/loyalty/backfill/backfill-rows.server.ts').readBackfill;
  ensureBatchProducts: typeof import('#app/modules/loyalty/backfill/batch-products.server.ts').ensureBatchProducts;
  givenEvent: typeof import('#test/support/shops.ts').givenEvent;
  workInbox: typeof import('#app/modules/webhooks/work-inbox.server.ts').workInbox;
};
let shopId: bigint;

beforeAll(async () => {
  sandbox = await startTestSandbox();
  process.env.SHOPIFY_SANDBOX_ORIGIN = sandbox.origin;
  app = {
    ...(await import('#app/db.server.ts')),
    ...(await import('#app/shopify.server.ts')),
    ...(await import('#app/modules/shops/install.server.ts')),
    ...(await import('#app/modules/products/ensure-products.server.ts')),
    ...(await import('#app/modules/loyalty/backfill/backfill-rows.server.ts')),
    ...(await import('#app/modules/loyalty/backfill/batch-products.server.ts')),
    ...(await import('#app/modules/webhooks/work-inbox.server.ts')),
    ...(await import('#test/support/shops.ts')),
  };
}, LOADING_MS);
afterAll(() => sandbox.close());

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
  await sandbox.control('POST', '/_control/reset', { tokens: true });
  await emptyDatabase(process.env.DATABASE_URL!);
  sandbox.receiver.received.length = 0;
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
    }),
  );
  await app.ensureInstalled(DEMO_SHOP);
  const { rows } = await app.pool.query('SELECT shop_id FROM shops WHERE domain = $1', [DEMO_SHOP]);
  shopId = rows[0].shop_id;
  await setRule(printedRule());
  return () => vi.useRealTimers();
});

async function setRule(rule: ProgramRule): Promise<void> {
  await app.pool.query('UPDATE programs SET kind = $2, rule = $3, version = version + 1 WHERE shop_id = $1', [
    shopId,
    rule.kind,
    JSON.stringify(storeRule(rule)),
  ]);
}

const change = (product: string | number, what: Record<string, unknown>) =>
  sandbox.control('POST', `/_control/products/${product}`, what);
const productOf = (handle: string) => sandbox.world.findProduct(DEMO_SHOP, handle)!;

/** Places a paid order of Siti's and puts its webhook into the inbox. */
async function order(
  ...lines: { product: string; quantity?: number }[]
): Promise<{ event: bigint; order: Loose }> {
  const answer = await sandbox.control('POST', '/_control/orders', {
    customer: 'siti.rahmawati@example.com',
    lines,
  });
  expect(answer.status).toBe(201);
  return { event: await app.givenEvent(shopId, 'orders/paid', answer.body.order), order: answer.body.order };
}

/** Hands over webhooks of a topic that the sandbox sent, each only once. */
async function deliver(topic: string): Promise<void> {
  await sandbox.webhooks.idle();
  for (const webhook of sandbox.receiver.received.filter((each) => each.topic === topic))
    await app.givenEvent(shopId, topic, webhook.rawBody, {
      triggeredAt: webhook.headers['x-shopify-triggered-at']!,
    });
  sandbox.receiver.received.length = 0;
}

async function points(): Promise<bigint> {
  const { rows } = await app.pool.query(
    `SELECT coalesce(sum(balance), 0)::bigint AS sum FROM ledger_accounts WHERE shop_id = $1 AND unit = 'POINTS'`,
    [shopId],
  );
  return rows[0].sum;
}
async function entries(): Promise<number> {
  return (await app.pool.query('SELECT 1 FROM ledger_entries WHERE shop_id = $1', [shopId])).rowCount ?? 0;
}
async function known(handle: string) {
  const { rows } = await app.pool.query('SELECT * FROM products WHERE shop_id = $1 AND product_id = $2', [
    shopId,
    productOf(handle).id,
  ]);
  return rows[0];
}
async function eventOf(inboxId: bigint) {
  const { rows } = await app.pool.query('SELECT * FROM webhook_events WHERE inbox_id = $1', [inboxId]);
  return rows[0];
}
const reads = async () =>
  (await sandbox.control('GET', '/_control/requests?operation=ReadProducts')).body.requests.length;
const breakShopify = (times: number) =>
  sandbox.control('POST', '/_control/faults', {
    target: 'graphql',
    kind: 'status500',
    operation: 'ReadProducts',
    times,
  });
/** The time when failed events and shops that did not answer are tried again. */
async function later(): Promise<void> {
  vi.setSystemTime(Date.now() + 60_000);
  await app.pool.query(
    `UPDATE webhook_events SET next_attempt_at = clock_timestamp() WHERE state = 'pending'`,
  );
}
const makeStale = () =>
  app.pool.query(
    `UPDATE products SET seen_at = seen_at - interval '25 hours', asked_at = asked_at - interval '25 hours'`,
  );

test('points printed on products: read once, times quantity', async () => {
  await change(COFFEE, { points: 7 });
  await change(TEA, { points: 2 });
  await order({ product: COFFEE, quantity: 3 }, { product: TEA }, { product: BATIK });
  expect(await app.workInbox()).toEqual({ done: 1, failed: 0 });
  expect(await points()).toBe(23n);
  expect(await known(COFFEE)).toMatchObject({
    title: 'Kopi Gayo Arabika 250 g',
    status: 'active',
    tags: ['kopi'],
    printed_points: 7n,
    image_url: expect.stringContaining('/cdn/'),
    collection_ids: [BigInt(sandbox.world.shop(DEMO_SHOP).collections[0]!.id)],
  });
  // Each lane of the inbox may find the order before the other has read its products.
  const asked = await reads();
  expect(asked).toBeGreaterThan(0);
  await order({ product: COFFEE });
  expect(await app.workInbox()).toEqual({ done: 1, failed: 0 });
  expect(await points()).toBe(30n);
  expect(await reads()).toBe(asked);
});

test('exclusions by tag and by collection', async () => {
  const [drinks] = sandbox.world.shop(DEMO_SHOP).collections;
  await change(BATIK, { tags: ['Batik', 'tenun'] });
  await setRule(
    spendRule({
      includeTax: true,
      excluded: { productIds: [], collectionIds: [BigInt(drinks!.id)], tags: ['batik'] },
    }),
  );
  await order({ product: COFFEE, quantity: 5 }, { product: BATIK }, { product: 'kain-tenun-sumba' });
  await app.workInbox();
  // Of 5 x 95,000, 750,000 and 1,500,000 only the last counts.
  expect(await points()).toBe(150n);
});

test('a shop whose rules ask nothing of products never asks Shopify', async () => {
  await setRule(spendRule());
  await order({ product: COFFEE, quantity: 2 });
  expect(await app.workInbox()).toEqual({ done: 1, failed: 0 });
  expect(await points()).toBe(10n);
  expect(await reads()).toBe(0);
  expect((await app.pool.query('SELECT 1 FROM products')).rowCount).toBe(0);
});

test('unknown products while Shopify is down: the event waits, its neighbours do not, later it is awarded once', async () => {
  await change(COFFEE, { points: 7 });
  await change(TEA, { points: 2 });
  await order({ product: TEA });
  await app.workInbox();
  await breakShopify(2);
  const { event } = await order({ product: COFFEE });
  const { event: neighbour } = await order({ product: TEA });
  expect(await app.workInbox()).toEqual({ done: 1, failed: 1 });
  expect(await eventOf(neighbour)).toMatchObject({ state: 'done' });
  expect(await eventOf(event)).toMatchObject({
    state: 'pending',
    attempts: 1,
    last_error: expect.stringContaining('products_unread'),
  });
  expect(await points()).toBe(4n);
  await later();
  expect(await app.workInbox()).toEqual({ done: 0, failed: 1 });
  await later();
  expect(await app.workInbox()).toEqual({ done: 1, failed: 0 });
  expect(await eventOf(event)).toMatchObject({ state: 'done', attempts: 2, last_error: null });
  expect(await points()).toBe(11n);
  expect(await entries()).toBe(3);
});

test('a shop that has just failed is not asked again for every event', async () => {
  await breakShopify(10);
  for (const product of [COFFEE, TEA, BATIK]) await order({ product });
  expect(await app.workInbox()).toEqual({ done: 0, failed: 3 });
  const asked = (await sandbox.control('GET', '/_control/requests?operation=ReadProducts')).body.requests;
  expect(asked).toHaveLength(1);
});

test('what is a day old is read again; while Shopify is down it is good enough', async () => {
  await change(COFFEE, { points: 7 });
  await order({ product: COFFEE });
  await app.workInbox();
  await change(COFFEE, { points: 9 });
  await makeStale();
  await breakShopify(1);
  await order({ product: COFFEE });
  expect(await app.workInbox()).toEqual({ done: 1, failed: 0 });
  expect(await points()).toBe(14n);
  // Asked in vain a moment ago: not again for some minutes.
  await later();
  await order({ product: COFFEE });
  await app.workInbox();
  expect(await points()).toBe(21n);
  await makeStale();
  await order({ product: COFFEE });
  await app.workInbox();
  expect(await points()).toBe(30n);
});

test('a product that is gone earns nothing, is kept as deleted and not asked for again', async () => {
  await change(TEA, { points: 2 });
  const { id } = productOf(COFFEE);
  const placed = await order({ product: COFFEE }, { product: TEA });
  await sandbox.control('DELETE', `/_control/products/${COFFEE}`);
  expect(await app.workInbox()).toEqual({ done: 1, failed: 0 });
  expect(await points()).toBe(2n);
  await app.givenEvent(shopId, 'orders/updated', placed.order, { triggeredAt: '2026-11-21T13:00:00Z' });
  expect(await app.workInbox()).toEqual({ done: 1, failed: 0 });
  expect(await reads()).toBe(1);
  const { rows } = await app.pool.query(
    'SELECT status, tags, printed_points FROM products WHERE product_id = $1',
    [id],
  );
  expect(rows).toEqual([{ status: 'deleted', tags: [], printed_points: 0n }]);
});

test('products/delete keeps what the product was for orders of before', async () => {
  await change(COFFEE, { points: 7, tags: ['kopi', 'promo'] });
  await order({ product: COFFEE });
  await app.workInbox();
  const { id } = productOf(COFFEE);
  const late = await order({ product: COFFEE });
  sandbox.receiver.received.length = 0;
  await sandbox.control('DELETE', `/_control/products/${COFFEE}`);
  await deliver('products/delete');
  await app.workInbox();
  expect((await eventOf(late.event)).state).toBe('done');
  expect(await points()).toBe(14n);
  const { rows } = await app.pool.query('SELECT status, tags FROM products WHERE product_id = $1', [id]);
  expect(rows).toEqual([{ status: 'deleted', tags: ['kopi', 'promo'] }]);
});

test('products/update: what it says counts at once, the rest is read before the next order', async () => {
  await change(COFFEE, { points: 7 });
  await order({ product: COFFEE });
  await app.workInbox();
  sandbox.receiver.received.length = 0;
  await change(COFFEE, { points: 9, tags: ['kopi', 'baru'], title: 'Kopi Gayo' });
  await deliver('products/update');
  await app.workInbox();
  expect(await known(COFFEE)).toMatchObject({
    title: 'Kopi Gayo',
    tags: ['baru', 'kopi'],
    printed_points: 7n,
  });
  await order({ product: COFFEE });
  await app.workInbox();
  expect(await points()).toBe(16n);
  expect(await reads()).toBeGreaterThanOrEqual(2);
});

test('products/update: an older state never replaces a newer one, and one that comes twice changes nothing', async () => {
  await change(COFFEE, { points: 7 });
  await order({ product: COFFEE });
  await app.workInbox();
  const { seen_at: seenAt, updated_at: updatedAt } = await known(COFFEE);
  const news = (title: string, secondsAfter: number) =>
    app.givenEvent(shopId, 'products/update', {
      id: productOf(COFFEE).id,
      title,
      status: 'active',
      tags: title,
      updated_at: new Date(updatedAt.getTime() + secondsAfter * 1_000).toISOString(),
    });
  await news('old', -1);
  await app.workInbox();
  expect(await known(COFFEE)).toMatchObject({ title: 'Kopi Gayo Arabika 250 g', seen_at: seenAt });
  await news('newest', 20);
  await app.workInbox();
  await news('newer', 10);
  await news('newest', 20);
  await app.workInbox();
  expect(await known(COFFEE)).toMatchObject({ title: 'newest', tags: ['newest'] });
  // What Shopify's API still says is older than the webhook: the webhook stands.
  await order({ product: COFFEE });
  await app.workInbox();
  expect(await known(COFFEE)).toMatchObject({ title: 'newest', tags: ['newest'] });
});

test('events of products nobody asked about tell title and tags, the rest is read when rules ask; malformed ones fail alone', async () => {
  await change(BATIK, { tags: ['batik', 'baru'] });
  await deliver('products/update');
  const made = await sandbox.control('POST', '/_control/products', {
    title: 'Kebaya',
    tags: ['baru'],
    price: 500_000,
  });
  expect(made.body.product.title).toBe('Kebaya');
  await deliver('products/create');
  const bad = await app.givenEvent(shopId, 'products/update', { id: 5 });
  expect(await app.workInbox()).toEqual({ done: 2, failed: 1 });
  expect((await eventOf(bad)).last_error).toContain('product.updated_at');
  const { rows } = await app.pool.query('SELECT title, tags, is_read FROM products ORDER BY title');
  expect(rows).toEqual([
    { title: 'Batik Tulis Parang', tags: ['baru', 'batik'], is_read: false },
    { title: 'Kebaya', tags: ['baru'], is_read: false },
  ]);
});

test('a product in more collections than one query gives has them all', async () => {
  const { world } = sandbox;
  const { collections } = world.shop(DEMO_SHOP);
  const product = productOf(COFFEE);
  for (let n = 0; n < 60; n++)
    collections.push({
      id: world.nextId(),
      title: `Nr. ${n}`,
      handle: `nr-${n}`,
      productIds: [product.id],
      createdAt: world.instant(),
      updatedAt: world.instant(),
    });
  await order({ product: COFFEE });
  await app.workInbox();
  expect((await known(COFFEE)).collection_ids).toHaveLength(61);
});

test('a backfill reads the products of its next orders first', async () => {
  const { order: placed } = await order({ product: COFFEE });
  const { rows } = await app.pool.query(
    `INSERT INTO backfills (shop_id, state, starts_on, actor) VALUES ($1, 'running', '2026-01-01', 'test')
     RETURNING backfill_id`,
    [shopId],
  );
  const backfillId: bigint = rows[0].backfill_id;
  await app.pool.query(
    'INSERT INTO backfill_orders (shop_id, backfill_id, order_id, payload) VALUES ($1, $2, 1, $3)',
    [shopId, backfillId, placed],
  );
  const backfill = await app.readBackfill(app.pool, { shopId, backfillId });
  await breakShopify(1);
  await expect(app.ensureBatchProducts(backfill!)).rejects.toMatchObject({ retryable: true });
  vi.setSystemTime(Date.now() + 60_000);
  await app.ensureBatchProducts(backfill!);
  expect(await known(COFFEE)).toMatchObject({ tags: ['kopi'] });
});

test('outside of the inbox: products of an order are ensured, or it is said that they could not be', async () => {
  const { order: placed } = await order({ product: COFFEE });
  await breakShopify(1);
  await expect(app.ensureProducts(shopId, [placed])).rejects.toMatchObject({
    code: 'upstream',
    retryable: true,
  });
  vi.setSystemTime(Date.now() + 60_000);
  await app.ensureProducts(shopId, [placed]);
  expect(await known(COFFEE)).toMatchObject({ tags: ['kopi'] });
});
