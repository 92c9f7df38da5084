/** Members-only products in the sandbox: the validation Function in the cart, at the checkout and beside it. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DEMO_SHOP, type Loose, startTestSandbox, type TestSandbox } from '../../support/sandbox.ts';
import { customerGid, setMetafield } from '../../support/price-shop.ts';

let sandbox: TestSandbox;
const BUDI = 'budi.santoso@example.com';
const BATIK = 'batik-tulis-parang';

const CREATE = `mutation Create($validation: ValidationCreateInput!) {
  validationCreate(validation: $validation) {
    validation { id enabled blockOnFailure shopifyFunction { handle apiType } metafield(namespace: "$app", key: "texts") { jsonValue } }
    userErrors { field code message } } }`;
const UPDATE = `mutation Update($id: ID!, $validation: ValidationUpdateInput!) {
  validationUpdate(id: $id, validation: $validation) { validation { id enabled } userErrors { code } } }`;

const TEXTS = {
  v: 1,
  default: 'en',
  texts: {
    en: { guest: 'Sign in to buy {{products}}.', other: '{{products}} is for gold members.' },
    id: { guest: 'Masuk untuk membeli {{products}}.', other: '{{products}} khusus member gold.' },
  },
};

beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await sandbox.control('POST', '/_control/reset', {});
});

async function create(changes: Record<string, unknown> = {}): Promise<Loose> {
  const validation = {
    functionHandle: 'members-only',
    title: 'Members-only products',
    enable: true,
    blockOnFailure: false,
    metafields: [{ namespace: '$app', key: 'texts', type: 'json', value: JSON.stringify(TEXTS) }],
    ...changes,
  };
  const { data, errors } = await sandbox.graphql(CREATE, { validation });
  if (errors) throw new Error(JSON.stringify(errors));
  return data.validationCreate;
}

/** The batik is for gold members, of whom Budi is one if `tier` says so. */
async function aGate(tier: string | null = null): Promise<Loose> {
  const { validation, userErrors } = await create();
  expect(userErrors).toEqual([]);
  const product = sandbox.world.findProduct(DEMO_SHOP, BATIK)!;
  await setMetafield(sandbox, `gid://shopify/Product/${product.id}`, 'access', { v: 1, tiers: ['gold'] });
  if (tier) await setMetafield(sandbox, customerGid(sandbox, BUDI), 'price', { v: 1, tier });
  return validation;
}

const errorsOf = async (body: object = {}): Promise<string[]> =>
  (await sandbox.control('POST', '/_control/carts', { customer: BUDI, lines: [{ product: BATIK }], ...body }))
    .body.errors;

const order = (body: object = {}) =>
  sandbox.control('POST', '/_control/orders', { customer: BUDI, lines: [{ product: BATIK }], ...body });

/** A shopper with the batik in the cart, signed in or not. */
async function shopper(
  email: string | null,
): Promise<(path: string, form?: Record<string, string>) => Promise<Response>> {
  const first = await fetch(`${sandbox.origin}/store/${DEMO_SHOP}`);
  const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? '';
  const visit = (path: string, form?: Record<string, string>) =>
    fetch(`${sandbox.origin}/store/${DEMO_SHOP}/${path}`, {
      headers: { cookie },
      redirect: 'manual',
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    });
  if (email) await visit('sign-in', { customer: String(sandbox.world.findCustomer(DEMO_SHOP, email)?.id) });
  const variant = sandbox.world.findProduct(DEMO_SHOP, BATIK)?.variants[0]?.id;
  await visit('cart', { variant: String(variant) });
  return visit;
}

