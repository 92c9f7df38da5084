/** The cost of a Function's input query by Shopify's published rules. */
import {
  getNamedType,
  type GraphQLSchema,
  isLeafType,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** Shopify's limits of an input query. */
export const QUERY_LIMITS = { cost: 30, bytes: 3_000 };

/** Fields of cost 3, with what is below them. Other leaves cost 1, objects and `__typename` nothing. */
const DEAR = new Set(['metafield', 'hasAnyTag', 'hasTags', 'inAnyCollection', 'inCollections']);
const DEAR_COST = 3;

/** Returns the cost of a query that is valid on its schema. */
export function queryCost(schema: GraphQLSchema, query: string): number {
  const types = new TypeInfo(schema);
  let cost = 0;
  visit(
    parse(query),
    visitWithTypeInfo(types, {
      Field: {
        enter(node) {
          const name = node.name.value;
          if (name === '__typename') return undefined;
          if (DEAR.has(name)) {
            cost += DEAR_COST;
            return false;
          }
          if (isLeafType(getNamedType(types.getType() ?? undefined))) cost += 1;
          return undefined;
        },
      },
    }),
  );
  return cost;
}
