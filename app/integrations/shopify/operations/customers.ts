/** Admin GraphQL operations on customers; checked against the real schema by test/contract. */

const ADDRESS_PARTS = `#graphql
  fragment AddressParts on MailingAddress {
    id
    address1 @include(if: $address)
    address2 @include(if: $address)
    zip @include(if: $address)
    city
    provinceCode
    countryCodeV2
  }
`;

const CUSTOMER_PARTS = `#graphql
  fragment CustomerParts on Customer {
    id
    firstName @include(if: $name)
    lastName @include(if: $name)
    note
    createdAt
    updatedAt
    defaultEmailAddress { emailAddress @include(if: $email) marketingState }
    defaultPhoneNumber { phoneNumber @include(if: $phone) marketingState }
    defaultAddress { ...AddressParts }
    metafields(first: 50, namespace: "$app") { nodes { key value } }
  }
`;

/** A customer with the default address, and whether there are others. */
export const READ_CUSTOMER = `#graphql
  query ReadCustomer(
    $id: ID!, $name: Boolean = true, $email: Boolean = true, $phone: Boolean = true, $address: Boolean = true
  ) {
    customer(id: $id) {
      ...CustomerParts
      addressesV2(first: 2) { nodes { id } }
    }
  }
  ${ADDRESS_PARTS}
  ${CUSTOMER_PARTS}
`;

/** Finds the customer with this e-mail address or phone. */
export const FIND_CUSTOMER = `#graphql
  query FindCustomer($identifier: CustomerIdentifierInput!) {
    customerByIdentifier(identifier: $identifier) { id createdAt updatedAt }
  }
`;

/** Lists that are sent replace the whole list; absent fields are left unchanged. */
export const SET_CUSTOMER = `#graphql
  mutation SetCustomer($identifier: CustomerSetIdentifiers, $input: CustomerSetInput!) {
    customerSet(identifier: $identifier, input: $input) {
      customer { id updatedAt }
      userErrors { field code message }
    }
  }
`;

/** Fields of the address that are absent are left unchanged. */
export const CHANGE_ADDRESS = `#graphql
  mutation ChangeAddress($customerId: ID!, $addressId: ID!, $address: MailingAddressInput!) {
    customerAddressUpdate(customerId: $customerId, addressId: $addressId, address: $address) {
      address { id }
      userErrors { field message }
    }
  }
`;

export const ADD_DEFAULT_ADDRESS = `#graphql
  mutation AddDefaultAddress($customerId: ID!, $address: MailingAddressInput!) {
    customerAddressCreate(customerId: $customerId, address: $address, setAsDefault: true) {
      address { id }
      userErrors { field message }
    }
  }
`;

export const SET_DEFAULT_ADDRESS = `#graphql
  mutation SetDefaultAddress($customerId: ID!, $addressId: ID!) {
    customerUpdateDefaultAddress(customerId: $customerId, addressId: $addressId) {
      customer { id }
      userErrors { field message }
    }
  }
`;

export const DELETE_ADDRESS = `#graphql
  mutation DeleteAddress($customerId: ID!, $addressId: ID!) {
    customerAddressDelete(customerId: $customerId, addressId: $addressId) {
      deletedAddressId
      userErrors { field message }
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

/** Refused for a customer who has ordered. */
export const DELETE_CUSTOMER = `#graphql
  mutation DeleteCustomer($input: CustomerDeleteInput!) {
    customerDelete(input: $input) { deletedCustomerId userErrors { field message } }
  }
`;

/**
 * Mutations over the lines of a file (bulk operations), one for each step of writing a customer; what they take is what
 * the mutations for one customer take.
 */
export const BULK_SET_CUSTOMERS = `#graphql
  mutation BulkSetCustomers($identifier: CustomerSetIdentifiers, $input: CustomerSetInput!) {
    customerSet(identifier: $identifier, input: $input) {
      customer { id updatedAt }
      userErrors { field code message }
    }
  }
`;

export const BULK_SET_METAFIELDS = `#graphql
  mutation BulkSetMetafields($metafields: [MetafieldsSetInput!]!) {
    metafieldsSet(metafields: $metafields) { metafields { updatedAt } userErrors { field code message } }
  }
`;

export const BULK_SET_EMAIL_CONSENT = `#graphql
  mutation BulkSetEmailConsent($input: CustomerEmailMarketingConsentUpdateInput!) {
    customerEmailMarketingConsentUpdate(input: $input) { customer { id updatedAt } userErrors { field code message } }
  }
`;

export const BULK_SET_SMS_CONSENT = `#graphql
  mutation BulkSetSmsConsent($input: CustomerSmsMarketingConsentUpdateInput!) {
    customerSmsMarketingConsentUpdate(input: $input) { customer { id updatedAt } userErrors { field code message } }
  }
`;
