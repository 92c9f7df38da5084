/** Members-only products from the rules to Shopify's carts: the validation, the metafields, and orders that got through. */
import { beforeEach, describe, expect, test } from 'vitest';
import { club, fault, sandbox, select, shop, useSandboxShop } from '#test/support/sandbox-bed.ts';
import { DEMO_SHOP, type Loose } from '#test/support/sandbox.ts';
import { pool } from '#app/db.server.ts';
import { actOnAccess, readAccessScreen } from '#app/modules/pricing/access/access-screen.server.ts';
import { removeCategory } from '#app/modules/pricing/categories/arrange-categories.server.ts';
import { listLocked } from '#app/modules/pricing/access/list-locked.server.ts';
import { comparePrices, writePrices } from '#app/modules/pricing/publish/write-prices.server.ts';
import { findMetafield } from '../../../sandbox/shopify/admin-graphql/sources/metafield.ts';

useSandboxShop({ hasOrders: false });

const BUDI = 'budi.santoso@example.com';
const BATIK = 'batik-tulis-parang';
const shopThere = () => sandbox.world.shop(DEMO_SHOP);
const batik = () => sandbox.world.findProduct(DEMO_SHOP, BATIK)!;
const validation = () => shopThere().validations?.[0];
const valueOf = (owner: Parameters<typeof findMetafield>[0], key: string): unknown => {
  const held = findMetafield(owner, '$app', key);
  return held && JSON.parse(held.value);
};
const budiId = () => BigInt(sandbox.world.findCustomer(DEMO_SHOP, BUDI)!.id);
const categoryId = async (key: string): Promise<string> =>
  String(
    (await select('SELECT key, category_id AS id FROM categories WHERE shop_id = $1')).find(
      (each) => each.key === key,
    )!.id,
  );
const setCategory = async (key: string) =>
  pool.query('UPDATE customers SET category_id = $3 WHERE shop_id = $1 AND customer_id = $2', [
    club.shopId,
    budiId(),
    await categoryId(key),
  ]);

const rule = async (change: object = {}) => ({
  kind: 'product',
  id: String(batik().id),
  title: 'Batik Tulis Parang',
  categories: [await categoryId('reseller')],
  tiers: [],
  ...change,
});

let version = 0;
async function save(change: Record<string, unknown> = {}, rules: object[] | null = null): Promise<Loose> {
  const answer = await actOnAccess(club.shopId, {
    version: String(version),
    isOn: true,
    rules: JSON.stringify(rules ?? [await rule()]),
    guest_en: '',
    other_en: '',
    guest_id: '',
    other_id: '',
    ...change,
  });
  if (answer.ok) version += 1;
  return answer;
}

const refusals = async (body: object = {}): Promise<string[]> =>
  (await sandbox.control('POST', '/_control/carts', { customer: BUDI, lines: [{ product: BATIK }], ...body }))
    .body.errors;
const order = (body: object = {}) =>
  sandbox.control('POST', '/_control/orders', { customer: BUDI, lines: [{ product: BATIK }], ...body });
const health = async () => (await readAccessScreen(club.shopId)).health;

