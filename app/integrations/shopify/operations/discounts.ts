/** Admin GraphQL operations on discount codes; checked against the real schema by test/contract. */

export const CREATE_DISCOUNT_CODE = `#graphql
  mutation CreateDiscountCode($discount: DiscountCodeBasicInput!) {
    discountCodeBasicCreate(basicCodeDiscount: $discount) {
      codeDiscountNode { id }
      userErrors { field code message }
    }
  }
`;

export const FIND_DISCOUNT_CODE = `#graphql
  query FindDiscountCode($code: String!) {
    codeDiscountNodeByCode(code: $code) {
      id
      codeDiscount {
        __typename
        ... on DiscountCodeBasic { status asyncUsageCount }
      }
    }
  }
`;

export const CHANGE_COMBINATION = `#graphql
  mutation ChangeCombination($id: ID!, $discount: DiscountCodeBasicInput!) {
    discountCodeBasicUpdate(id: $id, basicCodeDiscount: $discount) {
      codeDiscountNode { id }
      userErrors { field code message }
    }
  }
`;

export const DEACTIVATE_DISCOUNT_CODE = `#graphql
  mutation DeactivateDiscountCode($id: ID!) {
    discountCodeDeactivate(id: $id) {
      codeDiscountNode { id }
      userErrors { field code message }
    }
  }
`;

export const DELETE_DISCOUNT_CODE = `#graphql
  mutation DeleteDiscountCode($id: ID!) {
    discountCodeDelete(id: $id) {
      deletedCodeDiscountId
      userErrors { field code message }
    }
  }
`;
