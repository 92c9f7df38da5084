/** Links of Shopify's admin into the app: the record's screen, with the frame's own parameters. */
import { beforeAll, expect, it } from 'vitest';
import { loader } from '#app/routes/app.open.$kind.tsx';
import { adminArgs, givenSession, thrownBy } from '#test/support/route-requests.ts';
import { givenShop } from '#test/support/shops.ts';

const SHOP = 'links.myshopify.com';

beforeAll(async () => {
  await givenShop({ domain: SHOP });
  await givenSession(SHOP);
});

const open = (kind: string, search: string) =>
  loader(adminArgs(SHOP, `/app/open/${kind}?${search}`, { params: { kind } }));

it.each([
  ['customer', '/app/customers/7001?embedded=1&host=abc'],
  ['order', '/app/activity/orders/7001?embedded=1&host=abc'],
])('of a %s leads to its screen', async (kind, wanted) => {
  const answer = await open(kind, 'embedded=1&id=7001&host=abc');
  expect([answer.status, answer.headers.get('location')]).toEqual([302, wanted]);
});

it('of anything else, or without an id, leads nowhere', async () => {
  for (const [kind, search] of [
    ['product', 'id=7'],
    ['customer', 'id=x'],
    ['order', ''],
    ['customer', 'id=//evil.test'],
  ] as const)
    expect((await thrownBy(open(kind, search))).status).toBe(404);
});
