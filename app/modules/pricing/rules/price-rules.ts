/** The rules of a shop as the discount's metafield holds them: the contract with the Function (extensions/category-price). */
import type { CategoryPrice } from './category-price.ts';

/** Shopify hands larger values over as null. */
const FUNCTION_BYTES_MAX = 10_000;
/** Saving more is refused: the rest is for labels that grow. */
export const RULES_BYTES_MAX = 9_000;
/** From here on the health page says how much is left. */
export const RULES_BYTES_WARNED = 8 * (FUNCTION_BYTES_MAX / 10);
export const SET_COLLECTIONS_MAX = 100;

export interface PricedCategory extends CategoryPrice {
  key: string;
  hasList: boolean;
  hasPercents: boolean;
}

export interface PricedTier {
  key: string;
  discountBp: number;
  label: string;
}

export interface ShopPrices {
  isOn: boolean;
  /** Of the shop's currency. */
  digits: number;
  forCompanies: boolean;
  /** The tax that the store's prices include, in hundredths of a percent; 0: none. */
  taxBp: number;
  categories: readonly PricedCategory[];
  tiers: readonly PricedTier[];
  /** Null: codes are not refused. */
  refusal: { prefix: string; message: string } | null;
}

export type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

/** Whether the category changes any price. */
export function isPriced({ discountBp, breaks, hasList, hasPercents }: PricedCategory): boolean {
  return discountBp > 0 || breaks.length > 0 || hasList || hasPercents;
}

/** Returns the metafield `$app:rules`; what is left out is as RESELLERS' contract says it is. */
export function writePriceRules(prices: ShopPrices): { [key: string]: Json } {
  const { isOn, digits, forCompanies, taxBp, categories, tiers, refusal } = prices;
  return {
    v: 1,
    on: isOn,
    digits,
    b2b: forCompanies,
    ...(taxBp > 0 ? { tax: taxBp } : {}),
    cats: Object.fromEntries(categories.filter(isPriced).map((each) => [each.key, writeCategory(each)])),
    tiers: Object.fromEntries(
      tiers
        .filter(({ discountBp }) => discountBp > 0)
        .map(({ key, discountBp, label }) => [key, { bp: discountBp, label }]),
    ),
    ...(refusal === null ? {} : { refuse: refusal }),
  };
}

function writeCategory(category: PricedCategory): { [key: string]: Json } {
  const { breaks, minimumMinor, minimumQuantity, stepMinor, label, onlySet, notSet } = category;
  return {
    bp: category.discountBp,
    ...(label === '' ? {} : { label }),
    ...(breaks.length === 0
      ? {}
      : { breaks: breaks.map(({ quantity, bp }) => [quantity, bp]), per: category.breaksPer }),
    ...(minimumMinor > 0n ? { min: minimumMinor.toString() } : {}),
    ...(minimumQuantity > 0 ? { minQty: minimumQuantity } : {}),
    ...(onlySet === null ? {} : { only: onlySet }),
    ...(notSet === null ? {} : { not: notSet }),
    sale: category.includesSale,
    subs: category.includesSubscriptions,
    list: category.hasList,
    ...(stepMinor > 0n ? { step: stepMinor.toString() } : {}),
    ...(category.appliesAtTill ? {} : { pos: false }),
    ...(category.taxShown === 'without' ? { net: true } : {}),
  };
}

/** Returns the metafield `$app:vars`: the collections of the two sets. */
export function writeSets(sets: Readonly<Record<'a' | 'b', readonly bigint[]>>): { [key: string]: Json } {
  const gids = (ids: readonly bigint[]) => ids.map((id) => `gid://shopify/Collection/${id}`);
  return { a: gids(sets.a), b: gids(sets.b) };
}

/** How many bytes a value takes in a metafield. */
export const bytesOf = (value: Json): number => new TextEncoder().encode(JSON.stringify(value)).length;
