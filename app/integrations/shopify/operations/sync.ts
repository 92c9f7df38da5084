/** What a sync reads of customers and products; checked against the real schema by test/contract. */
import { inlineFragments } from '../inline-fragments.ts';

/** Metafields by name, not as a connection, so that each customer is one line of a bulk file. */
const CUSTOMER_FIELDS = `#graphql
  fragment CustomerFields on Customer {
    id
    firstName @include(if: $name)
    lastName @include(if: $name)
    note
    tags
    createdAt
    updatedAt
    defaultEmailAddress { emailAddress @include(if: $email) marketingState }
    defaultPhoneNumber { phoneNumber @include(if: $phone) marketingState }
    defaultAddress {
      id
      address1 @include(if: $address)
      address2 @include(if: $address)
      city
      province
      provinceCode
      countryCodeV2
      zip @include(if: $address)
    }
    gender: metafield(namespace: "$app", key: "gender") { key value }
    birthDate: metafield(namespace: "$app", key: "birth_date") { key value }
    weddingDate: metafield(namespace: "$app", key: "wedding_date") { key value }
    housing: metafield(namespace: "$app", key: "housing") { key value }
    weight: metafield(namespace: "$app", key: "weight_kg") { key value }
    height: metafield(namespace: "$app", key: "height_cm") { key value }
    interests: metafield(namespace: "$app", key: "interests") { key value }
    social: metafield(namespace: "$app", key: "social") { key value }
    district: metafield(namespace: "$app", key: "district") { key value }
  }
`;

export const READ_CHANGED_CUSTOMERS = `#graphql
  query ReadChangedCustomers(
    $first: Int!, $after: String, $query: String!, $name: Boolean = true, $email: Boolean = true, $phone: Boolean = true, $address: Boolean = true
  ) {
    customers(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) {
      nodes { ...CustomerFields }
      pageInfo { hasNextPage endCursor }
    }
  }
  ${CUSTOMER_FIELDS}
`;

/** The same of every customer, for a bulk operation. */
export const BULK_CUSTOMERS = inlineFragments(`#graphql
  query BulkCustomers($name: Boolean = true, $email: Boolean = true, $phone: Boolean = true, $address: Boolean = true) {
    customers {
      edges {
        node { ...CustomerFields }
      }
    }
  }
  ${CUSTOMER_FIELDS}
`);

/** What a shop has of each protected field, in its newest customers. */
export const READ_PROTECTED_FIELDS = `#graphql
  query ReadProtectedFields($name: Boolean = true, $email: Boolean = true, $phone: Boolean = true, $address: Boolean = true) {
    customers(first: 100, sortKey: UPDATED_AT, reverse: true) {
      nodes {
        id
        firstName @include(if: $name)
        lastName @include(if: $name)
        defaultEmailAddress { emailAddress @include(if: $email) }
        defaultPhoneNumber { phoneNumber @include(if: $phone) }
        defaultAddress { id address1 @include(if: $address) zip @include(if: $address) }
      }
    }
  }
`;

/** Every product as in lists. Collections and points are loaded when rules need them. */
export const BULK_PRODUCTS = `#graphql
  query BulkProducts {
    products {
      edges {
        node {
          id
          title
          status
          tags
          productType
          vendor
          updatedAt
          featuredMedia { preview { image { url(transform: { maxWidth: 160, maxHeight: 160 }) } } }
        }
      }
    }
  }
`;
