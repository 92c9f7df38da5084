/** Prices of resellers beside goods that a campaign gives away. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDiscount, customerGid, priceRules, setMetafield } from '../../support/price-shop.ts';
import { startTestSandbox, type Loose, type TestSandbox } from '../../support/sandbox.ts';

const BUDI = 'budi.santoso@example.com';
const TEA = 'teh-melati-premium';
const SAMBAL = 'sambal-roa-manado';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());

test('goods that a campaign gives away stay as many as they were, and have no second discount', async () => {
  const combinesWith = { orderDiscounts: true, productDiscounts: true, shippingDiscounts: true };
  await createDiscount(sandbox, { rules: priceRules(), combinesWith });
  await setMetafield(sandbox, customerGid(sandbox, BUDI), 'price', { v: 1, cat: 'reseller' });
  await sandbox.control('POST', '/_control/discounts', {
    title: 'Free sambal',
    class: 'product',
    percent: 100,
    products: [SAMBAL],
    combinesWith: ['product', 'order', 'shipping'],
  });
  const { body } = await sandbox.control('POST', '/_control/carts', {
    customer: BUDI,
    lines: [
      { product: TEA, quantity: 2 },
      { product: SAMBAL, quantity: 2 },
    ],
  });
  expect(
    body.cart.lines.map(({ quantity, total, discounts }: Loose) => [quantity, total, discounts.length]),
  ).toEqual([
    [2, '81000.00', 1],
    [2, '0.00', 1],
  ]);
});
