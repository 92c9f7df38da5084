/** The table of products and the pickers, with really signed requests and the sandbox as Shopify. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fault, givenSandboxSession, sandbox } from '#test/support/sandbox-bed.ts';
import { pool } from '#app/db.server.ts';
import { loader as table, action as saveAction } from '#app/routes/app.loyalty.products.tsx';
import { loader as collections } from '#app/routes/app.picker.collections.tsx';
import { loader as products } from '#app/routes/app.picker.products.tsx';
import { adminArgs, thrownBy } from '#test/support/route-requests.ts';
import { DEMO_SHOP, USD_SHOP, type Loose } from '#test/support/sandbox.ts';

const COFFEE = 'kopi-gayo-arabika-250-g';

beforeAll(async () => {
  for (const shop of [DEMO_SHOP, USD_SHOP]) await givenSandboxSession(shop);
});
beforeEach(async () => {
  await sandbox.control('POST', '/_control/reset', { tokens: false });
  await sandbox.control('DELETE', '/_control/faults');
});

const idOf = (handle: string, shop = DEMO_SHOP) => String(sandbox.world.findProduct(shop, handle)?.id);
const pointsOf = async (handle: string) =>
  (await sandbox.control('GET', '/_control/products')).body.products.find(
    (product: Loose) => product.handle === handle,
  )?.points;
const down = (operation: string) => fault('status500', { operation, times: 9 });
const open = (query = '', shop = DEMO_SHOP): Promise<Loose> =>
  table(adminArgs(shop, `/app/loyalty/products${query}`));
async function save(values: Record<string, string>, locale = 'en'): Promise<Loose> {
  return saveAction(adminArgs(DEMO_SHOP, '/app/loyalty/products', { json: { ...values, locale } }));
}
const pick = (query = '', shop = DEMO_SHOP): Promise<Loose> =>
  products(adminArgs(shop, `/app/picker/products${query}`));
const pickCollections = (query = '', shop = DEMO_SHOP): Promise<Loose> =>
  collections(adminArgs(shop, `/app/picker/collections${query}`));

it('nothing is shown without a valid session token', async () => {
  for (const loader of [table, products, collections]) {
    const answer = await thrownBy(Promise.resolve(loader(adminArgs(DEMO_SHOP, '/app', { token: 'no' }))));
    expect(answer.status).toBe(401);
  }
});

describe('the table', () => {
  it("lists the shop's own products by title with their points, archived ones left out", async () => {
    await sandbox.control('POST', `/_control/products/${COFFEE}`, { points: 5 });
    await sandbox.control('POST', '/_control/products/sambal-roa-manado', { status: 'ARCHIVED' });
    const { view, saved } = await open();
    expect(view.isUsed).toBe(false);
    const titles = view.page.items.map(({ title }: { title: string }) => title);
    expect(titles).toEqual(titles.toSorted());
    expect(titles).toHaveLength(7);
    expect(titles).not.toContain('Sambal Roa Manado');
    expect(saved[`points-${idOf(COFFEE)}`]).toBe('5');
    const other = await open('', USD_SHOP);
    expect(other.view.page.items.map(({ title }: { title: string }) => title)).toEqual([
      'Gayo Coffee 250 g',
      'Rattan Tote',
      'Sumba Ikat Throw',
    ]);
  });

  it('finds by beginnings of words; a cursor that leads nowhere leads to the first page', async () => {
    expect((await open('?q=gay%20kop')).view.page.items).toHaveLength(1);
    expect((await open('?q=%22%3A*(')).view.page.items).toHaveLength(8);
    expect((await open('?after=nonsense')).view.page.items).toHaveLength(8);
  });

  it('says so when Shopify does not answer', async () => {
    await down('ListProducts');
    expect((await open()).view.page).toBeNull();
  });

  it('writes what was changed and nothing else, and keeps it for the next orders', async () => {
    const [coffee, tea] = [idOf(COFFEE), idOf('teh-melati-premium')];
    const { rows } = await pool.query('SELECT shop_id FROM shops WHERE domain = $1', [DEMO_SHOP]);
    await pool.query(
      `INSERT INTO products (shop_id, product_id, tags, collection_ids, printed_points) VALUES ($1, $2, '{}', '{}', 3)`,
      [rows[0].shop_id, coffee],
    );
    const { data } = await save(
      {
        [`points-${coffee}`]: '1.250',
        [`was-${coffee}`]: '3',
        [`points-${tea}`]: '4',
        [`was-${tea}`]: '4',
      },
      'id',
    );
    expect(data).toEqual({ ok: true });
    expect(await pointsOf(COFFEE)).toBe('1250');
    expect(await pointsOf('teh-melati-premium')).toBeNull();
    const known = await pool.query('SELECT printed_points, seen_at FROM products WHERE product_id = $1', [
      coffee,
    ]);
    expect(known.rows).toEqual([{ printed_points: 1250n, seen_at: new Date(0) }]);
    expect((await save({ [`points-${coffee}`]: ' ', [`was-${coffee}`]: '1250' })).data).toEqual({ ok: true });
    expect(await pointsOf(COFFEE)).toBe('0');
  });

  it('names the field of what cannot be read, and writes nothing', async () => {
    const [coffee, tea] = [idOf(COFFEE), idOf('teh-melati-premium')];
    const answer = await save({ [`points-${coffee}`]: '-1', [`points-${tea}`]: '4', [`points-x`]: '1' });
    expect(answer.init.status).toBe(422);
    expect(answer.data.errors).toEqual({ [`points-${coffee}`]: { code: 'negative' } });
    const large = await save({ [`points-${tea}`]: '1000001' });
    expect(large.data.errors).toEqual({ [`points-${tea}`]: { code: 'too_large', limit: '1000000' } });
    expect(await pointsOf('teh-melati-premium')).toBeNull();
  });

  it("shows Shopify's refusal at the product, also for one of another shop", async () => {
    const theirs = idOf('rattan-tote', USD_SHOP);
    const answer = await save({ [`points-${theirs}`]: '4', [`points-${idOf(COFFEE)}`]: '4' });
    expect(answer.data.errors).toEqual({ [`points-${theirs}`]: { code: 'gone' } });
    expect(await pointsOf(COFFEE)).toBeNull();
    expect(sandbox.world.findProduct(USD_SHOP, theirs)?.metafields).toEqual([]);
  });

  it('keeps what was typed when Shopify does not answer', async () => {
    await down('SetPrintedPoints');
    const answer = await save({ [`points-${idOf(COFFEE)}`]: '4' });
    expect(answer.data.errors).toEqual({ form: { code: 'not_saved' } });
  });

  it('more than Shopify takes at once goes in several calls', async () => {
    const { world } = sandbox;
    const { products } = world.shop(DEMO_SHOP);
    const many = Array.from({ length: 30 }, (_, n) => ({
      ...structuredClone(products[0]!),
      id: world.nextId(),
      handle: `nr-${n}`,
      metafields: [],
    }));
    products.push(...many);
    const { data } = await save(Object.fromEntries(many.map(({ id }) => [`points-${id}`, '6'])));
    expect(data).toEqual({ ok: true });
    expect(await pointsOf('nr-29')).toBe('6');
    const calls = await sandbox.control('GET', '/_control/requests?operation=SetPrintedPoints');
    expect(calls.body.requests.map((call: Loose) => call.variables.metafields.length)).toEqual([5, 25]);
  });
});

describe('the pickers', () => {
  it('list products page by page with ids as text, and say which page it is', async () => {
    const { world } = sandbox;
    const { products } = world.shop(DEMO_SHOP);
    for (let n = 0; n < 15; n++)
      products.push({
        ...structuredClone(products[0]!),
        id: world.nextId(),
        title: `Zz ${n}`,
        handle: `zz-${n}`,
      });
    const first = await pick();
    expect(first.items).toHaveLength(20);
    expect(first.items[0]).toEqual({
      productId: idOf('batik-tulis-parang'),
      title: 'Batik Tulis Parang',
      imageUrl: expect.stringContaining('/cdn/'),
      status: 'active',
      hasVariants: true,
    });
    const second = await pick(`?after=${encodeURIComponent(first.after)}`);
    expect(second).toMatchObject({ ok: true, after: null, from: first.after });
    expect(second.items).toHaveLength(3);
    expect((await pick('?q=batik')).items).toHaveLength(1);
  });

  it('list variants of a product of this shop only', async () => {
    const answer = await pick(`?product=${idOf('batik-tulis-parang')}`);
    expect(answer.variants.map(({ title }: { title: string }) => title)).toEqual(['M', 'L']);
    expect(answer.variants[0].variantId).toMatch(/^\d+$/);
    expect((await pick(`?product=${idOf('batik-tulis-parang')}`, USD_SHOP)).variants).toEqual([]);
  });

  it('list collections', async () => {
    const { items } = await pickCollections('?q=kopi');
    expect(items).toEqual([
      { collectionId: expect.stringMatching(/^\d+$/), title: 'Kopi & Teh', products: 2 },
    ]);
    expect((await pickCollections('', USD_SHOP)).items.map(({ title }: { title: string }) => title)).toEqual([
      'Coffee',
      'Handmade',
    ]);
  });

  it('say so when Shopify does not answer', async () => {
    await down('ListProducts');
    await down('ListVariants');
    await down('ListCollections');
    expect(await pick()).toEqual({ ok: false });
    expect(await pick('?product=1')).toEqual({ ok: false });
    expect(await pickCollections()).toEqual({ ok: false });
  });
});
