/* eslint-disable eslint-comments/disable-enable-pair */
/* eslint-disable eslint-comments/no-unlimited-disable */
/* eslint-disable */
import type * as AdminTypes from './admin.types.js';

export type BulkStateFragment = Pick<
  AdminTypes.BulkOperation,
  'id' | 'status' | 'errorCode' | 'objectCount' | 'rootObjectCount' | 'url' | 'partialDataUrl' | 'query'
>;

export type RunBulkQueryMutationVariables = AdminTypes.Exact<{
  query: AdminTypes.Scalars['String']['input'];
}>;

export type RunBulkQueryMutation = {
  bulkOperationRunQuery?: AdminTypes.Maybe<{
    bulkOperation?: AdminTypes.Maybe<
      Pick<
        AdminTypes.BulkOperation,
        'id' | 'status' | 'errorCode' | 'objectCount' | 'rootObjectCount' | 'url' | 'partialDataUrl' | 'query'
      >
    >;
    userErrors: Array<Pick<AdminTypes.BulkOperationUserError, 'field' | 'message' | 'code'>>;
  }>;
};

export type ReadBulkOperationQueryVariables = AdminTypes.Exact<{
  id: AdminTypes.Scalars['ID']['input'];
}>;

export type ReadBulkOperationQuery = {
  bulkOperation?: AdminTypes.Maybe<
    Pick<
      AdminTypes.BulkOperation,
      'id' | 'status' | 'errorCode' | 'objectCount' | 'rootObjectCount' | 'url' | 'partialDataUrl' | 'query'
    >
  >;
};

export type ListBulkOperationsQueryVariables = AdminTypes.Exact<{ [key: string]: never }>;

export type ListBulkOperationsQuery = {
  bulkOperations: {
    nodes: Array<
      Pick<
        AdminTypes.BulkOperation,
        'id' | 'status' | 'errorCode' | 'objectCount' | 'rootObjectCount' | 'url' | 'partialDataUrl' | 'query'
      >
    >;
  };
};

export type CancelBulkOperationMutationVariables = AdminTypes.Exact<{
  id: AdminTypes.Scalars['ID']['input'];
}>;

export type CancelBulkOperationMutation = {
  bulkOperationCancel?: AdminTypes.Maybe<{
    bulkOperation?: AdminTypes.Maybe<
      Pick<
        AdminTypes.BulkOperation,
        'id' | 'status' | 'errorCode' | 'objectCount' | 'rootObjectCount' | 'url' | 'partialDataUrl' | 'query'
      >
    >;
    userErrors: Array<Pick<AdminTypes.UserError, 'field' | 'message'>>;
  }>;
};

export type StageBulkVariablesMutationVariables = AdminTypes.Exact<{
  input: Array<AdminTypes.StagedUploadInput> | AdminTypes.StagedUploadInput;
}>;

export type StageBulkVariablesMutation = {
  stagedUploadsCreate?: AdminTypes.Maybe<{
    stagedTargets?: AdminTypes.Maybe<
      Array<
        Pick<AdminTypes.StagedMediaUploadTarget, 'url'> & {
          parameters: Array<Pick<AdminTypes.StagedUploadParameter, 'name' | 'value'>>;
        }
      >
    >;
    userErrors: Array<Pick<AdminTypes.UserError, 'field' | 'message'>>;
  }>;
};

export type RunBulkMutationMutationVariables = AdminTypes.Exact<{
  mutation: AdminTypes.Scalars['String']['input'];
  path: AdminTypes.Scalars['String']['input'];
  client: AdminTypes.Scalars['String']['input'];
}>;

export type RunBulkMutationMutation = {
  bulkOperationRunMutation?: AdminTypes.Maybe<{
    bulkOperation?: AdminTypes.Maybe<
      Pick<
        AdminTypes.BulkOperation,
        'id' | 'status' | 'errorCode' | 'objectCount' | 'rootObjectCount' | 'url' | 'partialDataUrl' | 'query'
      >
    >;
    userErrors: Array<Pick<AdminTypes.BulkMutationUserError, 'field' | 'message' | 'code'>>;
  }>;
};

export type AddressPartsFragment = AdminTypes.MakeOptional<
  Pick<
    AdminTypes.MailingAddress,
    'id' | 'address1' | 'address2' | 'zip' | 'city' | 'provinceCode' | 'countryCodeV2'
  >,
  'address1' | 'address2' | 'zip'
>;

export type CustomerPartsFragment = AdminTypes.MakeOptional<
  Pick<AdminTypes.Customer, 'id' | 'firstName' | 'lastName' | 'note' | 'createdAt' | 'updatedAt'>,
  'firstName' | 'lastName'
> & {
  defaultEmailAddress?: AdminTypes.Maybe<
    AdminTypes.MakeOptional<
      Pick<AdminTypes.CustomerEmailAddress, 'emailAddress' | 'marketingState'>,
      'emailAddress'
    >
  >;
  defaultPhoneNumber?: AdminTypes.Maybe<
    AdminTypes.MakeOptional<
      Pick<AdminTypes.CustomerPhoneNumber, 'phoneNumber' | 'marketingState'>,
      'phoneNumber'
    >
  >;
  defaultAddress?: AdminTypes.Maybe<
    AdminTypes.MakeOptional<
      Pick<
        AdminTypes.MailingAddress,
        'id' | 'address1' | 'address2' | 'zip' | 'city' | 'provinceCode' | 'countryCodeV2'
      >,
      'address1' | 'address2' | 'zip'
    >
  >;
  metafields: { nodes: Array<Pick<AdminTypes.Metafield, 'key' | 'value'>> };
};

export type ReadCustomerQueryVariables = AdminTypes.Exact<{
  id: AdminTypes.Scalars['ID']['input'];
  name?: AdminTypes.InputMaybe<AdminTypes.Scalars['Boolean']['input']>;
  email?: AdminTypes.InputMaybe<AdminTypes.Scalars['Boolean']['input']>;
  phone?: AdminTypes.InputMaybe<AdminTypes.Scalars['Boolean']['input']>;
  address?: AdminTypes.InputMaybe<AdminTypes.Scalars['Boolean']['input']>;
}>;

export type ReadCustomerQuery = {
  customer?: AdminTypes.Maybe<
    AdminTypes.MakeOptional<
      Pick<AdminTypes.Customer, 'id' | 'firstName' | 'lastName' | 'note' | 'createdAt' | 'updatedAt'>,
      'firstName' | 'lastName'
    > & {
      addressesV2: { nodes: Array<Pick<AdminTypes.MailingAddress, 'id'>> };
      defaultEmailAddress?: AdminTypes.Maybe<
        AdminTypes.MakeOptional<
          Pick<AdminTypes.CustomerEmailAddress, 'emailAddress' | 'marketingState'>,
          'emailAddress'
        >
      >;
      defaultPhoneNumber?: AdminTypes.Maybe<
        AdminTypes.MakeOptional<
          Pick<AdminTypes.CustomerPhoneNumber, 'phoneNumber' | 'marketingState'>,
          'phoneNumber'
        >
      >;
      defaultAddress?: AdminTypes.Maybe<
        AdminTypes.MakeOptional<
          Pick<
            AdminTypes.MailingAddress,
            'id' | 'address1' | 'address2' | 'zip' | 'city' | 'provinceCode' | 'countryCodeV2'
          >,
          'address1' | 'address2' | 'zip'
        >
      >;
      metafields: { nodes: Array<Pick<AdminTypes.Metafield, 'key' | 'value'>> };
    }
  >;
};

export type FindCustomerQueryVariables = AdminTypes.Exact<{
  identifier: AdminTypes.CustomerIdentifierInput;
}>;

export type FindCustomerQuery = {
  customerByIdentifier?: AdminTypes.Maybe<Pick<AdminTypes.Customer, 'id' | 'createdAt' | 'updatedAt'>>;
};

export type SetCustomerMutationVariables = AdminTypes.Exact<{
  identifier?: AdminTypes.InputMaybe<AdminTypes.CustomerSetIdentifiers>;
  input: AdminTypes.CustomerSetInput;
}>;

export type SetCustomerMutation = {
  customerSet?: AdminTypes.Maybe<{
    customer?: AdminTypes.Maybe<Pick<AdminTypes.Customer, 'id' | 'updatedAt'>>;
    userErrors: Array<Pick<AdminTypes.CustomerSetUserError, 'field' | 'code' | 'message'>>;
  }>;
};

export type ChangeAddressMutationVariables = AdminTypes.Exact<{
  customerId: AdminTypes.Scalars['ID']['input'];
  addressId: AdminTypes.Scalars['ID']['input'];
  address: AdminTypes.MailingAddressInput;
}>;

export type ChangeAddressMutation = {
  customerAddressUpdate?: AdminTypes.Maybe<{
    address?: AdminTypes.Maybe<Pick<AdminTypes.MailingAddress, 'id'>>;
    userErrors: Array<Pick<AdminTypes.UserError, 'field' | 'message'>>;
  }>;
};

export type AddDefaultAddressMutationVariables = AdminTypes.Exact<{
  customerId: AdminTypes.Scalars['ID']['input'];
  address: AdminTypes.MailingAddressInput;
}>;

export type AddDefaultAddressMutation = {
  customerAddressCreate?: AdminTypes.Maybe<{
    address?: AdminTypes.Maybe<Pick<AdminTypes.MailingAddress, 'id'>>;
    userErrors: Array<Pick<AdminTypes.UserError, 'field' | 'message'>>;
  }>;
};

export type SetDefaultAddressMutationVariables = AdminTypes.Exact<{
  customerId: AdminTypes.Scalars['ID']['input'];
  addressId: AdminTypes.Scalars['ID']['input'];
}>;

export type SetDefaultAddressMutation = {
  customerUpdateDefaultAddress?: AdminTypes.Maybe<{
    customer?: AdminTypes.Maybe<Pick<AdminTypes.Customer, 'id'>>;
    userErrors: Array<Pick<AdminTypes.UserError, 'field' | 'message'>>;
  }>;
};

export type DeleteAddressMutationVariables = AdminTypes.Exact<{
  customerId: AdminTypes.Scalars['ID']['input'];
  addressId: AdminTypes.Scalars['ID']['input'];
}>;

export type DeleteAddressMutation = {
  customerAddressDelete?: AdminTypes.Maybe<
    Pick<AdminTypes.CustomerAddressDeletePayload, 'deletedAddressId'> & {
      userErrors: Array<Pick<AdminTypes.UserError, 'field' | 'message'>>;
    }
  >;
};

export type SetCustomerMetafieldsMutationVariables = AdminTypes.Exact<{
  metafields: Array<AdminTypes.MetafieldsSetInput> | AdminTypes.MetafieldsSetInput;
}>;

export type SetCustomerMetafieldsMutation = {
  metafieldsSet?: AdminTypes.Maybe<{
    userErrors: Array<Pick<AdminTypes.MetafieldsSetUserError, 'field' | 'message' | 'code'>>;
  }>;
};

export type ClearCustomerMetafieldsMutationVariables = AdminTypes.Exact<{
  metafields: Array<AdminTypes.MetafieldIdentifierInput> | AdminTypes.MetafieldIdentifierInput;
}>;

export type ClearCustomerMetafieldsMutation = {
  metafieldsDelete?: AdminTypes.Maybe<{ userErrors: Array<Pick<AdminTypes.UserError, 'field' | 'message'>> }>;
};

export type SetSmsConsentMutationVariables = AdminTypes.Exact<{
  input: AdminTypes.CustomerSmsMarketingConsentUpdateInput;
}>;

export type SetSmsConsentMutation = {
  customerSmsMarketingConsentUpdate?: AdminTypes.Maybe<{
    userErrors: Array<Pick<AdminTypes.CustomerSmsMarketingConsentError, 'field' | 'message' | 'code'>>;
  }>;
};

export type SetEmailConsentMutationVariables = AdminTypes.Exact<{
  input: AdminTypes.CustomerEmailMarketingConsentUpdateInput;
}>;

export type SetEmailConsentMutation = {
  customerEmailMarketingConsentUpdate?: AdminTypes.Maybe<{
    userErrors: Array<
      Pick<AdminTypes.CustomerEmailMarketingConsentUpdateUserError, 'field' | 'message' | 'code'>
    >;
  }>;
};

export type DeleteCustomerMutationVariables = AdminTypes.Exact<{
  input: AdminTypes.CustomerDeleteInput;
}>;

export type DeleteCustomerMutation = {
  customerDelete?: AdminTypes.Maybe<
    Pick<AdminTypes.CustomerDeletePayload, 'deletedCustomerId'> & {
      userErrors: Array<Pick<AdminTypes.UserError, 'field' | 'message'>>;
    }
  >;
};

export type BulkSetCustomersMutationVariables = AdminTypes.Exact<{
  identifier?: AdminTypes.InputMaybe<AdminTypes.CustomerSetIdentifiers>;
  input: AdminTypes.CustomerSetInput;
}>;

export type BulkSetCustomersMutation = {
  customerSet?: AdminTypes.Maybe<{
    customer?: AdminTypes.Maybe<Pick<AdminTypes.Customer, 'id' | 'updatedAt'>>;
    userErrors: Array<Pick<AdminTypes.CustomerSetUserError, 'field' | 'code' | 'message'>>;
  }>;
};

export type BulkSetMetafieldsMutationVariables = AdminTypes.Exact<{
  metafields: Array<AdminTypes.MetafieldsSetInput> | AdminTypes.MetafieldsSetInput;
}>;

export type BulkSetMetafieldsMutation = {
  metafieldsSet?: AdminTypes.Maybe<{
    metafields?: AdminTypes.Maybe<Array<Pick<AdminTypes.Metafield, 'updatedAt'>>>;
    userErrors: Array<Pick<AdminTypes.MetafieldsSetUserError, 'field' | 'code' | 'message'>>;
  }>;
};

export type BulkSetEmailConsentMutationVariables = AdminTypes.Exact<{
  input: AdminTypes.CustomerEmailMarketingConsentUpdateInput;
}>;

export type BulkSetEmailConsentMutation = {
  customerEmailMarketingConsentUpdate?: AdminTypes.Maybe<{
    customer?: AdminTypes.Maybe<Pick<AdminTypes.Customer, 'id' | 'updatedAt'>>;
    userErrors: Array<
      Pick<AdminTypes.CustomerEmailMarketingConsentUpdateUserError, 'field' | 'code' | 'message'>
    >;
  }>;
};

export type BulkSetSmsConsentMutationVariables = AdminTypes.Exact<{
  input: AdminTypes.CustomerSmsMarketingConsentUpdateInput;
}>;

export type BulkSetSmsConsentMutation = {
  customerSmsMarketingConsentUpdate?: AdminTypes.Maybe<{
    customer?: AdminTypes.Maybe<Pick<AdminTypes.Customer, 'id' | 'updatedAt'>>;
    userErrors: Array<Pick<AdminTypes.CustomerSmsMarketingConsentError, 'field' | 'code' | 'message'>>;
  }>;
};

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

export type ChangeCombinationMutationVariables = AdminTypes.Exact<{
  id: AdminTypes.Scalars['ID']['input'];
  discount: AdminTypes.DiscountCodeBasicInput;
}>;

