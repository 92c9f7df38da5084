/** Admin GraphQL operations on customers; checked against the real schema by test/contract. */

const CUSTOMER_PARTS = `#graphql
  fragment CustomerParts on Customer {
    id
    firstName
    lastName
    note
    createdAt
    updatedAt
    defaultEmailAddress { emailAddress marketingState }
    defaultPhoneNumber { phoneNumber marketingState }
    defaultAddress { id }
    metafields(first: 50, namespace: "$app") { nodes { key value } }
  }
`;

/** A customer with all addresses that one may have in practice; the rest of them by `ListAddresses`. */
export const READ_CUSTOMER = `#graphql
  query ReadCustomer($id: ID!) {
    customer(id: $id) {
      ...CustomerParts
      addressesV2(first: 100) { nodes { ...AddressParts } pageInfo { hasNextPage endCursor } }
    }
  }
  fragment AddressParts on MailingAddress {
    id firstName lastName company address1 address2 city provinceCode province countryCodeV2 zip phone
  }
  ${CUSTOMER_PARTS}
`;

export const LIST_ADDRESSES = `#graphql
  query ListAddresses($id: ID!, $after: String) {
    customer(id: $id) {
      addressesV2(first: 250, after: $after) {
        nodes { id firstName lastName company address1 address2 city provinceCode province countryCodeV2 zip phone }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`;

/** Who has this e-mail address or phone. */
export const FIND_CUSTOMER = `#graphql
  query FindCustomer($identifier: CustomerIdentifierInput!) {
    customerByIdentifier(identifier: $identifier) { id createdAt updatedAt }
  }
`;

/** Lists that are sent replace the whole list; fields that are left out stay. */
export const SET_CUSTOMER = `#graphql
  mutation SetCustomer($identifier: CustomerSetIdentifiers, $input: CustomerSetInput!) {
    customerSet(identifier: $identifier, input: $input) {
      customer { id updatedAt }
      userErrors { field code message }
    }
  }
`;

export const SET_CUSTOMER_METAFIELDS = `#graphql
  mutation SetCustomerMetafields($metafields: [MetafieldsSetInput!]!) {
    metafieldsSet(metafields: $metafields) { userErrors { field message code } }
  }
`;

export const CLEAR_CUSTOMER_METAFIELDS = `#graphql
  mutation ClearCustomerMetafields($metafields: [MetafieldIdentifierInput!]!) {
    metafieldsDelete(metafields: $metafields) { userErrors { field message } }
  }
`;

export const SET_SMS_CONSENT = `#graphql
  mutation SetSmsConsent($input: CustomerSmsMarketingConsentUpdateInput!) {
    customerSmsMarketingConsentUpdate(input: $input) { userErrors { field message code } }
  }
`;

export const SET_EMAIL_CONSENT = `#graphql
  mutation SetEmailConsent($input: CustomerEmailMarketingConsentUpdateInput!) {
    customerEmailMarketingConsentUpdate(input: $input) { userErrors { field message code } }
  }
`;

/** Refused for one who has ordered. */
export const DELETE_CUSTOMER = `#graphql
  mutation DeleteCustomer($input: CustomerDeleteInput!) {
    customerDelete(input: $input) { deletedCustomerId userErrors { field message } }
  }
`;

/** Lets the merchant see and edit a field on Shopify's own customer page, and filter segments by it. */
export const DEFINE_CUSTOMER_METAFIELD = `#graphql
  mutation DefineCustomerMetafield($definition: MetafieldDefinitionInput!) {
    metafieldDefinitionCreate(definition: $definition) {
      createdDefinition { id }
      userErrors { field message code }
    }
  }
`;
