/** How discounts are chosen for a cart and taken off it. */
import type { Allocation, DiscountApplication, DiscountTerms, MinorUnits } from '../state.ts';
import type { World } from '../world.ts';
import { bestCombination, withinLimits } from './discount-combinations.ts';
import {
  classOf,
  isForProduct,
  openAutomaticDiscounts,
  type RejectedCode,
  validateDiscountCode,
} from './discounts.ts';
import {
  cutPercent,
  type FunctionCandidate,
  type FunctionDiscount,
  runDiscountFunctions,
} from './functions/run-discounts.ts';
import { toDecimal } from './money.ts';
import type { Cart, PricedLine } from './pricing.ts';
import { isTip } from './tips.ts';

/** A discount that applies, with its code as the shop wrote it; null: automatic. One of a Function has its candidates. */
export type Chosen = DiscountTerms & { code: string | null; candidates?: FunctionCandidate[] };

interface Choice {
  chosen: Chosen[];
  /** The codes that don't apply, each with the reason. */
  rejected: RejectedCode[];
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
  const functions = runDiscountFunctions(
    world,
    domain,
    cart,
    priced,
    valid.map(({ written }) => written),
  );
  const refusals = new Map(functions.refused.map(({ code, message }) => [code.toUpperCase(), message]));
  const isRefused = ({ written }: { written: string }) => refusals.has(written.toUpperCase());
  for (const { written: code } of valid.filter(isRefused)) {
    rejected.push({ code, reason: 'refused_by_app', message: refusals.get(code.toUpperCase()) ?? '' });
  }
  const { taken, tooMany } = withinLimits(valid.filter((each) => !isRefused(each)));
  const automatic = [
    ...functions.discounts.map(toChosen),
    ...openAutomaticDiscounts(world, domain, open).map((each) => ({ ...each, code: null })),
  ];
  const chosen = bestCombination<Chosen>([...taken, ...automatic], (set) => saving(set, lines(), cart));
  const lost = taken.filter(({ id }) => !chosen.some((each) => each.id === id));
  rejected.push(
    ...tooMany.map(({ written }) => ({ code: written, reason: 'too_many_codes' as const })),
    ...lost.map(({ written }) => ({ code: written, reason: 'not_combinable' as const })),
  );
  return { chosen, rejected };
}

function toChosen({ discount, candidates }: FunctionDiscount): Chosen {
  const { id, title, startsAt, endsAt, combinesWith, createdAt, updatedAt } = discount;
  return {
    ...{ id, title, startsAt, endsAt, combinesWith, createdAt, updatedAt, candidates },
    code: null,
    value: { kind: 'percentage', fraction: 0 },
    discountClass: 'product',
    minimumSubtotal: null,
  };
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
  const parts = takeOffProducts(products, lines);
  const applications = [...parts, ...[...orders, ...shippings].map((discount) => ({ discount }))].map(
    toApplication,
  );
  for (const [index, discount] of orders.entries()) {
    spread(lines, (base) => amountOf(discount, base), parts.length + index);
  }
  const shippingAllocations: Allocation[] = [];
  let shipping = cart.shipping ?? 0;
  for (const [index, discount] of shippings.entries()) {
    const amount = Math.min(shipping, amountOf(discount, shipping));
    if (amount === 0) continue;
    shippingAllocations.push({ applicationIndex: parts.length + orders.length + index, amount });
    shipping -= amount;
  }
  const { manualDiscount } = cart;
  if (manualDiscount) {
    spread(lines, () => manualDiscount.amount, applications.length);
    applications.push(manualApplication(manualDiscount));
  }
  return { applications, shippingAllocations, shipping };
}

/** A discount, or one candidate of a Function's: on an order each stands for itself. */
interface Part {
  discount: Chosen;
  candidate?: FunctionCandidate;
}

/**
 * Each line gets the one product discount that takes the most off it.
 * @returns what the allocations point to; candidates that no line got are left out
 */
function takeOffProducts(discounts: readonly Chosen[], lines: PricedLine[]): Part[] {
  const parts = discounts.flatMap((discount): Part[] =>
    discount.candidates ? discount.candidates.map((candidate) => ({ discount, candidate })) : [{ discount }],
  );
  const taken = lines.map((line, index) => {
    if (!isDiscounted(line)) return null;
    const offers = parts.map((part) => ({ part, amount: offOfPart(part, line, index) }));
    const best = offers.toSorted((a, b) => b.amount - a.amount)[0];
    return best && best.amount > 0 ? best : null;
  });
  const used = parts.filter((part) => !part.candidate || taken.some((each) => each?.part === part));
  for (const [index, line] of lines.entries()) {
    const best = taken[index];
    if (!best) continue;
    line.allocations.push({ applicationIndex: used.indexOf(best.part), amount: best.amount });
    line.net -= best.amount;
  }
  return used;
}

function offOfPart({ discount, candidate }: Part, line: PricedLine, index: number): MinorUnits {
  if (!candidate) return isForProduct(discount, line.productId) ? offLine(discount, line) : 0;
  if (!candidate.lines.has(index)) return 0;
  const { value } = candidate;
  if (value.kind === 'percentage') return cutPercent(line.gross, value.percent);
  // An amount that is not of each item is spread by Shopify over all targets, which our Functions never ask for.
  if (!value.isEach) throw new Error('sandbox: amounts over several lines are not simulated');
  return Math.min(value.amount, line.price) * line.quantity;
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

function toApplication({ discount, candidate }: Part): DiscountApplication {
  if (candidate) return functionApplication(discount, candidate);
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

function functionApplication(discount: Chosen, { message, value }: FunctionCandidate): DiscountApplication {
  return {
    discountId: discount.id,
    type: 'automatic',
    code: null,
    title: message ?? discount.title,
    value: value.kind === 'percentage' ? percentText(value.percent) : toDecimal(value.amount, 2),
    valueType: value.kind,
    discountClass: 'product',
    isExplicit: true,
  };
}

/** As payloads write it: 10.0, 12.75. */
const percentText = (percent: string): string => (percent.includes('.') ? percent : `${percent}.0`);

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