export type ChangeCombinationMutation = {
  discountCodeBasicUpdate?: AdminTypes.Maybe<{
    codeDiscountNode?: AdminTypes.Maybe<Pick<AdminTypes.DiscountCodeNode, 'id'>>;
    userErrors: Array<Pick<AdminTypes.DiscountUserError, 'field' | 'code' | 'message'>>;
  }>;
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

export type DeleteDiscountCodeMutationVariables = AdminTypes.Exact<{
  id: AdminTypes.Scalars['ID']['input'];
}>;

export type DeleteDiscountCodeMutation = {
  discountCodeDelete?: AdminTypes.Maybe<
    Pick<AdminTypes.DiscountCodeDeletePayload, 'deletedCodeDiscountId'> & {
      userErrors: Array<Pick<AdminTypes.DiscountUserError, 'field' | 'code' | 'message'>>;
    }
  >;
};

export type ListChangedOrdersQueryVariables = AdminTypes.Exact<{
  first: AdminTypes.Scalars['Int']['input'];
  after?: AdminTypes.InputMaybe<AdminTypes.Scalars['String']['input']>;
  query: AdminTypes.Scalars['String']['input'];
}>;

export type ListChangedOrdersQuery = {
  orders: {
    nodes: Array<
      Pick<AdminTypes.Order, 'id' | 'updatedAt' | 'cancelledAt' | 'displayFinancialStatus'> & {
        refunds: Array<Pick<AdminTypes.Refund, 'id'>>;
      }
    >;
    pageInfo: Pick<AdminTypes.PageInfo, 'hasNextPage' | 'endCursor'>;
  };
};

export type OrderFieldsFragment = AdminTypes.MakeOptional<
  Pick<
    AdminTypes.Order,
    | 'id'
    | 'name'
    | 'email'
    | 'phone'
    | 'currencyCode'
    | 'createdAt'
    | 'processedAt'
    | 'updatedAt'
    | 'cancelledAt'
    | 'displayFinancialStatus'
    | 'sourceName'
    | 'note'
    | 'test'
    | 'taxesIncluded'
  >,
  'email' | 'phone'
> & {
  totalPriceSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
  originalTotalPriceSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
  totalOutstandingSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
  totalTipReceivedSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
  transactions: Array<
    Pick<AdminTypes.OrderTransaction, 'kind' | 'status' | 'processedAt'> & {
      amountSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
    }
  >;
  customer?: AdminTypes.Maybe<
    AdminTypes.MakeOptional<
      Pick<AdminTypes.Customer, 'id' | 'firstName' | 'lastName' | 'updatedAt'>,
      'firstName' | 'lastName'
    > & {
      defaultEmailAddress?: AdminTypes.Maybe<
        AdminTypes.MakeOptional<Pick<AdminTypes.CustomerEmailAddress, 'emailAddress'>, 'emailAddress'>
      >;
      defaultPhoneNumber?: AdminTypes.Maybe<
        AdminTypes.MakeOptional<Pick<AdminTypes.CustomerPhoneNumber, 'phoneNumber'>, 'phoneNumber'>
      >;
    }
  >;
};

export type LineFieldsFragment = Pick<
  AdminTypes.LineItem,
  'id' | 'title' | 'quantity' | 'currentQuantity' | 'isGiftCard'
> & {
  originalUnitPriceSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
  discountAllocations: Array<{
    allocatedAmountSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
    discountApplication:
      | Pick<AdminTypes.AutomaticDiscountApplication, 'index'>
      | Pick<AdminTypes.DiscountCodeApplication, 'index'>
      | Pick<AdminTypes.OtherDiscountApplication, 'index'>;
  }>;
  taxLines: Array<{ priceSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> } }>;
  product?: AdminTypes.Maybe<Pick<AdminTypes.Product, 'id'>>;
  variant?: AdminTypes.Maybe<Pick<AdminTypes.ProductVariant, 'id'>>;
};

export type ShippingFieldsFragment = Pick<AdminTypes.ShippingLine, 'isRemoved'> & {
  originalPriceSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
  discountedPriceSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
  discountAllocations: Array<{
    allocatedAmountSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
    discountApplication:
      | Pick<AdminTypes.AutomaticDiscountApplication, 'index'>
      | Pick<AdminTypes.DiscountCodeApplication, 'index'>
      | Pick<AdminTypes.OtherDiscountApplication, 'index'>;
  }>;
  taxLines: Array<{ priceSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> } }>;
};

type ApplicationFields_AutomaticDiscountApplication_Fragment = {
  __typename: 'AutomaticDiscountApplication';
} & Pick<AdminTypes.AutomaticDiscountApplication, 'title' | 'targetType' | 'index'> & {
    value:
      | { __typename: 'MoneyV2' | 'OtherPricingValue' }
      | ({ __typename: 'PricingPercentageValue' } & Pick<AdminTypes.PricingPercentageValue, 'percentage'>);
  };

type ApplicationFields_DiscountCodeApplication_Fragment = { __typename: 'DiscountCodeApplication' } & Pick<
  AdminTypes.DiscountCodeApplication,
  'code' | 'index'
>;

type ApplicationFields_OtherDiscountApplication_Fragment = { __typename: 'OtherDiscountApplication' } & Pick<
  AdminTypes.OtherDiscountApplication,
  'index'
>;

export type ApplicationFieldsFragment =
  | ApplicationFields_AutomaticDiscountApplication_Fragment
  | ApplicationFields_DiscountCodeApplication_Fragment
  | ApplicationFields_OtherDiscountApplication_Fragment;

export type ReadOrderQueryVariables = AdminTypes.Exact<{
  id: AdminTypes.Scalars['ID']['input'];
  name?: AdminTypes.InputMaybe<AdminTypes.Scalars['Boolean']['input']>;
  email?: AdminTypes.InputMaybe<AdminTypes.Scalars['Boolean']['input']>;
  phone?: AdminTypes.InputMaybe<AdminTypes.Scalars['Boolean']['input']>;
}>;

export type ReadOrderQuery = {
  order?: AdminTypes.Maybe<
    AdminTypes.MakeOptional<
      Pick<
        AdminTypes.Order,
        | 'id'
        | 'name'
        | 'email'
        | 'phone'
        | 'currencyCode'
        | 'createdAt'
        | 'processedAt'
        | 'updatedAt'
        | 'cancelledAt'
        | 'displayFinancialStatus'
        | 'sourceName'
        | 'note'
        | 'test'
        | 'taxesIncluded'
      >,
      'email' | 'phone'
    > & {
      discountApplications: {
        nodes: Array<
          | ({ __typename: 'AutomaticDiscountApplication' } & Pick<
              AdminTypes.AutomaticDiscountApplication,
              'title' | 'targetType' | 'index'
            > & {
                value:
                  | { __typename: 'MoneyV2' | 'OtherPricingValue' }
                  | ({ __typename: 'PricingPercentageValue' } & Pick<
                      AdminTypes.PricingPercentageValue,
                      'percentage'
                    >);
              })
          | ({ __typename: 'DiscountCodeApplication' } & Pick<
              AdminTypes.DiscountCodeApplication,
              'code' | 'index'
            >)
          | ({ __typename: 'OtherDiscountApplication' } & Pick<AdminTypes.OtherDiscountApplication, 'index'>)
        >;
        pageInfo: Pick<AdminTypes.PageInfo, 'hasNextPage' | 'endCursor'>;
      };
      shippingLines: {
        nodes: Array<
          Pick<AdminTypes.ShippingLine, 'isRemoved'> & {
            originalPriceSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
            discountedPriceSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
            discountAllocations: Array<{
              allocatedAmountSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
              discountApplication:
                | Pick<AdminTypes.AutomaticDiscountApplication, 'index'>
                | Pick<AdminTypes.DiscountCodeApplication, 'index'>
                | Pick<AdminTypes.OtherDiscountApplication, 'index'>;
            }>;
            taxLines: Array<{ priceSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> } }>;
          }
        >;
      };
      lineItems: {
        nodes: Array<
          Pick<AdminTypes.LineItem, 'id' | 'title' | 'quantity' | 'currentQuantity' | 'isGiftCard'> & {
            originalUnitPriceSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
            discountAllocations: Array<{
              allocatedAmountSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
              discountApplication:
                | Pick<AdminTypes.AutomaticDiscountApplication, 'index'>
                | Pick<AdminTypes.DiscountCodeApplication, 'index'>
                | Pick<AdminTypes.OtherDiscountApplication, 'index'>;
            }>;
            taxLines: Array<{ priceSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> } }>;
            product?: AdminTypes.Maybe<Pick<AdminTypes.Product, 'id'>>;
            variant?: AdminTypes.Maybe<Pick<AdminTypes.ProductVariant, 'id'>>;
          }
        >;
        pageInfo: Pick<AdminTypes.PageInfo, 'hasNextPage' | 'endCursor'>;
      };
      fulfillments: Array<
        Pick<AdminTypes.Fulfillment, 'id' | 'createdAt' | 'status'> & {
          fulfillmentLineItems: {
            nodes: Array<
              Pick<AdminTypes.FulfillmentLineItem, 'quantity'> & { lineItem: Pick<AdminTypes.LineItem, 'id'> }
            >;
            pageInfo: Pick<AdminTypes.PageInfo, 'hasNextPage' | 'endCursor'>;
          };
        }
      >;
      refunds: Array<
        Pick<AdminTypes.Refund, 'id' | 'createdAt' | 'processedAt'> & {
          refundLineItems: {
            nodes: Array<
              Pick<AdminTypes.RefundLineItem, 'quantity'> & { lineItem: Pick<AdminTypes.LineItem, 'id'> }
            >;
            pageInfo: Pick<AdminTypes.PageInfo, 'hasNextPage'>;
          };
          totalRefundedSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
          duties?: AdminTypes.Maybe<Array<{ amountSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> } }>>;
          refundShippingLines: {
            nodes: Array<{
              subtotalAmountSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
              taxAmountSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
            }>;
            pageInfo: Pick<AdminTypes.PageInfo, 'hasNextPage'>;
          };
          orderAdjustments: {
            nodes: Array<
              Pick<AdminTypes.OrderAdjustment, 'reason'> & {
                amountSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
              }
            >;
            pageInfo: Pick<AdminTypes.PageInfo, 'hasNextPage'>;
          };
        }
      >;
      totalPriceSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
      originalTotalPriceSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
      totalOutstandingSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
      totalTipReceivedSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
      transactions: Array<
        Pick<AdminTypes.OrderTransaction, 'kind' | 'status' | 'processedAt'> & {
          amountSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
        }
      >;
      customer?: AdminTypes.Maybe<
        AdminTypes.MakeOptional<
          Pick<AdminTypes.Customer, 'id' | 'firstName' | 'lastName' | 'updatedAt'>,
          'firstName' | 'lastName'
        > & {
          defaultEmailAddress?: AdminTypes.Maybe<
            AdminTypes.MakeOptional<Pick<AdminTypes.CustomerEmailAddress, 'emailAddress'>, 'emailAddress'>
          >;
          defaultPhoneNumber?: AdminTypes.Maybe<
            AdminTypes.MakeOptional<Pick<AdminTypes.CustomerPhoneNumber, 'phoneNumber'>, 'phoneNumber'>
          >;
        }
      >;
    }
  >;
};

export type ReadOrderDiscountsQueryVariables = AdminTypes.Exact<{
  id: AdminTypes.Scalars['ID']['input'];
  after: AdminTypes.Scalars['String']['input'];
}>;

export type ReadOrderDiscountsQuery = {
  order?: AdminTypes.Maybe<{
    discountApplications: {
      nodes: Array<
        | ({ __typename: 'AutomaticDiscountApplication' } & Pick<
            AdminTypes.AutomaticDiscountApplication,
            'title' | 'targetType' | 'index'
          > & {
              value:
                | { __typename: 'MoneyV2' | 'OtherPricingValue' }
                | ({ __typename: 'PricingPercentageValue' } & Pick<
                    AdminTypes.PricingPercentageValue,
                    'percentage'
                  >);
            })
        | ({ __typename: 'DiscountCodeApplication' } & Pick<
            AdminTypes.DiscountCodeApplication,
            'code' | 'index'
          >)
        | ({ __typename: 'OtherDiscountApplication' } & Pick<AdminTypes.OtherDiscountApplication, 'index'>)
      >;
      pageInfo: Pick<AdminTypes.PageInfo, 'hasNextPage' | 'endCursor'>;
    };
  }>;
};

export type ReadFulfillmentLinesQueryVariables = AdminTypes.Exact<{
  id: AdminTypes.Scalars['ID']['input'];
  after: AdminTypes.Scalars['String']['input'];
}>;

export type ReadFulfillmentLinesQuery = {
  fulfillment?: AdminTypes.Maybe<{
    fulfillmentLineItems: {
      nodes: Array<
        Pick<AdminTypes.FulfillmentLineItem, 'quantity'> & { lineItem: Pick<AdminTypes.LineItem, 'id'> }
      >;
      pageInfo: Pick<AdminTypes.PageInfo, 'hasNextPage' | 'endCursor'>;
    };
  }>;
};

export type ReadOrderLinesQueryVariables = AdminTypes.Exact<{
  id: AdminTypes.Scalars['ID']['input'];
  after: AdminTypes.Scalars['String']['input'];
}>;

export type ReadOrderLinesQuery = {
  order?: AdminTypes.Maybe<{
    lineItems: {
      nodes: Array<
        Pick<AdminTypes.LineItem, 'id' | 'title' | 'quantity' | 'currentQuantity' | 'isGiftCard'> & {
          originalUnitPriceSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
          discountAllocations: Array<{
            allocatedAmountSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
            discountApplication:
              | Pick<AdminTypes.AutomaticDiscountApplication, 'index'>
              | Pick<AdminTypes.DiscountCodeApplication, 'index'>
              | Pick<AdminTypes.OtherDiscountApplication, 'index'>;
          }>;
          taxLines: Array<{ priceSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> } }>;
          product?: AdminTypes.Maybe<Pick<AdminTypes.Product, 'id'>>;
          variant?: AdminTypes.Maybe<Pick<AdminTypes.ProductVariant, 'id'>>;
        }
      >;
      pageInfo: Pick<AdminTypes.PageInfo, 'hasNextPage' | 'endCursor'>;
    };
  }>;
};

export type BulkOrdersQueryVariables = AdminTypes.Exact<{
  name?: AdminTypes.InputMaybe<AdminTypes.Scalars['Boolean']['input']>;
  email?: AdminTypes.InputMaybe<AdminTypes.Scalars['Boolean']['input']>;
  phone?: AdminTypes.InputMaybe<AdminTypes.Scalars['Boolean']['input']>;
}>;