beforeEach(async () => {
  version = 0;
  await pool.query('SELECT seed_club($1, 10000)', [club.shopId]);
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id, first_name, email) VALUES ($1, $2, 'Budi', $3) ON CONFLICT (shop_id, customer_id) DO UPDATE SET email = $3`,
    [club.shopId, budiId(), BUDI],
  );
});

describe('A locked product', () => {
  test('is refused to a guest and to others, each in their language, and sold to those it opens for', async () => {
    expect(await save()).toEqual({ ok: true });
    await writePrices();
    expect(validation()).toMatchObject({
      functionHandle: 'members-only',
      isEnabled: true,
      blocksOnFailure: false,
    });
    expect(valueOf(batik(), 'access')).toEqual({ v: 1, cats: ['reseller'], tiers: [] });
    expect(await refusals()).toEqual(['Batik Tulis Parang hanya untuk pelanggan tertentu.']);
    expect(await refusals({ signedIn: false })).toEqual(['Masuk dulu untuk membeli Batik Tulis Parang.']);
    await setCategory('reseller');
    await writePrices();
    expect(valueOf(sandbox.world.findCustomer(DEMO_SHOP, BUDI)!, 'price')).toMatchObject({ cat: 'reseller' });
    expect(await refusals()).toEqual([]);
    // Without prices switched on there is no discount.
    expect(shopThere().appDiscounts ?? []).toEqual([]);
    expect(await writePrices()).toBe(0);
  });

  test('is named to staff at the till while the customer may not have it', async () => {
    const locked = () => listLocked(club.shopId, budiId());
    expect(await locked()).toEqual([]);
    await save();
    await writePrices();
    expect(await locked()).toEqual([BigInt(batik().id)]);
    expect(await listLocked(club.shopId, 1n)).toEqual([BigInt(batik().id)]);
    await setCategory('reseller');
    expect(await locked()).toEqual([]);
    await setCategory('customer');
    await save({ isOn: false });
    expect(await locked()).toEqual([]);
  });

  test('opens for a tier, too, although the tier has no discount', async () => {
    const { rows } = await pool.query<{ id: bigint }>(
      `INSERT INTO tiers (shop_id, name, threshold, position) VALUES ($1, 'Emas', 77, 9) RETURNING tier_id AS id`,
      [club.shopId],
    );
    await pool.query('UPDATE customers SET tier_id = $3 WHERE shop_id = $1 AND customer_id = $2', [
      club.shopId,
      budiId(),
      rows[0]!.id,
    ]);
    await save({}, [await rule({ categories: [], tiers: [String(rows[0]!.id)] })]);
    await writePrices();
    expect(valueOf(batik(), 'access')).toEqual({ v: 1, cats: [], tiers: [`t${rows[0]!.id}`] });
    expect(await refusals()).toEqual([]);
    // Nobody has a tier that was removed: the product stays locked.
    await pool.query('UPDATE tiers SET removed_at = now() WHERE shop_id = $1 AND tier_id = $2', [
      club.shopId,
      rows[0]!.id,
    ]);
    await writePrices();
    expect(valueOf(batik(), 'access')).toEqual({ v: 1, cats: [''], tiers: [] });
    expect(await refusals()).toHaveLength(1);
  });

  test('may be one of a collection, and is let go when it leaves it', async () => {
    const collection = shopThere().collections.find(({ productIds }) => productIds.length > 1)!;
    await save({}, [await rule({ kind: 'collection', id: String(collection.id), title: collection.title })]);
    await writePrices();
    const locked = () =>
      shopThere()
        .products.filter((each) => valueOf(each, 'access') !== undefined && valueOf(each, 'access') !== null)
        .map(({ id }) => id);
    expect(locked().toSorted()).toEqual(collection.productIds.toSorted());
    const [left] = collection.productIds.splice(0, 1);
    await comparePrices();
    await writePrices();
    expect(locked()).not.toContain(left);
    expect(locked()).toHaveLength(collection.productIds.length);
  });

  test('is anyone’s again when it is switched off, and the validation with it', async () => {
    await save();
    await writePrices();
    expect(await save({ isOn: false })).toEqual({ ok: true });
    await writePrices();
    expect(validation()).toMatchObject({ isEnabled: false });
    expect(valueOf(batik(), 'access') ?? null).toBeNull();
    expect(await refusals()).toEqual([]);
    expect(await save()).toEqual({ ok: true });
    await writePrices();
    expect(validation()).toMatchObject({ isEnabled: true });
    expect(shopThere().validations).toHaveLength(1);
  });

  test('stays open for the people of a category that is merged into another', async () => {
    await save();
    await setCategory('reseller');
    await removeCategory(
      club.shopId,
      { categoryId: await categoryId('reseller'), into: await categoryId('agent') },
      'staff:1',
    );
    await writePrices();
    expect(valueOf(batik(), 'access')).toEqual({ v: 1, cats: ['agent'], tiers: [] });
    expect(await refusals()).toEqual([]);
  });

  test('has the shop’s own words in each language', async () => {
    await save({ guest_id: 'Daftar dulu untuk {{products}}', other_en: 'Members: {{products}}' });
    await writePrices();
    expect(await refusals({ signedIn: false })).toEqual(['Daftar dulu untuk Batik Tulis Parang']);
    expect(valueOf(validation()!, 'texts')).toMatchObject({
      v: 1,
      texts: {
        en: { guest: 'Sign in to buy {{products}}.', other: 'Members: {{products}}' },
        id: { guest: 'Daftar dulu untuk {{products}}' },
      },
    });
  });
});

describe('The validation', () => {
  test('is not created for a shop that never asked, and created once when the answer is lost', async () => {
    await comparePrices();
    await writePrices();
    expect(shopThere().validations ?? []).toEqual([]);
    await save();
    await fault('lostReply', { operation: 'CreateValidation' });
    await writePrices();
    await pool.query('UPDATE shop_task_failures SET retry_at = clock_timestamp()');
    await writePrices();
    expect(shopThere().validations).toHaveLength(1);
    expect(await health()).toMatchObject({ hasValidation: true, trouble: null, isWaiting: false, locked: 1 });
  });

  test('that a merchant switched off is left so and reported, until staff switch it on again', async () => {
    await save();
    await writePrices();
    await sandbox.control('POST', `/_control/validations/${validation()!.id}`, { enabled: false });
    await comparePrices();
    expect(validation()).toMatchObject({ isEnabled: false });
    expect(await health()).toMatchObject({ trouble: 'off_at_shopify' });
    // Another change of the rules doesn't switch it on either.
    await save({ other_en: 'Changed {{products}}' });
    await writePrices();
    expect(validation()).toMatchObject({ isEnabled: false });
    expect(valueOf(validation()!, 'texts')).toMatchObject({
      texts: { en: { other: 'Changed {{products}}' } },
    });
    await actOnAccess(club.shopId, { intent: 'activate' });
    await writePrices();
    expect(validation()).toMatchObject({ isEnabled: true });
    expect(await health()).toMatchObject({ trouble: null });
  });

  test('that was deleted, or whose texts someone changed, is repaired in the night', async () => {
    await save();
    await writePrices();
    shopThere().validations = [];
    await comparePrices();
    expect(shopThere().validations).toHaveLength(1);
    const texts = findMetafield(validation()!, '$app', 'texts')!;
    texts.value = '{"v":1,"texts":{}}';
    await comparePrices();
    expect(valueOf(validation()!, 'texts')).toMatchObject({ default: expect.any(String) });
  });

  test('that Shopify refuses is said in words, and tried again when there is room', async () => {
    const others = Array.from({ length: 25 }, (_none, n) => ({
      id: 900 + n,
      title: 'Other',
      functionHandle: 'others',
      isEnabled: true,
      blocksOnFailure: false,
      metafields: [],
    }));
    shopThere().validations = others;
    await save();
    await writePrices();
    expect(await health()).toMatchObject({ trouble: 'too_many', refusedWith: expect.stringContaining('25') });
    shopThere().validations = others.slice(0, 3);
    await actOnAccess(club.shopId, { intent: 'check' });
    await writePrices();
    expect(await health()).toMatchObject({ trouble: null, hasValidation: true });
  });

  test('a metafield of a product that someone deleted is written again', async () => {
    await save();
    await writePrices();
    batik().metafields = [];
    await pool.query(`UPDATE price_products SET compared_at = clock_timestamp() - interval '1 day'`);
    await comparePrices();
    await writePrices();
    expect(valueOf(batik(), 'access')).toMatchObject({ cats: ['reseller'] });
  });
});

describe('Orders that got through', () => {
  const find = async () => {
    await comparePrices();
    return (await readAccessScreen(club.shopId)).breaches;
  };
  /** Placed, and told to the app as its webhook would. */
  const placed = async (body: object = {}): Promise<void> => {
    const answer = await order(body);
    expect(answer.status).toBe(201);
    await shop.tell(answer.body.order);
  };

  test('are found the next night, each once, with the order; those of allowed customers and of the till aren’t', async () => {
    await save();
    await writePrices();
    expect((await order()).status).toBe(422);
    // It was locked an hour ago: carts know it by now.
    await pool.query(`UPDATE access_products SET since = since - interval '1 hour'`);
    await placed({ sourceName: 'shopify_draft_order', bypassCartValidations: true });
    await placed({ sourceName: 'pos' });
    const breaches = await find();
    expect(breaches).toMatchObject([{ customerId: budiId(), products: ['Batik Tulis Parang'] }]);
    expect(await find()).toHaveLength(1);
    await actOnAccess(club.shopId, { intent: 'dismiss', orderId: String(breaches[0]!.orderId) });
    expect(await find()).toEqual([]);
  });

  test('placed before the product was locked, or by someone it opens for, are none', async () => {
    await placed();
    await setCategory('reseller');
    await save();
    await writePrices();
    await placed();
    expect(await find()).toEqual([]);
  });
});

describe('Saving', () => {
  test.each<[Record<string, unknown>, Record<string, unknown>]>([
    [{ rules: 'no list' }, { rules: { code: 'invalid' } }],
    [{ guest_en: 'x'.repeat(251) }, { guest_en: { code: 'too_long' } }],
    [{ isOn: 'yes' }, { isOn: { code: 'invalid' } }],
    [{ version: '5' }, { form: { code: 'changed_meanwhile' } }],
  ])('%j is refused', async (change, errors) => {
    expect(await save(change)).toEqual({ ok: false, errors });
  });

  test('a rule for no one is named by its place, an unknown category refused', async () => {
    expect(await save({}, [await rule(), await rule({ id: '5', categories: [] })])).toEqual({
      ok: false,
      errors: { 'rules.1': { code: 'required' } },
    });
    expect(await save({}, [await rule({ categories: ['999'] })])).toEqual({
      ok: false,
      errors: { form: { code: 'changed_meanwhile' } },
    });
  });
});
