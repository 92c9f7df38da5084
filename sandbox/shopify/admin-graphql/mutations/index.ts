import type { RootResolver } from '../queries.ts';
import { appDiscountMutations } from './app-discounts.ts';
import { customerSet } from './customer-set.ts';
import {
  customerDelete,
  customerEmailMarketingConsentUpdate,
  customerSmsMarketingConsentUpdate,
} from './customers.ts';
import {
  customerAddressCreate,
  customerAddressDelete,
  customerAddressUpdate,
  customerUpdateDefaultAddress,
} from './addresses.ts';
import {
  bulkOperationCancel,
  bulkOperationRunMutation,
  bulkOperationRunQuery,
  stagedUploadsCreate,
} from './bulk.ts';
import { discountMutations } from './discounts.ts';
import { metafieldDefinitionCreate } from './metafield-definitions.ts';
import { metafieldsDelete } from './metafields-delete.ts';
import { metafieldsSet } from './metafields.ts';
import { appPurchaseOneTimeCreate } from './purchases.ts';
import { segmentMutations } from './segments.ts';
import { storeCreditAccountCredit } from './store-credit.ts';
import { tagsAdd, tagsRemove } from './tags.ts';
import { validationMutations } from './validations.ts';

/** The fields of `Mutation` that the sandbox knows. */
export const mutations: Record<string, RootResolver> = {
  ...discountMutations,
  ...appDiscountMutations,
  ...segmentMutations,
  ...validationMutations,
  appPurchaseOneTimeCreate,
  bulkOperationRunMutation,
  bulkOperationRunQuery,
  bulkOperationCancel,
  customerAddressCreate,
  customerAddressDelete,
  customerAddressUpdate,
  customerDelete,
  customerEmailMarketingConsentUpdate,
  customerSet,
  customerSmsMarketingConsentUpdate,
  customerUpdateDefaultAddress,
  metafieldDefinitionCreate,
  metafieldsDelete,
  metafieldsSet,
  stagedUploadsCreate,
  storeCreditAccountCredit,
  tagsAdd,
  tagsRemove,
};
