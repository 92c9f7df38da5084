/**
 * Which price each line of a cart has: the one arithmetic of the Function, the price check, the account page and the theme.
 * Written for few instructions: a line's money is read only where percents alone cannot decide.
 */
import { cutPercent, reductionToStep } from './amounts.ts';
import { type PriceLine, type PriceVariant } from './input.ts';
import { readListPrice } from './list-price.ts';
import { type PriceRule } from './rules.ts';
import { appliesTo, type PriceTerms, unitOf, variantOf } from './terms.ts';

/** Which rule a line's price is from: none, the category's or the person's percent, the price list, the tier's percent. */
export const NONE = 0;
export const PERCENT = 1;
export const LIST = 2;
export const TIER = 3;

/** The prices of a cart's lines: one place in each list for each line. */
export interface PricedLines {
  terms: PriceTerms;
  /** NONE, PERCENT, LIST or TIER. */
  rules: number[];
  /** Above zero: hundredths of a percent off the line. Below: minor units of the cart's currency off each unit. */
  values: number[];
}

/** Prices the lines of a cart. */
export function priceLines(terms: PriceTerms, lines: readonly PriceLine[]): PricedLines {
  const priced: PricedLines = { terms, rules: [], values: [] };
  // Counted, here and below: an iterator costs the Function three times as much.
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index];
    if (line !== undefined) priceLine(priced, line);
  }
  return priced;
}

function priceLine({ terms, rules, values }: PricedLines, line: PriceLine): void {
  const { category, tier, digits } = terms;
  const variant = variantOf(line);
  let rule = NONE;
  let value = 0;
  if (variant !== null && category !== null && appliesTo(category, line, variant)) {
    const quantity = countedQuantity(terms, line, variant);
    value = percentAt(category, quantity);
    if (value > 0 && category.step > 0 && terms.isShopCurrency) {
      value = 0 - reductionToStep(unitOf(line, digits), value, category.step);
    }
    if (value !== 0) rule = PERCENT;
    if (category.list !== null && variant.metafield !== null) {
      const price = readListPrice(variant.metafield.jsonValue, category.list, quantity, terms);
      const unit = price > 0 ? unitOf(line, digits) : 0;
      // Above the percent of one unit is above the percent of the line, whatever its quantity.
      if (unit - price > savingOf(value, unit, 1)) {
        rule = LIST;
        value = price - unit;
      }
    }
  }
  if (variant !== null && tier !== null && tier.bp > value && appliesTo(tier, line, variant)) {
    if (rule === NONE || isMore(tier.bp, value, line, digits)) {
      rule = TIER;
      value = tier.bp;
    }
  }
  rules.push(rule);
  values.push(value);
}

/** Whether a tier's percent takes more off a line than the category does; an equal saving is the category's. */
function isMore(bp: number, value: number, line: PriceLine, digits: number): boolean {
  const unit = unitOf(line, digits);
  return savingOf(bp, unit, line.quantity) > savingOf(value, unit, line.quantity);
}

/** Minor units that a value takes off a line, percents cut off as Shopify does. */
export function savingOf(value: number, unit: number, quantity: number): number {
  return value > 0 ? cutPercent(unit * quantity, value) : 0 - value * quantity;
}

/** The category's percent of a line that the category is for, whatever list or rounding there is. */
export function categoryPercent(terms: PriceTerms, line: PriceLine): number {
  const variant = variantOf(line);
  if (variant === null || terms.category === null) return 0;
  return percentAt(terms.category, countedQuantity(terms, line, variant));
}

/** The quantity that breaks look at. */
export function countedQuantity({ byProduct }: PriceTerms, line: PriceLine, variant: PriceVariant): number {
  return byProduct === null ? line.quantity : (byProduct[variant.product.id] ?? line.quantity);
}

/** The larger of the base and of the break at the highest threshold that is reached. */
function percentAt({ bp, breaks }: PriceRule, quantity: number): number {
  for (let index = 0; index < breaks.length; index++) {
    const reached = breaks[index];
    if (reached !== undefined && reached[0] <= quantity) return reached[1];
  }
  return bp;
}
