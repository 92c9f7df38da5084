/** Admin GraphQL operations that read orders; checked against the real schema by test/contract. */
import { inlineFragments } from '../inline-fragments.ts';

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

const ORDER_FIELDS = `#graphql
  fragment OrderFields on Order {
    id
    name
    email @include(if: $email)
    phone @include(if: $phone)
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
    originalTotalPriceSet { shopMoney { amount } }
    totalOutstandingSet { shopMoney { amount } }
    totalTipReceivedSet { shopMoney { amount } }
    transactions(first: 50) { kind status processedAt amountSet { shopMoney { amount } } }
    customer {
      id
      firstName @include(if: $name)
      lastName @include(if: $name)
      updatedAt
      defaultEmailAddress { emailAddress @include(if: $email) }
      defaultPhoneNumber { phoneNumber @include(if: $phone) }
    }
  }
`;

const LINE_FIELDS = `#graphql
  fragment LineFields on LineItem {
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
`;

const SHIPPING_FIELDS = `#graphql
  fragment ShippingFields on ShippingLine {
    isRemoved
    originalPriceSet { shopMoney { amount } }
    discountedPriceSet { shopMoney { amount } }
    discountAllocations {
      allocatedAmountSet { shopMoney { amount } }
      discountApplication { index }
    }
    taxLines { priceSet { shopMoney { amount } } }
  }
`;

/** Each candidate of our price Function is an application of its own: a long order of a reseller has many. */
const APPLICATION_FIELDS = `#graphql
  fragment ApplicationFields on DiscountApplication {
    __typename
    index
    ... on DiscountCodeApplication { code }
    ... on AutomaticDiscountApplication {
      title
      targetType
      value { __typename ... on PricingPercentageValue { percentage } }
    }
  }
`;

/** One order with everything its points depend on. Few children per page: each connection multiplies the cost. */
export const READ_ORDER = `#graphql
  query ReadOrder($id: ID!, $name: Boolean = true, $email: Boolean = true, $phone: Boolean = true) {
    order(id: $id) {
      ...OrderFields
      discountApplications(first: 50) { nodes { ...ApplicationFields } pageInfo { hasNextPage endCursor } }
      shippingLines(first: 20) {
        nodes { ...ShippingFields }
      }
      lineItems(first: 50) { nodes { ...LineFields } pageInfo { hasNextPage endCursor } }
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
        totalRefundedSet { shopMoney { amount } }
        duties { amountSet { shopMoney { amount } } }
        refundShippingLines(first: 50) {
          nodes {
            subtotalAmountSet { shopMoney { amount } }
            taxAmountSet { shopMoney { amount } }
          }
          pageInfo { hasNextPage }
        }
        orderAdjustments(first: 50) {
          nodes { reason amountSet { shopMoney { amount } } }
          pageInfo { hasNextPage }
        }
      }
    }
  }
  ${ORDER_FIELDS}
  ${APPLICATION_FIELDS}
  ${LINE_FIELDS}
  ${SHIPPING_FIELDS}
`;

/** The discounts of an order with many, after the first page. */
export const READ_ORDER_DISCOUNTS = `#graphql
  query ReadOrderDiscounts($id: ID!, $after: String!) {
    order(id: $id) {
      discountApplications(first: 50, after: $after) {
        nodes { ...ApplicationFields }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
  ${APPLICATION_FIELDS}
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
      lineItems(first: 50, after: $after) { nodes { ...LineFields } pageInfo { hasNextPage endCursor } }
    }
  }
  ${LINE_FIELDS}
`;

/**
 * Every order with what the rules need, for a bulk operation. As READ_ORDER, as far as bulk operations allow: they
 * refuse connections inside lists, so a refund is only listed here and read with its order later, and each line
 * carries what was fulfilled.
 */
export const BULK_ORDERS = inlineFragments(`#graphql
  query BulkOrders($name: Boolean = true, $email: Boolean = true, $phone: Boolean = true) {
    orders {
      edges {
        node {
          ...OrderFields
          refunds { id }
          fulfillments { id status createdAt }
          discountApplications {
            edges {
              node {
                ...ApplicationFields
              }
            }
          }
          shippingLines {
            edges {
              node {
                __typename
                ...ShippingFields
              }
            }
          }
          lineItems {
            edges {
              node {
                __typename
                unfulfilledQuantity
                ...LineFields
              }
            }
          }
        }
      }
    }
  }
  ${ORDER_FIELDS}
  ${APPLICATION_FIELDS}
  ${LINE_FIELDS}
  ${SHIPPING_FIELDS}
`);

/**
 * The same where Shopify refuses connections that are not of the type `Node`, as it documents and hasn't been seen to do:
 * codes without what each took off, and the shipping as one sum.
 */
export const BULK_ORDERS_OF_NODES = inlineFragments(`#graphql
  query BulkOrdersOfNodes($name: Boolean = true, $email: Boolean = true, $phone: Boolean = true) {
    orders {
      edges {
        node {
          ...OrderFields
          refunds { id }
          fulfillments { id status createdAt }
          discountCodes
          currentShippingPriceSet { shopMoney { amount } }
          totalTaxSet { shopMoney { amount } }
          lineItems {
            edges {
              node {
                __typename
                unfulfilledQuantity
                ...LineFields
              }
            }
          }
        }
      }
    }
  }
  ${ORDER_FIELDS}
  ${LINE_FIELDS}
`);
