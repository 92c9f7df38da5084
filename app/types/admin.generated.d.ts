/* eslint-disable eslint-comments/disable-enable-pair */
/* eslint-disable eslint-comments/no-unlimited-disable */
/* eslint-disable */
import type * as AdminTypes from './admin.types.js';

export type CreateDiscountCodeMutationVariables = AdminTypes.Exact<{
  discount: AdminTypes.DiscountCodeBasicInput;
}>;

export type CreateDiscountCodeMutation = {
  discountCodeBasicCreate?: AdminTypes.Maybe<{
    codeDiscountNode?: AdminTypes.Maybe<Pick<AdminTypes.DiscountCodeNode, 'id'>>;
    userErrors: Array<Pick<AdminTypes.DiscountUserError, 'field' | 'code' | 'message'>>;
  }>;
};

export type FindDiscountCodeQueryVariables = AdminTypes.Exact<{
  code: AdminTypes.Scalars['String']['input'];
}>;

export type FindDiscountCodeQuery = {
  codeDiscountNodeByCode?: AdminTypes.Maybe<
    Pick<AdminTypes.DiscountCodeNode, 'id'> & {
      codeDiscount:
        | ({ __typename: 'DiscountCodeBasic' } & Pick<
            AdminTypes.DiscountCodeBasic,
            'status' | 'asyncUsageCount'
          >)
        | { __typename: 'OtherDiscountCode' };
    }
  >;
};

export type DeactivateDiscountCodeMutationVariables = AdminTypes.Exact<{
  id: AdminTypes.Scalars['ID']['input'];
}>;

export type DeactivateDiscountCodeMutation = {
  discountCodeDeactivate?: AdminTypes.Maybe<{
    codeDiscountNode?: AdminTypes.Maybe<Pick<AdminTypes.DiscountCodeNode, 'id'>>;
    userErrors: Array<Pick<AdminTypes.DiscountUserError, 'field' | 'code' | 'message'>>;
  }>;
};

interface GeneratedQueryTypes {
  '#graphql\n  query FindDiscountCode($code: String!) {\n    codeDiscountNodeByCode(code: $code) {\n      id\n      codeDiscount {\n        __typename\n        ... on DiscountCodeBasic { status asyncUsageCount }\n      }\n    }\n  }\n': {
    return: FindDiscountCodeQuery;
    variables: FindDiscountCodeQueryVariables;
  };
}

interface GeneratedMutationTypes {
  '#graphql\n  mutation CreateDiscountCode($discount: DiscountCodeBasicInput!) {\n    discountCodeBasicCreate(basicCodeDiscount: $discount) {\n      codeDiscountNode { id }\n      userErrors { field code message }\n    }\n  }\n': {
    return: CreateDiscountCodeMutation;
    variables: CreateDiscountCodeMutationVariables;
  };
  '#graphql\n  mutation DeactivateDiscountCode($id: ID!) {\n    discountCodeDeactivate(id: $id) {\n      codeDiscountNode { id }\n      userErrors { field code message }\n    }\n  }\n': {
    return: DeactivateDiscountCodeMutation;
    variables: DeactivateDiscountCodeMutationVariables;
  };
}
declare module '@shopify/admin-api-client' {
  type InputMaybe<T> = AdminTypes.InputMaybe<T>;
  interface AdminQueries extends GeneratedQueryTypes {}
  interface AdminMutations extends GeneratedMutationTypes {}
}
