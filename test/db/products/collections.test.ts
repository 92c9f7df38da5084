/** What collections are called that rules name: read from Shopify once a day, kept while it does not answer. */
import { beforeEach, expect, test } from 'vitest';
import { fault, sandbox } from '#test/support/sandbox-bed.ts';
import { shopId, useProductShop } from '#test/support/product-shop.ts';
import { pool } from '#app/db.server.ts';
import { nameCollections } from '#app/modules/products/name-collections.server.ts';
import { findMissing } from '#app/modules/segments/find-missing.server.ts';
import { nameRule } from '#app/modules/segments/name-rule.server.ts';
import type { SegmentNode } from '#app/modules/segments/tree/tree.ts';
import { DEMO_SHOP } from '#test/support/sandbox.ts';

useProductShop();

beforeEach(() => pool.query('DELETE FROM collections'));

const atShopify = () => sandbox.world.shop(DEMO_SHOP).collections;
const stored = async () =>
  (await pool.query('SELECT collection_id, title, is_gone FROM collections ORDER BY 1')).rows;
const ofCollection = (...ids: bigint[]): SegmentNode => ({
  kind: 'condition',
  code: 'bought',
  values: { op: 'any', goods: { by: 'collection', list: ids.map(String) }, period: null },
});
const makeStale = () => pool.query(`UPDATE collections SET read_at = now() - interval '2 days'`);

test('titles are read, kept for a day, and read again after it', async () => {
  const [first] = atShopify();
  const id = BigInt(first!.id);
  const title = first!.title;
  expect(await nameCollections(shopId, [id])).toEqual([{ collectionId: id, title }]);
  first!.title = 'Renamed';
  expect(await nameCollections(shopId, [id])).toEqual([{ collectionId: id, title }]);
  await makeStale();
  expect(await nameRule(shopId, ofCollection(id))).toEqual({ [`collection/${id}`]: 'Renamed' });
  first!.title = title;
});

test('one that was deleted keeps its title, and a rule that names it can not be computed', async () => {
  const [first] = atShopify();
  const id = BigInt(first!.id);
  await nameCollections(shopId, [id]);
  expect(await findMissing(pool, shopId, ofCollection(id))).toEqual([]);
  await pool.query('UPDATE collections SET collection_id = 999, title = $1', ['Old']);
  await makeStale();
  expect(await nameCollections(shopId, [999n])).toEqual([{ collectionId: 999n, title: 'Old' }]);
  expect(await stored()).toEqual([{ collection_id: 999n, title: 'Old', is_gone: true }]);
  expect(await findMissing(pool, shopId, ofCollection(999n))).toEqual([{ to: 'collection', id: '999' }]);
});

test('while Shopify does not answer, what is stored counts, and an unknown one has no title', async () => {
  const [first] = atShopify();
  const id = BigInt(first!.id);
  await nameCollections(shopId, [id]);
  await makeStale();
  await fault('status500', { operation: 'ReadCollections', times: 10 });
  expect(await nameCollections(shopId, [id, 5n])).toEqual([
    { collectionId: id, title: first!.title },
    { collectionId: 5n, title: null },
  ]);
  expect(await findMissing(pool, shopId, ofCollection(5n))).toEqual([]);
});
