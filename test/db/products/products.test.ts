/**
 * Products of orders are loaded from the sandbox's Admin API before the orders are awarded; webhooks say when to load
 * them again. The sandbox's own webhooks go to a receiver that isn't the app; a test delivers those it needs.
 */
import { expect, test, vi } from 'vitest';
import { sandbox } from '#test/support/sandbox-bed.ts';
import {
  BATIK,
  COFFEE,
  TEA,
  breakShopify,
  change,
  deliver,
  entries,
  eventOf,
  known,
  later,
  makeStale,
  order,
  points,
  productOf,
  reads,
  setRule,
  shopId,
  useProductShop,
} from '#test/support/product-shop.ts';
import { pool } from '#app/db.server.ts';
import { ensureOrderProducts } from '#app/modules/earning/award/ensure-order-products.server.ts';
import { ensureBatchProducts } from '#app/modules/earning/backfill/backfill-products.server.ts';
import { readBackfill } from '#app/modules/earning/backfill/backfill-rows.server.ts';
import { processInbox } from '#app/modules/inbox/process-inbox.server.ts';
import { givenEvent } from '#test/support/shops.ts';
import { spendRule } from '#test/support/rules.ts';
import { DEMO_SHOP } from '#test/support/sandbox.ts';

useProductShop();

test('points printed on products: read once, times quantity', async () => {
  await change(COFFEE, { points: 7 });
  await change(TEA, { points: 2 });
  await order({ product: COFFEE, quantity: 3 }, { product: TEA }, { product: BATIK });
  expect(await processInbox()).toEqual({ done: 1, failed: 0 });
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
  expect(await processInbox()).toEqual({ done: 1, failed: 0 });
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
  await processInbox();
  // Of 5 x 95,000, 750,000 and 1,500,000 only the last counts.
  expect(await points()).toBe(150n);
});

test('a shop whose rules do not need products never asks Shopify', async () => {
  await setRule(spendRule());
  await order({ product: COFFEE, quantity: 2 });
  expect(await processInbox()).toEqual({ done: 1, failed: 0 });
  expect(await points()).toBe(10n);
  expect(await reads()).toBe(0);
  expect((await pool.query('SELECT 1 FROM products')).rowCount).toBe(0);
});

test('unknown products while Shopify is down: the event waits, its neighbours do not, later it is awarded once', async () => {
  await change(COFFEE, { points: 7 });
  await change(TEA, { points: 2 });
  await order({ product: TEA });
  await processInbox();
  await breakShopify(2);
  const { event } = await order({ product: COFFEE });
  const { event: neighbour } = await order({ product: TEA });
  expect(await processInbox()).toEqual({ done: 1, failed: 1 });
  expect(await eventOf(neighbour)).toMatchObject({ state: 'done' });
  expect(await eventOf(event)).toMatchObject({
    state: 'pending',
    attempts: 1,
    last_error: expect.stringContaining('products_unread'),
  });
  expect(await points()).toBe(4n);
  await later();
  expect(await processInbox()).toEqual({ done: 0, failed: 1 });
  await later();
  expect(await processInbox()).toEqual({ done: 1, failed: 0 });
  expect(await eventOf(event)).toMatchObject({ state: 'done', attempts: 2, last_error: null });
  expect(await points()).toBe(11n);
  expect(await entries()).toBe(3);
});

test('a shop that has just failed is not asked again for every event', async () => {
  await breakShopify(10);
  for (const product of [COFFEE, TEA, BATIK]) await order({ product });
  expect(await processInbox()).toEqual({ done: 0, failed: 3 });
  const asked = (await sandbox.control('GET', '/_control/requests?operation=ReadProducts')).body.requests;
  expect(asked).toHaveLength(1);
});

test('what is a day old is read again; while Shopify is down it is good enough', async () => {
  await change(COFFEE, { points: 7 });
  await order({ product: COFFEE });
  await processInbox();
  await change(COFFEE, { points: 9 });
  await makeStale();
  await breakShopify(1);
  await order({ product: COFFEE });
  expect(await processInbox()).toEqual({ done: 1, failed: 0 });
  expect(await points()).toBe(14n);
  // The last request failed a moment ago, so there is none for some minutes.
  await later();
  await order({ product: COFFEE });
  await processInbox();
  expect(await points()).toBe(21n);
  await makeStale();
  await order({ product: COFFEE });
  await processInbox();
  expect(await points()).toBe(30n);
});

test('a deleted product earns nothing, is stored as deleted and not requested again', async () => {
  await change(TEA, { points: 2 });
  const { id } = productOf(COFFEE);
  const placed = await order({ product: COFFEE }, { product: TEA });
  await sandbox.control('DELETE', `/_control/products/${COFFEE}`);
  expect(await processInbox()).toEqual({ done: 1, failed: 0 });
  expect(await points()).toBe(2n);
  await givenEvent(shopId, 'orders/updated', placed.order, { triggeredAt: '2026-11-21T13:00:00Z' });
  expect(await processInbox()).toEqual({ done: 1, failed: 0 });
  expect(await reads()).toBe(1);
  const { rows } = await pool.query(
    'SELECT status, tags, printed_points FROM products WHERE product_id = $1',
    [id],
  );
  expect(rows).toEqual([{ status: 'deleted', tags: [], printed_points: 0n }]);
});

