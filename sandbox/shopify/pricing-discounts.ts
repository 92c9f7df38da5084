/** How discounts are chosen for a cart and taken off it. */
import type { Allocation, DiscountApplication, DiscountTerms, MinorUnits } from '../state.ts';
import type { World } from '../world.ts';
import { bestCombination, withinLimits } from './discount-combinations.ts';
import {
  classOf,
  type CodeRejection,
  isForProduct,
  openAutomaticDiscounts,
  validateDiscountCode,
} from './discounts.ts';
import { toDecimal } from './money.ts';
import type { Cart, PricedLine } from './pricing.ts';
import { isTip } from './tips.ts';

/** A discount that applies, with its code as the shop wrote it; null: automatic. */
export type Chosen = DiscountTerms & { code: string | null };

interface Choice {
  chosen: Chosen[];
  /** The codes that don't apply, each with the reason. */
  rejected: { code: string; reason: CodeRejection }[];
}

/**
 * Chooses which of a cart's codes and of the shop's automatic discounts apply.
 * @param lines makes the cart's lines, without any discount
 */
export function chooseDiscounts(world: World, domain: string, cart: Cart, lines: () => PricedLine[]): Choice {
  const priced = lines();
  const open = {
    subtotal: sum(priced.map(({ gross }) => gross)),
    productIds: priced.map(({ productId }) => productId),
  };
  const guest = cart.email ? world.findCustomer(domain, cart.email) : undefined;
  const rejected: Choice['rejected'] = [];
  const valid: (Chosen & { written: string })[] = [];
  for (const written of cart.discountCodes) {
    const verdict = validateDiscountCode(world, domain, written, cart.customerId ?? guest?.id ?? null, open);
    if (!verdict.ok) rejected.push({ code: written, reason: verdict.reason });
    else if (valid.some(({ id }) => id === verdict.discount.id)) {
      rejected.push({ code: written, reason: 'already_applied' });
    } else valid.push({ ...verdict.discount, written });
  }
  const { taken, tooMany } = withinLimits(valid);
  const automatic = openAutomaticDiscounts(world, domain, open).map((each) => ({ ...each, code: null }));
  const chosen = bestCombination<Chosen>([...taken, ...automatic], (set) => saving(set, lines(), cart));
  const lost = taken.filter(({ id }) => !chosen.some((each) => each.id === id));
  rejected.push(
    ...tooMany.map(({ written }) => ({ code: written, reason: 'too_many_codes' as const })),
    ...lost.map(({ written }) => ({ code: written, reason: 'not_combinable' as const })),
  );
  return { chosen, rejected };
}

function saving(chosen: readonly Chosen[], lines: PricedLine[], cart: Cart): MinorUnits {
  const { shipping } = takeDiscounts(chosen, lines, cart);
  return sum(lines.map(({ gross, net }) => gross - net)) + (cart.shipping ?? 0) - shipping;
}

/**
 * Takes discounts off lines, which it changes, and off the shipping, the merchant's own last.
 * @returns the applications, to which the allocations point, and what is left of the shipping
 */
export function takeDiscounts(
  chosen: readonly Chosen[],
  lines: PricedLine[],
  cart: Cart,
): { applications: DiscountApplication[]; shippingAllocations: Allocation[]; shipping: MinorUnits } {
  const byClass = (wanted: string) => chosen.filter((each) => classOf(each) === wanted);
  const [products, orders, shippings] = [byClass('product'), byClass('order'), byClass('shipping')];
  const applications = [...products, ...orders, ...shippings].map(toApplication);
  takeOffProducts(products, lines);
  for (const [index, discount] of orders.entries()) {
    spread(lines, (base) => amountOf(discount, base), products.length + index);
  }
  const shippingAllocations: Allocation[] = [];
  let shipping = cart.shipping ?? 0;
  for (const [index, discount] of shippings.entries()) {
    const amount = Math.min(shipping, amountOf(discount, shipping));
    if (amount === 0) continue;
    shippingAllocations.push({ applicationIndex: products.length + orders.length + index, amount });
    shipping -= amount;
  }
  const { manualDiscount } = cart;
  if (manualDiscount) {
    spread(lines, () => manualDiscount.amount, applications.length);
    applications.push(manualApplication(manualDiscount));
  }
  return { applications, shippingAllocations, shipping };
}

