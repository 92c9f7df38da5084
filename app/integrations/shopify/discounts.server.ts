/**
 * Single-use discount codes at Shopify, one per redemption. The code itself is the key: it is looked up before any
 * retry.
 */
import { formatDecimal } from '#app/lib/money.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { idToGid } from '#app/lib/ids.ts';
import type {
  ChangeCombinationMutation,
  CreateDiscountCodeMutation,
  DeactivateDiscountCodeMutation,
  DeleteDiscountCodeMutation,
  FindDiscountCodeQuery,
} from '#app/types/admin.generated.d.ts';
import { adminGraphql, firstUserError } from './admin-client.server.ts';
import {
  CHANGE_COMBINATION,
  CREATE_DISCOUNT_CODE,
  DEACTIVATE_DISCOUNT_CODE,
  DELETE_DISCOUNT_CODE,
  FIND_DISCOUNT_CODE,
} from './operations/discounts.ts';

/** What a code takes off a cart: an amount, or hundredths of a percent of it. */
export type CodeValue = { kind: 'amount'; amountMinor: bigint } | { kind: 'percent'; percentBp: number };

export interface CodeToCreate {
  code: string;
  title: string;
  customerId: bigint;
  value: CodeValue;
  currency: string;
  /** The minimum subtotal of the cart; 0 for any. */
  minimumCartMinor: bigint;
  startsAt: Date;
  endsAt: Date;
  combinesWith: { orderDiscounts: boolean; productDiscounts: boolean; shippingDiscounts: boolean };
}

/** A code's state at Shopify. `uses` counts orders, unpaid ones included; Shopify counts with a delay. */
export interface CodeAtShopify {
  gid: string;
  uses: number;
}

export type CreateOutcome =
  | { outcome: 'created'; gid: string }
  /** Shopify refused permanently; `reason` is its own word. */
  | { outcome: 'refused'; reason: string }
  /** The outcome is unknown, or it may be retried: look it up later. */
  | { outcome: 'unknown' };

/** Shopify's code for a discount code that exists already: ours, because codes are random with 80 bits. */
const TAKEN = 'TAKEN';

/** A creation without a response is retried once; by then the shopper has waited long enough. */
const CREATE_TRIES_MAX = 2;

/**
 * Ensures that the code exists: creates it, and after any doubt looks it up before it retries. Never throws for a
 * failure of Shopify; `unknown` means that the call must be repeated with the same code.
 */
export async function ensureDiscountCode(shopDomain: string, code: CodeToCreate): Promise<CreateOutcome> {
  try {
    for (let tries = 0; tries < CREATE_TRIES_MAX; tries++) {
      const created = await createOnce(shopDomain, code);
      if (created !== 'look_up') return created;
      const found = await findDiscountCode(shopDomain, code.code);
      if (found) return { outcome: 'created', gid: found.gid };
    }
    return { outcome: 'unknown' };
  } catch (error) {
    if (error instanceof UpstreamError) return { outcome: 'unknown' };
    throw error;
  }
}

async function createOnce(shopDomain: string, code: CodeToCreate): Promise<CreateOutcome | 'look_up'> {
  try {
    return await createDiscountCode(shopDomain, code);
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    if (!error.outcomeKnown) return 'look_up';
    if (error.retryable) throw error;
    return { outcome: 'refused', reason: error.message };
  }
}

async function createDiscountCode(
  shopDomain: string,
  code: CodeToCreate,
): Promise<CreateOutcome | 'look_up'> {
  const data = await adminGraphql<CreateDiscountCodeMutation>(shopDomain, CREATE_DISCOUNT_CODE, {
    discount: {
      title: code.title,
      code: code.code,
      startsAt: code.startsAt.toISOString(),
      endsAt: code.endsAt.toISOString(),
      usageLimit: 1,
      appliesOncePerCustomer: true,
      context: { customers: { add: [idToGid('Customer', code.customerId)] } },
      combinesWith: code.combinesWith,
      customerGets: { items: { all: true }, value: valueInput(code) },
      ...minimumInput(code),
    },
  });
  const payload = data.discountCodeBasicCreate;
  const error = firstUserError(payload?.userErrors ?? []);
  if (error) return error.code === TAKEN ? 'look_up' : { outcome: 'refused', reason: error.message };
  return payload?.codeDiscountNode
    ? { outcome: 'created', gid: payload.codeDiscountNode.id }
    : { outcome: 'unknown' };
}

const PERCENT_BP_WHOLE = 10_000;

function valueInput({ value, currency }: CodeToCreate) {
  if (value.kind === 'percent') return { percentage: value.percentBp / PERCENT_BP_WHOLE };
  const amount = formatDecimal(value.amountMinor, currency);
  return { discountAmount: { amount, appliesOnEachItem: false } };
}

function minimumInput({ minimumCartMinor, currency }: CodeToCreate) {
  if (minimumCartMinor === 0n) return {};
  const greaterThanOrEqualToSubtotal = formatDecimal(minimumCartMinor, currency);
  return { minimumRequirement: { subtotal: { greaterThanOrEqualToSubtotal } } };
}

/** Finds the code at Shopify, or null. Throws UpstreamError. */
export async function findDiscountCode(shopDomain: string, code: string): Promise<CodeAtShopify | null> {
  const data = await adminGraphql<FindDiscountCodeQuery>(shopDomain, FIND_DISCOUNT_CODE, { code });
  const node = data.codeDiscountNodeByCode;
  if (!node) return null;
  const uses = node.codeDiscount.__typename === 'DiscountCodeBasic' ? node.codeDiscount.asyncUsageCount : 0;
  return { gid: node.id, uses };
}

/** Deactivates a code; doing so again changes nothing. Throws UpstreamError. */
export async function deactivateDiscountCode(shopDomain: string, gid: string): Promise<void> {
  const data = await adminGraphql<DeactivateDiscountCodeMutation>(shopDomain, DEACTIVATE_DISCOUNT_CODE, {
    id: gid,
  });
  const error = firstUserError(data.discountCodeDeactivate?.userErrors ?? []);
  if (error)
    throw new UpstreamError(`discount code not deactivated: ${error.message}`, {
      retryable: false,
      outcomeKnown: true,
    });
}

/** Changes what a code combines with; one that is gone already is no error. Throws UpstreamError. */
export async function changeCombination(
  shopDomain: string,
  gid: string,
  combinesWith: CodeToCreate['combinesWith'],
): Promise<void> {
  const data = await adminGraphql<ChangeCombinationMutation>(shopDomain, CHANGE_COMBINATION, {
    id: gid,
    discount: { combinesWith },
  });
  const error = firstUserError(data.discountCodeBasicUpdate?.userErrors ?? []);
  if (!error || error.field === 'id') return;
  throw new UpstreamError(`combination not changed: ${error.message}`, {
    retryable: false,
    outcomeKnown: true,
  });
}

/** Deletes a code; one that is gone already, because the merchant deleted it, is no error. Throws UpstreamError. */
export async function deleteDiscountCode(
  shopDomain: string,
  { code, gid }: { code: string; gid: string },
): Promise<void> {
  const data = await adminGraphql<DeleteDiscountCodeMutation>(shopDomain, DELETE_DISCOUNT_CODE, { id: gid });
  const error = firstUserError(data.discountCodeDelete?.userErrors ?? []);
  if (!error || (await findDiscountCode(shopDomain, code)) === null) return;
  throw new UpstreamError(`discount code not deleted: ${error.message}`, {
    retryable: false,
    outcomeKnown: true,
  });
}
