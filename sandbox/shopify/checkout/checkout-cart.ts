import type {
  Allocation,
  Customer,
  DiscountApplication,
  DiscountClass,
  MinorUnits,
  Shop,
} from '../../state.ts';
import type { World } from '../../world.ts';
import type { RejectedCode } from '../discounts.ts';
import { type BuyerStep, validateCart } from '../functions/run-validations.ts';
import { currencyDigits, toDecimal } from '../money.ts';
import { type PricedCart, priceCart } from '../pricing.ts';
import type { Shopper } from '../storefront/shoppers.ts';
import { money } from '../ui/format.ts';
import type { Words } from '../ui/i18n.ts';

/** The cart as the checkout's scripts get it: the summary, and the values of the extension's API. */
export interface CheckoutCart {
  currency: string;
  customerId: string | null;
  lines: {
    id: string;
    variantId: string;
    productId: string;
    title: string;
    quantity: number;
    amount: number;
    /** What discounts of the line itself take off; those of the order are among the allocations. */
    discount: number;
  }[];
  codes: string[];
  /** What each discount takes off; an automatic one has no code. */
  allocations: { code: string | null; title: string; amount: number; level: DiscountClass }[];
  /** Amounts as JavaScript numbers in whole currency units, as the extension API has them. */
  subtotal: number;
  shipping: number;
  tax: number;
  total: number;
  /** Texts of the summary, ready to show. */
  shown: {
    subtotal: string;
    discounts: { title: string; amount: string }[];
    shipping: string;
    tax: string;
    total: string;
  };
}

/** Flat shipping by currency, in minor units. */
const SHIPPING: Record<string, MinorUnits> = { IDR: 2_000_000, USD: 800 };

/** Prices the shopper's cart with its codes. A code that no longer applies is dropped. */
export function priceCheckout(world: World, shop: Shop, shopper: Shopper): PricedCart {
  const price = () =>
    priceCart(world, shop.domain, {
      lines: shopper.lines,
      discountCodes: shopper.codes,
      customerId: shopper.customerId,
      shipping: shippingOf(shop),
    });
  const priced = price();
  if (priced.rejected.length === 0) return priced;
  const dropped = new Set(priced.rejected.map(({ code }) => code));
  shopper.codes = shopper.codes.filter((code) => !dropped.has(code));
  return price();
}

/** What the app's validations say of the shopper's cart, in their language. */
export function validateShopper(
  world: World,
  shop: Shop,
  shopper: Shopper,
  step: BuyerStep,
  language: string,
): string[] {
  const { lines, customerId } = shopper;
  return validateCart(world, shop.domain, { lines, customerId, discountCodes: [] }, { step, language });
}

/** Shipping of the shop, in minor units. */
export function shippingOf(shop: Shop): MinorUnits {
  return SHIPPING[shop.currency] ?? 0;
}

/** Adds a code the way Shopify's checkout does; returns why when it doesn't apply. Codes ignore case. */
export function addCode(world: World, shop: Shop, shopper: Shopper, code: string): RejectedCode | null {
  const wanted = code.trim().toUpperCase();
  if (shopper.codes.some((each) => each.toUpperCase() === wanted)) return null;
  const discountCodes = [...shopper.codes, code.trim()];
  const { lines, customerId } = shopper;
  const cart = { lines, discountCodes, customerId, shipping: shippingOf(shop) };
  const { rejected } = priceCart(world, shop.domain, cart);
  const refusal = rejected.find((each) => each.code === code.trim());
  if (refusal) return refusal;
  // A code that gives way to a better one leaves the checkout.
  const dropped = new Set(rejected.map((each) => each.code));
  shopper.codes = discountCodes.filter((each) => !dropped.has(each));
  return null;
}

/** Takes a code off the checkout. */
export function removeCode(shopper: Shopper, code: string): void {
  const wanted = code.trim().toUpperCase();
  shopper.codes = shopper.codes.filter((each) => each.toUpperCase() !== wanted);
}

/** Returns what discounts of products take off a line: those of the order are no part of the line's cost at Shopify. */
export function ownDiscount(
  allocations: readonly Allocation[],
  applications: readonly DiscountApplication[],
): MinorUnits {
  return allocations
    .filter(({ applicationIndex }) => applications[applicationIndex]?.discountClass === 'product')
    .reduce((sum, { amount }) => sum + amount, 0);
}

/** The cart for the scripts of the page. */
export function viewCheckout(
  words: Words,
  shop: Shop,
  customer: Customer | null,
  cart: PricedCart,
): CheckoutCart {
  const digits = currencyDigits(shop.currency);
  const amount = (minor: MinorUnits) => Number(toDecimal(minor, digits));
  const show = (minor: MinorUnits) => money(words, minor, shop.currency);
  const taken = cart.applications.map((application, index) => ({
    code: application.code,
    title: application.code ?? application.title,
    level: application.discountClass ?? ('order' as const),
    minor: [...cart.lines.flatMap((line) => line.allocations), ...cart.shippingAllocations]
      .filter(({ applicationIndex }) => applicationIndex === index)
      .reduce((sum, each) => sum + each.amount, 0),
  }));
  return {
    currency: shop.currency,
    customerId: customer ? `gid://shopify/Customer/${customer.id}` : null,
    lines: cart.lines.map((line, index) => ({
      id: `gid://shopify/CartLine/${index + 1}`,
      variantId: `gid://shopify/ProductVariant/${line.variantId}`,
      productId: `gid://shopify/Product/${line.productId}`,
      title: line.title,
      quantity: line.quantity,
      amount: amount(line.gross),
      discount: amount(ownDiscount(line.allocations, cart.applications)),
    })),
    codes: taken.flatMap(({ code }) => (code === null ? [] : [code])),
    allocations: taken.map(({ code, title, level, minor }) => ({
      code,
      title,
      level,
      amount: amount(minor),
    })),
    subtotal: amount(cart.lineTotal),
    shipping: amount(cart.shipping),
    tax: amount(cart.tax),
    total: amount(cart.total),
    shown: {
      subtotal: show(cart.lineTotal),
      discounts: taken.map(({ title, minor }) => ({ title, amount: `−${show(minor)}` })),
      shipping: show(cart.shipping),
      tax: show(cart.tax),
      total: show(cart.total),
    },
  };
}
