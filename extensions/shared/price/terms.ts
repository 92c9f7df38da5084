/** What the lines of one cart have in common, and which of them a rule applies to. */
import { currencyDigits } from '../currency-digits.ts';
import { type Conversion, convert, readConversion, toMinor } from './amounts.ts';
import { type PriceCart, type PriceInput, type PriceLine, type PriceVariant } from './input.ts';
import { type PricePlan, type PriceRule, readPlan } from './rules.ts';

export interface PriceTerms extends PricePlan {
  /** Digits of the cart's currency. */
  digits: number;
  /** The cart is in the shop's currency. */
  isShopCurrency: boolean;
  /** Null where the rate cannot be read. */
  conversion: Conversion | null;
  /** The quantities that breaks look at, by product; null: each line's own. */
  byProduct: Record<string, number> | null;
}

/**
 * Returns what applies to a cart; null where no line can have a price of ours: nobody signed in, a company with a catalog
 * of its own, no rules.
 */
export function readTerms(input: PriceInput): PriceTerms | null {
  const { cart, discount } = input;
  const buyer = cart.buyerIdentity;
  if (!discount.discountClasses.includes('PRODUCT')) return null;
  // An e-mail address typed at the checkout is no sign-in; at a till staff chose the customer.
  if (!buyer?.customer || (!buyer.isAuthenticated && !cart.retailLocation)) return null;
  const plan = readPlan(
    discount.metafield?.jsonValue,
    buyer.customer.metafield?.jsonValue,
    input.shop.localTime.date,
    !!cart.retailLocation,
  );
  const first = cart.lines[0];
  if (!plan || !first || (buyer.purchasingCompany && !plan.isForCompanies)) return null;
  const { currencyCode } = first.cost.amountPerQuantity;
  const terms = toTerms(plan, currencyCode, input.presentmentCurrencyRate);
  settleCategory(terms, cart);
  return terms;
}

/** The terms of carts in a currency, as if each of them reached the category's minimum. */
export function toTerms(plan: PricePlan, currency: string, rate: string): PriceTerms {
  const ofCart = currencyDigits(currency);
  const isShopCurrency = Number(rate) === 1;
  const digits = isShopCurrency ? (plan.digits ?? ofCart) : ofCart;
  const conversion = readConversion(rate, plan.digits ?? 2, digits);
  return { ...plan, digits, isShopCurrency, conversion, byProduct: null };
}

/** Takes the category away below its minimum, and adds up quantities of products where breaks count them. */
function settleCategory(terms: PriceTerms, cart: PriceCart): void {
  const { category, conversion, digits } = terms;
  if (!category) return;
  const { minimum, minimumQuantity } = category;
  const isCounting = category.isPerProduct && (category.breaks.length > 0 || category.list !== null);
  if (minimum === 0 && minimumQuantity === 0 && !isCounting) return;
  const byProduct: Record<string, number> = {};
  let amount = 0;
  let quantity = 0;
  for (const line of cart.lines) {
    const variant = variantOf(line);
    if (!variant || !appliesTo(category, line, variant)) continue;
    amount += unitOf(line, digits) * line.quantity;
    quantity += line.quantity;
    byProduct[variant.product.id] = (byProduct[variant.product.id] ?? 0) + line.quantity;
  }
  // Without a rate nobody can say whether an amount in another currency is reached.
  const least = minimum === 0 ? 0 : conversion ? convert(minimum, conversion) : Infinity;
  if (amount < least || quantity < minimumQuantity) terms.category = null;
  else if (isCounting) terms.byProduct = byProduct;
}

/** The variant of a line that may have another price; null for a gift card, a custom item and a free line. */
export function variantOf(line: PriceLine): PriceVariant | null {
  const { merchandise } = line;
  if (merchandise.__typename !== 'ProductVariant' || merchandise.product.isGiftCard) return null;
  const { amount } = line.cost.amountPerQuantity;
  // Text of digits from "1" on is above zero: the number is only made for the rest.
  return amount >= '1' || Number(amount) > 0 ? merchandise : null;
}

/** Whether a rule is for a line. */
export function appliesTo(rule: PriceRule, line: PriceLine, variant: PriceVariant): boolean {
  if (line.sellingPlanAllocation !== null && !rule.hasSubscriptions) return false;
  if (rule.only !== null && !variant.product[rule.only]) return false;
  if (rule.not !== null && variant.product[rule.not]) return false;
  return rule.hasSaleItems || !isOnSale(line);
}

function isOnSale({ cost }: PriceLine): boolean {
  const before = cost.compareAtAmountPerQuantity;
  return before !== null && Number(before.amount) > Number(cost.amountPerQuantity.amount);
}

/** The line's price of one unit, in minor units. */
export function unitOf(line: PriceLine, digits: number): number {
  return toMinor(line.cost.amountPerQuantity.amount, digits);
}
