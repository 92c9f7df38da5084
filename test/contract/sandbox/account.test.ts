/** The sandbox's customer account: signing in with a code, three states of an order's page, the APIs that extensions ask. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  API_KEY,
  API_SECRET,
  DEMO_SHOP,
  type Loose,
  startTestSandbox,
  type TestSandbox,
} from '#test/support/sandbox.ts';
import { verifySessionToken } from '#sandbox/shopify/session-token.ts';

const EMAIL = 'siti.rahmawati@example.com';
let sandbox: TestSandbox;
let cookie: string;

beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());
beforeEach(() => {
  cookie = '';
});

/** Asks as one browser: it stores cookies and follows nothing. */
async function visit(path: string, form?: Record<string, unknown>, isJson = false) {
  const asForm = Object.entries(form ?? {}).map(([name, value]) => [name, String(value)]);
  const body = form && (isJson ? JSON.stringify(form) : new URLSearchParams(asForm).toString());
  const response = await fetch(`${sandbox.origin}/store/${DEMO_SHOP}/${path}`, {
    redirect: 'manual',
    headers: { cookie, 'accept-language': 'en' },
    ...(body === undefined ? {} : { method: 'POST', body }),
  });
  cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie;
  return { status: response.status, location: response.headers.get('location'), text: await response.text() };
}

async function signIn(email: string, back = ''): Promise<string | null> {
  const { text } = await visit('account/sign-in', { email, back });
  const [, code = ''] = /data-code>(\d{6})</.exec(text) ?? [];
  return (await visit('account/sign-in/code', { code, back })).location;
}

async function placeOrder(customer: string | null, email?: string) {
  const { body } = await sandbox.control('POST', '/_control/orders', {
    customer,
    lines: [{ product: 'teh-melati-premium', quantity: 2 }],
    ...(email === undefined ? {} : { email }),
  });
  const order = sandbox.world.findOrder(DEMO_SHOP, Number(body.order.id));
  if (!order) throw new Error('the order is not there');
  return order;
}

describe('signing in', () => {
  test('with the code that is shown, back to the page; a wrong one and a used one do not', async () => {
    expect((await visit('account')).location).toContain('/account/sign-in?back=');
    const back = `/store/${DEMO_SHOP}/account/profile`;
    const { text } = await visit('account/sign-in', { email: EMAIL, back });
    const [, code = ''] = /data-code>(\d{6})</.exec(text) ?? [];
    const wrong = await visit('account/sign-in/code', {
      code: code === '000000' ? '111111' : '000000',
      back,
    });
    expect(wrong.status).toBe(422);
    expect((await visit('account/sign-in/code', { code, back })).location).toBe(back);
    expect((await visit('account')).text).toContain('Hello, Siti');
    await visit('account/sign-out', {});
    expect((await visit('account/sign-in/code', { code, back })).location).toContain(
      '/account/sign-in?back=',
    );
  });

  test('an unknown address becomes a customer, as at Shopify; never leads to another store', async () => {
    expect(await signIn('baru@example.com', 'https://evil.test/')).toBe(`/store/${DEMO_SHOP}/account`);
    expect(sandbox.world.findCustomer(DEMO_SHOP, 'baru@example.com')).toBeDefined();
    expect((await visit('account/sign-in', { email: 'not an address' })).status).toBe(422);
  });
});

describe("an order's page", () => {
  test('by nothing, by the link of a message, and signed in', async () => {
    const order = await placeOrder(EMAIL);
    const address = `account/orders/${order.token}`;
    const closed = await visit(address);
    expect(closed.text).toContain('Sign in to see this order.');
    expect(closed.text).not.toContain('extension-frame');
    expect(closed.text).not.toContain('Teh Melati');
    const frame = `${address}/extension/account-blocks/customer-account.order-status.block.render`;
    expect((await visit(frame)).status).toBe(404);

    const key = order.confirmationNumber.toLowerCase();
    const byLink = await visit(`${address}?key=${key}`);
    expect(byLink.text).toContain('Teh Melati');
    expect((await visit(`${frame}?key=${key}`)).text).toContain('"authenticationState":"pre_authenticated"');
    expect((await visit(`${frame}?key=${key}`)).text).toContain('services/visitor');

    await signIn(EMAIL);
    expect((await visit(frame)).text).toContain('"authenticationState":"fully_authenticated"');
    await signIn('budi.santoso@example.com');
    expect((await visit(address)).text).toContain('Sign in to see this order.');
  });

  test("a guest's order is seen by who signs in with its address", async () => {
    const order = await placeOrder(null, 'tamu@example.com');
    await signIn('tamu@example.com');
    expect((await visit(`account/orders/${order.token}`)).text).toContain('Teh Melati');
  });
});

