/** The one cart and checkout validation that stops members-only products (extensions/members-only). */
import { env } from '#app/env.server.ts';
import { idToGid } from '#app/lib/ids.ts';
import type {
  CreateValidationMutation,
  ListCollectionProductsQuery,
  ListValidationsQuery,
  UpdateValidationMutation,
} from '#app/types/admin.generated.d.ts';
import { adminGraphql, firstUserError } from './admin-client.server.ts';
import { idOfGid } from './gid.ts';
import {
  CREATE_VALIDATION,
  LIST_COLLECTION_PRODUCTS,
  LIST_VALIDATIONS,
  UPDATE_VALIDATION,
} from './operations/validations.ts';

/** The extension's handle. */
const FUNCTION_HANDLE = 'members-only';
/** Merchants see it in their checkout settings. */
const TITLE = 'Setia: members-only products';

/** The validation as it is at Shopify. */
export interface AccessValidation {
  gid: string;
  isEnabled: boolean;
  /** Carts would be stopped where the Function can't run. */
  blocksOnFailure: boolean;
  texts: unknown;
}

export type ValidationWritten =
  | { outcome: 'written'; gid: string }
  /** It was deleted. */
  | { outcome: 'gone' }
  /** Shopify's own code and words. */
  | { outcome: 'refused'; code: string | null; message: string };

/** Finds this app's validation; null where there is none. Throws UpstreamError. */
export async function findValidation(shopDomain: string): Promise<AccessValidation | null> {
  for (let after: string | null = null; ;) {
    const { validations }: ListValidationsQuery = await adminGraphql(shopDomain, LIST_VALIDATIONS, { after });
    const own = validations.nodes.find(
      ({ shopifyFunction: { appKey, handle } }) =>
        appKey === env.SHOPIFY_API_KEY && handle === FUNCTION_HANDLE,
    );
    if (own)
      return {
        gid: own.id,
        isEnabled: own.enabled,
        blocksOnFailure: own.blockOnFailure,
        texts: own.texts?.jsonValue ?? null,
      };
    if (!validations.pageInfo.hasNextPage) return null;
    after = validations.pageInfo.endCursor ?? null;
  }
}

export interface ValidationTerms {
  isEnabled: boolean;
  /** JSON text of the metafield `texts`. */
  texts: string;
}

/** Creates the validation. Carts pass where the Function can't run. Throws UpstreamError. */
export async function createValidation(
  shopDomain: string,
  terms: ValidationTerms,
): Promise<ValidationWritten> {
  const { validationCreate: payload } = await adminGraphql<CreateValidationMutation>(
    shopDomain,
    CREATE_VALIDATION,
    { validation: { ...toInput(terms), functionHandle: FUNCTION_HANDLE } },
  );
  return toWritten(payload);
}

/** Writes switch and texts. Throws UpstreamError. */
export async function updateValidation(
  shopDomain: string,
  gid: string,
  terms: ValidationTerms,
): Promise<ValidationWritten> {
  const { validationUpdate: payload } = await adminGraphql<UpdateValidationMutation>(
    shopDomain,
    UPDATE_VALIDATION,
    { id: gid, validation: toInput(terms) },
  );
  return toWritten(payload);
}

function toInput({ isEnabled, texts }: ValidationTerms) {
  return {
    title: TITLE,
    enable: isEnabled,
    blockOnFailure: false,
    metafields: [{ namespace: '$app', key: 'texts', type: 'json', value: texts }],
  };
}

interface Payload {
  validation?: { id: string } | null;
  userErrors: readonly { field?: readonly string[] | null; code?: string | null; message: string }[];
}

function toWritten(payload: Payload | null | undefined): ValidationWritten {
  const error = firstUserError(payload?.userErrors ?? []);
  if (error?.code === 'NOT_FOUND') return { outcome: 'gone' };
  if (error) return { outcome: 'refused', code: error.code, message: error.message };
  return payload?.validation
    ? { outcome: 'written', gid: payload.validation.id }
    : { outcome: 'refused', code: null, message: '' };
}

/** Lists the products of a collection; none for one that was deleted. Throws UpstreamError. */
export async function listCollectionProducts(shopDomain: string, collectionId: bigint): Promise<bigint[]> {
  const ids: bigint[] = [];
  for (let after: string | null = null; ;) {
    const { collection }: ListCollectionProductsQuery = await adminGraphql(
      shopDomain,
      LIST_COLLECTION_PRODUCTS,
      {
        id: idToGid('Collection', collectionId),
        after,
      },
    );
    if (!collection) return ids;
    for (const { id } of collection.products.nodes) ids.push(idOfGid(id, 'Product'));
    if (!collection.products.pageInfo.hasNextPage) return ids;
    after = collection.products.pageInfo.endCursor ?? null;
  }
}
