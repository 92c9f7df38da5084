import { parse, print } from 'graphql';
import { expect, test } from 'vitest';
import { inlineFragments } from '#app/integrations/shopify/inline-fragments.ts';
import { BULK_ORDERS } from '#app/integrations/shopify/operations/orders.ts';
import { BULK_CUSTOMERS, BULK_PRODUCTS } from '#app/integrations/shopify/operations/sync.ts';

const NAME = `#graphql
  fragment Name on Customer { firstName address { city } }
`;
const CODE = `#graphql
  fragment Code on DiscountCodeApplication { code }
`;

test('fragments are written out where they are used, as often as they are', () => {
  const document = `#graphql
    query Read { a { ...Name id } b { ...Name ... on Other { ...Code } } }
    ${NAME}
    ${CODE}
  `;
  expect(print(parse(inlineFragments(document)))).toBe(
    print(
      parse(`query Read {
        a { firstName address { city } id }
        b { firstName address { city } ... on Other { code } }
      }`),
    ),
  );
});

test('a fragment that the document lacks is refused', () => {
  expect(() => inlineFragments(`query Read { a { ...Name } } ${CODE}`)).toThrow('Name');
});

test.each([
  ['orders', BULK_ORDERS],
  ['customers', BULK_CUSTOMERS],
  ['products', BULK_PRODUCTS],
])('the bulk query of %s is one operation without named fragments', (_what, query) => {
  expect(query).not.toMatch(/\bfragment\s+\w|\.\.\.\w/);
  expect(parse(query).definitions).toHaveLength(1);
});
