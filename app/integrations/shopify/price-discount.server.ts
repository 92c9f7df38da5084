/** The one automatic app discount that carries the shop's prices (extensions/category-price). */
import { UpstreamError } from '#app/lib/errors.ts';
import type {
  ActivatePriceDiscountMutation,
  CreatePriceDiscountMutation,
  ListPriceDiscountsQuery,
  PriceDiscountFragment,
  ReadPriceDiscountQuery,
  UpdatePriceDiscountMutation,
} from '#app/types/admin.generated.d.ts';
import { env } from '#app/env.server.ts';
import { idToGid } from '#app/lib/ids.ts';
import { adminGraphql, firstUserError } from './admin-client.server.ts';
import {
  ACTIVATE_DISCOUNT,
  CREATE_PRICE_DISCOUNT,
  LIST_PRICE_DISCOUNTS,
  READ_PRICE_DISCOUNT,
  UPDATE_PRICE_DISCOUNT,
} from './operations/prices.ts';
import { idOfGid } from './gid.ts';

/** What mutations and metafields call it; reading one of any kind goes by `DiscountNode`. */
const NODE = 'DiscountAutomaticNode';
/** The extension's handle. */
const FUNCTION_HANDLE = 'category-price';

export interface DiscountTerms {
  /** Customers see it where a category has no label. */
  title: string;
  combinesWith: { orderDiscounts: boolean; productDiscounts: boolean; shippingDiscounts: boolean };
  appliesOnSubscription: boolean;
}

interface Held {
  digest: string;
  value: unknown;
}

/** The discount as it is at Shopify. */
export interface PriceDiscount extends DiscountTerms {
  gid: string;
  /** `expired` also where the merchant switched it off. */
  status: 'active' | 'expired' | 'scheduled';
  recurringCycleLimit: number;
  rules: Held | null;
  vars: Held | null;
}

export type DiscountWritten =
  | { outcome: 'written'; gid: string }
  /** The discount was deleted. */
  | { outcome: 'gone' }
  /** Shopify's own code and words. */
  | { outcome: 'refused'; code: string | null; message: string };

/** Reads the discount; null when it was deleted. Throws UpstreamError. */
export async function readPriceDiscount(shopDomain: string, gid: string): Promise<PriceDiscount | null> {
  const data = await adminGraphql<ReadPriceDiscountQuery>(shopDomain, READ_PRICE_DISCOUNT, {
    id: idToGid('DiscountNode', idOfGid(gid, NODE)),
  });
  return data.discountNode ? toDiscount(data.discountNode) : null;
}

/** Finds this app's discount among the automatic ones: one that was created without that the answer arrived. Throws UpstreamError. */
export async function findPriceDiscount(shopDomain: string): Promise<PriceDiscount | null> {
  const data = await adminGraphql<ListPriceDiscountsQuery>(shopDomain, LIST_PRICE_DISCOUNTS);
  for (const node of data.discountNodes.nodes) {
    const { discount } = node;
    if (discount.__typename !== 'DiscountAutomaticApp') continue;
    if (discount.appDiscountType.appKey === env.SHOPIFY_API_KEY) return toDiscount(node);
  }
  return null;
}

function toDiscount({ id, discount, rules, vars }: PriceDiscountFragment): PriceDiscount | null {
  if (discount.__typename !== 'DiscountAutomaticApp') return null;
  const { title, status, appliesOnSubscription, recurringCycleLimit, combinesWith } = discount;
  return {
    gid: idToGid(NODE, idOfGid(id, 'DiscountNode')),
    title,
    status: toStatus(status),
    appliesOnSubscription,
    recurringCycleLimit,
    combinesWith,
    rules: rules ? { digest: rules.compareDigest, value: rules.jsonValue } : null,
    vars: vars ? { digest: vars.compareDigest, value: vars.jsonValue } : null,
  };
}

function toStatus(status: string): PriceDiscount['status'] {
  if (status === 'ACTIVE') return 'active';
  return status === 'SCHEDULED' ? 'scheduled' : 'expired';
}

/**
 * Creates the discount with its metafields, for all customers and channels; which of them get a price is the Function's
 * business. Throws UpstreamError.
 */
export async function createPriceDiscount(
  shopDomain: string,
  terms: DiscountTerms,
  metafields: Readonly<Record<'rules' | 'vars', string>>,
  startsAt: Date,
): Promise<DiscountWritten> {
  const { discountAutomaticAppCreate: payload } = await adminGraphql<CreatePriceDiscountMutation>(
    shopDomain,
    CREATE_PRICE_DISCOUNT,
    {
      discount: {
        ...toInput(terms),
        functionHandle: FUNCTION_HANDLE,
        discountClasses: ['PRODUCT'],
        context: { all: 'ALL' },
        startsAt: startsAt.toISOString(),
        metafields: Object.entries(metafields).map(([key, value]) => ({
          namespace: '$app',
          key,
          type: 'json',
          value,
        })),
      },
    },
  );
  return toWritten(payload);
}

/** Changes the terms; metafields stay. Throws UpstreamError. */
export async function updatePriceDiscount(
  shopDomain: string,
  gid: string,
  terms: DiscountTerms,
): Promise<DiscountWritten> {
  const { discountAutomaticAppUpdate: payload } = await adminGraphql<UpdatePriceDiscountMutation>(
    shopDomain,
    UPDATE_PRICE_DISCOUNT,
    { id: gid, discount: toInput(terms) },
  );
  return toWritten(payload);
}

/** Switches a discount on that the merchant switched off. Throws UpstreamError, also when Shopify refuses. */
export async function activatePriceDiscount(shopDomain: string, gid: string): Promise<void> {
  const data = await adminGraphql<ActivatePriceDiscountMutation>(shopDomain, ACTIVATE_DISCOUNT, { id: gid });
  const error = firstUserError(data.discountAutomaticActivate?.userErrors ?? []);
  if (error)
    throw new UpstreamError(`discount not activated: ${error.message}`, {
      retryable: false,
      outcomeKnown: true,
    });
}

/**
 * How many renewals of a subscription have the price: 0 is all of them, where Shopify's default of 1 would end it after the
 * first. Shopify wants 1 of a discount that isn't for subscriptions.
 */
export function cycleLimit({ appliesOnSubscription }: Pick<DiscountTerms, 'appliesOnSubscription'>): 0 | 1 {
  return appliesOnSubscription ? 0 : 1;
}

function toInput({ title, combinesWith, appliesOnSubscription }: DiscountTerms) {
  return {
    title,
    combinesWith,
    appliesOnSubscription,
    appliesOnOneTimePurchase: true,
    recurringCycleLimit: cycleLimit({ appliesOnSubscription }),
  };
}

interface Payload {
  automaticAppDiscount?: { discountId: string } | null;
  userErrors: readonly { field?: readonly string[] | null; code?: string | null; message: string }[];
}

function toWritten(payload: Payload | null | undefined): DiscountWritten {
  const error = firstUserError(payload?.userErrors ?? []);
  if (error?.field === 'id') return { outcome: 'gone' };
  if (error) return { outcome: 'refused', code: error.code, message: error.message };
  return payload?.automaticAppDiscount
    ? { outcome: 'written', gid: payload.automaticAppDiscount.discountId }
    : { outcome: 'refused', code: null, message: '' };
}