/** Each line gets the one product discount that takes the most off it. */
function takeOffProducts(discounts: readonly Chosen[], lines: PricedLine[]): void {
  for (const line of lines.filter(isDiscounted)) {
    const offers = discounts.map((discount, applicationIndex) => ({
      applicationIndex,
      amount: isForProduct(discount, line.productId) ? offLine(discount, line) : 0,
    }));
    const best = offers.toSorted((a, b) => b.amount - a.amount)[0];
    if (!best || best.amount === 0) continue;
    line.allocations.push(best);
    line.net -= best.amount;
  }
}

function offLine({ value }: Chosen, line: PricedLine): MinorUnits {
  if (value.kind === 'percentage') return Math.round(line.gross * value.fraction);
  return Math.min(value.amount, line.price) * line.quantity;
}

function amountOf({ value }: Chosen, base: MinorUnits): MinorUnits {
  return value.kind === 'fixed_amount' ? value.amount : Math.round(base * value.fraction);
}

const isDiscounted = (line: PricedLine): boolean => !line.giftCard && !isTip(line) && line.net > 0;

/** Takes an amount off the lines in proportion, gift cards and tips left out. */
function spread(
  lines: readonly PricedLine[],
  take: (base: MinorUnits) => MinorUnits,
  applicationIndex: number,
): void {
  const entitled = lines.filter(isDiscounted);
  const base = sum(entitled.map((line) => line.net));
  const shares = splitInProportion(
    Math.min(take(base), base),
    entitled.map((line) => line.net),
  );
  for (const [index, line] of entitled.entries()) {
    const amount = shares[index] ?? 0;
    if (amount === 0) continue;
    line.allocations.push({ applicationIndex, amount });
    line.net -= amount;
  }
}

function toApplication(discount: Chosen): DiscountApplication {
  const { value } = discount;
  return {
    discountId: discount.id,
    type: discount.code === null ? 'automatic' : 'discount_code',
    code: discount.code,
    title: discount.title,
    value: value.kind === 'fixed_amount' ? toDecimal(value.amount, 2) : (value.fraction * 100).toFixed(1),
    valueType: value.kind,
    discountClass: classOf(discount),
  };
}

function manualApplication({ title, amount }: NonNullable<Cart['manualDiscount']>): DiscountApplication {
  return {
    discountId: null,
    type: 'manual',
    code: null,
    title,
    value: toDecimal(amount, 2),
    valueType: 'fixed_amount',
  };
}

/**
 * Splits `total` over `weights` in proportion; the shares are whole, add up to `total` and none is above its
 * weight (while total <= Σ weights). What rounding leaves goes to the largest remainders, first lines first.
 */
export function splitInProportion(total: MinorUnits, weights: MinorUnits[]): MinorUnits[] {
  const whole = BigInt(sum(weights));
  if (whole === 0n) return weights.map(() => 0);
  const exact = weights.map((weight) => BigInt(weight) * BigInt(total));
  const shares = exact.map((part) => Number(part / whole));
  let left = total - sum(shares);
  const byRemainder = exact
    .map((part, index) => ({ index, remainder: part % whole }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder < b.remainder ? 1 : -1));
  for (const { index } of byRemainder) {
    if (left === 0) break;
    shares[index] = (shares[index] ?? 0) + 1;
    left -= 1;
  }
  return shares;
}

function sum(values: readonly MinorUnits[]): MinorUnits {
  return values.reduce((total, value) => total + value, 0);
}
