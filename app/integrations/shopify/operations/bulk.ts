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

/**
 * Every order that the rules need to know, for a bulk operation. What READ_ORDER asks for as far as bulk operations
 * go: they refuse connections inside lists, so a refund is only named here and read with its order later, and what was
 * handed over is told by each line.
 */
export const BULK_ORDERS = `#graphql
  query BulkOrders {
    orders {
      edges {
        node {
          id
          name
          email
          phone
          currencyCode
          createdAt
          processedAt
          updatedAt
          cancelledAt
          displayFinancialStatus
          sourceName
          note
          test
          taxesIncluded
          totalPriceSet { shopMoney { amount } }
          customer {
            id
            firstName
            lastName
            updatedAt
            defaultEmailAddress { emailAddress }
            defaultPhoneNumber { phoneNumber }
          }
          refunds { id }
          fulfillments { id status createdAt }
          discountApplications {
            edges {
              node {
                __typename
                index
                ... on DiscountCodeApplication { code }
              }
            }
          }
          shippingLines {
            edges {
              node {
                __typename
                isRemoved
                originalPriceSet { shopMoney { amount } }
                discountedPriceSet { shopMoney { amount } }
                discountAllocations {
                  allocatedAmountSet { shopMoney { amount } }
                  discountApplication { index }
                }
                taxLines { priceSet { shopMoney { amount } } }
              }
            }
          }
          lineItems {
            edges {
              node {
                __typename
                id
                title
                quantity
                currentQuantity
                unfulfilledQuantity
                isGiftCard
                originalUnitPriceSet { shopMoney { amount } }
                discountAllocations {
                  allocatedAmountSet { shopMoney { amount } }
                  discountApplication { index }
                }
                taxLines { priceSet { shopMoney { amount } } }
                product { id }
                variant { id }
              }
            }
          }
        }
      }
    }
  }
`;
