/** Birthday and anniversary gifts (F81-F85): which days are due, what is given, and how that is explained later. */
import { addDays } from '#app/lib/calendar-days.ts';
import { type Unit } from '#app/lib/units.ts';
import { proportionDown } from '#app/lib/integers.ts';

export const GIFT_KINDS = ['birthday', 'anniversary'] as const;
export type GiftKind = (typeof GIFT_KINDS)[number];

/** For how many days a missed day (the worker was down) is made up. */
export const LATE_DAYS_MAX = 7;

const BASIS_POINTS = 10_000n;

export interface GiftTerms {
  unit: Unit;
  amountMode: 'fixed' | 'percent';
  /** Of a fixed gift. */
  amount: bigint;
  /** Of what can be spent at that time, in hundredths of a percent. */
  percentBp: number;
  /** Days before the celebrated day on which it is given. */
  daysBefore: number;
  /** The last day of use, counted from the celebrated day. */
  expiresDays: number;
}

/** The schedule of a gift: its terms in time, and the day it was switched on (null: today). */
export interface GiftSchedule extends Pick<GiftTerms, 'daysBefore' | 'expiresDays'> {
  activeFrom: string | null;
}

/** Returns the celebrated days (`YYYY-MM-DD`) whose gift is due on the local day `today`, oldest first. */
export function dueDays(today: string, { daysBefore, expiresDays, activeFrom }: GiftSchedule): string[] {
  const from = activeFrom ?? today;
  return Array.from({ length: LATE_DAYS_MAX + 1 }, (_, index) => addDays(today, index - LATE_DAYS_MAX))
    .filter((due) => due >= from)
    .map((due) => addDays(due, daysBefore))
    .filter((day) => addDays(day, expiresDays) >= today);
}

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

const FEBRUARY_28 = 228;
const FEBRUARY_29 = 229;

/** Returns the `MMDD` dates celebrated on a day: 29 February on 28 February in years without it. */
export function celebratedCodes(day: string): number[] {
  const code = Number(day.slice(5, 7)) * 100 + Number(day.slice(8, 10));
  const isShort = code === FEBRUARY_28 && !isLeapYear(Number(day.slice(0, 4)));
  return isShort ? [code, FEBRUARY_29] : [code];
}

/** Returns the key of a gift: one per customer, kind and year of the celebrated day. */
export function giftKey(kind: GiftKind, customerId: bigint, day: string): string {
  return `gift:${kind}:${customerId}:${day.slice(0, 4)}`;
}

/** Returns the gift for a customer who can spend `available` now, rounded down; 0 for none. */
export function giftAmount(terms: GiftTerms, available: bigint): bigint {
  return terms.amountMode === 'fixed'
    ? terms.amount
    : proportionDown(available, BigInt(terms.percentBp), BASIS_POINTS);
}

/** What a percent was taken of: stored with the entry, so that it can be explained after the balance has changed. */
export interface GiftBase {
  percentBp: number;
  base: bigint;
}

const REASON = /^percent:(\d{1,5}):(\d{1,19})$/;

/** Returns the entry's reason of a percent gift; none for a fixed one. */
export function giftReason(terms: GiftTerms, available: bigint): string | null {
  return terms.amountMode === 'fixed' ? null : `percent:${terms.percentBp}:${available}`;
}

/** Reads `giftReason` back; null for any other reason. */
export function readGiftBase(reason: string | null): GiftBase | null {
  const [, percentBp, base] = REASON.exec(reason ?? '') ?? [];
  return percentBp === undefined || base === undefined
    ? null
    : { percentBp: Number(percentBp), base: BigInt(base) };
}