export type BulkOrdersQuery = {
  orders: {
    edges: Array<{
      node: AdminTypes.MakeOptional<
        Pick<
          AdminTypes.Order,
          | 'id'
          | 'name'
          | 'email'
          | 'phone'
          | 'currencyCode'
          | 'createdAt'
          | 'processedAt'
          | 'updatedAt'
          | 'cancelledAt'
          | 'displayFinancialStatus'
          | 'sourceName'
          | 'note'
          | 'test'
          | 'taxesIncluded'
        >,
        'email' | 'phone'
      > & {
        refunds: Array<Pick<AdminTypes.Refund, 'id'>>;
        fulfillments: Array<Pick<AdminTypes.Fulfillment, 'id' | 'status' | 'createdAt'>>;
        discountApplications: {
          edges: Array<{
            node:
              | ({ __typename: 'AutomaticDiscountApplication' } & Pick<
                  AdminTypes.AutomaticDiscountApplication,
                  'title' | 'targetType' | 'index'
                > & {
                    value:
                      | { __typename: 'MoneyV2' | 'OtherPricingValue' }
                      | ({ __typename: 'PricingPercentageValue' } & Pick<
                          AdminTypes.PricingPercentageValue,
                          'percentage'
                        >);
                  })
              | ({ __typename: 'DiscountCodeApplication' } & Pick<
                  AdminTypes.DiscountCodeApplication,
                  'code' | 'index'
                >)
              | ({ __typename: 'OtherDiscountApplication' } & Pick<
                  AdminTypes.OtherDiscountApplication,
                  'index'
                >);
          }>;
        };
        shippingLines: {
          edges: Array<{
            node: { __typename: 'ShippingLine' } & Pick<AdminTypes.ShippingLine, 'isRemoved'> & {
                originalPriceSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
                discountedPriceSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
                discountAllocations: Array<{
                  allocatedAmountSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
                  discountApplication:
                    | Pick<AdminTypes.AutomaticDiscountApplication, 'index'>
                    | Pick<AdminTypes.DiscountCodeApplication, 'index'>
                    | Pick<AdminTypes.OtherDiscountApplication, 'index'>;
                }>;
                taxLines: Array<{ priceSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> } }>;
              };
          }>;
        };
        lineItems: {
          edges: Array<{
            node: { __typename: 'LineItem' } & Pick<
              AdminTypes.LineItem,
              'unfulfilledQuantity' | 'id' | 'title' | 'quantity' | 'currentQuantity' | 'isGiftCard'
            > & {
                originalUnitPriceSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
                discountAllocations: Array<{
                  allocatedAmountSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
                  discountApplication:
                    | Pick<AdminTypes.AutomaticDiscountApplication, 'index'>
                    | Pick<AdminTypes.DiscountCodeApplication, 'index'>
                    | Pick<AdminTypes.OtherDiscountApplication, 'index'>;
                }>;
                taxLines: Array<{ priceSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> } }>;
                product?: AdminTypes.Maybe<Pick<AdminTypes.Product, 'id'>>;
                variant?: AdminTypes.Maybe<Pick<AdminTypes.ProductVariant, 'id'>>;
              };
          }>;
        };
        totalPriceSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
        originalTotalPriceSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
        totalOutstandingSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
        totalTipReceivedSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
        transactions: Array<
          Pick<AdminTypes.OrderTransaction, 'kind' | 'status' | 'processedAt'> & {
            amountSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
          }
        >;
        customer?: AdminTypes.Maybe<
          AdminTypes.MakeOptional<
            Pick<AdminTypes.Customer, 'id' | 'firstName' | 'lastName' | 'updatedAt'>,
            'firstName' | 'lastName'
          > & {
            defaultEmailAddress?: AdminTypes.Maybe<
              AdminTypes.MakeOptional<Pick<AdminTypes.CustomerEmailAddress, 'emailAddress'>, 'emailAddress'>
            >;
            defaultPhoneNumber?: AdminTypes.Maybe<
              AdminTypes.MakeOptional<Pick<AdminTypes.CustomerPhoneNumber, 'phoneNumber'>, 'phoneNumber'>
            >;
          }
        >;
      };
    }>;
  };
};

export type BulkOrdersOfNodesQueryVariables = AdminTypes.Exact<{
  name?: AdminTypes.InputMaybe<AdminTypes.Scalars['Boolean']['input']>;
  email?: AdminTypes.InputMaybe<AdminTypes.Scalars['Boolean']['input']>;
  phone?: AdminTypes.InputMaybe<AdminTypes.Scalars['Boolean']['input']>;
}>;

export type BulkOrdersOfNodesQuery = {
  orders: {
    edges: Array<{
      node: AdminTypes.MakeOptional<
        Pick<
          AdminTypes.Order,
          | 'discountCodes'
          | 'id'
          | 'name'
          | 'email'
          | 'phone'
          | 'currencyCode'
          | 'createdAt'
          | 'processedAt'
          | 'updatedAt'
          | 'cancelledAt'
          | 'displayFinancialStatus'
          | 'sourceName'
          | 'note'
          | 'test'
          | 'taxesIncluded'
        >,
        'email' | 'phone'
      > & {
        refunds: Array<Pick<AdminTypes.Refund, 'id'>>;
        fulfillments: Array<Pick<AdminTypes.Fulfillment, 'id' | 'status' | 'createdAt'>>;
        currentShippingPriceSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
        totalTaxSet?: AdminTypes.Maybe<{ shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> }>;
        lineItems: {
          edges: Array<{
            node: { __typename: 'LineItem' } & Pick<
              AdminTypes.LineItem,
              'unfulfilledQuantity' | 'id' | 'title' | 'quantity' | 'currentQuantity' | 'isGiftCard'
            > & {
                originalUnitPriceSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
                discountAllocations: Array<{
                  allocatedAmountSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
                  discountApplication:
                    | Pick<AdminTypes.AutomaticDiscountApplication, 'index'>
                    | Pick<AdminTypes.DiscountCodeApplication, 'index'>
                    | Pick<AdminTypes.OtherDiscountApplication, 'index'>;
                }>;
                taxLines: Array<{ priceSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> } }>;
                product?: AdminTypes.Maybe<Pick<AdminTypes.Product, 'id'>>;
                variant?: AdminTypes.Maybe<Pick<AdminTypes.ProductVariant, 'id'>>;
              };
          }>;
        };
        totalPriceSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
        originalTotalPriceSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
        totalOutstandingSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
        totalTipReceivedSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
        transactions: Array<
          Pick<AdminTypes.OrderTransaction, 'kind' | 'status' | 'processedAt'> & {
            amountSet: { shopMoney: Pick<AdminTypes.MoneyV2, 'amount'> };
          }
        >;
        customer?: AdminTypes.Maybe<
          AdminTypes.MakeOptional<
            Pick<AdminTypes.Customer, 'id' | 'firstName' | 'lastName' | 'updatedAt'>,
            'firstName' | 'lastName'
          > & {
            defaultEmailAddress?: AdminTypes.Maybe<
              AdminTypes.MakeOptional<Pick<AdminTypes.CustomerEmailAddress, 'emailAddress'>, 'emailAddress'>
            >;
            defaultPhoneNumber?: AdminTypes.Maybe<
              AdminTypes.MakeOptional<Pick<AdminTypes.CustomerPhoneNumber, 'phoneNumber'>, 'phoneNumber'>
            >;
          }
        >;
      };
    }>;
  };
};

export type SetPriceMetafieldsMutationVariables = AdminTypes.Exact<{
  metafields: Array<AdminTypes.MetafieldsSetInput> | AdminTypes.MetafieldsSetInput;
}>;

export type SetPriceMetafieldsMutation = {
  metafieldsSet?: AdminTypes.Maybe<{
    metafields?: AdminTypes.Maybe<Array<Pick<AdminTypes.Metafield, 'compareDigest'>>>;
    userErrors: Array<Pick<AdminTypes.MetafieldsSetUserError, 'field' | 'message' | 'code' | 'elementIndex'>>;
  }>;
};

export type DeletePriceMetafieldsMutationVariables = AdminTypes.Exact<{
  metafields: Array<AdminTypes.MetafieldIdentifierInput> | AdminTypes.MetafieldIdentifierInput;
}>;

export type DeletePriceMetafieldsMutation = {
  metafieldsDelete?: AdminTypes.Maybe<{
    deletedMetafields?: AdminTypes.Maybe<
      Array<AdminTypes.Maybe<Pick<AdminTypes.MetafieldIdentifier, 'ownerId'>>>
    >;
    userErrors: Array<Pick<AdminTypes.UserError, 'field' | 'message'>>;
  }>;
};

export type ReadPriceMetafieldsQueryVariables = AdminTypes.Exact<{
  ids: Array<AdminTypes.Scalars['ID']['input']> | AdminTypes.Scalars['ID']['input'];
  key: AdminTypes.Scalars['String']['input'];
}>;

export type ReadPriceMetafieldsQuery = {
  nodes: Array<
    AdminTypes.Maybe<
      | {
          __typename:
            | 'AppInstallation'
            | 'AppPurchaseOneTime'
            | 'BulkOperation'
            | 'Collection'
            | 'CustomerSegmentMembersQuery'
            | 'DiscountAutomaticNode'
            | 'DiscountCodeNode'
            | 'DiscountNode'
            | 'Fulfillment'
            | 'FulfillmentLineItem'
            | 'InventoryItem'
            | 'LineItem'
            | 'MailingAddress'
            | 'Metafield'
            | 'MetafieldDefinition'
            | 'Order'
            | 'OrderAdjustment'
            | 'OrderTransaction'
            | 'OtherNode'
            | 'Refund';
        }
      | {
          __typename:
            | 'RefundShippingLine'
            | 'Segment'
            | 'Shop'
            | 'ShopAddress'
            | 'StoreCreditAccount'
            | 'StoreCreditAccountCreditTransaction'
            | 'Validation';
        }
      | ({ __typename: 'Customer' | 'Product' | 'ProductVariant' } & {
          metafield?: AdminTypes.Maybe<Pick<AdminTypes.Metafield, 'compareDigest' | 'jsonValue'>>;
        })
    >
  >;
};

export type ReadInstallationMetafieldQueryVariables = AdminTypes.Exact<{
  key: AdminTypes.Scalars['String']['input'];
}>;

export type ReadInstallationMetafieldQuery = {
  currentAppInstallation: Pick<AdminTypes.AppInstallation, 'id'> & {
    metafield?: AdminTypes.Maybe<Pick<AdminTypes.Metafield, 'compareDigest'>>;
  };
};

export type PriceDiscountFragment = Pick<AdminTypes.DiscountNode, 'id'> & {
  discount:
    | ({ __typename: 'DiscountAutomaticApp' } & Pick<
        AdminTypes.DiscountAutomaticApp,
        'title' | 'status' | 'startsAt' | 'endsAt' | 'appliesOnSubscription' | 'recurringCycleLimit'
      > & {
          combinesWith: Pick<
            AdminTypes.DiscountCombinesWith,
            'orderDiscounts' | 'productDiscounts' | 'shippingDiscounts'
          >;
          appDiscountType: Pick<AdminTypes.AppDiscountType, 'appKey'>;
        })
    | { __typename: 'DiscountCodeBasic' | 'OtherDiscount' };
  rules?: AdminTypes.Maybe<Pick<AdminTypes.Metafield, 'compareDigest' | 'jsonValue'>>;
  vars?: AdminTypes.Maybe<Pick<AdminTypes.Metafield, 'compareDigest' | 'jsonValue'>>;
};

export type ReadPriceDiscountQueryVariables = AdminTypes.Exact<{
  id: AdminTypes.Scalars['ID']['input'];
}>;

export type ReadPriceDiscountQuery = {
  discountNode?: AdminTypes.Maybe<
    Pick<AdminTypes.DiscountNode, 'id'> & {
      discount:
        | ({ __typename: 'DiscountAutomaticApp' } & Pick<
            AdminTypes.DiscountAutomaticApp,
            'title' | 'status' | 'startsAt' | 'endsAt' | 'appliesOnSubscription' | 'recurringCycleLimit'
          > & {
              combinesWith: Pick<
                AdminTypes.DiscountCombinesWith,
                'orderDiscounts' | 'productDiscounts' | 'shippingDiscounts'
              >;
              appDiscountType: Pick<AdminTypes.AppDiscountType, 'appKey'>;
            })
        | { __typename: 'DiscountCodeBasic' | 'OtherDiscount' };
      rules?: AdminTypes.Maybe<Pick<AdminTypes.Metafield, 'compareDigest' | 'jsonValue'>>;
      vars?: AdminTypes.Maybe<Pick<AdminTypes.Metafield, 'compareDigest' | 'jsonValue'>>;
    }
  >;
};

export type ListPriceDiscountsQueryVariables = AdminTypes.Exact<{ [key: string]: never }>;

export type ListPriceDiscountsQuery = {
  discountNodes: {
    nodes: Array<
      Pick<AdminTypes.DiscountNode, 'id'> & {
        discount:
          | ({ __typename: 'DiscountAutomaticApp' } & Pick<
              AdminTypes.DiscountAutomaticApp,
              'title' | 'status' | 'startsAt' | 'endsAt' | 'appliesOnSubscription' | 'recurringCycleLimit'
            > & {
                combinesWith: Pick<
                  AdminTypes.DiscountCombinesWith,
                  'orderDiscounts' | 'productDiscounts' | 'shippingDiscounts'
                >;
                appDiscountType: Pick<AdminTypes.AppDiscountType, 'appKey'>;
              })
          | { __typename: 'DiscountCodeBasic' | 'OtherDiscount' };
        rules?: AdminTypes.Maybe<Pick<AdminTypes.Metafield, 'compareDigest' | 'jsonValue'>>;
        vars?: AdminTypes.Maybe<Pick<AdminTypes.Metafield, 'compareDigest' | 'jsonValue'>>;
      }
    >;
  };
};

export type CreatePriceDiscountMutationVariables = AdminTypes.Exact<{
  discount: AdminTypes.DiscountAutomaticAppInput;
}>;

export type CreatePriceDiscountMutation = {
  discountAutomaticAppCreate?: AdminTypes.Maybe<{
    automaticAppDiscount?: AdminTypes.Maybe<Pick<AdminTypes.DiscountAutomaticApp, 'discountId'>>;
    userErrors: Array<Pick<AdminTypes.DiscountUserError, 'field' | 'code' | 'message'>>;
  }>;
};

export type UpdatePriceDiscountMutationVariables = AdminTypes.Exact<{
  id: AdminTypes.Scalars['ID']['input'];
  discount: AdminTypes.DiscountAutomaticAppInput;
}>;

export type UpdatePriceDiscountMutation = {
  discountAutomaticAppUpdate?: AdminTypes.Maybe<{
    automaticAppDiscount?: AdminTypes.Maybe<Pick<AdminTypes.DiscountAutomaticApp, 'discountId'>>;
    userErrors: Array<Pick<AdminTypes.DiscountUserError, 'field' | 'code' | 'message'>>;
  }>;
};

export type ActivatePriceDiscountMutationVariables = AdminTypes.Exact<{
  id: AdminTypes.Scalars['ID']['input'];
}>;

export type ActivatePriceDiscountMutation = {
  discountAutomaticActivate?: AdminTypes.Maybe<{
    automaticDiscountNode?: AdminTypes.Maybe<Pick<AdminTypes.DiscountAutomaticNode, 'id'>>;
    userErrors: Array<Pick<AdminTypes.DiscountUserError, 'field' | 'code' | 'message'>>;
  }>;
};

export type PricedVariantFragment = Pick<
  AdminTypes.ProductVariant,
  'id' | 'title' | 'sku' | 'price' | 'compareAtPrice'
