/** Form fields as people type them, read into exact values. Messages are the codes of `field-errors.ts`. */
import { z } from 'zod';
import { parseMoneyInput, parseWholeInput } from './format.ts';

/** A whole number between `min` and `max`, typed in `locale`; answers a bigint. */
export function wholeText(locale: string, min: number, max: number) {
  return z.string().transform((text, context): bigint => {
    const value = parseWholeInput(text, locale);
    if (value === null) context.addIssue(text.trim() === '' ? 'required' : 'not_a_number');
    else if (value < BigInt(min)) context.addIssue(`too_small:${min}`);
    else if (value > BigInt(max)) context.addIssue(`too_large:${max}`);
    else return value;
    return z.NEVER;
  });
}

const AMOUNT_MINOR_MAX = 10n ** 15n;

/** An amount of money of at least `minMinor`, typed in `locale`; answers minor units of `currency`. */
export function moneyText(locale: string, currency: string, minMinor: bigint) {
  return z.string().transform((text, context): bigint => {
    const value = parseMoneyInput(text, currency, locale);
    if (value === null) context.addIssue(text.trim() === '' ? 'required' : 'not_an_amount');
    else if (value < minMinor) context.addIssue('too_small');
    else if (value > AMOUNT_MINOR_MAX) context.addIssue('too_large');
    else return value;
    return z.NEVER;
  });
}
