/** The definition of printed points at Shopify: pinned where possible, and never in the way of anything. */
import { expect, test } from 'vitest';
import { fault, installApp, sandbox, useSandbox } from '#test/support/sandbox-bed.ts';
import { ensurePointsDefined } from '#app/integrations/shopify/products.server.ts';
import { DEMO_SHOP, USD_SHOP } from '#test/support/sandbox.ts';

useSandbox();

const merchant = (total: number, pinned: number, shop = DEMO_SHOP) =>
  sandbox.control('POST', '/_control/metafield-definitions', { shop, total, pinned });
const definitions = (shop = DEMO_SHOP) => sandbox.world.shop(shop).metafieldDefinitions;

test('the install defines and pins it; a second time changes nothing', async () => {
  await installApp(DEMO_SHOP);
  expect(definitions()).toMatchObject([{ key: 'points', isPinned: true }]);
  expect(await ensurePointsDefined(DEMO_SHOP)).toBeNull();
  expect(definitions()).toHaveLength(1);
});

test('where the merchant has pinned the most, it is defined without a pin', async () => {
  await merchant(50, 50, USD_SHOP);
  await installApp(USD_SHOP);
  expect(definitions(USD_SHOP)).toMatchObject([{ key: 'points', isPinned: false }]);
});

test.each([
  ['no place is left', () => merchant(256, 0), /^LIMIT_EXCEEDED: /],
  [
    'values of another type are there',
    async () => {
      const [product] = sandbox.world.shop(DEMO_SHOP).products;
      const at = sandbox.world.instant();
      const namespace = 'app--1--loyalty';
      product!.metafields.push({
        id: 1,
        namespace,
        key: 'points',
        type: 'json',
        value: '{}',
        createdAt: at,
        updatedAt: at,
      });
      const { realNamespace } = await import('#sandbox/shopify/admin-graphql/sources/metafield.ts');
      product!.metafields[0]!.namespace = realNamespace('$app:loyalty');
    },
    /^UNSTRUCTURED_ALREADY_EXISTS: /,
  ],
  [
    'of a code that nothing is known of',
    () => fault('userError', { operation: 'metafieldDefinitionCreate' }),
    /: /,
  ],
])('the refusal is returned when %s', async (_why, given, reason) => {
  await installApp(DEMO_SHOP);
  definitions().length = 0;
  await given();
  expect(await ensurePointsDefined(DEMO_SHOP)).toMatch(reason);
});

test('a refusal does not stop the install', async () => {
  await merchant(256, 0);
  expect(await installApp(DEMO_SHOP)).toBeTypeOf('bigint');
  expect(definitions()).toEqual([]);
});