> & {
  inventoryItem: { unitCost?: AdminTypes.Maybe<Pick<AdminTypes.MoneyV2, 'amount'>> };
  product: Pick<AdminTypes.Product, 'id' | 'title' | 'isGiftCard' | 'hasOnlyDefaultVariant'> & {
    collections: { nodes: Array<Pick<AdminTypes.Collection, 'id'>> };
  };
};

export type ReadPricedVariantsQueryVariables = AdminTypes.Exact<{
  ids: Array<AdminTypes.Scalars['ID']['input']> | AdminTypes.Scalars['ID']['input'];
}>;

export type ReadPricedVariantsQuery = {
  nodes: Array<
    AdminTypes.Maybe<
      | {
          __typename:
            | 'AppInstallation'
            | 'AppPurchaseOneTime'
            | 'BulkOperation'
            | 'Collection'
            | 'Customer'
            | 'CustomerSegmentMembersQuery'
            | 'DiscountAutomaticNode'
            | 'DiscountCodeNode'
            | 'DiscountNode'
            | 'Fulfillment'
            | 'FulfillmentLineItem'
            | 'InventoryItem'
            | 'LineItem'
            | 'MailingAddress'
            | 'Metafield'
            | 'MetafieldDefinition'
            | 'Order'
            | 'OrderAdjustment'
            | 'OrderTransaction'
            | 'OtherNode';
        }
      | {
          __typename:
            | 'Refund'
            | 'RefundShippingLine'
            | 'Segment'
            | 'Shop'
            | 'ShopAddress'
            | 'StoreCreditAccount'
            | 'StoreCreditAccountCreditTransaction'
            | 'Validation';
        }
      | ({ __typename: 'Product' } & {
          variants: {
            nodes: Array<
              Pick<AdminTypes.ProductVariant, 'id' | 'title' | 'sku' | 'price' | 'compareAtPrice'> & {
                inventoryItem: { unitCost?: AdminTypes.Maybe<Pick<AdminTypes.MoneyV2, 'amount'>> };
                product: Pick<AdminTypes.Product, 'id' | 'title' | 'isGiftCard' | 'hasOnlyDefaultVariant'> & {
                  collections: { nodes: Array<Pick<AdminTypes.Collection, 'id'>> };
                };
              }
            >;
          };
        })
      | ({ __typename: 'ProductVariant' } & Pick<
          AdminTypes.ProductVariant,
          'id' | 'title' | 'sku' | 'price' | 'compareAtPrice'
        > & {
            inventoryItem: { unitCost?: AdminTypes.Maybe<Pick<AdminTypes.MoneyV2, 'amount'>> };
            product: Pick<AdminTypes.Product, 'id' | 'title' | 'isGiftCard' | 'hasOnlyDefaultVariant'> & {
              collections: { nodes: Array<Pick<AdminTypes.Collection, 'id'>> };
            };
          })
    >
  >;
};

export type FindPricedVariantsQueryVariables = AdminTypes.Exact<{
  query: AdminTypes.Scalars['String']['input'];
}>;

export type FindPricedVariantsQuery = {
  productVariants: {
    nodes: Array<
      Pick<AdminTypes.ProductVariant, 'id' | 'title' | 'sku' | 'price' | 'compareAtPrice'> & {
        inventoryItem: { unitCost?: AdminTypes.Maybe<Pick<AdminTypes.MoneyV2, 'amount'>> };
        product: Pick<AdminTypes.Product, 'id' | 'title' | 'isGiftCard' | 'hasOnlyDefaultVariant'> & {
          collections: { nodes: Array<Pick<AdminTypes.Collection, 'id'>> };
        };
      }
    >;
  };
};

export type ListPricedVariantsQueryVariables = AdminTypes.Exact<{
  first: AdminTypes.Scalars['Int']['input'];
  after?: AdminTypes.InputMaybe<AdminTypes.Scalars['String']['input']>;
  query: AdminTypes.Scalars['String']['input'];
}>;

export type ListPricedVariantsQuery = {
  productVariants: {
    nodes: Array<
      Pick<AdminTypes.ProductVariant, 'id' | 'title' | 'sku' | 'price' | 'compareAtPrice'> & {
        inventoryItem: { unitCost?: AdminTypes.Maybe<Pick<AdminTypes.MoneyV2, 'amount'>> };
        product: Pick<AdminTypes.Product, 'id' | 'title' | 'isGiftCard' | 'hasOnlyDefaultVariant'> & {
          collections: { nodes: Array<Pick<AdminTypes.Collection, 'id'>> };
        };
      }
    >;
    pageInfo: Pick<AdminTypes.PageInfo, 'hasNextPage' | 'endCursor'>;
  };
};

export type ProductLineFragment = Pick<
  AdminTypes.Product,
  'id' | 'title' | 'status' | 'hasOnlyDefaultVariant'
> & {
  featuredMedia?: AdminTypes.Maybe<{
    preview?: AdminTypes.Maybe<{ image?: AdminTypes.Maybe<Pick<AdminTypes.Image, 'url'>> }>;
  }>;
  metafield?: AdminTypes.Maybe<Pick<AdminTypes.Metafield, 'value'>>;
};

export type ListProductsQueryVariables = AdminTypes.Exact<{
  first?: AdminTypes.InputMaybe<AdminTypes.Scalars['Int']['input']>;
  after?: AdminTypes.InputMaybe<AdminTypes.Scalars['String']['input']>;
  last?: AdminTypes.InputMaybe<AdminTypes.Scalars['Int']['input']>;
  before?: AdminTypes.InputMaybe<AdminTypes.Scalars['String']['input']>;
  query?: AdminTypes.InputMaybe<AdminTypes.Scalars['String']['input']>;
}>;

export type ListProductsQuery = {
  products: {
    nodes: Array<
      Pick<AdminTypes.Product, 'id' | 'title' | 'status' | 'hasOnlyDefaultVariant'> & {
        featuredMedia?: AdminTypes.Maybe<{
          preview?: AdminTypes.Maybe<{ image?: AdminTypes.Maybe<Pick<AdminTypes.Image, 'url'>> }>;
        }>;
        metafield?: AdminTypes.Maybe<Pick<AdminTypes.Metafield, 'value'>>;
      }
    >;
    pageInfo: Pick<AdminTypes.PageInfo, 'hasNextPage' | 'hasPreviousPage' | 'startCursor' | 'endCursor'>;
  };
};

export type ListVariantsQueryVariables = AdminTypes.Exact<{
  id: AdminTypes.Scalars['ID']['input'];
  first: AdminTypes.Scalars['Int']['input'];
  after?: AdminTypes.InputMaybe<AdminTypes.Scalars['String']['input']>;
}>;

export type ListVariantsQuery = {
  product?: AdminTypes.Maybe<{
    variants: {
      nodes: Array<Pick<AdminTypes.ProductVariant, 'id' | 'title'>>;
      pageInfo: Pick<AdminTypes.PageInfo, 'hasNextPage' | 'endCursor'>;
    };
  }>;
};

export type ListCollectionsQueryVariables = AdminTypes.Exact<{
  first: AdminTypes.Scalars['Int']['input'];
  after?: AdminTypes.InputMaybe<AdminTypes.Scalars['String']['input']>;
  query?: AdminTypes.InputMaybe<AdminTypes.Scalars['String']['input']>;
}>;

export type ListCollectionsQuery = {
  collections: {
    nodes: Array<
      Pick<AdminTypes.Collection, 'id' | 'title'> & {
        productsCount?: AdminTypes.Maybe<Pick<AdminTypes.Count, 'count'>>;
      }
    >;
    pageInfo: Pick<AdminTypes.PageInfo, 'hasNextPage' | 'endCursor'>;
  };
};

export type ReadProductsQueryVariables = AdminTypes.Exact<{
  ids: Array<AdminTypes.Scalars['ID']['input']> | AdminTypes.Scalars['ID']['input'];
}>;

export type ReadProductsQuery = {
  nodes: Array<
    AdminTypes.Maybe<
      | {
          __typename:
            | 'AppInstallation'
            | 'AppPurchaseOneTime'
            | 'BulkOperation'
            | 'Collection'
            | 'Customer'
            | 'CustomerSegmentMembersQuery'
            | 'DiscountAutomaticNode'
            | 'DiscountCodeNode'
            | 'DiscountNode'
            | 'Fulfillment'
            | 'FulfillmentLineItem'
            | 'InventoryItem'
            | 'LineItem'
            | 'MailingAddress'
            | 'Metafield'
            | 'MetafieldDefinition'
            | 'Order'
            | 'OrderAdjustment'
            | 'OrderTransaction'
            | 'OtherNode';
        }
      | {
          __typename:
            | 'ProductVariant'
            | 'Refund'
            | 'RefundShippingLine'
            | 'Segment'
            | 'Shop'
            | 'ShopAddress'
            | 'StoreCreditAccount'
            | 'StoreCreditAccountCreditTransaction'
            | 'Validation';
        }
      | ({ __typename: 'Product' } & Pick<
          AdminTypes.Product,
          'id' | 'title' | 'status' | 'updatedAt' | 'tags' | 'productType' | 'vendor'
        > & {
            featuredMedia?: AdminTypes.Maybe<{
              preview?: AdminTypes.Maybe<{ image?: AdminTypes.Maybe<Pick<AdminTypes.Image, 'url'>> }>;
            }>;
            metafield?: AdminTypes.Maybe<Pick<AdminTypes.Metafield, 'value'>>;
            collections: {
              nodes: Array<Pick<AdminTypes.Collection, 'id'>>;
              pageInfo: Pick<AdminTypes.PageInfo, 'hasNextPage' | 'endCursor'>;
            };
          })
    >
  >;
};

export type ReadCollectionsQueryVariables = AdminTypes.Exact<{
  ids: Array<AdminTypes.Scalars['ID']['input']> | AdminTypes.Scalars['ID']['input'];
}>;

export type ReadCollectionsQuery = {
  nodes: Array<
    AdminTypes.Maybe<
      | {
          __typename:
            | 'AppInstallation'
            | 'AppPurchaseOneTime'
            | 'BulkOperation'
            | 'Customer'
            | 'CustomerSegmentMembersQuery'
            | 'DiscountAutomaticNode'
            | 'DiscountCodeNode'
            | 'DiscountNode'
            | 'Fulfillment'
            | 'FulfillmentLineItem'
            | 'InventoryItem'
            | 'LineItem'
            | 'MailingAddress'
            | 'Metafield'
            | 'MetafieldDefinition'
            | 'Order'
            | 'OrderAdjustment'
            | 'OrderTransaction'
            | 'OtherNode'
            | 'Product';
        }
      | {
          __typename:
            | 'ProductVariant'
            | 'Refund'
            | 'RefundShippingLine'
            | 'Segment'
            | 'Shop'
            | 'ShopAddress'
            | 'StoreCreditAccount'
            | 'StoreCreditAccountCreditTransaction'
            | 'Validation';
        }
      | ({ __typename: 'Collection' } & Pick<AdminTypes.Collection, 'id' | 'title'>)
    >
  >;
};

export type ReadProductCollectionsQueryVariables = AdminTypes.Exact<{
  id: AdminTypes.Scalars['ID']['input'];
  after?: AdminTypes.InputMaybe<AdminTypes.Scalars['String']['input']>;
}>;

export type ReadProductCollectionsQuery = {
  product?: AdminTypes.Maybe<{
    collections: {
      nodes: Array<Pick<AdminTypes.Collection, 'id'>>;
      pageInfo: Pick<AdminTypes.PageInfo, 'hasNextPage' | 'endCursor'>;
    };
  }>;
};

export type SetPrintedPointsMutationVariables = AdminTypes.Exact<{
  metafields: Array<AdminTypes.MetafieldsSetInput> | AdminTypes.MetafieldsSetInput;
}>;

export type SetPrintedPointsMutation = {
  metafieldsSet?: AdminTypes.Maybe<{
    metafields?: AdminTypes.Maybe<Array<Pick<AdminTypes.Metafield, 'id'>>>;
    userErrors: Array<Pick<AdminTypes.MetafieldsSetUserError, 'field' | 'message' | 'code'>>;
  }>;
};

export type DefinePrintedPointsMutationVariables = AdminTypes.Exact<{
  definition: AdminTypes.MetafieldDefinitionInput;
}>;

export type DefinePrintedPointsMutation = {
  metafieldDefinitionCreate?: AdminTypes.Maybe<{
    createdDefinition?: AdminTypes.Maybe<Pick<AdminTypes.MetafieldDefinition, 'id'>>;
    userErrors: Array<Pick<AdminTypes.MetafieldDefinitionCreateUserError, 'field' | 'message' | 'code'>>;
  }>;
};

export type CreatePurchaseMutationVariables = AdminTypes.Exact<{
  name: AdminTypes.Scalars['String']['input'];
  price: AdminTypes.MoneyInput;
  returnUrl: AdminTypes.Scalars['URL']['input'];
  test?: AdminTypes.InputMaybe<AdminTypes.Scalars['Boolean']['input']>;
}>;

export type CreatePurchaseMutation = {
  appPurchaseOneTimeCreate?: AdminTypes.Maybe<
    Pick<AdminTypes.AppPurchaseOneTimeCreatePayload, 'confirmationUrl'> & {
      appPurchaseOneTime?: AdminTypes.Maybe<Pick<AdminTypes.AppPurchaseOneTime, 'id'>>;
      userErrors: Array<Pick<AdminTypes.UserError, 'field' | 'message'>>;
    }
  >;
};

export type ReadPurchaseQueryVariables = AdminTypes.Exact<{
  id: AdminTypes.Scalars['ID']['input'];
}>;

export type ReadPurchaseQuery = {
  node?: AdminTypes.Maybe<
    Pick<AdminTypes.AppPurchaseOneTime, 'id' | 'status' | 'test'> & {
      price: Pick<AdminTypes.MoneyV2, 'amount' | 'currencyCode'>;
    }
  >;
};

export type ListSegmentsQueryVariables = AdminTypes.Exact<{
  first: AdminTypes.Scalars['Int']['input'];
  after?: AdminTypes.InputMaybe<AdminTypes.Scalars['String']['input']>;
  query?: AdminTypes.InputMaybe<AdminTypes.Scalars['String']['input']>;
  sortKey: AdminTypes.SegmentSortKeys;
  reverse: AdminTypes.Scalars['Boolean']['input'];
}>;

export type ListSegmentsQuery = {
  segments: {
    nodes: Array<Pick<AdminTypes.Segment, 'id' | 'name' | 'query' | 'lastEditDate'>>;
    pageInfo: Pick<AdminTypes.PageInfo, 'hasNextPage' | 'endCursor'>;
  };
};

export type StartMembersQueryMutationVariables = AdminTypes.Exact<{
  input: AdminTypes.CustomerSegmentMembersQueryInput;
}>;

export type StartMembersQueryMutation = {
  customerSegmentMembersQueryCreate?: AdminTypes.Maybe<{
    customerSegmentMembersQuery?: AdminTypes.Maybe<Pick<AdminTypes.CustomerSegmentMembersQuery, 'id'>>;
    userErrors: Array<Pick<AdminTypes.CustomerSegmentMembersQueryUserError, 'field' | 'code' | 'message'>>;
  }>;
};

