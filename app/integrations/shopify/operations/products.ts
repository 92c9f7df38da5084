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

/** Products for lists, by title. */
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

/** Collections for lists, by title. */
export const LIST_COLLECTIONS = `#graphql
  query ListCollections($first: Int!, $after: String, $query: String) {
    collections(first: $first, after: $after, query: $query, sortKey: TITLE) {
      nodes { id title productsCount { count } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

/** The parts of a product that the club stores; a deleted product comes as null. */
export const READ_PRODUCTS = `#graphql
  query ReadProducts($ids: [ID!]!) {
    nodes(ids: $ids) {
      __typename
      ... on Product {
        id
        title
        status
        updatedAt
        tags
        productType
        vendor
        featuredMedia { preview { image { url(transform: { maxWidth: 160, maxHeight: 160 }) } } }
        metafield(namespace: "$app:loyalty", key: "points") { value }
        collections(first: 50) { nodes { id } pageInfo { hasNextPage endCursor } }
      }
    }
  }
`;

/** What collections are called; a deleted one comes as null. */
export const READ_COLLECTIONS = `#graphql
  query ReadCollections($ids: [ID!]!) {
    nodes(ids: $ids) {
      __typename
      ... on Collection { id title }
    }
  }
`;

/** The remaining collections of a product that is in many. */
export const READ_PRODUCT_COLLECTIONS = `#graphql
  query ReadProductCollections($id: ID!, $after: String) {
    product(id: $id) {
      collections(first: 250, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } }
    }
  }
`;

export const SET_PRINTED_POINTS = `#graphql
  mutation SetPrintedPoints($metafields: [MetafieldsSetInput!]!) {
    metafieldsSet(metafields: $metafields) {
      metafields { id }
      userErrors { field message code }
    }
  }
`;

/** Lets the merchant see and edit the points on Shopify's own product page, and lets themes show them. */
export const DEFINE_PRINTED_POINTS = `#graphql
  mutation DefinePrintedPoints($definition: MetafieldDefinitionInput!) {
    metafieldDefinitionCreate(definition: $definition) {
      createdDefinition { id }
      userErrors { field message code }
    }
  }
`;
