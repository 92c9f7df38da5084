import type { DiscountCode, MinorUnits } from '../state.ts';
import type { World } from '../world.ts';

/** Why a code does not apply, in the words that the checkout translates. */
export type CodeRejection =
  | 'unknown_code'
  | 'not_started'
  | 'expired'
  | 'used_up'
  | 'used_by_customer'
  | 'sign_in_required'
  | 'other_customer'
  | 'below_minimum'
  | 'not_combinable'
  | 'already_applied';

export type CodeVerdict = { ok: true; discount: DiscountCode } | { ok: false; reason: CodeRejection };

/** What of a cart decides about a code: its total before discounts and the codes accepted before this one. */
export type CartForCode = { subtotal: MinorUnits; alreadyApplied?: DiscountCode[] };

/** ACTIVE, SCHEDULED (before its start) or EXPIRED (after its end, or deactivated), by the sandbox's clock. */
export function discountStatus(discount: DiscountCode, nowMs: number): 'ACTIVE' | 'SCHEDULED' | 'EXPIRED' {
  if (discount.endsAt !== null && Date.parse(discount.endsAt) <= nowMs) return 'EXPIRED';
  return Date.parse(discount.startsAt) > nowMs ? 'SCHEDULED' : 'ACTIVE';
}

/**
 * Whether a buyer may use a code on a cart, as Shopify's checkout decides it: it exists, is within its dates, has
 * uses left, is for this customer, reaches the minimum and combines with the codes before it.
 */
export function validateDiscountCode(
  world: World,
  domain: string,
  code: string,
  customerId: number | null,
  cart: CartForCode,
): CodeVerdict {
  const discount = world.findDiscount(domain, code);
  if (!discount) return { ok: false, reason: 'unknown_code' };
  const reason =
    rejectionByState(discount, world.now()) ??
    rejectionByCustomer(discount, customerId) ??
    rejectionByCart(discount, cart);
  return reason ? { ok: false, reason } : { ok: true, discount };
}

function rejectionByState(discount: DiscountCode, nowMs: number): CodeRejection | null {
  const status = discountStatus(discount, nowMs);
  if (status === 'SCHEDULED') return 'not_started';
  if (status === 'EXPIRED') return 'expired';
  if (discount.usageLimit !== null && discount.uses.length >= discount.usageLimit) return 'used_up';
  return null;
}

function rejectionByCustomer(discount: DiscountCode, customerId: number | null): CodeRejection | null {
  if (discount.customerIds !== null) {
    if (customerId === null) return 'sign_in_required';
    if (!discount.customerIds.includes(customerId)) return 'other_customer';
  }
  if (!discount.appliesOncePerCustomer || customerId === null) return null;
  return discount.uses.some((use) => use.customerId === customerId) ? 'used_by_customer' : null;
}

function rejectionByCart(discount: DiscountCode, cart: CartForCode): CodeRejection | null {
  if (discount.minimumSubtotal !== null && cart.subtotal < discount.minimumSubtotal) return 'below_minimum';
  for (const other of cart.alreadyApplied ?? []) {
    if (other.id === discount.id) return 'already_applied';
    if (!other.combinesWith.orderDiscounts || !discount.combinesWith.orderDiscounts) return 'not_combinable';
  }
  return null;
}

/** Writes down that an order used the code. */
export function recordCodeUse(discount: DiscountCode, orderId: number, customerId: number | null): void {
  discount.uses.push({ orderId, customerId });
}
