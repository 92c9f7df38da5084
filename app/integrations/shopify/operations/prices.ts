/** Admin GraphQL operations on reseller prices: metafields and the automatic discount; checked against the real schema by test/contract. */

export const SET_METAFIELDS = `#graphql
  mutation SetPriceMetafields($metafields: [MetafieldsSetInput!]!) {
    metafieldsSet(metafields: $metafields) {
      metafields { compareDigest }
      userErrors { field message code elementIndex }
    }
  }
`;

export const DELETE_METAFIELDS = `#graphql
  mutation DeletePriceMetafields($metafields: [MetafieldIdentifierInput!]!) {
    metafieldsDelete(metafields: $metafields) {
      deletedMetafields { ownerId }
      userErrors { field message }
    }
  }
`;

/** Each owner's metafield; a deleted owner comes as null. */
export const READ_METAFIELDS = `#graphql
  query ReadPriceMetafields($ids: [ID!]!, $key: String!) {
    nodes(ids: $ids) {
      __typename
      ... on Customer { metafield(namespace: "$app", key: $key) { compareDigest jsonValue } }
      ... on ProductVariant { metafield(namespace: "$app", key: $key) { compareDigest jsonValue } }
      ... on Product { metafield(namespace: "$app", key: $key) { compareDigest jsonValue } }
    }
  }
`;

/** What the theme's blocks read of the whole shop belongs to the app's installation. */
export const READ_INSTALLATION_METAFIELD = `#graphql
  query ReadInstallationMetafield($key: String!) {
    currentAppInstallation {
      id
      metafield(namespace: "club", key: $key) { compareDigest }
    }
  }
`;

const PRICE_DISCOUNT = `#graphql
  fragment PriceDiscount on DiscountNode {
    id
    discount {
      __typename
      ... on DiscountAutomaticApp {
        title
        status
        startsAt
        endsAt
        appliesOnSubscription
        recurringCycleLimit
        combinesWith { orderDiscounts productDiscounts shippingDiscounts }
        appDiscountType { appKey }
      }
    }
    rules: metafield(namespace: "$app", key: "rules") { compareDigest jsonValue }
    vars: metafield(namespace: "$app", key: "vars") { compareDigest jsonValue }
  }
`;

export const READ_PRICE_DISCOUNT = `#graphql
  query ReadPriceDiscount($id: ID!) {
    discountNode(id: $id) { ...PriceDiscount }
  }
  ${PRICE_DISCOUNT}
`;

/** A shop has at most 25 automatic discounts. */
export const LIST_PRICE_DISCOUNTS = `#graphql
  query ListPriceDiscounts {
    discountNodes(first: 50, query: "method:automatic") { nodes { ...PriceDiscount } }
  }
  ${PRICE_DISCOUNT}
`;

export const CREATE_PRICE_DISCOUNT = `#graphql
  mutation CreatePriceDiscount($discount: DiscountAutomaticAppInput!) {
    discountAutomaticAppCreate(automaticAppDiscount: $discount) {
      automaticAppDiscount { discountId }
      userErrors { field code message }
    }
  }
`;

export const UPDATE_PRICE_DISCOUNT = `#graphql
  mutation UpdatePriceDiscount($id: ID!, $discount: DiscountAutomaticAppInput!) {
    discountAutomaticAppUpdate(id: $id, automaticAppDiscount: $discount) {
      automaticAppDiscount { discountId }
      userErrors { field code message }
    }
  }
`;

export const ACTIVATE_DISCOUNT = `#graphql
  mutation ActivatePriceDiscount($id: ID!) {
    discountAutomaticActivate(id: $id) {
      automaticDiscountNode { id }
      userErrors { field code message }
    }
  }
`;

const PRICED_VARIANT = `#graphql
  fragment PricedVariant on ProductVariant {
    id
    title
    sku
    price
    compareAtPrice
    inventoryItem { unitCost { amount } }
    product { id title isGiftCard hasOnlyDefaultVariant collections(first: 100) { nodes { id } } }
  }
`;

/** Variants with their price, and whole products with their first variants; a deleted one comes as null. */
export const READ_PRICED_VARIANTS = `#graphql
  query ReadPricedVariants($ids: [ID!]!) {
    nodes(ids: $ids) {
      __typename
      ... on ProductVariant { ...PricedVariant }
      ... on Product { variants(first: 20) { nodes { ...PricedVariant } } }
    }
  }
  ${PRICED_VARIANT}
`;

export const FIND_VARIANTS = `#graphql
  query FindPricedVariants($query: String!) {
    productVariants(first: 50, query: $query) { nodes { ...PricedVariant } }
  }
  ${PRICED_VARIANT}
`;

/** A page of the variants that shoppers can buy, in the order of their SKU. */
export const LIST_VARIANTS = `#graphql
  query ListPricedVariants($first: Int!, $after: String, $query: String!) {
    productVariants(first: $first, after: $after, query: $query, sortKey: SKU) {
      nodes { ...PricedVariant }
      pageInfo { hasNextPage endCursor }
    }
  }
  ${PRICED_VARIANT}
`;