export type ReadMembersQueryQueryVariables = AdminTypes.Exact<{
  id: AdminTypes.Scalars['ID']['input'];
}>;

export type ReadMembersQueryQuery = {
  customerSegmentMembersQuery?: AdminTypes.Maybe<
    Pick<AdminTypes.CustomerSegmentMembersQuery, 'done' | 'currentCount'>
  >;
};

export type ListSegmentMembersQueryVariables = AdminTypes.Exact<{
  queryId: AdminTypes.Scalars['ID']['input'];
  first: AdminTypes.Scalars['Int']['input'];
  after?: AdminTypes.InputMaybe<AdminTypes.Scalars['String']['input']>;
}>;

export type ListSegmentMembersQuery = {
  customerSegmentMembers: Pick<AdminTypes.CustomerSegmentMemberConnection, 'totalCount'> & {
    edges: Array<{ node: Pick<AdminTypes.CustomerSegmentMember, 'id'> }>;
    pageInfo: Pick<AdminTypes.PageInfo, 'hasNextPage' | 'endCursor'>;
  };
};

export type CreateSegmentMutationVariables = AdminTypes.Exact<{
  name: AdminTypes.Scalars['String']['input'];
  query: AdminTypes.Scalars['String']['input'];
}>;

export type CreateSegmentMutation = {
  segmentCreate?: AdminTypes.Maybe<{
    segment?: AdminTypes.Maybe<Pick<AdminTypes.Segment, 'id' | 'name' | 'query' | 'lastEditDate'>>;
    userErrors: Array<Pick<AdminTypes.UserError, 'field' | 'message'>>;
  }>;
};

export type UpdateSegmentMutationVariables = AdminTypes.Exact<{
  id: AdminTypes.Scalars['ID']['input'];
  name: AdminTypes.Scalars['String']['input'];
  query: AdminTypes.Scalars['String']['input'];
}>;

export type UpdateSegmentMutation = {
  segmentUpdate?: AdminTypes.Maybe<{
    segment?: AdminTypes.Maybe<Pick<AdminTypes.Segment, 'id' | 'name' | 'query' | 'lastEditDate'>>;
    userErrors: Array<Pick<AdminTypes.UserError, 'field' | 'message'>>;
  }>;
};

export type DeleteSegmentMutationVariables = AdminTypes.Exact<{
  id: AdminTypes.Scalars['ID']['input'];
}>;

export type DeleteSegmentMutation = {
  segmentDelete?: AdminTypes.Maybe<
    Pick<AdminTypes.SegmentDeletePayload, 'deletedSegmentId'> & {
      userErrors: Array<Pick<AdminTypes.UserError, 'field' | 'message'>>;
    }
  >;
};

export type ReadShopQueryVariables = AdminTypes.Exact<{ [key: string]: never }>;

export type ReadShopQuery = {
  shop: Pick<AdminTypes.Shop, 'name' | 'currencyCode' | 'ianaTimezone' | 'taxesIncluded'> & {
    shopAddress: Pick<AdminTypes.ShopAddress, 'countryCodeV2'>;
  };
  currentAppInstallation: { accessScopes: Array<Pick<AdminTypes.AccessScope, 'handle'>> };
};

export type ReadStoreCreditQueryVariables = AdminTypes.Exact<{
  customer: AdminTypes.Scalars['ID']['input'];
  first: AdminTypes.Scalars['Int']['input'];
}>;

export type ReadStoreCreditQuery = {
  customer?: AdminTypes.Maybe<{
    storeCreditAccounts: {
      nodes: Array<{
        balance: Pick<AdminTypes.MoneyV2, 'amount' | 'currencyCode'>;
        transactions: {
          nodes: Array<
            | ({ __typename: 'OtherStoreCreditAccountTransaction' } & {
                amount: Pick<AdminTypes.MoneyV2, 'amount' | 'currencyCode'>;
              })
            | ({ __typename: 'StoreCreditAccountCreditTransaction' } & Pick<
                AdminTypes.StoreCreditAccountCreditTransaction,
                'id'
              > & { amount: Pick<AdminTypes.MoneyV2, 'amount' | 'currencyCode'> })
          >;
        };
      }>;
    };
  }>;
};

export type CreditStoreCreditMutationVariables = AdminTypes.Exact<{
  customer: AdminTypes.Scalars['ID']['input'];
  credit: AdminTypes.StoreCreditAccountCreditInput;
}>;

export type CreditStoreCreditMutation = {
  storeCreditAccountCredit?: AdminTypes.Maybe<{
    storeCreditAccountTransaction?: AdminTypes.Maybe<
      Pick<AdminTypes.StoreCreditAccountCreditTransaction, 'id'>
    >;
    userErrors: Array<Pick<AdminTypes.StoreCreditAccountCreditUserError, 'field' | 'code' | 'message'>>;
  }>;
};

export type CustomerFieldsFragment = AdminTypes.MakeOptional<
  Pick<AdminTypes.Customer, 'id' | 'firstName' | 'lastName' | 'note' | 'tags' | 'createdAt' | 'updatedAt'>,
  'firstName' | 'lastName'
> & {
  defaultEmailAddress?: AdminTypes.Maybe<
    AdminTypes.MakeOptional<
      Pick<AdminTypes.CustomerEmailAddress, 'emailAddress' | 'marketingState'>,
      'emailAddress'
    >
  >;
  defaultPhoneNumber?: AdminTypes.Maybe<
    AdminTypes.MakeOptional<
      Pick<AdminTypes.CustomerPhoneNumber, 'phoneNumber' | 'marketingState'>,
      'phoneNumber'
    >
  >;
  defaultAddress?: AdminTypes.Maybe<
    AdminTypes.MakeOptional<
      Pick<
        AdminTypes.MailingAddress,
        'id' | 'address1' | 'address2' | 'city' | 'province' | 'provinceCode' | 'countryCodeV2' | 'zip'
      >,
      'address1' | 'address2' | 'zip'
    >
  >;
  gender?: AdminTypes.Maybe<Pick<AdminTypes.Metafield, 'key' | 'value'>>;
  birthDate?: AdminTypes.Maybe<Pick<AdminTypes.Metafield, 'key' | 'value'>>;
  weddingDate?: AdminTypes.Maybe<Pick<AdminTypes.Metafield, 'key' | 'value'>>;
  housing?: AdminTypes.Maybe<Pick<AdminTypes.Metafield, 'key' | 'value'>>;
  weight?: AdminTypes.Maybe<Pick<AdminTypes.Metafield, 'key' | 'value'>>;
  height?: AdminTypes.Maybe<Pick<AdminTypes.Metafield, 'key' | 'value'>>;
  interests?: AdminTypes.Maybe<Pick<AdminTypes.Metafield, 'key' | 'value'>>;
  social?: AdminTypes.Maybe<Pick<AdminTypes.Metafield, 'key' | 'value'>>;
  district?: AdminTypes.Maybe<Pick<AdminTypes.Metafield, 'key' | 'value'>>;
};

export type ReadChangedCustomersQueryVariables = AdminTypes.Exact<{
  first: AdminTypes.Scalars['Int']['input'];
  after?: AdminTypes.InputMaybe<AdminTypes.Scalars['String']['input']>;
  query: AdminTypes.Scalars['String']['input'];
  name?: AdminTypes.InputMaybe<AdminTypes.Scalars['Boolean']['input']>;
  email?: AdminTypes.InputMaybe<AdminTypes.Scalars['Boolean']['input']>;
  phone?: AdminTypes.InputMaybe<AdminTypes.Scalars['Boolean']['input']>;
  address?: AdminTypes.InputMaybe<AdminTypes.Scalars['Boolean']['input']>;
}>;

export type ReadChangedCustomersQuery = {
  customers: {
    nodes: Array<
      AdminTypes.MakeOptional<
        Pick<
          AdminTypes.Customer,
          'id' | 'firstName' | 'lastName' | 'note' | 'tags' | 'createdAt' | 'updatedAt'
        >,
        'firstName' | 'lastName'
      > & {
        defaultEmailAddress?: AdminTypes.Maybe<
          AdminTypes.MakeOptional<
            Pick<AdminTypes.CustomerEmailAddress, 'emailAddress' | 'marketingState'>,
            'emailAddress'
          >
        >;
        defaultPhoneNumber?: AdminTypes.Maybe<
          AdminTypes.MakeOptional<
            Pick<AdminTypes.CustomerPhoneNumber, 'phoneNumber' | 'marketingState'>,
            'phoneNumber'
          >
        >;
        defaultAddress?: AdminTypes.Maybe<
          AdminTypes.MakeOptional<
            Pick<
              AdminTypes.MailingAddress,
              'id' | 'address1' | 'address2' | 'city' | 'province' | 'provinceCode' | 'countryCodeV2' | 'zip'
            >,
            'address1' | 'address2' | 'zip'
          >
        >;
        gender?: AdminTypes.Maybe<Pick<AdminTypes.Metafield, 'key' | 'value'>>;
        birthDate?: AdminTypes.Maybe<Pick<AdminTypes.Metafield, 'key' | 'value'>>;
        weddingDate?: AdminTypes.Maybe<Pick<AdminTypes.Metafield, 'key' | 'value'>>;
        housing?: AdminTypes.Maybe<Pick<AdminTypes.Metafield, 'key' | 'value'>>;
        weight?: AdminTypes.Maybe<Pick<AdminTypes.Metafield, 'key' | 'value'>>;
        height?: AdminTypes.Maybe<Pick<AdminTypes.Metafield, 'key' | 'value'>>;
        interests?: AdminTypes.Maybe<Pick<AdminTypes.Metafield, 'key' | 'value'>>;
        social?: AdminTypes.Maybe<Pick<AdminTypes.Metafield, 'key' | 'value'>>;
        district?: AdminTypes.Maybe<Pick<AdminTypes.Metafield, 'key' | 'value'>>;
      }
    >;
    pageInfo: Pick<AdminTypes.PageInfo, 'hasNextPage' | 'endCursor'>;
  };
};

export type BulkCustomersQueryVariables = AdminTypes.Exact<{
  name?: AdminTypes.InputMaybe<AdminTypes.Scalars['Boolean']['input']>;
  email?: AdminTypes.InputMaybe<AdminTypes.Scalars['Boolean']['input']>;
  phone?: AdminTypes.InputMaybe<AdminTypes.Scalars['Boolean']['input']>;
  address?: AdminTypes.InputMaybe<AdminTypes.Scalars['Boolean']['input']>;
}>;

export type BulkCustomersQuery = {
  customers: {
    edges: Array<{
      node: AdminTypes.MakeOptional<
        Pick<
          AdminTypes.Customer,
          'id' | 'firstName' | 'lastName' | 'note' | 'tags' | 'createdAt' | 'updatedAt'
        >,
        'firstName' | 'lastName'
      > & {
        defaultEmailAddress?: AdminTypes.Maybe<
          AdminTypes.MakeOptional<
            Pick<AdminTypes.CustomerEmailAddress, 'emailAddress' | 'marketingState'>,
            'emailAddress'
          >
        >;
        defaultPhoneNumber?: AdminTypes.Maybe<
          AdminTypes.MakeOptional<
            Pick<AdminTypes.CustomerPhoneNumber, 'phoneNumber' | 'marketingState'>,
            'phoneNumber'
          >
        >;
        defaultAddress?: AdminTypes.Maybe<
          AdminTypes.MakeOptional<
            Pick<
              AdminTypes.MailingAddress,
              'id' | 'address1' | 'address2' | 'city' | 'province' | 'provinceCode' | 'countryCodeV2' | 'zip'
            >,
            'address1' | 'address2' | 'zip'
          >
        >;
        gender?: AdminTypes.Maybe<Pick<AdminTypes.Metafield, 'key' | 'value'>>;
        birthDate?: AdminTypes.Maybe<Pick<AdminTypes.Metafield, 'key' | 'value'>>;
        weddingDate?: AdminTypes.Maybe<Pick<AdminTypes.Metafield, 'key' | 'value'>>;
        housing?: AdminTypes.Maybe<Pick<AdminTypes.Metafield, 'key' | 'value'>>;
        weight?: AdminTypes.Maybe<Pick<AdminTypes.Metafield, 'key' | 'value'>>;
        height?: AdminTypes.Maybe<Pick<AdminTypes.Metafield, 'key' | 'value'>>;
        interests?: AdminTypes.Maybe<Pick<AdminTypes.Metafield, 'key' | 'value'>>;
        social?: AdminTypes.Maybe<Pick<AdminTypes.Metafield, 'key' | 'value'>>;
        district?: AdminTypes.Maybe<Pick<AdminTypes.Metafield, 'key' | 'value'>>;
      };
    }>;
  };
};

export type ReadProtectedFieldsQueryVariables = AdminTypes.Exact<{
  name?: AdminTypes.InputMaybe<AdminTypes.Scalars['Boolean']['input']>;
  email?: AdminTypes.InputMaybe<AdminTypes.Scalars['Boolean']['input']>;
  phone?: AdminTypes.InputMaybe<AdminTypes.Scalars['Boolean']['input']>;
  address?: AdminTypes.InputMaybe<AdminTypes.Scalars['Boolean']['input']>;
}>;

export type ReadProtectedFieldsQuery = {
  customers: {
    nodes: Array<
      AdminTypes.MakeOptional<
        Pick<AdminTypes.Customer, 'id' | 'firstName' | 'lastName'>,
        'firstName' | 'lastName'
      > & {
        defaultEmailAddress?: AdminTypes.Maybe<
          AdminTypes.MakeOptional<Pick<AdminTypes.CustomerEmailAddress, 'emailAddress'>, 'emailAddress'>
        >;
        defaultPhoneNumber?: AdminTypes.Maybe<
          AdminTypes.MakeOptional<Pick<AdminTypes.CustomerPhoneNumber, 'phoneNumber'>, 'phoneNumber'>
        >;
        defaultAddress?: AdminTypes.Maybe<
          AdminTypes.MakeOptional<
            Pick<AdminTypes.MailingAddress, 'id' | 'address1' | 'zip'>,
            'address1' | 'zip'
          >
        >;
      }
    >;
  };
};

export type BulkProductsQueryVariables = AdminTypes.Exact<{ [key: string]: never }>;

export type BulkProductsQuery = {
  products: {
    edges: Array<{
      node: Pick<
        AdminTypes.Product,
        'id' | 'title' | 'status' | 'tags' | 'productType' | 'vendor' | 'updatedAt'
      > & {
        featuredMedia?: AdminTypes.Maybe<{
          preview?: AdminTypes.Maybe<{ image?: AdminTypes.Maybe<Pick<AdminTypes.Image, 'url'>> }>;
        }>;
      };
    }>;
  };
};

export type AddTagsMutationVariables = AdminTypes.Exact<{
  id: AdminTypes.Scalars['ID']['input'];
  tags: Array<AdminTypes.Scalars['String']['input']> | AdminTypes.Scalars['String']['input'];
}>;

export type AddTagsMutation = {
  tagsAdd?: AdminTypes.Maybe<{
    node?: AdminTypes.Maybe<Pick<AdminTypes.Customer, 'updatedAt'>>;
    userErrors: Array<Pick<AdminTypes.UserError, 'field' | 'message'>>;
  }>;
};

