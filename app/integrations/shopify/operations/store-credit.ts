/** Admin GraphQL operations on store credit; checked against the real schema by test/contract. */

export const READ_STORE_CREDIT = `#graphql
  query ReadStoreCredit($customer: ID!, $first: Int!) {
    customer(id: $customer) {
      storeCreditAccounts(first: 10) {
        nodes {
          balance { amount currencyCode }
          transactions(first: $first, sortKey: CREATED_AT, reverse: true) {
            nodes {
              __typename
              amount { amount currencyCode }
              ... on StoreCreditAccountCreditTransaction { id }
            }
          }
        }
      }
    }
  }
`;

export const CREDIT_STORE_CREDIT = `#graphql
  mutation CreditStoreCredit($customer: ID!, $credit: StoreCreditAccountCreditInput!) {
    storeCreditAccountCredit(id: $customer, creditInput: $credit) {
      storeCreditAccountTransaction { id }
      userErrors { field code message }
    }
  }
`;
