/**
 * The door of the arithmetic for everything but the Function: amounts are bigint outside. It says which rule won each line
 * and what each rule alone would have taken off, by the same code that the Function runs.
 */
import { currencyDigits } from '../currency-digits.ts';
import { type PriceInput, type PriceLine } from './input.ts';
import { LIST, PERCENT, priceLines, type PricedLines, TIER } from './price-lines.ts';
import { readPlan } from './rules.ts';
import { type PriceTerms, readTerms } from './terms.ts';

/** Unit prices above this are not exact in a number: 900,000 billion minor units. */
export const UNIT_MAX_MINOR = 900_000_000_000_000n;

/** Who buys, and by which rules: the metafields as they were written, or as they would be. */
export interface CheckTerms {
  /** The value of `$app:rules`, with the digits of the shop's currency. */
  rules: unknown;
  /** The value of `$app:price`; null: the customer has none. */
  person: unknown;
  /** The shop's day, as YYYY-MM-DD. */
  date: string;
  /** Currency of the cart. */
  currency: string;
  /** `presentmentCurrencyRate`; "1" in the shop's own currency. */
  rate: string;
  /** Buys for a company, whose prices Shopify's catalogs have. */
  isCompany?: boolean;
}

/** A line of a cart; `id` must be its own. */
export interface CheckLine {
  id: string;
  productId: string;
  quantity: number;
  /** The shop's price of one unit, in the cart's currency. */
  unitMinor: bigint;
  compareAtMinor: bigint | null;
  /** The value of the variant's `$app:prices`; null without one. */
  prices: unknown;
  isGiftCard: boolean;
  isSubscription: boolean;
  /** Whether the product is in a collection of each set. */
  sets: { a: boolean; b: boolean };
}

export type PriceRuleName = 'percent' | 'list' | 'tier';

/** What one rule takes off a line. */
export interface PriceOffer {
  rule: PriceRuleName;
  /** Hundredths of a percent; null where an amount is off each unit. */
  percentBp: number | null;
  /** Off each unit; null for a percent. */
  unitMinor: bigint | null;
  /** Off the line, cut off as Shopify does. */
  savingMinor: bigint;
  label: string | null;
}

export interface CheckedLine {
  id: string;
  /** Before the discount. */
  grossMinor: bigint;
  /** What the line costs. A unit's price times the quantity may differ: percents are cut off on the line. */
  totalMinor: bigint;
  /** The rule that won, or null. */
  won: PriceOffer | null;
  /** What each rule alone would take off; a rule that takes nothing is left out. */
  offers: PriceOffer[];
}

export interface CheckedCart {
  lines: CheckedLine[];
  grossMinor: bigint;
  totalMinor: bigint;
  /** The category would have a price for this customer, but the cart is below its minimum. */
  isBelowMinimum: boolean;
}

/**
 * Prices a cart as the Function does for a customer who is signed in.
 * @throws RangeError for a quantity that is not positive and whole, and a price below zero or above UNIT_MAX_MINOR
 */
export function checkCart(terms: CheckTerms, lines: readonly CheckLine[]): CheckedCart {
  const input = toInput(terms, lines);
  const read = readTerms(input);
  const plan = readPlan(terms.rules, terms.person, terms.date);
  const checked = read === null ? lines.map(unpriced) : priceAll(read, input.cart.lines, lines);
  return {
    lines: checked,
    grossMinor: sum(checked.map((line) => line.grossMinor)),
    totalMinor: sum(checked.map((line) => line.totalMinor)),
    isBelowMinimum: read !== null && read.category === null && plan?.category != null,
  };
}

function priceAll(
  read: PriceTerms,
  inputs: readonly PriceLine[],
  lines: readonly CheckLine[],
): CheckedLine[] {
  const { category } = read;
  const only = (parts: Pick<PriceTerms, 'category' | 'tier'>) => priceLines({ ...read, ...parts }, inputs);
  const all = priceLines(read, inputs);
  const alone = [
    only({ category: category && { ...category, list: null }, tier: null }),
    only({ category: category && { ...category, bp: 0, breaks: [] }, tier: null }),
    only({ category: null, tier: read.tier }),
  ];
  return lines.map((line, index) => {
    const won = toOffer(all, index, line);
    return {
      ...unpriced(line),
      totalMinor: line.unitMinor * BigInt(line.quantity) - (won?.savingMinor ?? 0n),
      won,
      offers: alone.flatMap((priced) => toOffer(priced, index, line) ?? []),
    };
  });
}

function unpriced({ id, unitMinor, quantity }: CheckLine): CheckedLine {
  const grossMinor = unitMinor * BigInt(quantity);
  return { id, grossMinor, totalMinor: grossMinor, won: null, offers: [] };
}

const NAMES: Readonly<Record<number, PriceRuleName>> = {
  [PERCENT]: 'percent',
  [LIST]: 'list',
  [TIER]: 'tier',
};

/** What a line's rule takes off it; null for a line without one. */
export function toOffer(
  { rules, values, terms }: PricedLines,
  index: number,
  line: CheckLine,
): PriceOffer | null {
  const rule = NAMES[rules[index] ?? 0];
  const value = values[index];
  if (rule === undefined || value === undefined || value === 0) return null;
  const quantity = BigInt(line.quantity);
  const isPercent = value > 0;
  return {
    rule,
    percentBp: isPercent ? value : null,
    unitMinor: isPercent ? null : BigInt(-value),
    savingMinor: isPercent
      ? (line.unitMinor * quantity * BigInt(value)) / 10_000n
      : BigInt(-value) * quantity,
    label: (rule === 'tier' ? terms.tier : terms.category)?.label ?? null,
  };
}

function toInput(terms: CheckTerms, lines: readonly CheckLine[]): PriceInput {
  const { rules, person, date, currency, rate } = terms;
  return {
    cart: {
      retailLocation: null,
      buyerIdentity: {
        isAuthenticated: true,
        purchasingCompany: terms.isCompany ? { __typename: 'PurchasingCompany' } : null,
        customer: { metafield: { jsonValue: person } },
      },
      lines: lines.map((line) => toInputLine(line, currency)),
    },
    discount: { discountClasses: ['PRODUCT'], metafield: { jsonValue: rules } },
    enteredDiscountCodes: [],
    presentmentCurrencyRate: rate,
    shop: { localTime: { date } },
  };
}

/** The line as the Function gets it. */
export function toInputLine(line: CheckLine, currency: string): PriceLine {
  const digits = currencyDigits(currency);
  if (!Number.isSafeInteger(line.quantity) || line.quantity < 1) {
    throw new RangeError(`not a quantity: ${line.quantity}`);
  }
  return {
    id: line.id,
    quantity: line.quantity,
    cost: {
      amountPerQuantity: { amount: toDecimal(line.unitMinor, digits), currencyCode: currency },
      compareAtAmountPerQuantity:
        line.compareAtMinor === null ? null : { amount: toDecimal(line.compareAtMinor, digits) },
    },
    sellingPlanAllocation: line.isSubscription ? { __typename: 'SellingPlanAllocation' } : null,
    merchandise: {
      __typename: 'ProductVariant',
      metafield: line.prices === null ? null : { jsonValue: line.prices },
      product: { id: line.productId, isGiftCard: line.isGiftCard, ...line.sets },
    },
  };
}

function toDecimal(minor: bigint, digits: number): string {
  if (minor < 0n || minor > UNIT_MAX_MINOR) throw new RangeError(`not a price: ${minor}`);
  const text = minor.toString().padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);