export type RemoveTagsMutationVariables = AdminTypes.Exact<{
  id: AdminTypes.Scalars['ID']['input'];
  tags: Array<AdminTypes.Scalars['String']['input']> | AdminTypes.Scalars['String']['input'];
}>;

export type RemoveTagsMutation = {
  tagsRemove?: AdminTypes.Maybe<{
    node?: AdminTypes.Maybe<Pick<AdminTypes.Customer, 'updatedAt'>>;
    userErrors: Array<Pick<AdminTypes.UserError, 'field' | 'message'>>;
  }>;
};

export type AccessValidationFragment = Pick<AdminTypes.Validation, 'id' | 'enabled' | 'blockOnFailure'> & {
  shopifyFunction: Pick<AdminTypes.ShopifyFunction, 'handle' | 'appKey'>;
  texts?: AdminTypes.Maybe<Pick<AdminTypes.Metafield, 'jsonValue'>>;
};

export type ListValidationsQueryVariables = AdminTypes.Exact<{
  after?: AdminTypes.InputMaybe<AdminTypes.Scalars['String']['input']>;
}>;

export type ListValidationsQuery = {
  validations: {
    nodes: Array<
      Pick<AdminTypes.Validation, 'id' | 'enabled' | 'blockOnFailure'> & {
        shopifyFunction: Pick<AdminTypes.ShopifyFunction, 'handle' | 'appKey'>;
        texts?: AdminTypes.Maybe<Pick<AdminTypes.Metafield, 'jsonValue'>>;
      }
    >;
    pageInfo: Pick<AdminTypes.PageInfo, 'hasNextPage' | 'endCursor'>;
  };
};

export type CreateValidationMutationVariables = AdminTypes.Exact<{
  validation: AdminTypes.ValidationCreateInput;
}>;

export type CreateValidationMutation = {
  validationCreate?: AdminTypes.Maybe<{
    validation?: AdminTypes.Maybe<Pick<AdminTypes.Validation, 'id'>>;
    userErrors: Array<Pick<AdminTypes.ValidationUserError, 'field' | 'code' | 'message'>>;
  }>;
};

export type UpdateValidationMutationVariables = AdminTypes.Exact<{
  id: AdminTypes.Scalars['ID']['input'];
  validation: AdminTypes.ValidationUpdateInput;
}>;

export type UpdateValidationMutation = {
  validationUpdate?: AdminTypes.Maybe<{
    validation?: AdminTypes.Maybe<Pick<AdminTypes.Validation, 'id'>>;
    userErrors: Array<Pick<AdminTypes.ValidationUserError, 'field' | 'code' | 'message'>>;
  }>;
};

export type ListCollectionProductsQueryVariables = AdminTypes.Exact<{
  id: AdminTypes.Scalars['ID']['input'];
  after?: AdminTypes.InputMaybe<AdminTypes.Scalars['String']['input']>;
}>;

export type ListCollectionProductsQuery = {
  collection?: AdminTypes.Maybe<{
    products: {
      nodes: Array<Pick<AdminTypes.Product, 'id'>>;
      pageInfo: Pick<AdminTypes.PageInfo, 'hasNextPage' | 'endCursor'>;
    };
  }>;
};

