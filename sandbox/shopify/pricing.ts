import type { Allocation, DiscountApplication, DiscountCode, MinorUnits } from '../state.ts';
import { UnknownError, type World } from '../world.ts';
import { type CodeRejection, validateDiscountCode } from './discounts.ts';
import { toDecimal } from './money.ts';

/** A line asked for: a variant of the shop, or a custom line with title and price. */
export type CartLineInput = {
  variantId?: number | null;
  title?: string;
  /** Overrides the variant's price; in minor units of the shop's currency. */
  price?: MinorUnits;
  quantity: number;
};

export type Cart = {
  lines: CartLineInput[];
  discountCodes: string[];
  customerId: number | null;
  shipping?: MinorUnits;
  /** What the merchant takes off a draft order. */
  manualDiscount?: { title: string; amount: MinorUnits };
};

export type CartLine = {
  productId: number | null;
  variantId: number | null;
  title: string;
  variantTitle: string | null;
  sku: string | null;
  vendor: string | null;
  price: MinorUnits;
  quantity: number;
  grams: number;
  giftCard: boolean;
};

export type PricedLine = CartLine & {
  /** price x quantity */
  gross: MinorUnits;
  allocations: Allocation[];
  /** gross less the allocations */
  net: MinorUnits;
  tax: MinorUnits;
};

export type PricedCart = {
  currency: string;
  taxesIncluded: boolean;
  lines: PricedLine[];
  /** The discounts that apply; an allocation's `applicationIndex` points here. */
  applications: DiscountApplication[];
  /** The codes that do not apply, each with the reason. */
  rejected: { code: string; reason: CodeRejection }[];
  lineTotal: MinorUnits;
  discountTotal: MinorUnits;
  /** lineTotal - discountTotal */
  subtotal: MinorUnits;
  shipping: MinorUnits;
  tax: MinorUnits;
  total: MinorUnits;
};

/**
 * Prices a cart in the shop's currency: codes are tried in the order given, each takes its value from what the
 * ones before left, spread over the lines in proportion; the shares of a discount add up to it exactly.
 * Gift cards are never discounted. Throws `UnknownError` for a variant the shop does not have.
 */
export function priceCart(world: World, domain: string, cart: Cart): PricedCart {
  const { shop } = world.shop(domain);
  const priced = undiscounted(world, domain, cart.lines);
  const lineTotal = sum(priced.map((line) => line.gross));
  const { applications, rejected } = applyCodes(world, domain, cart, priced, lineTotal);
  if (cart.manualDiscount) takeManual(cart.manualDiscount, priced, applications);
  putTax(world, domain, priced);
  const subtotal = sum(priced.map((line) => line.net));
  const tax = sum(priced.map((line) => line.tax));
  const shipping = cart.shipping ?? 0;
  return {
    currency: shop.currency,
    taxesIncluded: shop.taxesIncluded,
    lines: priced,
    applications,
    rejected,
    lineTotal,
    discountTotal: lineTotal - subtotal,
    subtotal,
    shipping,
    tax,
    total: subtotal + shipping + (shop.taxesIncluded ? 0 : tax),
  };
}

/** Prices lines by themselves, without any discount. */
export function priceLines(world: World, domain: string, lines: CartLineInput[]): PricedLine[] {
  const priced = undiscounted(world, domain, lines);
  putTax(world, domain, priced);
  return priced;
}

function undiscounted(world: World, domain: string, lines: CartLineInput[]): PricedLine[] {
  return lines.map((wanted) => {
    const line = resolveLine(world, domain, wanted);
    const gross = line.price * line.quantity;
    return { ...line, gross, allocations: [], net: gross, tax: 0 };
  });
}

function putTax(world: World, domain: string, lines: PricedLine[]): void {
  const { shop } = world.shop(domain);
  for (const line of lines)
    line.tax = line.giftCard ? 0 : taxOf(line.net, shop.taxRateBasisPoints, shop.taxesIncluded);
}

