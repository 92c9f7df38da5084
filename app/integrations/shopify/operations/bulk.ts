/** Bulk operations of the Admin API; checked against the real schema by test/contract. */

const BULK_OPERATION = `#graphql
  fragment BulkState on BulkOperation {
    id
    status
    errorCode
    objectCount
    rootObjectCount
    url
    partialDataUrl
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

/** A place in Shopify's storage for the variables of a bulk mutation. */
export const STAGE_BULK_VARIABLES = `#graphql
  mutation StageBulkVariables($input: [StagedUploadInput!]!) {
    stagedUploadsCreate(input: $input) {
      stagedTargets { url parameters { name value } }
      userErrors { field message }
    }
  }
`;

export const RUN_BULK_MUTATION = `#graphql
  mutation RunBulkMutation($mutation: String!, $path: String!, $client: String!) {
    bulkOperationRunMutation(mutation: $mutation, stagedUploadPath: $path, clientIdentifier: $client) {
      bulkOperation { ...BulkState }
      userErrors { field message code }
    }
  }
  ${BULK_OPERATION}
`;