interface GeneratedQueryTypes {
  '#graphql\n  query ReadBulkOperation($id: ID!) {\n    bulkOperation(id: $id) { ...BulkState }\n  }\n  #graphql\n  fragment BulkState on BulkOperation {\n    id\n    status\n    errorCode\n    objectCount\n    rootObjectCount\n    url\n    partialDataUrl\n    query\n  }\n\n': {
    return: ReadBulkOperationQuery;
    variables: ReadBulkOperationQueryVariables;
  };
  '#graphql\n  query ListBulkOperations {\n    bulkOperations(first: 10) {\n      nodes { ...BulkState }\n    }\n  }\n  #graphql\n  fragment BulkState on BulkOperation {\n    id\n    status\n    errorCode\n    objectCount\n    rootObjectCount\n    url\n    partialDataUrl\n    query\n  }\n\n': {
    return: ListBulkOperationsQuery;
    variables: ListBulkOperationsQueryVariables;
  };
  '#graphql\n  query ReadCustomer(\n    $id: ID!, $name: Boolean = true, $email: Boolean = true, $phone: Boolean = true, $address: Boolean = true\n  ) {\n    customer(id: $id) {\n      ...CustomerParts\n      addressesV2(first: 2) { nodes { id } }\n    }\n  }\n  #graphql\n  fragment AddressParts on MailingAddress {\n    id\n    address1 @include(if: $address)\n    address2 @include(if: $address)\n    zip @include(if: $address)\n    city\n    provinceCode\n    countryCodeV2\n  }\n\n  #graphql\n  fragment CustomerParts on Customer {\n    id\n    firstName @include(if: $name)\n    lastName @include(if: $name)\n    note\n    createdAt\n    updatedAt\n    defaultEmailAddress { emailAddress @include(if: $email) marketingState }\n    defaultPhoneNumber { phoneNumber @include(if: $phone) marketingState }\n    defaultAddress { ...AddressParts }\n    metafields(first: 50, namespace: "$app") { nodes { key value } }\n  }\n\n': {
    return: ReadCustomerQuery;
    variables: ReadCustomerQueryVariables;
  };
  '#graphql\n  query FindCustomer($identifier: CustomerIdentifierInput!) {\n    customerByIdentifier(identifier: $identifier) { id createdAt updatedAt }\n  }\n': {
    return: FindCustomerQuery;
    variables: FindCustomerQueryVariables;
  };
  '#graphql\n  query FindDiscountCode($code: String!) {\n    codeDiscountNodeByCode(code: $code) {\n      id\n      codeDiscount {\n        __typename\n        ... on DiscountCodeBasic { status asyncUsageCount }\n      }\n    }\n  }\n': {
    return: FindDiscountCodeQuery;
    variables: FindDiscountCodeQueryVariables;
  };
  '#graphql\n  query ListChangedOrders($first: Int!, $after: String, $query: String!) {\n    orders(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) {\n      nodes {\n        id\n        updatedAt\n        cancelledAt\n        displayFinancialStatus\n        refunds(first: 20) { id }\n      }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n': {
    return: ListChangedOrdersQuery;
    variables: ListChangedOrdersQueryVariables;
  };
  '#graphql\n  query ReadOrder($id: ID!, $name: Boolean = true, $email: Boolean = true, $phone: Boolean = true) {\n    order(id: $id) {\n      ...OrderFields\n      discountApplications(first: 50) { nodes { ...ApplicationFields } pageInfo { hasNextPage endCursor } }\n      shippingLines(first: 20) {\n        nodes { ...ShippingFields }\n      }\n      lineItems(first: 50) { nodes { ...LineFields } pageInfo { hasNextPage endCursor } }\n      fulfillments(first: 20) {\n        id\n        createdAt\n        status\n        fulfillmentLineItems(first: 50) {\n          nodes { quantity lineItem { id } }\n          pageInfo { hasNextPage endCursor }\n        }\n      }\n      refunds(first: 20) {\n        id\n        createdAt\n        processedAt\n        refundLineItems(first: 50) {\n          nodes { quantity lineItem { id } }\n          pageInfo { hasNextPage }\n        }\n        totalRefundedSet { shopMoney { amount } }\n        duties { amountSet { shopMoney { amount } } }\n        refundShippingLines(first: 50) {\n          nodes {\n            subtotalAmountSet { shopMoney { amount } }\n            taxAmountSet { shopMoney { amount } }\n          }\n          pageInfo { hasNextPage }\n        }\n        orderAdjustments(first: 50) {\n          nodes { reason amountSet { shopMoney { amount } } }\n          pageInfo { hasNextPage }\n        }\n      }\n    }\n  }\n  #graphql\n  fragment OrderFields on Order {\n    id\n    name\n    email @include(if: $email)\n    phone @include(if: $phone)\n    currencyCode\n    createdAt\n    processedAt\n    updatedAt\n    cancelledAt\n    displayFinancialStatus\n    sourceName\n    note\n    test\n    taxesIncluded\n    totalPriceSet { shopMoney { amount } }\n    originalTotalPriceSet { shopMoney { amount } }\n    totalOutstandingSet { shopMoney { amount } }\n    totalTipReceivedSet { shopMoney { amount } }\n    transactions(first: 50) { kind status processedAt amountSet { shopMoney { amount } } }\n    customer {\n      id\n      firstName @include(if: $name)\n      lastName @include(if: $name)\n      updatedAt\n      defaultEmailAddress { emailAddress @include(if: $email) }\n      defaultPhoneNumber { phoneNumber @include(if: $phone) }\n    }\n  }\n\n  #graphql\n  fragment ApplicationFields on DiscountApplication {\n    __typename\n    index\n    ... on DiscountCodeApplication { code }\n    ... on AutomaticDiscountApplication {\n      title\n      targetType\n      value { __typename ... on PricingPercentageValue { percentage } }\n    }\n  }\n\n  #graphql\n  fragment LineFields on LineItem {\n    id\n    title\n    quantity\n    currentQuantity\n    isGiftCard\n    originalUnitPriceSet { shopMoney { amount } }\n    discountAllocations {\n      allocatedAmountSet { shopMoney { amount } }\n      discountApplication { index }\n    }\n    taxLines { priceSet { shopMoney { amount } } }\n    product { id }\n    variant { id }\n  }\n\n  #graphql\n  fragment ShippingFields on ShippingLine {\n    isRemoved\n    originalPriceSet { shopMoney { amount } }\n    discountedPriceSet { shopMoney { amount } }\n    discountAllocations {\n      allocatedAmountSet { shopMoney { amount } }\n      discountApplication { index }\n    }\n    taxLines { priceSet { shopMoney { amount } } }\n  }\n\n': {
    return: ReadOrderQuery;
    variables: ReadOrderQueryVariables;
  };
  '#graphql\n  query ReadOrderDiscounts($id: ID!, $after: String!) {\n    order(id: $id) {\n      discountApplications(first: 50, after: $after) {\n        nodes { ...ApplicationFields }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n  #graphql\n  fragment ApplicationFields on DiscountApplication {\n    __typename\n    index\n    ... on DiscountCodeApplication { code }\n    ... on AutomaticDiscountApplication {\n      title\n      targetType\n      value { __typename ... on PricingPercentageValue { percentage } }\n    }\n  }\n\n': {
    return: ReadOrderDiscountsQuery;
    variables: ReadOrderDiscountsQueryVariables;
  };
  '#graphql\n  query ReadFulfillmentLines($id: ID!, $after: String!) {\n    fulfillment(id: $id) {\n      fulfillmentLineItems(first: 50, after: $after) {\n        nodes { quantity lineItem { id } }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n': {
    return: ReadFulfillmentLinesQuery;
    variables: ReadFulfillmentLinesQueryVariables;
  };
  '#graphql\n  query ReadOrderLines($id: ID!, $after: String!) {\n    order(id: $id) {\n      lineItems(first: 50, after: $after) { nodes { ...LineFields } pageInfo { hasNextPage endCursor } }\n    }\n  }\n  #graphql\n  fragment LineFields on LineItem {\n    id\n    title\n    quantity\n    currentQuantity\n    isGiftCard\n    originalUnitPriceSet { shopMoney { amount } }\n    discountAllocations {\n      allocatedAmountSet { shopMoney { amount } }\n      discountApplication { index }\n    }\n    taxLines { priceSet { shopMoney { amount } } }\n    product { id }\n    variant { id }\n  }\n\n': {
    return: ReadOrderLinesQuery;
    variables: ReadOrderLinesQueryVariables;
  };
  '#graphql\n  query BulkOrders($name: Boolean = true, $email: Boolean = true, $phone: Boolean = true) {\n    orders {\n      edges {\n        node {\n          ...OrderFields\n          refunds { id }\n          fulfillments { id status createdAt }\n          discountApplications {\n            edges {\n              node {\n                ...ApplicationFields\n              }\n            }\n          }\n          shippingLines {\n            edges {\n              node {\n                __typename\n                ...ShippingFields\n              }\n            }\n          }\n          lineItems {\n            edges {\n              node {\n                __typename\n                unfulfilledQuantity\n                ...LineFields\n              }\n            }\n          }\n        }\n      }\n    }\n  }\n  #graphql\n  fragment OrderFields on Order {\n    id\n    name\n    email @include(if: $email)\n    phone @include(if: $phone)\n    currencyCode\n    createdAt\n    processedAt\n    updatedAt\n    cancelledAt\n    displayFinancialStatus\n    sourceName\n    note\n    test\n    taxesIncluded\n    totalPriceSet { shopMoney { amount } }\n    originalTotalPriceSet { shopMoney { amount } }\n    totalOutstandingSet { shopMoney { amount } }\n    totalTipReceivedSet { shopMoney { amount } }\n    transactions(first: 50) { kind status processedAt amountSet { shopMoney { amount } } }\n    customer {\n      id\n      firstName @include(if: $name)\n      lastName @include(if: $name)\n      updatedAt\n      defaultEmailAddress { emailAddress @include(if: $email) }\n      defaultPhoneNumber { phoneNumber @include(if: $phone) }\n    }\n  }\n\n  #graphql\n  fragment ApplicationFields on DiscountApplication {\n    __typename\n    index\n    ... on DiscountCodeApplication { code }\n    ... on AutomaticDiscountApplication {\n      title\n      targetType\n      value { __typename ... on PricingPercentageValue { percentage } }\n    }\n  }\n\n  #graphql\n  fragment LineFields on LineItem {\n    id\n    title\n    quantity\n    currentQuantity\n    isGiftCard\n    originalUnitPriceSet { shopMoney { amount } }\n    discountAllocations {\n      allocatedAmountSet { shopMoney { amount } }\n      discountApplication { index }\n    }\n    taxLines { priceSet { shopMoney { amount } } }\n    product { id }\n    variant { id }\n  }\n\n  #graphql\n  fragment ShippingFields on ShippingLine {\n    isRemoved\n    originalPriceSet { shopMoney { amount } }\n    discountedPriceSet { shopMoney { amount } }\n    discountAllocations {\n      allocatedAmountSet { shopMoney { amount } }\n      discountApplication { index }\n    }\n    taxLines { priceSet { shopMoney { amount } } }\n  }\n\n': {
    return: BulkOrdersQuery;
    variables: BulkOrdersQueryVariables;
  };
  '#graphql\n  query BulkOrdersOfNodes($name: Boolean = true, $email: Boolean = true, $phone: Boolean = true) {\n    orders {\n      edges {\n        node {\n          ...OrderFields\n          refunds { id }\n          fulfillments { id status createdAt }\n          discountCodes\n          currentShippingPriceSet { shopMoney { amount } }\n          totalTaxSet { shopMoney { amount } }\n          lineItems {\n            edges {\n              node {\n                __typename\n                unfulfilledQuantity\n                ...LineFields\n              }\n            }\n          }\n        }\n      }\n    }\n  }\n  #graphql\n  fragment OrderFields on Order {\n    id\n    name\n    email @include(if: $email)\n    phone @include(if: $phone)\n    currencyCode\n    createdAt\n    processedAt\n    updatedAt\n    cancelledAt\n    displayFinancialStatus\n    sourceName\n    note\n    test\n    taxesIncluded\n    totalPriceSet { shopMoney { amount } }\n    originalTotalPriceSet { shopMoney { amount } }\n    totalOutstandingSet { shopMoney { amount } }\n    totalTipReceivedSet { shopMoney { amount } }\n    transactions(first: 50) { kind status processedAt amountSet { shopMoney { amount } } }\n    customer {\n      id\n      firstName @include(if: $name)\n      lastName @include(if: $name)\n      updatedAt\n      defaultEmailAddress { emailAddress @include(if: $email) }\n      defaultPhoneNumber { phoneNumber @include(if: $phone) }\n    }\n  }\n\n  #graphql\n  fragment LineFields on LineItem {\n    id\n    title\n    quantity\n    currentQuantity\n    isGiftCard\n    originalUnitPriceSet { shopMoney { amount } }\n    discountAllocations {\n      allocatedAmountSet { shopMoney { amount } }\n      discountApplication { index }\n    }\n    taxLines { priceSet { shopMoney { amount } } }\n    product { id }\n    variant { id }\n  }\n\n': {
    return: BulkOrdersOfNodesQuery;
    variables: BulkOrdersOfNodesQueryVariables;
  };
  '#graphql\n  query ReadPriceMetafields($ids: [ID!]!, $key: String!) {\n    nodes(ids: $ids) {\n      __typename\n      ... on Customer { metafield(namespace: "$app", key: $key) { compareDigest jsonValue } }\n      ... on ProductVariant { metafield(namespace: "$app", key: $key) { compareDigest jsonValue } }\n      ... on Product { metafield(namespace: "$app", key: $key) { compareDigest jsonValue } }\n    }\n  }\n': {
    return: ReadPriceMetafieldsQuery;
    variables: ReadPriceMetafieldsQueryVariables;
  };
  '#graphql\n  query ReadInstallationMetafield($key: String!) {\n    currentAppInstallation {\n      id\n      metafield(namespace: "club", key: $key) { compareDigest }\n    }\n  }\n': {
    return: ReadInstallationMetafieldQuery;
    variables: ReadInstallationMetafieldQueryVariables;
  };
  '#graphql\n  query ReadPriceDiscount($id: ID!) {\n    discountNode(id: $id) { ...PriceDiscount }\n  }\n  #graphql\n  fragment PriceDiscount on DiscountNode {\n    id\n    discount {\n      __typename\n      ... on DiscountAutomaticApp {\n        title\n        status\n        startsAt\n        endsAt\n        appliesOnSubscription\n        recurringCycleLimit\n        combinesWith { orderDiscounts productDiscounts shippingDiscounts }\n        appDiscountType { appKey }\n      }\n    }\n    rules: metafield(namespace: "$app", key: "rules") { compareDigest jsonValue }\n    vars: metafield(namespace: "$app", key: "vars") { compareDigest jsonValue }\n  }\n\n': {
    return: ReadPriceDiscountQuery;
    variables: ReadPriceDiscountQueryVariables;
  };
  '#graphql\n  query ListPriceDiscounts {\n    discountNodes(first: 50, query: "method:automatic") { nodes { ...PriceDiscount } }\n  }\n  #graphql\n  fragment PriceDiscount on DiscountNode {\n    id\n    discount {\n      __typename\n      ... on DiscountAutomaticApp {\n        title\n        status\n        startsAt\n        endsAt\n        appliesOnSubscription\n        recurringCycleLimit\n        combinesWith { orderDiscounts productDiscounts shippingDiscounts }\n        appDiscountType { appKey }\n      }\n    }\n    rules: metafield(namespace: "$app", key: "rules") { compareDigest jsonValue }\n    vars: metafield(namespace: "$app", key: "vars") { compareDigest jsonValue }\n  }\n\n': {
    return: ListPriceDiscountsQuery;
    variables: ListPriceDiscountsQueryVariables;
  };
  '#graphql\n  query ReadPricedVariants($ids: [ID!]!) {\n    nodes(ids: $ids) {\n      __typename\n      ... on ProductVariant { ...PricedVariant }\n      ... on Product { variants(first: 20) { nodes { ...PricedVariant } } }\n    }\n  }\n  #graphql\n  fragment PricedVariant on ProductVariant {\n    id\n    title\n    sku\n    price\n    compareAtPrice\n    inventoryItem { unitCost { amount } }\n    product { id title isGiftCard hasOnlyDefaultVariant collections(first: 100) { nodes { id } } }\n  }\n\n': {
    return: ReadPricedVariantsQuery;
    variables: ReadPricedVariantsQueryVariables;
  };
  '#graphql\n  query FindPricedVariants($query: String!) {\n    productVariants(first: 50, query: $query) { nodes { ...PricedVariant } }\n  }\n  #graphql\n  fragment PricedVariant on ProductVariant {\n    id\n    title\n    sku\n    price\n    compareAtPrice\n    inventoryItem { unitCost { amount } }\n    product { id title isGiftCard hasOnlyDefaultVariant collections(first: 100) { nodes { id } } }\n  }\n\n': {
    return: FindPricedVariantsQuery;
    variables: FindPricedVariantsQueryVariables;
  };
  '#graphql\n  query ListPricedVariants($first: Int!, $after: String, $query: String!) {\n    productVariants(first: $first, after: $after, query: $query, sortKey: SKU) {\n      nodes { ...PricedVariant }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n  #graphql\n  fragment PricedVariant on ProductVariant {\n    id\n    title\n    sku\n    price\n    compareAtPrice\n    inventoryItem { unitCost { amount } }\n    product { id title isGiftCard hasOnlyDefaultVariant collections(first: 100) { nodes { id } } }\n  }\n\n': {
    return: ListPricedVariantsQuery;
    variables: ListPricedVariantsQueryVariables;
  };
  '#graphql\n  query ListProducts($first: Int, $after: String, $last: Int, $before: String, $query: String) {\n    products(first: $first, after: $after, last: $last, before: $before, query: $query, sortKey: TITLE) {\n      nodes { ...ProductLine }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n    }\n  }\n  #graphql\n  fragment ProductLine on Product {\n    id\n    title\n    status\n    hasOnlyDefaultVariant\n    featuredMedia { preview { image { url(transform: { maxWidth: 160, maxHeight: 160 }) } } }\n    metafield(namespace: "$app:loyalty", key: "points") { value }\n  }\n\n': {
    return: ListProductsQuery;
    variables: ListProductsQueryVariables;
  };
  '#graphql\n  query ListVariants($id: ID!, $first: Int!, $after: String) {\n    product(id: $id) {\n      variants(first: $first, after: $after) {\n        nodes { id title }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n': {
    return: ListVariantsQuery;
    variables: ListVariantsQueryVariables;
  };
  '#graphql\n  query ListCollections($first: Int!, $after: String, $query: String) {\n    collections(first: $first, after: $after, query: $query, sortKey: TITLE) {\n      nodes { id title productsCount { count } }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n': {
    return: ListCollectionsQuery;
    variables: ListCollectionsQueryVariables;
  };
  '#graphql\n  query ReadProducts($ids: [ID!]!) {\n    nodes(ids: $ids) {\n      __typename\n      ... on Product {\n        id\n        title\n        status\n        updatedAt\n        tags\n        productType\n        vendor\n        featuredMedia { preview { image { url(transform: { maxWidth: 160, maxHeight: 160 }) } } }\n        metafield(namespace: "$app:loyalty", key: "points") { value }\n        collections(first: 50) { nodes { id } pageInfo { hasNextPage endCursor } }\n      }\n    }\n  }\n': {
    return: ReadProductsQuery;
    variables: ReadProductsQueryVariables;
  };
  '#graphql\n  query ReadCollections($ids: [ID!]!) {\n    nodes(ids: $ids) {\n      __typename\n      ... on Collection { id title }\n    }\n  }\n': {
    return: ReadCollectionsQuery;
    variables: ReadCollectionsQueryVariables;
  };
  '#graphql\n  query ReadProductCollections($id: ID!, $after: String) {\n    product(id: $id) {\n      collections(first: 250, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } }\n    }\n  }\n': {
    return: ReadProductCollectionsQuery;
    variables: ReadProductCollectionsQueryVariables;
  };
  '#graphql\n  query ReadPurchase($id: ID!) {\n    node(id: $id) {\n      ... on AppPurchaseOneTime { id status test price { amount currencyCode } }\n    }\n  }\n': {
    return: ReadPurchaseQuery;
    variables: ReadPurchaseQueryVariables;
  };
  '#graphql\n  query ListSegments($first: Int!, $after: String, $query: String, $sortKey: SegmentSortKeys!, $reverse: Boolean!) {\n    segments(first: $first, after: $after, query: $query, sortKey: $sortKey, reverse: $reverse) {\n      nodes { id name query lastEditDate }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n': {
    return: ListSegmentsQuery;
    variables: ListSegmentsQueryVariables;
  };
  '#graphql\n  query ReadMembersQuery($id: ID!) {\n    customerSegmentMembersQuery(id: $id) { done currentCount }\n  }\n': {
    return: ReadMembersQueryQuery;
    variables: ReadMembersQueryQueryVariables;
  };
  '#graphql\n  query ListSegmentMembers($queryId: ID!, $first: Int!, $after: String) {\n    customerSegmentMembers(queryId: $queryId, first: $first, after: $after) {\n      edges { node { id } }\n      totalCount\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n': {
    return: ListSegmentMembersQuery;
    variables: ListSegmentMembersQueryVariables;
  };
  '#graphql\n  query ReadShop {\n    shop {\n      name\n      currencyCode\n      ianaTimezone\n      taxesIncluded\n      shopAddress { countryCodeV2 }\n    }\n    currentAppInstallation {\n      accessScopes { handle }\n    }\n  }\n': {
    return: ReadShopQuery;
    variables: ReadShopQueryVariables;
  };
  '#graphql\n  query ReadStoreCredit($customer: ID!, $first: Int!) {\n    customer(id: $customer) {\n      storeCreditAccounts(first: 10) {\n        nodes {\n          balance { amount currencyCode }\n          transactions(first: $first, sortKey: CREATED_AT, reverse: true) {\n            nodes {\n              __typename\n              amount { amount currencyCode }\n              ... on StoreCreditAccountCreditTransaction { id }\n            }\n          }\n        }\n      }\n    }\n  }\n': {
    return: ReadStoreCreditQuery;
    variables: ReadStoreCreditQueryVariables;
  };
  '#graphql\n  query ReadChangedCustomers(\n    $first: Int!, $after: String, $query: String!, $name: Boolean = true, $email: Boolean = true, $phone: Boolean = true, $address: Boolean = true\n  ) {\n    customers(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) {\n      nodes { ...CustomerFields }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n  #graphql\n  fragment CustomerFields on Customer {\n    id\n    firstName @include(if: $name)\n    lastName @include(if: $name)\n    note\n    tags\n    createdAt\n    updatedAt\n    defaultEmailAddress { emailAddress @include(if: $email) marketingState }\n    defaultPhoneNumber { phoneNumber @include(if: $phone) marketingState }\n    defaultAddress {\n      id\n      address1 @include(if: $address)\n      address2 @include(if: $address)\n      city\n      province\n      provinceCode\n      countryCodeV2\n      zip @include(if: $address)\n    }\n    gender: metafield(namespace: "$app", key: "gender") { key value }\n    birthDate: metafield(namespace: "$app", key: "birth_date") { key value }\n    weddingDate: metafield(namespace: "$app", key: "wedding_date") { key value }\n    housing: metafield(namespace: "$app", key: "housing") { key value }\n    weight: metafield(namespace: "$app", key: "weight_kg") { key value }\n    height: metafield(namespace: "$app", key: "height_cm") { key value }\n    interests: metafield(namespace: "$app", key: "interests") { key value }\n    social: metafield(namespace: "$app", key: "social") { key value }\n    district: metafield(namespace: "$app", key: "district") { key value }\n  }\n\n': {
    return: ReadChangedCustomersQuery;
    variables: ReadChangedCustomersQueryVariables;
  };
  '#graphql\n  query BulkCustomers($name: Boolean = true, $email: Boolean = true, $phone: Boolean = true, $address: Boolean = true) {\n    customers {\n      edges {\n        node { ...CustomerFields }\n      }\n    }\n  }\n  #graphql\n  fragment CustomerFields on Customer {\n    id\n    firstName @include(if: $name)\n    lastName @include(if: $name)\n    note\n    tags\n    createdAt\n    updatedAt\n    defaultEmailAddress { emailAddress @include(if: $email) marketingState }\n    defaultPhoneNumber { phoneNumber @include(if: $phone) marketingState }\n    defaultAddress {\n      id\n      address1 @include(if: $address)\n      address2 @include(if: $address)\n      city\n      province\n      provinceCode\n      countryCodeV2\n      zip @include(if: $address)\n    }\n    gender: metafield(namespace: "$app", key: "gender") { key value }\n    birthDate: metafield(namespace: "$app", key: "birth_date") { key value }\n    weddingDate: metafield(namespace: "$app", key: "wedding_date") { key value }\n    housing: metafield(namespace: "$app", key: "housing") { key value }\n    weight: metafield(namespace: "$app", key: "weight_kg") { key value }\n    height: metafield(namespace: "$app", key: "height_cm") { key value }\n    interests: metafield(namespace: "$app", key: "interests") { key value }\n    social: metafield(namespace: "$app", key: "social") { key value }\n    district: metafield(namespace: "$app", key: "district") { key value }\n  }\n\n': {
    return: BulkCustomersQuery;
    variables: BulkCustomersQueryVariables;
  };
  '#graphql\n  query ReadProtectedFields($name: Boolean = true, $email: Boolean = true, $phone: Boolean = true, $address: Boolean = true) {\n    customers(first: 100, sortKey: UPDATED_AT, reverse: true) {\n      nodes {\n        id\n        firstName @include(if: $name)\n        lastName @include(if: $name)\n        defaultEmailAddress { emailAddress @include(if: $email) }\n        defaultPhoneNumber { phoneNumber @include(if: $phone) }\n        defaultAddress { id address1 @include(if: $address) zip @include(if: $address) }\n      }\n    }\n  }\n': {
    return: ReadProtectedFieldsQuery;
    variables: ReadProtectedFieldsQueryVariables;
  };
  '#graphql\n  query BulkProducts {\n    products {\n      edges {\n        node {\n          id\n          title\n          status\n          tags\n          productType\n          vendor\n          updatedAt\n          featuredMedia { preview { image { url(transform: { maxWidth: 160, maxHeight: 160 }) } } }\n        }\n      }\n    }\n  }\n': {
    return: BulkProductsQuery;
    variables: BulkProductsQueryVariables;
  };
  '#graphql\n  query ListValidations($after: String) {\n    validations(first: 50, after: $after) {\n      nodes { ...AccessValidation }\n      pageInfo { hasNextPage endCursor }\n    }\n  }\n  #graphql\n  fragment AccessValidation on Validation {\n    id\n    enabled\n    blockOnFailure\n    shopifyFunction { handle appKey }\n    texts: metafield(namespace: "$app", key: "texts") { jsonValue }\n  }\n\n': {
    return: ListValidationsQuery;
    variables: ListValidationsQueryVariables;
  };
  '#graphql\n  query ListCollectionProducts($id: ID!, $after: String) {\n    collection(id: $id) {\n      products(first: 250, after: $after) {\n        nodes { id }\n        pageInfo { hasNextPage endCursor }\n      }\n    }\n  }\n': {
    return: ListCollectionProductsQuery;
    variables: ListCollectionProductsQueryVariables;
  };
}

