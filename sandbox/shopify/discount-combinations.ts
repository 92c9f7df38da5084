/** Which of several discounts Shopify's checkout lets stand together. */
import type { DiscountClass, DiscountTerms, MinorUnits } from '../state.ts';
import { classOf } from './discounts.ts';

/** The most codes on one order: of products and the whole order, and of the shipping. */
const GOODS_CODES_MAX = 5;
const SHIPPING_CODES_MAX = 1;

const FLAG = {
  product: 'productDiscounts',
  order: 'orderDiscounts',
  shipping: 'shippingDiscounts',
} as const satisfies Record<DiscountClass, keyof DiscountTerms['combinesWith']>;

/** Whether two discounts let each other stand; there is only one on the shipping. */
export function combines(one: DiscountTerms, other: DiscountTerms): boolean {
  const [first, second] = [classOf(one), classOf(other)];
  if (first === 'shipping' && second === 'shipping') return false;
  return one.combinesWith[FLAG[second]] && other.combinesWith[FLAG[first]];
}

/** Parts codes into those that an order may carry, the first ones, and those that are too many. */
export function withinLimits<T extends DiscountTerms>(codes: readonly T[]): { taken: T[]; tooMany: T[] } {
  const taken: T[] = [];
  const tooMany: T[] = [];
  const left = { goods: GOODS_CODES_MAX, shipping: SHIPPING_CODES_MAX };
  for (const code of codes) {
    const kind = classOf(code) === 'shipping' ? 'shipping' : 'goods';
    (left[kind]-- > 0 ? taken : tooMany).push(code);
  }
  return { taken, tooMany };
}

/**
 * Returns the discounts that together take the most off, of all sets whose members combine with each other; of equal
 * sets the one with the earlier members. A further discount never takes less off, so only full sets are compared.
 * @param saving what a set takes off the cart
 */
export function bestCombination<T extends DiscountTerms>(
  discounts: readonly T[],
  saving: (chosen: readonly T[]) => MinorUnits,
): T[] {
  let best: T[] = [];
  let most = -1;
  const visit = (chosen: T[], open: readonly T[], seen: readonly T[]): void => {
    if (open.length === 0) {
      // One that was tried before would fit: its set was compared.
      if (seen.length > 0) return;
      const taken = saving(chosen);
      if (taken > most) [best, most] = [chosen, taken];
      return;
    }
    const tried = [...seen];
    for (const [index, discount] of open.entries()) {
      const fits = (other: T) => combines(discount, other);
      visit([...chosen, discount], open.slice(index + 1).filter(fits), tried.filter(fits));
      tried.push(discount);
    }
  };
  visit([], discounts, []);
  return best;
}
