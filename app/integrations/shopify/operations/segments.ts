/** Admin GraphQL operations on the shop's own segments; checked against the real schema by test/contract. */

export const LIST_SEGMENTS = `#graphql
  query ListSegments($first: Int!, $after: String, $query: String, $sortKey: SegmentSortKeys!, $reverse: Boolean!) {
    segments(first: $first, after: $after, query: $query, sortKey: $sortKey, reverse: $reverse) {
      nodes { id name query lastEditDate }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

export const START_MEMBERS_QUERY = `#graphql
  mutation StartMembersQuery($input: CustomerSegmentMembersQueryInput!) {
    customerSegmentMembersQueryCreate(input: $input) {
      customerSegmentMembersQuery { id }
      userErrors { field code message }
    }
  }
`;

export const READ_MEMBERS_QUERY = `#graphql
  query ReadMembersQuery($id: ID!) {
    customerSegmentMembersQuery(id: $id) { done currentCount }
  }
`;

export const LIST_SEGMENT_MEMBERS = `#graphql
  query ListSegmentMembers($queryId: ID!, $first: Int!, $after: String) {
    customerSegmentMembers(queryId: $queryId, first: $first, after: $after) {
      edges { node { id } }
      totalCount
      pageInfo { hasNextPage endCursor }
    }
  }
`;

export const CREATE_SEGMENT = `#graphql
  mutation CreateSegment($name: String!, $query: String!) {
    segmentCreate(name: $name, query: $query) {
      segment { id name query lastEditDate }
      userErrors { field message }
    }
  }
`;

export const UPDATE_SEGMENT = `#graphql
  mutation UpdateSegment($id: ID!, $name: String!, $query: String!) {
    segmentUpdate(id: $id, name: $name, query: $query) {
      segment { id name query lastEditDate }
      userErrors { field message }
    }
  }
`;

export const DELETE_SEGMENT = `#graphql
  mutation DeleteSegment($id: ID!) {
    segmentDelete(id: $id) {
      deletedSegmentId
      userErrors { field message }
    }
  }
`;
