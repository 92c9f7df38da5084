/** Metafield definitions in the sandbox: declared by the app's configuration, made at run time, and refused. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { DEMO_SHOP, startTestSandbox, type Loose, type TestSandbox } from '../../support/sandbox.ts';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await sandbox.control('POST', '/_control/reset', {});
});

const POINTS = {
  namespace: '$app:loyalty',
  key: 'points',
  type: 'number_integer',
  ownerType: 'PRODUCT',
  name: 'Points',
};

async function create(change: Loose = {}): Promise<{ created: Loose; code: string | undefined }> {
  const { data, errors } = await sandbox.graphql(
    `mutation ($definition: MetafieldDefinitionInput!) { metafieldDefinitionCreate(definition: $definition) {
      createdDefinition { key capabilities { adminFilterable { enabled } } } userErrors { field message code } } }`,
    { definition: { ...POINTS, ...change } },
  );
  expect(errors).toBeUndefined();
  const { createdDefinition, userErrors } = data.metafieldDefinitionCreate;
  return { created: createdDefinition, code: userErrors[0]?.code };
}

const merchant = (total: number, pinned: number) =>
  sandbox.control('POST', '/_control/metafield-definitions', { total, pinned });

test('one a key; a declared one is there from the start, and its type is enforced', async () => {
  expect((await create()).created).toMatchObject({ key: 'points' });
  expect((await create()).code).toBe('TAKEN');
  const gender = { namespace: '$app', key: 'gender', ownerType: 'CUSTOMER', type: 'single_line_text_field' };
  expect((await create(gender)).code).toBe('TAKEN');
  const ownerId = `gid://shopify/Customer/${sandbox.world.shop(DEMO_SHOP).customers[0]!.id}`;
  const { data } = await sandbox.graphql(
    `mutation ($metafields: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $metafields) { userErrors { code } } }`,
    { metafields: [{ ownerId, namespace: '$app', key: 'gender', type: 'json', value: '{}' }] },
  );
  expect(data.metafieldsSet.userErrors).toEqual([{ code: 'INVALID_TYPE' }]);
});

test('where the merchant has pinned the most, a pinned one is refused whole, and one without pin is made', async () => {
  await merchant(50, 50);
  expect(await create({ pin: true })).toEqual({ created: null, code: 'PINNED_LIMIT_REACHED' });
  expect((await create({ pin: false })).code).toBeUndefined();
});

test.each([
  ['LIMIT_EXCEEDED', {}, () => merchant(256, 0)],
  ['UNSUPPORTED_PINNING', { pin: true, constraints: { key: 'category', values: [] } }, () => merchant(0, 0)],
  [
    'INVALID_CAPABILITY',
    { type: 'json', capabilities: { adminFilterable: { enabled: true } } },
    () => merchant(0, 0),
  ],
  ['INVALID_OPTION', { validations: [{ name: 'scheme', value: 'https' }] }, () => merchant(0, 0)],
])('%s is a user error', async (code, change, given) => {
  await given();
  expect(await create(change)).toEqual({ created: null, code });
});

test('values of another type stand in the way', async () => {
  const [product] = sandbox.world.shop(DEMO_SHOP).products;
  const ownerId = `gid://shopify/Product/${product!.id}`;
  await sandbox.graphql(
    `mutation ($metafields: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $metafields) { userErrors { code } } }`,
    {
      metafields: [
        { ownerId, namespace: '$app:loyalty', key: 'points', type: 'single_line_text_field', value: 'ten' },
      ],
    },
  );
  expect((await create()).code).toBe('UNSTRUCTURED_ALREADY_EXISTS');
});

test('a filterable one says so', async () => {
  const capabilities = { adminFilterable: { enabled: true } };
  expect((await create({ capabilities })).created.capabilities.adminFilterable.enabled).toBe(true);
});