describe('tokens', () => {
  const claimsOf = async (who: 'customer' | 'visitor') => {
    const { text } = await visit(`account/services/${who}/session-token`, {}, true);
    return verifySessionToken({ apiKey: API_KEY, apiSecret: API_SECRET }, JSON.parse(text).result);
  };

  test('name the customer once they signed in, and no one before', async () => {
    expect(await claimsOf('customer')).toMatchObject({ ok: true, claims: { dest: DEMO_SHOP } });
    await signIn(EMAIL);
    const id = sandbox.world.findCustomer(DEMO_SHOP, EMAIL)?.id;
    const verdict = await claimsOf('customer');
    expect(verdict).toMatchObject({ ok: true, claims: { sub: `gid://shopify/Customer/${id}` } });
    expect(verdict.ok && [verdict.claims.sid, verdict.claims.iss]).toEqual([undefined, undefined]);
    const visitor = await claimsOf('visitor');
    expect(visitor.ok && visitor.claims.sub).toBeUndefined();
  });
});

describe('what extensions ask', () => {
  const ask = async (api: 'storefront' | 'customer-api', query: string, variables: object = {}) => {
    const { text } = await visit(`account/services/customer/${api}`, { query, variables }, true);
    const { result }: { result: Loose } = JSON.parse(text);
    return result;
  };
  const variant = () => sandbox.world.findProduct(DEMO_SHOP, 'teh-melati-premium')!.variants[0]!;

  test('stock goes down with orders', async () => {
    const query = `query ($ids: [ID!]!) { shop { primaryDomain { url } } nodes(ids: $ids) { id ... on ProductVariant { quantityAvailable sku } } }`;
    const ids = [`gid://shopify/ProductVariant/${variant().id}`, 'gid://shopify/ProductVariant/1'];
    const before = (await ask('storefront', query, { ids })).data;
    expect(before.shop.primaryDomain.url).toBe(`${sandbox.origin}/store/${DEMO_SHOP}`);
    expect(before.nodes[1]).toBeNull();
    await placeOrder(EMAIL);
    const after = (await ask('storefront', query, { ids })).data;
    expect(after.nodes[0].quantityAvailable).toBe(before.nodes[0].quantityAvailable - 2);
  });

  test('own orders, the latest first; a field beyond the simulated part is an error that names it', async () => {
    await signIn(EMAIL);
    const order = await placeOrder(EMAIL);
    const query = `{ customer { orders(first: 1, reverse: true) { nodes { name statusPageUrl lineItems(first: 5) { nodes { sku quantity } } } } } }`;
    expect((await ask('customer-api', query)).data.customer.orders.nodes).toEqual([
      {
        name: order.name,
        statusPageUrl: `${sandbox.origin}/store/${DEMO_SHOP}/account/orders/${order.token}`,
        lineItems: { nodes: [{ sku: 'TEH-01', quantity: 2 }] },
      },
    ]);
    expect((await ask('customer-api', '{ customer { tags } }')).errors[0].message).toContain('"tags"');
  });

  test('a link fills the cart and goes on to cart or checkout', async () => {
    const id = variant().id;
    expect((await visit(`cart/${id}:7,1:2?storefront=true`)).location).toBe(`/store/${DEMO_SHOP}/cart`);
    expect((await visit(`cart/${id}:7`)).location).toBe(`/store/${DEMO_SHOP}/checkout`);
    expect((await visit('cart/nonsense')).status).toBe(404);
  });
});
