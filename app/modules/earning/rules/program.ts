/** Earn programs: what an order can earn by, and on which terms. How they lie in the database: store-rules.ts. */
import type { Unit } from '#app/lib/units.ts';

/** What an order may be kept from earning by: products themselves, their collections, their tags (lower case). */
export interface Exclusions {
  productIds: readonly bigint[];
  collectionIds: readonly bigint[];
  tags: readonly string[];
  /** What they were called when they were chosen, by `product:<id>` and `collection:<id>`; only screens look. */
  titles?: Readonly<Record<string, string>> | undefined;
}

/** What every kind of program has. */
export interface EarnTerms {
  /** `fulfilled`: what is paid and was fulfilled, item by item (C1). */
  earnAt: 'paid' | 'fulfilled';
  /** Days before what was earned can be spent. */
  pendingDays: number;
  /** Days it can be used, counted from the day it becomes valid; null when it never expires. */
  lifetimeDays: number | null;
  includeTax: boolean;
  includeShipping: boolean;
  /** F63: only orders of customers who were members when ordering. */
  membersOnly: boolean;
  /** F21: null for all. */
  categoryIds: readonly bigint[] | null;
  /** Null for all, those without a tier included. */
  tierIds: readonly bigint[] | null;
  excluded: Exclusions;
}

/** F59: each full `stepMinor` of the eligible base gives `units`. */
export interface SpendRule extends EarnTerms {
  kind: 'spend';
  stepMinor: bigint;
  units: bigint;
}

/** Each full `quantity` of this product (or only this variant of it) gives `units`. */
export interface ProductRow {
  productId: bigint;
  variantId: bigint | null;
  quantity: number;
  units: bigint;
  /** As it was called when the row was made, for explanations. */
  title: string;
}

/** F60: product A x 2 gives 10 points; any number of rows. */
export interface ProductRule extends EarnTerms {
  kind: 'product';
  rows: readonly ProductRow[];
}

/** F61: what the product's metafield says, times quantity; a printed point is worth `unitsPerPoint`. */
export interface PrintedRule extends EarnTerms {
  kind: 'printed';
  unitsPerPoint: bigint;
}

export type ProgramRule = SpendRule | ProductRule | PrintedRule;

export const PROGRAM_KINDS = ['spend', 'product', 'printed'] as const;
export type ProgramKind = ProgramRule['kind'];

/** Whether a text names a kind of program. */
export function isProgramKind(value: unknown): value is ProgramKind {
  return PROGRAM_KINDS.some((kind) => kind === value);
}

/** The terms of a program that restricts nothing: all customers, all products, valid at once, never expiring. */
export const PLAIN_TERMS: EarnTerms = {
  earnAt: 'paid',
  pendingDays: 0,
  lifetimeDays: null,
  includeTax: false,
  includeShipping: false,
  membersOnly: false,
  categoryIds: null,
  tierIds: null,
  excluded: { productIds: [], collectionIds: [], tags: [] },
};

export interface EarnProgram {
  programId: bigint;
  version: number;
  name: string;
  unit: Unit;
  rule: ProgramRule;
  startsAt: Date | null;
  endsAt: Date | null;
}

/** F88-F90: an order above `minimumMinor` (strictly) gives a part of it, usable from day X until day Y. */
export interface EarnOffer {
  offerId: bigint;
  version: number;
  groupId: bigint;
  groupName: string;
  name: string;
  unit: Unit;
  minimumMinor: bigint;
  /** Hundredths of a percent. */
  percentBp: number;
  /** Whole days after the purchase. */
  fromDays: number;
  /** The last day of use, counted from the purchase; null when it never expires. */
  untilDays: number | null;
}

/** Everything that decides what an order earns, besides the order and its facts. */
export interface EarnRules {
  timeZone: string;
  /** Club start date (F66): orders of earlier days earn nothing. `YYYY-MM-DD`. */
  startsOn: string | null;
  /** The currency of all amounts in it: the shop's when an order was first paid; null until the app was opened there. */
  currency: string | null;
  programs: EarnProgram[];
  /** Empty while the switch "advanced offers active" is off (F91). */
  offers: EarnOffer[];
  offersIncludeTax: boolean;
  offersIncludeShipping: boolean;
}
