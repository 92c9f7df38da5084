/** Admin GraphQL operations on the shop itself; checked against the real schema by test/contract. */

export const READ_SHOP = `#graphql
  query ReadShop {
    shop {
      name
      currencyCode
      ianaTimezone
      taxesIncluded
      shopAddress { countryCodeV2 }
    }
    currentAppInstallation {
      accessScopes { handle }
    }
  }
`;
