/** What one variant costs by quantity, for pages that show prices before there is a cart. */
import { type CheckLine, type CheckTerms, type PriceOffer, toInputLine, toOffer } from './check-cart.ts';
import { priceLines } from './price-lines.ts';
import { readPlan, readVersion1 } from './rules.ts';
import { type PriceTerms, toTerms } from './terms.ts';

export interface QuantityPrice {
  /** From this quantity on. */
  quantity: number;
  /** What one unit costs. A line's total may be a minor unit off its multiple: percents are cut off on the line. */
  unitMinor: bigint;
  won: PriceOffer | null;
}

/** What a page says of one variant; quantities are its own. */
export type QuantityLine = Omit<CheckLine, 'id' | 'quantity'>;

/**
 * The prices of a variant from one unit up, each where it changes. They are those of a cart that reaches the category's
 * minimum.
 * @throws RangeError for a price below zero or above UNIT_MAX_MINOR
 */
export function listQuantityPrices(terms: CheckTerms, line: QuantityLine): QuantityPrice[] {
  const plan = readPlan(terms.rules, terms.person, terms.date);
  if (plan === null || (terms.isCompany && !plan.isForCompanies)) {
    return [{ quantity: 1, unitMinor: line.unitMinor, won: null }];
  }
  const read = toTerms(plan, terms.currency, terms.rate);
  const prices: QuantityPrice[] = [];
  for (const quantity of thresholdsOf(read, line.prices)) {
    const price = priceAt(read, { ...line, id: '', quantity }, terms.currency);
    const last = prices.at(-1);
    if (last === undefined || price.unitMinor !== last.unitMinor) prices.push(price);
  }
  return prices;
}

function priceAt(read: PriceTerms, line: CheckLine, currency: string): QuantityPrice {
  const priced = priceLines(read, [toInputLine(line, currency)]);
  const won = toOffer(priced, 0, line);
  const ofOne = toOffer(priced, 0, { ...line, quantity: 1 });
  return { quantity: line.quantity, unitMinor: line.unitMinor - (ofOne?.savingMinor ?? 0n), won };
}

/** Quantities at which a price may change, 1 among them. */
function thresholdsOf({ category }: PriceTerms, prices: unknown): number[] {
  const list = category?.list == null ? null : readVersion1(prices)?.[category.list];
  const entries: unknown[] = Array.isArray(list) ? list : [];
  const ofList = entries.map((entry): unknown => (Array.isArray(entry) ? entry[0] : null));
  const all = [1, ...(category?.breaks.map(([quantity]) => quantity) ?? []), ...ofList];
  const whole = all
    .filter((each) => typeof each === 'number')
    .filter((each) => Number.isSafeInteger(each) && each > 0);
  return [...new Set(whole)].sort((one, other) => one - other);
}
