/** An order as it comes and as it is known; what both are called by. */
import type { OrderFacts } from './rules/kept-facts.ts';
import type { PaidProof } from './rules/order-payment.ts';
import type { OrderRefund, OrderState } from './rules/order-state.ts';

export interface OrderKey {
  shopId: bigint;
  orderId: bigint;
}

export interface IncomingOrder {
  shopId: bigint;
  /** When the webhook was triggered; of a reading, the moment before it was asked. */
  triggeredAt: Date;
  /** Read from the Admin API. */
  isReading?: boolean;
  /** The earliest proof of its payment in this and older states that came along. */
  paid: PaidProof | null;
  /** Its refunds as this state has them. */
  refunds: readonly OrderRefund[];
  order: OrderState;
  /** Noted with an order that keeps no rules yet. */
  backfillId?: bigint | null;
  /** Read by the sync, and no event has brought it. */
  isHistory?: boolean;
}

export interface IncomingRefund {
  shopId: bigint;
  refund: OrderRefund;
}

export interface KnownOrder {
  shopId: bigint;
  order: OrderState;
  refunds: OrderRefund[];
  /** When it was first paid in full, as far as its states told; null before, and for test orders. */
  eligibleAt: Date | null;
  /** The rules that it keeps since it was first seen paid; null before. */
  snapshotId: bigint | null;
  /** Of the customer and the products, as they were when it was first eligible; null when no rule asked for any. */
  facts: OrderFacts | null;
  /** The customer who was given a guest's order. */
  claimedBy: bigint | null;
  backfillId: bigint | null;
  /** Older than the club, and no event has brought it since: it earns nothing by itself. */
  isHistory: boolean;
  triggeredAt: Date;
}

/** What an order keeps from the moment when it is first eligible. */
export interface FrozenRules {
  snapshotId: bigint;
  /** Null when no rule asks for any. */
  facts: OrderFacts | null;
}

/** Text form of an order's key, for maps. */
export function orderKeyText(key: OrderKey): string {
  return `${key.shopId}/${key.orderId}`;
}

/** The key of an order that came or is known. */
export function keyOfOrder({ shopId, order }: Pick<IncomingOrder, 'shopId' | 'order'>): OrderKey {
  return { shopId, orderId: order.orderId };
}

/**
 * `updated_at` has whole seconds. A reading that was asked this long after one shows its last state, however much the
 * clocks differ.
 */
export const SECOND_SETTLES_MS = 5 * 60_000;

/**
 * Whether a state replaces one that came with it: by `updated_at`, then by the moment it was triggered or asked; of equal
 * ones the later wins. Within its second a reading that was asked once that had settled is the last.
 */
export function replaces(later: IncomingOrder, earlier: IncomingOrder): boolean {
  const difference = later.order.updatedAt.getTime() - earlier.order.updatedAt.getTime();
  if (difference !== 0) return difference > 0;
  if (isSettled(later) !== isSettled(earlier)) return isSettled(later);
  return later.triggeredAt >= earlier.triggeredAt;
}

function isSettled({ isReading, triggeredAt, order }: IncomingOrder): boolean {
  return isReading === true && triggeredAt.getTime() >= order.updatedAt.getTime() + SECOND_SETTLES_MS;
}

/**
 * Returns the moment that a state must be older than to be replaced within its second. `updated_at` has whole seconds,
 * so a reading does not say when within one it applies: it counts from the second's start, and a webhook of a later
 * change always replaces it.
 */
export function appliesFrom({ isReading, triggeredAt, order }: IncomingOrder): Date {
  return isReading && order.updatedAt < triggeredAt ? order.updatedAt : triggeredAt;
}
