/** Admin GraphQL operations that re-read orders; checked against the real schema by test/contract. */

/** Only what is needed to see which orders we missed: a page of 100 costs little. */
export const LIST_CHANGED_ORDERS = `#graphql
  query ListChangedOrders($first: Int!, $after: String, $query: String!) {
    orders(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) {
      nodes {
        id
        updatedAt
        cancelledAt
        displayFinancialStatus
        refunds(first: 20) { id }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

const ORDER_LINES = `#graphql
  fragment OrderLines on LineItemConnection {
    nodes {
      id
      title
      quantity
      currentQuantity
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
    pageInfo { hasNextPage endCursor }
  }
`;

/** One order with all that its points depend on. Few children a page: each connection multiplies the cost. */
export const READ_ORDER = `#graphql
  query ReadOrder($id: ID!) {
    order(id: $id) {
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
      discountApplications(first: 20) {
        nodes {
          __typename
          index
          ... on DiscountCodeApplication { code }
        }
      }
      shippingLines(first: 5) {
        nodes {
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
      lineItems(first: 50) { ...OrderLines }
      fulfillments(first: 20) {
        id
        createdAt
        status
        fulfillmentLineItems(first: 50) {
          nodes { quantity lineItem { id } }
          pageInfo { hasNextPage endCursor }
        }
      }
      refunds(first: 20) {
        id
        createdAt
        processedAt
        refundLineItems(first: 50) {
          nodes { quantity lineItem { id } }
          pageInfo { hasNextPage }
        }
        orderAdjustments(first: 5) {
          nodes { reason amountSet { shopMoney { amount } } }
        }
      }
    }
  }
  ${ORDER_LINES}
`;

/** The lines of a long fulfillment after its first page. */
export const READ_FULFILLMENT_LINES = `#graphql
  query ReadFulfillmentLines($id: ID!, $after: String!) {
    fulfillment(id: $id) {
      fulfillmentLineItems(first: 50, after: $after) {
        nodes { quantity lineItem { id } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`;

/** The lines of a long order after its first page. */
export const READ_ORDER_LINES = `#graphql
  query ReadOrderLines($id: ID!, $after: String!) {
    order(id: $id) {
      lineItems(first: 50, after: $after) { ...OrderLines }
    }
  }
  ${ORDER_LINES}
`;
