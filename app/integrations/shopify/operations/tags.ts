/** Admin GraphQL operations on customers' tags; checked against the real schema by test/contract. */

export const ADD_TAGS = `#graphql
  mutation AddTags($id: ID!, $tags: [String!]!) {
    tagsAdd(id: $id, tags: $tags) {
      node { ... on Customer { updatedAt } }
      userErrors { field message }
    }
  }
`;

export const REMOVE_TAGS = `#graphql
  mutation RemoveTags($id: ID!, $tags: [String!]!) {
    tagsRemove(id: $id, tags: $tags) {
      node { ... on Customer { updatedAt } }
      userErrors { field message }
    }
  }
`;
