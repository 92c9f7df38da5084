import type { DiscountClass, DiscountCode, DiscountTerms, MinorUnits } from '../state.ts';
import type { World } from '../world.ts';

/** Why a code doesn't apply, as the keys the checkout translates. */
export type CodeRejection =
  | 'unknown_code'
  | 'not_started'
  | 'expired'
  | 'used_up'
  | 'used_by_customer'
  | 'sign_in_required'
  | 'other_customer'
  | 'below_minimum'
  | 'not_for_items'
  | 'not_combinable'
  | 'too_many_codes'
  | 'already_applied'
  | 'refused_by_app';

/** A code that doesn't apply; a Function that refuses one says why itself. */
export type RejectedCode = { code: string; reason: CodeRejection; message?: string };

export type CodeVerdict = { ok: true; discount: DiscountCode } | { ok: false; reason: CodeRejection };

/** The parts of a cart that decide about a discount: its total before discounts, and the products in it. */
export type CartForCode = { subtotal: MinorUnits; productIds: readonly (number | null)[] };

/** The class of a discount. */
export function classOf(discount: Pick<DiscountTerms, 'discountClass'>): DiscountClass {
  return discount.discountClass ?? 'order';
}

/** ACTIVE, SCHEDULED (before its start) or EXPIRED (after its end, or deactivated), by the sandbox's clock. */
export function discountStatus(
  discount: Pick<DiscountTerms, 'startsAt' | 'endsAt'>,
  nowMs: number,
): 'ACTIVE' | 'SCHEDULED' | 'EXPIRED' {
  if (discount.endsAt !== null && Date.parse(discount.endsAt) <= nowMs) return 'EXPIRED';
  return Date.parse(discount.startsAt) > nowMs ? 'SCHEDULED' : 'ACTIVE';
}

/**
 * Whether a buyer may use a code on a cart, as Shopify's checkout decides it: it exists, is within its dates, has
 * uses left, is for this customer and these goods, and reaches the minimum. Whether it stands beside others is asked
 * of all of them together (`bestCombination`).
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
    rejectionByUses(discount) ??
    rejectionByCustomer(discount, customerId) ??
    rejectionByCart(discount, cart);
  return reason ? { ok: false, reason } : { ok: true, discount };
}

/** Lists the shop's automatic discounts that are open to this cart. */
export function openAutomaticDiscounts(world: World, domain: string, cart: CartForCode): DiscountTerms[] {
  return (world.shop(domain).automaticDiscounts ?? []).filter(
    (discount) =>
      rejectionByState(discount, world.now()) === null && rejectionByCart(discount, cart) === null,
  );
}

function rejectionByState(discount: DiscountTerms, nowMs: number): CodeRejection | null {
  const status = discountStatus(discount, nowMs);
  if (status === 'SCHEDULED') return 'not_started';
  return status === 'EXPIRED' ? 'expired' : null;
}

function rejectionByUses({ usageLimit, uses }: DiscountCode): CodeRejection | null {
  return usageLimit !== null && uses.length >= usageLimit ? 'used_up' : null;
}

function rejectionByCustomer(discount: DiscountCode, customerId: number | null): CodeRejection | null {
  if (discount.customerIds !== null) {
    if (customerId === null) return 'sign_in_required';
    if (!discount.customerIds.includes(customerId)) return 'other_customer';
  }
  if (!discount.appliesOncePerCustomer || customerId === null) return null;
  return discount.uses.some((use) => use.customerId === customerId) ? 'used_by_customer' : null;
}

function rejectionByCart(discount: DiscountTerms, cart: CartForCode): CodeRejection | null {
  if (discount.minimumSubtotal !== null && cart.subtotal < discount.minimumSubtotal) return 'below_minimum';
  const isForItems = cart.productIds.some((productId) => isForProduct(discount, productId));
  return isForItems ? null : 'not_for_items';
}

/** Whether a discount is for a product; custom lines have none. */
export function isForProduct({ productIds }: DiscountTerms, productId: number | null): boolean {
  return productIds == null || (productId !== null && productIds.includes(productId));
}

/** Records that an order used the code. */
export function recordCodeUse(discount: DiscountCode, orderId: number, customerId: number | null): void {
  discount.uses.push({ orderId, customerId });
}
