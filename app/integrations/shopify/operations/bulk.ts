/** Bulk operations of the Admin API; checked against the real schema by test/contract. */

const BULK_OPERATION = `#graphql
  fragment BulkState on BulkOperation {
    id
    status
    errorCode
    objectCount
    rootObjectCount
    url
    query
  }
`;

export const RUN_BULK_QUERY = `#graphql
  mutation RunBulkQuery($query: String!) {
    bulkOperationRunQuery(query: $query, groupObjects: false) {
      bulkOperation { ...BulkState }
      userErrors { field message code }
    }
  }
  ${BULK_OPERATION}
`;

export const READ_BULK_OPERATION = `#graphql
  query ReadBulkOperation($id: ID!) {
    bulkOperation(id: $id) { ...BulkState }
  }
  ${BULK_OPERATION}
`;

/** The newest ones: where to look for one whose start got lost. */
export const LIST_BULK_OPERATIONS = `#graphql
  query ListBulkOperations {
    bulkOperations(first: 10) {
      nodes { ...BulkState }
    }
  }
  ${BULK_OPERATION}
`;

export const CANCEL_BULK_OPERATION = `#graphql
  mutation CancelBulkOperation($id: ID!) {
    bulkOperationCancel(id: $id) {
      bulkOperation { ...BulkState }
      userErrors { field message }
    }
  }
  ${BULK_OPERATION}
`;
