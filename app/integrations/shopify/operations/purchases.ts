/** Admin GraphQL operations on one-time purchases of the app; checked against the real schema by test/contract. */

export const CREATE_PURCHASE = `#graphql
  mutation CreatePurchase($name: String!, $price: MoneyInput!, $returnUrl: URL!, $test: Boolean) {
    appPurchaseOneTimeCreate(name: $name, price: $price, returnUrl: $returnUrl, test: $test) {
      appPurchaseOneTime { id }
      confirmationUrl
      userErrors { field message }
    }
  }
`;

export const READ_PURCHASE = `#graphql
  query ReadPurchase($id: ID!) {
    node(id: $id) {
      ... on AppPurchaseOneTime { id status test price { amount currencyCode } }
    }
  }
`;
