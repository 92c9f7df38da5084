/**
 * What the app's operations cost by Shopify's formula, as it was worked out by hand from the figures of its staff: object 1,
 * connection 2 + node x ⌊2 ln n⌋, mutation 10. None may come near the 1,000 that one query may cost.
 */
import { concatAST, type DocumentNode, type FragmentDefinitionNode, getOperationAST, Kind } from 'graphql';
import { expect, test } from 'vitest';
import { adminSchema } from '#sandbox/shopify/admin-graphql/schema.ts';
import { requestedCost } from '#sandbox/shopify/admin-graphql/cost.ts';
import { readOperations } from '#scripts/lib/graphql-operations.ts';

const sources = readOperations();
const fragments = sources.flatMap(({ document }) =>
  document.definitions.filter(
    (node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION,
  ),
);
const fragmentsDocument: DocumentNode = { kind: Kind.DOCUMENT, definitions: fragments };
const operations = new Map(
  sources.flatMap(({ document }) => {
    const operation = getOperationAST(document);
    return operation ? [[operation.name?.value ?? '', operation] as const] : [];
  }),
);
const LARGEST = { first: 50, last: null };

function costOf(name: string, variables: Record<string, unknown> = LARGEST): number {
  const operation = operations.get(name)!;
  const document = concatAST([{ kind: Kind.DOCUMENT, definitions: [operation] }, fragmentsDocument]);
  return requestedCost(adminSchema().schema, document, operation, variables);
}

test.each([
  ['ReadOrderLines', {}, 87],
  ['ListChangedOrders', { first: 100 }, 20],
  ['ListProducts', { first: 20 }, 27],
  ['ReadChangedCustomers', { first: 50 }, 93],
  ['ReadStoreCredit', { first: 50 }, 75],
  ['SetCustomer', {}, 10],
])('%s costs what the formula says', (name, variables, cost) => {
  expect(costOf(name, variables)).toBe(cost);
});

test('no operation is near the limit of one query', () => {
  const queries = [...operations.keys()].filter((name) => !name.startsWith('Bulk'));
  expect(queries.length).toBeGreaterThan(30);
  const dear = queries.map((name) => ({ name, cost: costOf(name) })).filter(({ cost }) => cost > 300);
  expect(dear).toEqual([]);
});

test('a page above 250 costs as one of 250', () => {
  expect(costOf('ListChangedOrders', { first: 1_000 })).toBe(costOf('ListChangedOrders', { first: 250 }));
});