interface GeneratedMutationTypes {
  '#graphql\n  mutation RunBulkQuery($query: String!) {\n    bulkOperationRunQuery(query: $query, groupObjects: false) {\n      bulkOperation { ...BulkState }\n      userErrors { field message code }\n    }\n  }\n  #graphql\n  fragment BulkState on BulkOperation {\n    id\n    status\n    errorCode\n    objectCount\n    rootObjectCount\n    url\n    partialDataUrl\n    query\n  }\n\n': {
    return: RunBulkQueryMutation;
    variables: RunBulkQueryMutationVariables;
  };
  '#graphql\n  mutation CancelBulkOperation($id: ID!) {\n    bulkOperationCancel(id: $id) {\n      bulkOperation { ...BulkState }\n      userErrors { field message }\n    }\n  }\n  #graphql\n  fragment BulkState on BulkOperation {\n    id\n    status\n    errorCode\n    objectCount\n    rootObjectCount\n    url\n    partialDataUrl\n    query\n  }\n\n': {
    return: CancelBulkOperationMutation;
    variables: CancelBulkOperationMutationVariables;
  };
  '#graphql\n  mutation StageBulkVariables($input: [StagedUploadInput!]!) {\n    stagedUploadsCreate(input: $input) {\n      stagedTargets { url parameters { name value } }\n      userErrors { field message }\n    }\n  }\n': {
    return: StageBulkVariablesMutation;
    variables: StageBulkVariablesMutationVariables;
  };
  '#graphql\n  mutation RunBulkMutation($mutation: String!, $path: String!, $client: String!) {\n    bulkOperationRunMutation(mutation: $mutation, stagedUploadPath: $path, clientIdentifier: $client) {\n      bulkOperation { ...BulkState }\n      userErrors { field message code }\n    }\n  }\n  #graphql\n  fragment BulkState on BulkOperation {\n    id\n    status\n    errorCode\n    objectCount\n    rootObjectCount\n    url\n    partialDataUrl\n    query\n  }\n\n': {
    return: RunBulkMutationMutation;
    variables: RunBulkMutationMutationVariables;
  };
  '#graphql\n  mutation SetCustomer($identifier: CustomerSetIdentifiers, $input: CustomerSetInput!) {\n    customerSet(identifier: $identifier, input: $input) {\n      customer { id updatedAt }\n      userErrors { field code message }\n    }\n  }\n': {
    return: SetCustomerMutation;
    variables: SetCustomerMutationVariables;
  };
  '#graphql\n  mutation ChangeAddress($customerId: ID!, $addressId: ID!, $address: MailingAddressInput!) {\n    customerAddressUpdate(customerId: $customerId, addressId: $addressId, address: $address) {\n      address { id }\n      userErrors { field message }\n    }\n  }\n': {
    return: ChangeAddressMutation;
    variables: ChangeAddressMutationVariables;
  };
  '#graphql\n  mutation AddDefaultAddress($customerId: ID!, $address: MailingAddressInput!) {\n    customerAddressCreate(customerId: $customerId, address: $address, setAsDefault: true) {\n      address { id }\n      userErrors { field message }\n    }\n  }\n': {
    return: AddDefaultAddressMutation;
    variables: AddDefaultAddressMutationVariables;
  };
  '#graphql\n  mutation SetDefaultAddress($customerId: ID!, $addressId: ID!) {\n    customerUpdateDefaultAddress(customerId: $customerId, addressId: $addressId) {\n      customer { id }\n      userErrors { field message }\n    }\n  }\n': {
    return: SetDefaultAddressMutation;
    variables: SetDefaultAddressMutationVariables;
  };
  '#graphql\n  mutation DeleteAddress($customerId: ID!, $addressId: ID!) {\n    customerAddressDelete(customerId: $customerId, addressId: $addressId) {\n      deletedAddressId\n      userErrors { field message }\n    }\n  }\n': {
    return: DeleteAddressMutation;
    variables: DeleteAddressMutationVariables;
  };
  '#graphql\n  mutation SetCustomerMetafields($metafields: [MetafieldsSetInput!]!) {\n    metafieldsSet(metafields: $metafields) { userErrors { field message code } }\n  }\n': {
    return: SetCustomerMetafieldsMutation;
    variables: SetCustomerMetafieldsMutationVariables;
  };
  '#graphql\n  mutation ClearCustomerMetafields($metafields: [MetafieldIdentifierInput!]!) {\n    metafieldsDelete(metafields: $metafields) { userErrors { field message } }\n  }\n': {
    return: ClearCustomerMetafieldsMutation;
    variables: ClearCustomerMetafieldsMutationVariables;
  };
  '#graphql\n  mutation SetSmsConsent($input: CustomerSmsMarketingConsentUpdateInput!) {\n    customerSmsMarketingConsentUpdate(input: $input) { userErrors { field message code } }\n  }\n': {
    return: SetSmsConsentMutation;
    variables: SetSmsConsentMutationVariables;
  };
  '#graphql\n  mutation SetEmailConsent($input: CustomerEmailMarketingConsentUpdateInput!) {\n    customerEmailMarketingConsentUpdate(input: $input) { userErrors { field message code } }\n  }\n': {
    return: SetEmailConsentMutation;
    variables: SetEmailConsentMutationVariables;
  };
  '#graphql\n  mutation DeleteCustomer($input: CustomerDeleteInput!) {\n    customerDelete(input: $input) { deletedCustomerId userErrors { field message } }\n  }\n': {
    return: DeleteCustomerMutation;
    variables: DeleteCustomerMutationVariables;
  };
  '#graphql\n  mutation BulkSetCustomers($identifier: CustomerSetIdentifiers, $input: CustomerSetInput!) {\n    customerSet(identifier: $identifier, input: $input) {\n      customer { id updatedAt }\n      userErrors { field code message }\n    }\n  }\n': {
    return: BulkSetCustomersMutation;
    variables: BulkSetCustomersMutationVariables;
  };
  '#graphql\n  mutation BulkSetMetafields($metafields: [MetafieldsSetInput!]!) {\n    metafieldsSet(metafields: $metafields) { metafields { updatedAt } userErrors { field code message } }\n  }\n': {
    return: BulkSetMetafieldsMutation;
    variables: BulkSetMetafieldsMutationVariables;
  };
  '#graphql\n  mutation BulkSetEmailConsent($input: CustomerEmailMarketingConsentUpdateInput!) {\n    customerEmailMarketingConsentUpdate(input: $input) { customer { id updatedAt } userErrors { field code message } }\n  }\n': {
    return: BulkSetEmailConsentMutation;
    variables: BulkSetEmailConsentMutationVariables;
  };
  '#graphql\n  mutation BulkSetSmsConsent($input: CustomerSmsMarketingConsentUpdateInput!) {\n    customerSmsMarketingConsentUpdate(input: $input) { customer { id updatedAt } userErrors { field code message } }\n  }\n': {
    return: BulkSetSmsConsentMutation;
    variables: BulkSetSmsConsentMutationVariables;
  };
  '#graphql\n  mutation CreateDiscountCode($discount: DiscountCodeBasicInput!) {\n    discountCodeBasicCreate(basicCodeDiscount: $discount) {\n      codeDiscountNode { id }\n      userErrors { field code message }\n    }\n  }\n': {
    return: CreateDiscountCodeMutation;
    variables: CreateDiscountCodeMutationVariables;
  };
  '#graphql\n  mutation ChangeCombination($id: ID!, $discount: DiscountCodeBasicInput!) {\n    discountCodeBasicUpdate(id: $id, basicCodeDiscount: $discount) {\n      codeDiscountNode { id }\n      userErrors { field code message }\n    }\n  }\n': {
    return: ChangeCombinationMutation;
    variables: ChangeCombinationMutationVariables;
  };
  '#graphql\n  mutation DeactivateDiscountCode($id: ID!) {\n    discountCodeDeactivate(id: $id) {\n      codeDiscountNode { id }\n      userErrors { field code message }\n    }\n  }\n': {
    return: DeactivateDiscountCodeMutation;
    variables: DeactivateDiscountCodeMutationVariables;
  };
  '#graphql\n  mutation DeleteDiscountCode($id: ID!) {\n    discountCodeDelete(id: $id) {\n      deletedCodeDiscountId\n      userErrors { field code message }\n    }\n  }\n': {
    return: DeleteDiscountCodeMutation;
    variables: DeleteDiscountCodeMutationVariables;
  };
  '#graphql\n  mutation SetPriceMetafields($metafields: [MetafieldsSetInput!]!) {\n    metafieldsSet(metafields: $metafields) {\n      metafields { compareDigest }\n      userErrors { field message code elementIndex }\n    }\n  }\n': {
    return: SetPriceMetafieldsMutation;
    variables: SetPriceMetafieldsMutationVariables;
  };
  '#graphql\n  mutation DeletePriceMetafields($metafields: [MetafieldIdentifierInput!]!) {\n    metafieldsDelete(metafields: $metafields) {\n      deletedMetafields { ownerId }\n      userErrors { field message }\n    }\n  }\n': {
    return: DeletePriceMetafieldsMutation;
    variables: DeletePriceMetafieldsMutationVariables;
  };
  '#graphql\n  mutation CreatePriceDiscount($discount: DiscountAutomaticAppInput!) {\n    discountAutomaticAppCreate(automaticAppDiscount: $discount) {\n      automaticAppDiscount { discountId }\n      userErrors { field code message }\n    }\n  }\n': {
    return: CreatePriceDiscountMutation;
    variables: CreatePriceDiscountMutationVariables;
  };
  '#graphql\n  mutation UpdatePriceDiscount($id: ID!, $discount: DiscountAutomaticAppInput!) {\n    discountAutomaticAppUpdate(id: $id, automaticAppDiscount: $discount) {\n      automaticAppDiscount { discountId }\n      userErrors { field code message }\n    }\n  }\n': {
    return: UpdatePriceDiscountMutation;
    variables: UpdatePriceDiscountMutationVariables;
  };
  '#graphql\n  mutation ActivatePriceDiscount($id: ID!) {\n    discountAutomaticActivate(id: $id) {\n      automaticDiscountNode { id }\n      userErrors { field code message }\n    }\n  }\n': {
    return: ActivatePriceDiscountMutation;
    variables: ActivatePriceDiscountMutationVariables;
  };
  '#graphql\n  mutation SetPrintedPoints($metafields: [MetafieldsSetInput!]!) {\n    metafieldsSet(metafields: $metafields) {\n      metafields { id }\n      userErrors { field message code }\n    }\n  }\n': {
    return: SetPrintedPointsMutation;
    variables: SetPrintedPointsMutationVariables;
  };
  '#graphql\n  mutation DefinePrintedPoints($definition: MetafieldDefinitionInput!) {\n    metafieldDefinitionCreate(definition: $definition) {\n      createdDefinition { id }\n      userErrors { field message code }\n    }\n  }\n': {
    return: DefinePrintedPointsMutation;
    variables: DefinePrintedPointsMutationVariables;
  };
  '#graphql\n  mutation CreatePurchase($name: String!, $price: MoneyInput!, $returnUrl: URL!, $test: Boolean) {\n    appPurchaseOneTimeCreate(name: $name, price: $price, returnUrl: $returnUrl, test: $test) {\n      appPurchaseOneTime { id }\n      confirmationUrl\n      userErrors { field message }\n    }\n  }\n': {
    return: CreatePurchaseMutation;
    variables: CreatePurchaseMutationVariables;
  };
  '#graphql\n  mutation StartMembersQuery($input: CustomerSegmentMembersQueryInput!) {\n    customerSegmentMembersQueryCreate(input: $input) {\n      customerSegmentMembersQuery { id }\n      userErrors { field code message }\n    }\n  }\n': {
    return: StartMembersQueryMutation;
    variables: StartMembersQueryMutationVariables;
  };
  '#graphql\n  mutation CreateSegment($name: String!, $query: String!) {\n    segmentCreate(name: $name, query: $query) {\n      segment { id name query lastEditDate }\n      userErrors { field message }\n    }\n  }\n': {
    return: CreateSegmentMutation;
    variables: CreateSegmentMutationVariables;
  };
  '#graphql\n  mutation UpdateSegment($id: ID!, $name: String!, $query: String!) {\n    segmentUpdate(id: $id, name: $name, query: $query) {\n      segment { id name query lastEditDate }\n      userErrors { field message }\n    }\n  }\n': {
    return: UpdateSegmentMutation;
    variables: UpdateSegmentMutationVariables;
  };
  '#graphql\n  mutation DeleteSegment($id: ID!) {\n    segmentDelete(id: $id) {\n      deletedSegmentId\n      userErrors { field message }\n    }\n  }\n': {
    return: DeleteSegmentMutation;
    variables: DeleteSegmentMutationVariables;
  };
  '#graphql\n  mutation CreditStoreCredit($customer: ID!, $credit: StoreCreditAccountCreditInput!) {\n    storeCreditAccountCredit(id: $customer, creditInput: $credit) {\n      storeCreditAccountTransaction { id }\n      userErrors { field code message }\n    }\n  }\n': {
    return: CreditStoreCreditMutation;
    variables: CreditStoreCreditMutationVariables;
  };
  '#graphql\n  mutation AddTags($id: ID!, $tags: [String!]!) {\n    tagsAdd(id: $id, tags: $tags) {\n      node { ... on Customer { updatedAt } }\n      userErrors { field message }\n    }\n  }\n': {
    return: AddTagsMutation;
    variables: AddTagsMutationVariables;
  };
  '#graphql\n  mutation RemoveTags($id: ID!, $tags: [String!]!) {\n    tagsRemove(id: $id, tags: $tags) {\n      node { ... on Customer { updatedAt } }\n      userErrors { field message }\n    }\n  }\n': {
    return: RemoveTagsMutation;
    variables: RemoveTagsMutationVariables;
  };
  '#graphql\n  mutation CreateValidation($validation: ValidationCreateInput!) {\n    validationCreate(validation: $validation) {\n      validation { id }\n      userErrors { field code message }\n    }\n  }\n': {
    return: CreateValidationMutation;
    variables: CreateValidationMutationVariables;
  };
  '#graphql\n  mutation UpdateValidation($id: ID!, $validation: ValidationUpdateInput!) {\n    validationUpdate(id: $id, validation: $validation) {\n      validation { id }\n      userErrors { field code message }\n    }\n  }\n': {
    return: UpdateValidationMutation;
    variables: UpdateValidationMutationVariables;
  };
}
declare module '@shopify/admin-api-client' {
  type InputMaybe<T> = AdminTypes.InputMaybe<T>;
  interface AdminQueries extends GeneratedQueryTypes {}
  interface AdminMutations extends GeneratedMutationTypes {}
}