test("products/delete keeps the product's values for earlier orders", async () => {
  await change(COFFEE, { points: 7, tags: ['kopi', 'promo'] });
  await order({ product: COFFEE });
  await processInbox();
  const { id } = productOf(COFFEE);
  const late = await order({ product: COFFEE });
  sandbox.receiver.received.length = 0;
  await sandbox.control('DELETE', `/_control/products/${COFFEE}`);
  await deliver('products/delete');
  await processInbox();
  expect((await eventOf(late.event)).state).toBe('done');
  expect(await points()).toBe(14n);
  const { rows } = await pool.query('SELECT status, tags FROM products WHERE product_id = $1', [id]);
  expect(rows).toEqual([{ status: 'deleted', tags: ['kopi', 'promo'] }]);
});

test('products/update: its fields count at once, the rest is loaded before the next order', async () => {
  await change(COFFEE, { points: 7 });
  await order({ product: COFFEE });
  await processInbox();
  sandbox.receiver.received.length = 0;
  await change(COFFEE, { points: 9, tags: ['kopi', 'baru'], title: 'Kopi Gayo' });
  await deliver('products/update');
  await processInbox();
  expect(await known(COFFEE)).toMatchObject({
    title: 'Kopi Gayo',
    tags: ['baru', 'kopi'],
    printed_points: 7n,
  });
  await order({ product: COFFEE });
  await processInbox();
  expect(await points()).toBe(16n);
  expect(await reads()).toBeGreaterThanOrEqual(2);
});

test('products/update: an older state never replaces a newer one, and a duplicate changes nothing', async () => {
  await change(COFFEE, { points: 7 });
  await order({ product: COFFEE });
  await processInbox();
  const { seen_at: seenAt, updated_at: updatedAt } = await known(COFFEE);
  const news = (title: string, secondsAfter: number) =>
    givenEvent(shopId, 'products/update', {
      id: productOf(COFFEE).id,
      title,
      status: 'active',
      tags: title,
      updated_at: new Date(updatedAt.getTime() + secondsAfter * 1_000).toISOString(),
    });
  await news('old', -1);
  await processInbox();
  expect(await known(COFFEE)).toMatchObject({ title: 'Kopi Gayo Arabika 250 g', seen_at: seenAt });
  await news('newest', 20);
  await processInbox();
  await news('newer', 10);
  await news('newest', 20);
  await processInbox();
  expect(await known(COFFEE)).toMatchObject({ title: 'newest', tags: ['newest'] });
  // Shopify's API returns a state older than the webhook, so the webhook's is kept.
  await order({ product: COFFEE });
  await processInbox();
  expect(await known(COFFEE)).toMatchObject({ title: 'newest', tags: ['newest'] });
});

test('events of unknown products bring title and tags, the rest is loaded when rules need it; malformed ones fail alone', async () => {
  await change(BATIK, { tags: ['batik', 'baru'] });
  await deliver('products/update');
  const made = await sandbox.control('POST', '/_control/products', {
    title: 'Kebaya',
    tags: ['baru'],
    price: 500_000,
  });
  expect(made.body.product.title).toBe('Kebaya');
  await deliver('products/create');
  const bad = await givenEvent(shopId, 'products/update', { id: 5 });
  expect(await processInbox()).toEqual({ done: 2, failed: 1 });
  expect((await eventOf(bad)).last_error).toContain('product.updated_at');
  const { rows } = await pool.query('SELECT title, tags, is_read FROM products ORDER BY title');
  expect(rows).toEqual([
    { title: 'Batik Tulis Parang', tags: ['baru', 'batik'], is_read: false },
    { title: 'Kebaya', tags: ['baru'], is_read: false },
  ]);
});

test('a product in more collections than one query returns has them all', async () => {
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
  await processInbox();
  expect((await known(COFFEE)).collection_ids).toHaveLength(61);
});

test('a backfill reads the products of its next orders first', async () => {
  const { order: placed } = await order({ product: COFFEE });
  const { rows } = await pool.query(
    `INSERT INTO backfills (shop_id, state, starts_on, actor) VALUES ($1, 'running', '2026-01-01', 'test')
     RETURNING backfill_id`,
    [shopId],
  );
  const backfillId: bigint = rows[0].backfill_id;
  await pool.query(
    'INSERT INTO backfill_orders (shop_id, backfill_id, order_id, payload) VALUES ($1, $2, 1, $3)',
    [shopId, backfillId, placed],
  );
  const backfill = await readBackfill(pool, { shopId, backfillId });
  await breakShopify(1);
  await expect(ensureBatchProducts(backfill!)).rejects.toMatchObject({ retryable: true });
  vi.setSystemTime(Date.now() + 60_000);
  await ensureBatchProducts(backfill!);
  expect(await known(COFFEE)).toMatchObject({ tags: ['kopi'] });
});

test('outside of the inbox: products of an order are loaded, or the failure is reported', async () => {
  const { order: placed } = await order({ product: COFFEE });
  await breakShopify(1);
  await expect(ensureOrderProducts(shopId, [placed])).rejects.toMatchObject({
    code: 'upstream',
    retryable: true,
  });
  vi.setSystemTime(Date.now() + 60_000);
  await ensureOrderProducts(shopId, [placed]);
  expect(await known(COFFEE)).toMatchObject({ tags: ['kopi'] });
});
