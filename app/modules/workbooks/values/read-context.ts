import type { RegionIndex } from '#app/modules/regions/rules/regions.ts';

/** Whose file it is, and what its values may name. */
export interface ReadContext {
  /** The shop's, two letters: whose phone numbers and regions. */
  country: string | null;
  /** In which numbers are written as text. */
  locale: string;
  /** Of opening credit. */
  currency: string;
  /** The shop's calendar day. */
  today: string;
  /** Which of 1/2/1990 is the day. */
  dateOrder: 'dmy' | 'mdy';
  /** Serial numbers count days from 1904. */
  isFrom1904: boolean;
  /** Folded word -> category. */
  categories: ReadonlyMap<string, string>;
  /** Folded word -> tier. */
  tiers: ReadonlyMap<string, string>;
  /** The regions of a country (two letters), null for one without data. */
  regionsOf: (country: string) => RegionIndex | null;
}
