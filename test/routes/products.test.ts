/** The table of products and the pickers, with really signed requests and the sandbox as Shopify. */
import { Session } from '@shopify/shopify-api';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  DEMO_SHOP,
  startTestSandbox,
  USD_SHOP,
  type Loose,
  type TestSandbox,
} from '#test/support/sandbox.ts';

/** The screens bring all of Polaris. */
const LOADING_MS = 60_000;
const COFFEE = 'kopi-gayo-arabika-250-g';

let sandbox: TestSandbox;
let app: {
  pool: typeof import('#app/db.server.ts').pool;
  table: typeof import('#app/routes/app.products.tsx').loader;
  save: typeof import('#app/routes/app.products.tsx').action;
  products: typeof import('#app/routes/app.picker.products.tsx').loader;
  collections: typeof import('#app/routes/app.picker.collections.tsx').loader;
  adminArgs: typeof import('#test/support/route-requests.ts').adminArgs;
  thrownBy: typeof import('#test/support/route-requests.ts').thrownBy;
  storeSession: (session: Session) => Promise<unknown>;
};

beforeAll(async () => {
  sandbox = await startTestSandbox();
  process.env.SHOPIFY_SANDBOX_ORIGIN = sandbox.origin;
  const { sessionStorage } = await import('#app/shopify.server.ts');
  const { loader: table, action: save } = await import('#app/routes/app.products.tsx');
  const { loader: products } = await import('#app/routes/app.picker.products.tsx');
  const { loader: collections } = await import('#app/routes/app.picker.collections.tsx');
  app = {
    ...(await import('#app/db.server.ts')),
    ...(await import('#test/support/route-requests.ts')),
    table,
    save,
    products,
    collections,
    storeSession: (session) => sessionStorage.storeSession(session),
  };
  for (const shop of [DEMO_SHOP, USD_SHOP]) {
    const accessToken = await sandbox.accessToken(shop);
    const expires = new Date(Date.now() + 3_600_000);
    await app.storeSession(
      new Session({ id: `offline_${shop}`, shop, state: '', isOnline: false, accessToken, expires }),
    );
  }
}, LOADING_MS);
afterAll(() => sandbox.close());
beforeEach(async () => {
  await sandbox.control('POST', '/_control/reset', { tokens: false });
  await sandbox.control('DELETE', '/_control/faults');
});

const idOf = (handle: string, shop = DEMO_SHOP) => String(sandbox.world.findProduct(shop, handle)?.id);
const pointsOf = async (handle: string) =>
  (await sandbox.control('GET', '/_control/products')).body.products.find(
    (product: Loose) => product.handle === handle,
  )?.points;
const down = (operation: string) =>
  sandbox.control('POST', '/_control/faults', { target: 'graphql', kind: 'status500', operation, times: 9 });
const open = (query = '', shop = DEMO_SHOP): Promise<Loose> =>
  app.table(app.adminArgs(shop, `/app/products${query}`));
async function save(values: Record<string, string>, locale = 'en'): Promise<Loose> {
  return app.save(app.adminArgs(DEMO_SHOP, '/app/products', { json: { ...values, locale } }));
}
const pick = (query = '', shop = DEMO_SHOP): Promise<Loose> =>
  app.products(app.adminArgs(shop, `/app/picker/products${query}`));
const pickCollections = (query = '', shop = DEMO_SHOP): Promise<Loose> =>
  app.collections(app.adminArgs(shop, `/app/picker/collections${query}`));

it('nothing is shown without a valid session token', async () => {
  for (const loader of [app.table, app.products, app.collections]) {
    const answer = await app.thrownBy(
      Promise.resolve(loader(app.adminArgs(DEMO_SHOP, '/app', { token: 'no' }))),
    );
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
    const { rows } = await app.pool.query('SELECT shop_id FROM shops WHERE domain = $1', [DEMO_SHOP]);
    await app.pool.query(
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
    const known = await app.pool.query('SELECT printed_points, seen_at FROM products WHERE product_id = $1', [
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
    expect(answer.data.errors).toEqual({ [`points-${coffee}`]: { code: 'not_a_number' } });
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