describe('who may buy', () => {
  test('a gold member may, another and a guest may not', async () => {
    await aGate('gold');
    expect(await errorsOf()).toEqual([]);
    expect((await order()).status).toBe(201);
    expect(await errorsOf({ customer: 'dewi.lestari@example.com' })).toHaveLength(1);
    const { status, body } = await order({ customer: null, email: BUDI });
    expect([status, body.reason]).toEqual([422, 'validation']);
    expect(sandbox.world.shop(DEMO_SHOP).orders).toHaveLength(1);
  });

  test('tills and orders over the API are not locked; a draft may be completed in spite of it', async () => {
    await aGate();
    expect((await order({ sourceName: 'pos' })).status).toBe(201);
    expect((await order({ sourceName: '12345' })).status).toBe(201);
    expect((await order({ sourceName: 'shopify_draft_order' })).status).toBe(422);
    expect((await order({ sourceName: 'shopify_draft_order', bypassCartValidations: true })).status).toBe(
      201,
    );
  });

  test('the merchant can switch it off in the settings of the checkout', async () => {
    const { id } = await aGate();
    await sandbox.control('POST', `/_control/validations/${String(id).split('/').at(-1)}`, {
      enabled: false,
    });
    expect(await errorsOf()).toEqual([]);
  });
});

describe('what the shopper sees', () => {
  test('the message in the cart and at the checkout, in the language of the page; no order', async () => {
    await aGate();
    const visit = await shopper(BUDI);
    expect(await (await visit('cart?locale=id')).text()).toContain('Batik Tulis Parang khusus member gold.');
    expect(await (await visit('checkout?locale=en')).text()).toContain(
      'Batik Tulis Parang is for gold members.',
    );
    const placed = await visit('checkout?locale=en', { payment: 'card' });
    expect(placed.status).toBe(422);
    expect(await placed.text()).toContain('is for gold members.');
    expect(sandbox.world.shop(DEMO_SHOP).orders).toEqual([]);
  });

  test('a guest is told to sign in', async () => {
    await aGate();
    const visit = await shopper(null);
    expect(await (await visit('cart?locale=en')).text()).toContain('Sign in to buy Batik Tulis Parang.');
  });
});

describe('validationCreate and -Update', () => {
  test('return the validation with its Function and its texts', async () => {
    const { validation } = await create();
    expect(validation).toMatchObject({
      enabled: true,
      blockOnFailure: false,
      shopifyFunction: { handle: 'members-only', apiType: 'cart_checkout_validation' },
      metafield: { jsonValue: TEXTS },
    });
    const { data } = await sandbox.graphql('query { validations(first: 5) { nodes { id title } } }');
    expect(data.validations.nodes).toEqual([{ id: validation.id, title: 'Members-only products' }]);
  });

  test('an update that leaves out `enable` switches it off: the default is false', async () => {
    const { id } = await aGate();
    const { data } = await sandbox.graphql(UPDATE, { id, validation: { title: 'Gold only' } });
    expect(data.validationUpdate.validation.enabled).toBe(false);
    const { data: gone } = await sandbox.graphql(UPDATE, {
      id: 'gid://shopify/Validation/1',
      validation: {},
    });
    expect(gone.validationUpdate.userErrors).toEqual([{ code: 'NOT_FOUND' }]);
  });

  test.each([
    [{ functionHandle: undefined }, 'MISSING_FUNCTION_IDENTIFIER'],
    [{ functionHandle: 'locks' }, 'FUNCTION_NOT_FOUND'],
    [{ functionHandle: 'category-price' }, 'FUNCTION_DOES_NOT_IMPLEMENT'],
  ])('refuse %j', async (changes, code) => {
    const { validation, userErrors } = await create(changes);
    expect([validation, userErrors.map((each: Loose) => each.code)]).toEqual([null, [code]]);
  });

  test('refuse the 26th that is active', async () => {
    for (let index = 0; index < 25; index++) await create({ title: `Rule ${index}` });
    expect((await create()).userErrors[0].code).toBe('MAX_VALIDATIONS_ACTIVATED');
    expect((await create({ enable: false })).userErrors).toEqual([]);
  });

  test("the app's Functions are listed", async () => {
    const { data } = await sandbox.graphql(
      'query { shopifyFunctions(first: 10) { nodes { handle apiType } } }',
    );
    expect(data.shopifyFunctions.nodes).toEqual([
      { handle: 'category-price', apiType: 'discount' },
      { handle: 'members-only', apiType: 'cart_checkout_validation' },
    ]);
  });
});
