/** Admin GraphQL operations on the cart and checkout validation, and on what it looks at; checked against the real schema by test/contract. */

const ACCESS_VALIDATION = `#graphql
  fragment AccessValidation on Validation {
    id
    enabled
    blockOnFailure
    shopifyFunction { handle appKey }
    texts: metafield(namespace: "$app", key: "texts") { jsonValue }
  }
`;

/** A shop has at most 25 that are switched on. */
export const LIST_VALIDATIONS = `#graphql
  query ListValidations($after: String) {
    validations(first: 50, after: $after) {
      nodes { ...AccessValidation }
      pageInfo { hasNextPage endCursor }
    }
  }
  ${ACCESS_VALIDATION}
`;

export const CREATE_VALIDATION = `#graphql
  mutation CreateValidation($validation: ValidationCreateInput!) {
    validationCreate(validation: $validation) {
      validation { id }
      userErrors { field code message }
    }
  }
`;

/** What isn't sent takes its default: always everything. */
export const UPDATE_VALIDATION = `#graphql
  mutation UpdateValidation($id: ID!, $validation: ValidationUpdateInput!) {
    validationUpdate(id: $id, validation: $validation) {
      validation { id }
      userErrors { field code message }
    }
  }
`;

/** The products of a collection; a deleted one comes as null. */
export const LIST_COLLECTION_PRODUCTS = `#graphql
  query ListCollectionProducts($id: ID!, $after: String) {
    collection(id: $id) {
      products(first: 250, after: $after) {
        nodes { id }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`;
