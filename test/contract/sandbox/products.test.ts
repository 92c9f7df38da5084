/** Products, collections and their metafields in the sandbox: the Admin API, and the webhooks an app receives. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DEMO_SHOP, startTestSandbox, type Loose, type TestSandbox } from '../../support/sandbox.ts';

const COFFEE = 'kopi-gayo-arabika-250-g';
const POINTS = { namespace: '$app:loyalty', key: 'points' };

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await sandbox.control('POST', '/_control/reset', {});
  sandbox.receiver.received.length = 0;
});

const gidOf = (handle: string) => `gid://shopify/Product/${sandbox.world.findProduct(DEMO_SHOP, handle)?.id}`;
const change = (handle: string, what: Record<string, unknown>) =>
  sandbox.control('POST', `/_control/products/${handle}`, what);

async function titles(query: string, more = 'first: 50'): Promise<string[]> {
  const answer = await sandbox.graphql(
    `query ($query: String) { products(${more}, query: $query, sortKey: TITLE) { nodes { title } } }`,
    { query },
  );
  expect(answer.errors).toBeUndefined();
  return answer.data.products.nodes.map(({ title }: { title: string }) => title);
}

function setPoints(
  value: string,
  ownerId = gidOf(COFFEE),
  more: Record<string, unknown> = {},
): Promise<Loose> {
  return sandbox.graphql(
    `mutation ($m: [MetafieldsSetInput!]!) {
      metafieldsSet(metafields: $m) { metafields { value ownerType } userErrors { field code message } } }`,
    { m: [{ ...POINTS, type: 'number_integer', ownerId, value, ...more }] },
  );
}

async function received(topic: string): Promise<Loose[]> {
  await sandbox.webhooks.idle();
  return sandbox.receiver.received.filter((each) => each.topic === topic).map(({ payload }) => payload);
}

describe('search', () => {
  test('words, beginnings of words and statuses', async () => {
    expect(await titles('kopi*')).toEqual(['Kopi Gayo Arabika 250 g']);
    expect(await titles('KOP* gay*')).toEqual(['Kopi Gayo Arabika 250 g']);
    expect(await titles('kop')).toEqual([]);
    await change(COFFEE, { status: 'DRAFT' });
    await change('batik-tulis-parang', { status: 'ARCHIVED' });
    expect(await titles('status:draft,archived')).toEqual(['Batik Tulis Parang', 'Kopi Gayo Arabika 250 g']);
    expect(await titles('status:active bati*')).toEqual([]);
  });

  test('what is not simulated is refused by name: phrases, OR', async () => {
    for (const query of ['"kopi gayo"', 'kopi OR teh', '(kopi)']) {
      const answer = await sandbox.graphql(
        'query ($q: String) { products(first: 1, query: $q) { nodes { id } } }',
        {
          q: query,
        },
      );
      expect(answer.errors[0].message).toContain('is not simulated');
    }
  });

  test('pages go both ways', async () => {
    interface Page {
      nodes: { title: string }[];
      pageInfo: { hasPreviousPage: boolean; startCursor: string; endCursor: string };
    }
    const page = async (place: string): Promise<Page> =>
      (
        await sandbox.graphql(
          `{ products(${place}, sortKey: TITLE) { nodes { title } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
        )
      ).data.products;
    const first = await page('first: 3');
    const second = await page(`first: 3, after: "${first.pageInfo.endCursor}"`);
    expect(second.pageInfo.hasPreviousPage).toBe(true);
    expect((await page(`last: 3, before: "${second.pageInfo.startCursor}"`)).nodes).toEqual(first.nodes);
  });
});

test('collections: those of the shop, those of a product, the products of one', async () => {
  await change(COFFEE, { collections: ['obral', 'kopi-teh'] });
  const { data } = await sandbox.graphql(
    `query ($id: ID!) {
      product(id: $id) { collections(first: 5) { nodes { title } } }
      collections(first: 10, query: "keraj*") { nodes { title productsCount { count } products(first: 1) { nodes { title } } } }
    }`,
    { id: gidOf(COFFEE) },
  );
  expect(data.product.collections.nodes).toEqual([{ title: 'Kopi & Teh' }, { title: 'Obral' }]);
  expect(data.collections.nodes).toEqual([
    {
      title: 'Kerajinan Nusantara',
      productsCount: { count: 3 },
      products: { nodes: [{ title: 'Batik Tulis Parang' }] },
    },
  ]);
});

describe('metafields of products', () => {
  test('are written, read, and trigger products/update', async () => {
    const { data } = await setPoints('12');
    expect(data.metafieldsSet).toEqual({
      metafields: [{ value: '12', ownerType: 'PRODUCT' }],
      userErrors: [],
    });
    const read = await sandbox.graphql(
      `query ($id: ID!) { product(id: $id) { metafield(namespace: "$app:loyalty", key: "points") { value type } } }`,
      { id: gidOf(COFFEE) },
    );
    expect(read.data.product.metafield).toEqual({ value: '12', type: 'number_integer' });
    expect(await received('products/update')).toHaveLength(1);
  });

  test('of deleted products, and values of another kind, are refused by place', async () => {
    const gone = await setPoints('1', 'gid://shopify/Product/1');
    expect(gone.data.metafieldsSet.userErrors).toMatchObject([{ field: ['metafields', '0', 'ownerId'] }]);
    const wrong = await setPoints('many');
    expect(wrong.data.metafieldsSet.userErrors).toMatchObject([
      { field: ['metafields', '0', 'value'], code: 'INVALID_VALUE' },
    ]);
  });

  test('need write_products', async () => {
    const scopes = ['read_products', 'write_customers'];
    await sandbox.control('POST', '/_control/scopes', { scopes });
    const token = await sandbox.accessToken();
    const m = [{ ...POINTS, type: 'number_integer', ownerId: gidOf(COFFEE), value: '1' }];
    const answer = await sandbox.graphql(
      'mutation ($m: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $m) { userErrors { message } } }',
      { m },
      token,
    );
    await sandbox.control('POST', '/_control/scopes', { scopes: null });
    expect(answer.errors[0].extensions.code).toBe('ACCESS_DENIED');
  });

  test('keep to their definition, of which there is one', async () => {
    const define = async (): Promise<Loose> =>
      (
        await sandbox.graphql(
          `mutation ($d: MetafieldDefinitionInput!) {
            metafieldDefinitionCreate(definition: $d) { createdDefinition { key } userErrors { code } } }`,
          {
            d: {
              ...POINTS,
              name: 'Points',
              ownerType: 'PRODUCT',
              type: 'number_integer',
              validations: [{ name: 'max', value: '100' }],
            },
          },
        )
      ).data.metafieldDefinitionCreate;
    expect(await define()).toEqual({ createdDefinition: { key: 'points' }, userErrors: [] });
    expect(await define()).toEqual({ createdDefinition: null, userErrors: [{ code: 'TAKEN' }] });
    expect((await setPoints('101')).data.metafieldsSet.userErrors).toMatchObject([{ code: 'INVALID_VALUE' }]);
    const text = await setPoints('10', gidOf(COFFEE), { type: 'single_line_text_field' });
    expect(text.data.metafieldsSet.userErrors).toMatchObject([{ code: 'INVALID_TYPE' }]);
    expect((await setPoints('100')).data.metafieldsSet.userErrors).toEqual([]);
  });
});

test('webhooks: an update has only the fields that the app asks for, a deletion the id', async () => {
  await change(COFFEE, { tags: ['kopi', 'baru'], title: 'Kopi' });
  const { id } = sandbox.world.findProduct(DEMO_SHOP, COFFEE)!;
  await sandbox.control('DELETE', `/_control/products/${COFFEE}`);
  const [update] = await received('products/update');
  expect(Object.keys(update).toSorted()).toEqual([
    'admin_graphql_api_id',
    'id',
    'status',
    'tags',
    'title',
    'updated_at',
  ]);
  expect(update).toMatchObject({ id, title: 'Kopi', status: 'active', tags: 'baru, kopi' });
  expect(await received('products/delete')).toEqual([{ id }]);
  const { data } = await sandbox.graphql('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
    ids: [`gid://shopify/Product/${id}`],
  });
  expect(data.nodes).toEqual([null]);
});

test('a picture is served where the API says', async () => {
  const { data } = await sandbox.graphql(
    'query ($id: ID!) { product(id: $id) { featuredMedia { preview { image { url } } } } }',
    { id: gidOf(COFFEE) },
  );
  const answer = await fetch(data.product.featuredMedia.preview.image.url);
  expect(answer.headers.get('content-type')).toBe('image/svg+xml');
  expect(await answer.text()).toContain('<svg');
});
