import type { Allocation, DiscountApplication, MinorUnits } from '../state.ts';
import { UnknownError, type World } from '../world.ts';
import type { RejectedCode } from './discounts.ts';
import { chooseDiscounts, takeDiscounts } from './pricing-discounts.ts';
import { isTip } from './tips.ts';

/** A requested line: a variant of the shop, or a custom line with title and price. */
export type CartLineInput = {
  variantId?: number | null;
  title?: string;
  /** Overrides the variant's price; in minor units of the shop's currency. */
  price?: MinorUnits;
  quantity: number;
  /** Bought with a selling plan. */
  isSubscription?: boolean;
};

export type Cart = {
  lines: CartLineInput[];
  discountCodes: string[];
  customerId: number | null;
  /** Of a guest: a code for a customer with this address may be used. */
  email?: string | null;
  shipping?: MinorUnits;
  /** The merchant's discount on a draft order. */
  manualDiscount?: { title: string; amount: MinorUnits };
  /** Where it is, as orders have it: `web` by default. */
  sourceName?: string;
  /** False: the customer's address was typed only. */
  isSignedIn?: boolean;
  /** Buys for a company. */
  isCompany?: boolean;
  /** Of a draft order. */
  acceptsAutomaticDiscounts?: boolean;
  /** Of a draft order: completed by staff in spite of what validations say. */
  bypassesValidations?: boolean;
  /** When the buyer pays in another currency; the rate is units of it for one of the shop's currency. */
  presentmentCurrency?: string;
  presentmentRate?: number;
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
  /** The codes that don't apply, each with the reason. */
  rejected: RejectedCode[];
  lineTotal: MinorUnits;
  discountTotal: MinorUnits;
  /** lineTotal - discountTotal */
  subtotal: MinorUnits;
  /** What is charged for it, and what discounts took off. */
  shipping: MinorUnits;
  shippingAllocations: Allocation[];
  tax: MinorUnits;
  total: MinorUnits;
};

/**
 * Prices a cart in the shop's currency. Of its codes and the shop's automatic discounts those apply that combine and
 * together take the most off: first what single products get (a line only the best one), then what is off the whole
 * order, each from what the one before left, spread over the lines in proportion, then what is off the shipping. The shares of a
 * discount add up to it exactly. Gift cards and tips are never discounted, tips not taxed. Throws `UnknownError` for
 * a variant the shop doesn't have.
 */
export function priceCart(world: World, domain: string, cart: Cart): PricedCart {
  const { shop } = world.shop(domain);
  const lines = () => undiscounted(world, domain, cart.lines);
  const priced = lines();
  const { chosen, rejected } = chooseDiscounts(world, domain, cart, lines);
  const { applications, shippingAllocations, shipping } = takeDiscounts(chosen, priced, cart);
  putTax(world, domain, priced);
  const lineTotal = sum(priced.map((line) => line.gross));
  const subtotal = sum(priced.map((line) => line.net));
  const tax = sum(priced.map((line) => line.tax));
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
    shippingAllocations,
    tax,
    total: subtotal + shipping + (shop.taxesIncluded ? 0 : tax),
  };
}

/** Prices lines on their own, without any discount. */
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
    line.tax =
      line.giftCard || isTip(line) ? 0 : taxOf(line.net, shop.taxRateBasisPoints, shop.taxesIncluded);
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
