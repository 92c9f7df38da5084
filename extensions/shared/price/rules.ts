/**
 * Reads the metafields `$app:rules` (of the discount) and `$app:price` (of the customer). Anything of an unknown version
 * or a wrong type counts as absent, and a category with a limit that cannot be read does nothing: nobody gets a price that
 * the merchant limited in a way that was lost.
 */
import { parseMinorText, WHOLE_BP } from './amounts.ts';

/** A rule of a category or a tier, for one customer on one day. */
export interface PriceRule {
  /** Hundredths of a percent: the person's, or else the category's; 0 without any. */
  bp: number;
  /** Shown to the buyer beside the price; null: the title of the discount. */
  label: string | null;
  /** From the highest quantity down; never below `bp`. */
  breaks: readonly (readonly [quantity: number, bp: number])[];
  /** Quantities of one product's lines count together. */
  isPerProduct: boolean;
  /** In the shop's currency. */
  minimum: number;
  minimumQuantity: number;
  only: ProductSet | null;
  not: ProductSet | null;
  hasSaleItems: boolean;
  hasSubscriptions: boolean;
  /** The key of this category in the variants' price lists; null: lists do not count. */
  list: string | null;
  /** Unit prices are rounded to a multiple of this; 0: they are not. */
  step: number;
}

export type ProductSet = 'a' | 'b';

/** What applies to one customer on one day. */
export interface PricePlan {
  category: PriceRule | null;
  tier: PriceRule | null;
  /** Digits of the shop's currency, or null where the rules don't say. */
  digits: number | null;
  /** Codes with this prefix don't stand beside a category's price. */
  refuse: { prefix: string; message: string } | null;
  isForCompanies: boolean;
}

/** Quantities of a cart are far below. */
const QUANTITY_MAX = 1e9;

type Fields = Readonly<Record<string, unknown>>;

/** An object that is no list and of version 1. */
export function readVersion1(value: unknown): Fields | null {
  return isFields(value) && value.v === 1 ? value : null;
}

/**
 * Puts together what the shop's rules say of one customer.
 * @param rules the value of `$app:rules`
 * @param person the value of `$app:price`
 * @param date the shop's day, as YYYY-MM-DD
 * @param isTill at a till, where a category may not apply
 * @returns null where nothing can apply
 */
export function readPlan(rules: unknown, person: unknown, date: string, isTill = false): PricePlan | null {
  const shop = readVersion1(rules);
  const customer = readVersion1(person);
  if (!shop || !customer || shop.on !== true) return null;
  const category = readRule(shop.cats, customer.cat, personBp(customer, date), isTill);
  const tier = readRule(shop.tiers, customer.tier, null, isTill);
  if (!category && !tier) return null;
  return {
    category,
    tier,
    digits: isWithin(shop.digits, 0, 3) ? shop.digits : null,
    refuse: readRefusal(shop.refuse),
    isForCompanies: shop.b2b === true,
  };
}

/**
 * The percent of a customer's own on a day, from the value of `$app:price`.
 * @returns hundredths of a percent; null without one, and where the category has no price at all
 */
export function ownPercent(rules: unknown, person: unknown, date: string): number | null {
  const customer = readVersion1(person);
  return customer && readPlan(rules, person, date)?.category ? personBp(customer, date) : null;
}

/** The person's percent on a day: 0 is one, null is none. A damaged date makes it void. */
function personBp({ bp, from, to }: Fields, date: string): number | null {
  return isBp(bp) &&
    (from == null || (isDay(from) && from <= date)) &&
    (to == null || (isDay(to) && date <= to))
    ? bp
    : null;
}

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

const isDay = (value: unknown): value is string => typeof value === 'string' && DAY.test(value);

/** The rule under a key of `owner`, of its own: "constructor" is no category. */
function readRule(owner: unknown, key: unknown, person: number | null, isTill: boolean): PriceRule | null {
  if (!isFields(owner) || typeof key !== 'string' || !Object.hasOwn(owner, key)) return null;
  const fields = owner[key];
  // Where it can't be read whether a till has the price, it has none.
  if (!isFields(fields) || !hasReadableLimits(fields) || (isTill && (fields.pos ?? true) !== true))
    return null;
  const { bp, label, min, minQty, only, not, step } = fields;
  const base = person ?? (isBp(bp) ? bp : 0);
  return {
    bp: base,
    label: isText(label) ? label : null,
    breaks: readBreaks(fields.breaks, base),
    isPerProduct: fields.per === 'product',
    minimum: Number(min ?? 0),
    minimumQuantity: Number(minQty ?? 0),
    only: isSet(only) ? only : null,
    not: isSet(not) ? not : null,
    hasSaleItems: fields.sale !== false,
    hasSubscriptions: fields.subs === true,
    list: fields.list === true ? key : null,
    step: Number(step ?? 0),
  };
}

/** What is absent can be read: it limits nothing. */
function hasReadableLimits({ min, minQty, only, not, sale, subs, step }: Fields): boolean {
  return (
    [only, not].every((each) => isSet(each ?? 'a')) &&
    [min, step].every((each) => parseMinorText(each ?? '0') !== null) &&
    [sale, subs].every((each) => typeof (each ?? true) === 'boolean') &&
    isWithin(minQty ?? 0, 0, QUANTITY_MAX)
  );
}

/** Thresholds in any order; of two at one quantity the larger percent. Anything else in the list is left out. */
function readBreaks(value: unknown, bp: number): [number, number][] {
  const breaks: [number, number][] = [];
  const list: unknown[] = Array.isArray(value) ? value : [];
  for (const each of list) {
    const pair: unknown[] = Array.isArray(each) ? each : [];
    const [quantity, percent] = pair;
    if (isWithin(quantity, 1, QUANTITY_MAX) && isBp(percent)) breaks.push([quantity, Math.max(percent, bp)]);
  }
  return breaks.sort((one, other) => other[0] - one[0] || other[1] - one[1]);
}

function readRefusal(value: unknown): PricePlan['refuse'] {
  if (!isFields(value)) return null;
  const { prefix, message } = value;
  return isText(prefix) && isText(message) ? { prefix: prefix.toUpperCase(), message } : null;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const isBp = (value: unknown): value is number => isWithin(value, 0, WHOLE_BP);

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

const isSet = (value: unknown): value is ProductSet => value === 'a' || value === 'b';

function isWithin(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && value % 1 === 0 && value >= least && value <= most;
}
