/** Admin GraphQL operations on products and collections; checked against the real schema by test/contract. */

const PRODUCT_LINE = `#graphql
  fragment ProductLine on Product {
    id
    title
    status
    hasOnlyDefaultVariant
    featuredMedia { preview { image { url(transform: { maxWidth: 160, maxHeight: 160 }) } } }
    metafield(namespace: "$app:loyalty", key: "points") { value }
  }
`;

/** Products as lists show them, by title. */
export const LIST_PRODUCTS = `#graphql
  query ListProducts($first: Int, $after: String, $last: Int, $before: String, $query: String) {
    products(first: $first, after: $after, last: $last, before: $before, query: $query, sortKey: TITLE) {
      nodes { ...ProductLine }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
  ${PRODUCT_LINE}
`;

export const LIST_VARIANTS = `#graphql
  query ListVariants($id: ID!, $first: Int!, $after: String) {
    product(id: $id) {
      variants(first: $first, after: $after) {
        nodes { id title }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`;

/** Collections as lists show them, by title. */
export const LIST_COLLECTIONS = `#graphql
  query ListCollections($first: Int!, $after: String, $query: String) {
    collections(first: $first, after: $after, query: $query, sortKey: TITLE) {
      nodes { id title productsCount { count } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;
