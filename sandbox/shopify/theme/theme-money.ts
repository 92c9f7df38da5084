import { money } from '../ui/format.ts';
import type { Words } from '../ui/i18n.ts';
import { fromHundredths } from './drops.ts';

/** The filter `money` of a language and currency: hundredths as a price. */
export function themeMoney(words: Words, currency: string): (hundredths: number) => string {
  return (hundredths) => money(words, fromHundredths(hundredths, currency), currency);
}
