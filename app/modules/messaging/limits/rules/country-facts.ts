/** What is known of texting a country beyond its hours, and since when; for staff to read (docs/operations.md). */

/** Which senders a country takes. `unknown` for what was not looked up. */
export type SenderRule =
  'registered' | 'recommended' | 'free' | 'numbers_registered' | 'numbers_only' | 'short_codes';

export interface CountryFacts {
  sender: SenderRule;
  /** First day of the rule for senders and for links, `YYYY-MM-DD`; null where it is not known. */
  senderSince: string | null;
  linksSince: string | null;
}

/** When the rows below were last compared with Twilio's pages and the regulators'. */
export const FACTS_CHECKED_ON = '2026-11-28';

const facts = (
  sender: SenderRule,
  senderSince: string | null = null,
  linksSince: string | null = null,
): CountryFacts => ({ sender, senderSince, linksSince });

const FACTS: ReadonlyMap<string, CountryFacts> = new Map([
  ['ID', facts('registered')],
  ['TH', facts('registered', null, '2025-01-01')],
  ['MY', facts('short_codes', null, '2024-09-01')],
  ['SG', facts('registered')],
  ['PH', facts('recommended')],
  ['US', facts('numbers_registered')],
  ['CA', facts('numbers_only')],
  ['GB', facts('recommended')],
  ['DE', facts('free')],
  ['AU', facts('registered', '2026-07-01')],
]);

/** Returns the facts of a country; null for one that was not looked up. */
export const factsOfCountry = (country: string): CountryFacts | null => FACTS.get(country) ?? null;

/** Countries that get nothing through Twilio, with the first day where it is known. */
export const CLOSED_COUNTRIES: readonly { country: string; since: string | null }[] = [
  { country: 'IR', since: '2025-03-15' },
  { country: 'SY', since: null },
  { country: 'CU', since: null },
];
