/** Parses form fields as people type them into exact values. Messages are the codes of `field-errors.ts`. */
import { z } from 'zod';
import { isTypedNegative, parseMoneyInput, parsePercentInput, parseWholeInput } from './typed-number.ts';
import { cleanJsonText } from './storable.ts';

type NumberProblem = 'not_a_number' | 'not_an_amount' | 'not_a_percent';

/** What is wrong with a text that wasn't understood as a number. */
function problemOf(text: string, otherwise: NumberProblem): NumberProblem | 'required' | 'negative' {
  if (text.trim() === '') return 'required';
  return isTypedNegative(text) ? 'negative' : otherwise;
}

/** A whole number between `min` and `max`, typed in `locale`; returns a bigint. */
export function wholeText(locale: string, min: number, max: number) {
  return z.string().transform((text, context): bigint => {
    const value = parseWholeInput(text, locale);
    if (value === null) context.addIssue(problemOf(text, 'not_a_number'));
    else if (value < BigInt(min)) context.addIssue(`too_small:${min}`);
    else if (value > BigInt(max)) context.addIssue(`too_large:${max}`);
    else return value;
    return z.NEVER;
  });
}

const AMOUNT_MINOR_MAX = 10n ** 15n;

/** An amount of money of at least `minMinor`, typed in `locale`; returns minor units of `currency`. */
export function moneyText(locale: string, currency: string, minMinor: bigint) {
  return z.string().transform((text, context): bigint => {
    const value = parseMoneyInput(text, currency, locale);
    if (value === null) context.addIssue(problemOf(text, 'not_an_amount'));
    else if (value < minMinor) context.addIssue('too_small');
    else if (value > AMOUNT_MINOR_MAX) context.addIssue(`amount_too_large:${AMOUNT_MINOR_MAX}`);
    else return value;
    return z.NEVER;
  });
}

const BASIS_POINTS = 10_000;

/** A percentage above 0 and up to 100, as people type it; returns hundredths of a percent. */
export function percentText() {
  return z.string().transform((text, context): number => {
    const value = parsePercentInput(text);
    if (value === null) context.addIssue(problemOf(text, 'not_a_percent'));
    else if (value < 1) context.addIssue('too_small');
    else if (value > BASIS_POINTS) context.addIssue(`too_large:${BASIS_POINTS / 100}`);
    else return value;
    return z.NEVER;
  });
}

/** A percentage from 0 to 100; empty is 0. Returns hundredths of a percent. */
export function percentOrZero() {
  return z.string().transform((text, context): number => {
    const value = text.trim() === '' ? 0 : parsePercentInput(text);
    if (value === null) context.addIssue(problemOf(text, 'not_a_percent'));
    else if (value > BASIS_POINTS) context.addIssue(`too_large:${BASIS_POINTS / 100}`);
    else return value;
    return z.NEVER;
  });
}

/** A calendar day as a date field sends it (`YYYY-MM-DD`); null when it is left empty. */
export function dayText() {
  return z
    .string()
    .trim()
    .refine((day) => day === '' || isDay(day), { message: 'not_a_day' })
    .transform((day) => (day === '' ? null : day));
}

function isDay(text: string): boolean {
  const timestamp = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(timestamp) && new Date(timestamp).toISOString().startsWith(text) && text.length === 10;
}

/** A list that a form sends as JSON text, each item parsed by `item`. */
export function listText<T extends z.ZodType>(item: T, max: number) {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(cleanJsonText(text));
      } catch {
        context.addIssue('invalid');
        return z.NEVER;
      }
    })
    .pipe(z.array(item).max(max, 'too_many'));
}

/** An id as a string of digits; returns a bigint. */
export function idText() {
  return z
    .string()
    .regex(/^[1-9]\d{0,18}$/, 'invalid')
    .transform((text) => BigInt(text));
}
