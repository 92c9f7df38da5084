/** Further shops in the sandbox, each with what the seed's shops begin with, and orders that are placed in the past. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEMO_SHOP, startTestSandbox, type Loose, type TestSandbox } from '#test/support/sandbox.ts';

const OTHER = 'another-one.myshopify.com';

let sandbox: TestSandbox;

beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());

const listed = async (what: string, shop: string): Promise<Loose[]> =>
  (await sandbox.control('GET', `/_control/${what}?shop=${shop}`)).body[what];
const order = (body: object) =>
  sandbox.control('POST', '/_control/orders', {
    customer: null,
    lines: [{ title: 'Kain', price: 5 }],
    ...body,
  });

test('a shop is opened with the products and customers of the seed, under ids of its own', async () => {
  await order({ shop: DEMO_SHOP });
  const { status, body } = await sandbox.control('POST', '/_control/shops', { domain: OTHER });
  expect(status).toBe(201);
  expect(body.shop).toMatchObject({ domain: OTHER, currency: 'IDR' });
  for (const what of ['products', 'customers']) {
    const [theirs, ours] = [await listed(what, OTHER), await listed(what, DEMO_SHOP)];
    const nameOf = (each: Loose) => each.title ?? each.email;
    expect(theirs.map(nameOf)).toEqual(ours.map(nameOf));
    const known = new Set(ours.map(({ id }) => id));
    expect(theirs.filter(({ id }) => known.has(id))).toEqual([]);
  }
  expect(await listed('orders', OTHER)).toEqual([]);
  expect((await order({ shop: OTHER })).body.order.name).toBe('#1001');
});

test('a domain that is taken or none, and a shop to be like that the seed lacks, are refused', async () => {
  const open = (body: object) => sandbox.control('POST', '/_control/shops', body);
  expect((await open({ domain: DEMO_SHOP })).status).toBe(400);
  expect((await open({ domain: 'example.com' })).status).toBe(400);
  expect((await open({ domain: 'third.myshopify.com', like: 'no.myshopify.com' })).status).toBe(404);
});

test('an order of the past has its times, its webhooks too; what follows is of now again', async () => {
  const at = '2026-10-05T04:00:00.000Z';
  const past = (await order({ at })).body.order;
  expect(Math.abs(Date.parse(past.created_at) - Date.parse(at))).toBeLessThan(2_000);
  const now = (await order({})).body.order;
  expect(Math.abs(Date.parse(now.created_at) - Date.now())).toBeLessThan(60_000);
  await sandbox.webhooks.idle();
  const told = sandbox.receiver.received.find(({ payload }) => payload.id === past.id);
  expect(told?.headers['x-shopify-triggered-at']).toMatch(/^2026-10-05T04:00:0/);
});
