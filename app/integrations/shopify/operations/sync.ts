/** What a sync asks of customers and products; checked against the real schema by test/contract. */

/** Metafields by name, not as a connection: so that each customer is one line of a bulk file. */
export const READ_CHANGED_CUSTOMERS = `#graphql
  query ReadChangedCustomers($first: Int!, $after: String, $query: String!) {
    customers(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) {
      nodes {
        id
        firstName
        lastName
        note
        tags
        createdAt
        updatedAt
        defaultEmailAddress { emailAddress marketingState }
        defaultPhoneNumber { phoneNumber marketingState }
        defaultAddress {
          id
          address1
          address2
          city
          province
          provinceCode
          countryCodeV2
          zip
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
      pageInfo { hasNextPage endCursor }
    }
  }
`;

/** The same of every customer, for a bulk operation. */
export const BULK_CUSTOMERS = `#graphql
  query BulkCustomers {
    customers {
      edges {
        node {
          id
          firstName
          lastName
          note
          tags
          createdAt
          updatedAt
          defaultEmailAddress { emailAddress marketingState }
          defaultPhoneNumber { phoneNumber marketingState }
          defaultAddress {
            id
            address1
            address2
            city
            province
            provinceCode
            countryCodeV2
            zip
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
      }
    }
  }
`;

/** Every product as lists show it. Collections and points are read when rules ask for them. */
export const BULK_PRODUCTS = `#graphql
  query BulkProducts {
    products {
      edges {
        node {
          id
          title
          status
          tags
          updatedAt
          featuredMedia { preview { image { url(transform: { maxWidth: 160, maxHeight: 160 }) } } }
        }
      }
    }
  }
`;