function applyCodes(world: World, domain: string, cart: Cart, lines: PricedLine[], lineTotal: MinorUnits) {
  const applications: DiscountApplication[] = [];
  const rejected: PricedCart['rejected'] = [];
  const accepted: DiscountCode[] = [];
  for (const code of cart.discountCodes) {
    const verdict = validateDiscountCode(world, domain, code, cart.customerId, {
      subtotal: lineTotal,
      alreadyApplied: accepted,
    });
    if (!verdict.ok) {
      rejected.push({ code, reason: verdict.reason });
      continue;
    }
    accepted.push(verdict.discount);
    takeDiscount(verdict.discount, lines, applications);
  }
  return { applications, rejected };
}

function takeDiscount(
  discount: DiscountCode,
  lines: PricedLine[],
  applications: DiscountApplication[],
): void {
  const { value } = discount;
  spread(lines, applications, {
    take: (base) => (value.kind === 'fixed_amount' ? value.amount : Math.round(base * value.fraction)),
    application: {
      discountId: discount.id,
      type: 'discount_code',
      code: discount.code,
      title: discount.title,
      value: value.kind === 'fixed_amount' ? toDecimal(value.amount, 2) : (value.fraction * 100).toFixed(1),
      valueType: value.kind,
    },
  });
}

function takeManual(
  { title, amount }: NonNullable<Cart['manualDiscount']>,
  lines: PricedLine[],
  applications: DiscountApplication[],
): void {
  spread(lines, applications, {
    take: () => amount,
    application: {
      discountId: null,
      type: 'manual',
      code: null,
      title,
      value: toDecimal(amount, 2),
      valueType: 'fixed_amount',
    },
  });
}

/** Takes an amount off the lines in proportion, gift cards left out. */
function spread(
  lines: PricedLine[],
  applications: DiscountApplication[],
  { take, application }: { take: (base: MinorUnits) => MinorUnits; application: DiscountApplication },
): void {
  const entitled = lines.filter((line) => !line.giftCard && line.net > 0);
  const base = sum(entitled.map((line) => line.net));
  const wanted = take(base);
  const shares = splitInProportion(
    Math.min(wanted, base),
    entitled.map((line) => line.net),
  );
  const applicationIndex = applications.length;
  applications.push(application);
  for (const [index, line] of entitled.entries()) {
    const amount = shares[index] ?? 0;
    if (amount === 0) continue;
    line.allocations.push({ applicationIndex, amount });
    line.net -= amount;
  }
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

/** The tax in (or on) an amount, rounded half up. `basisPoints` 1100 is 11 %. */
export function taxOf(amount: MinorUnits, basisPoints: number, included: boolean): MinorUnits {
  const divisor = included ? 10_000 + basisPoints : 10_000;
  return Math.round((amount * basisPoints) / divisor);
}

function resolveLine(world: World, domain: string, line: CartLineInput): CartLine {
  const quantity = line.quantity;
  if (line.variantId === undefined || line.variantId === null) {
    return {
      productId: null,
      variantId: null,
      title: line.title ?? 'Custom item',
      variantTitle: null,
      sku: null,
      vendor: null,
      price: line.price ?? 0,
      quantity,
      grams: 0,
      giftCard: false,
    };
  }
  for (const product of world.shop(domain).products) {
    const variant = product.variants.find((each) => each.id === line.variantId);
    if (!variant) continue;
    return {
      productId: product.id,
      variantId: variant.id,
      title: line.title ?? product.title,
      variantTitle: variant.title === 'Default Title' ? null : variant.title,
      sku: variant.sku,
      vendor: product.vendor,
      price: line.price ?? variant.price,
      quantity,
      grams: variant.grams,
      giftCard: product.giftCard,
    };
  }
  throw new UnknownError(`no variant ${line.variantId} in ${domain}`);
}

function sum(values: MinorUnits[]): MinorUnits {
  return values.reduce((total, value) => total + value, 0);
}
