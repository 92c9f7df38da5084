/** What a country allows of marketing by SMS, as of the day below; each from its law, or from what is usual there. */
import type { Window } from '../../delivery/rules/quiet-hours.ts';

/** When the rules were last looked up. */
export const RULES_AS_OF = '2026-11-28';

export interface CountryRules {
  /** When marketing may be sent, by the recipient's clock. */
  window: Window;
  /** Whether the hours are a law; a shop may always send in fewer. */
  isLaw: boolean;
  /** Twilio delivers people's answers there. */
  hasReplies: boolean;
  /** `registered`: only addresses that the shop registered with its sender. `banned`: telephone numbers neither. */
  links: 'free' | 'registered' | 'banned';
}

/** When a shop may send in countries whose rules were not looked up. */
export const USUAL_WINDOW: Window = { from: '09:00', to: '20:00' };
const USUAL: CountryRules = {
  window: USUAL_WINDOW,
  isLaw: false,
  hasReplies: true,
  links: 'free',
};
const EARLY = { from: '08:00', to: '20:00' };

const RULES: ReadonlyMap<string, CountryRules> = new Map([
  ['ID', { ...USUAL, hasReplies: false }],
  ['TH', { ...USUAL, hasReplies: false, links: 'registered' }],
  ['MY', { ...USUAL, links: 'banned' }],
  ['SG', { ...USUAL, hasReplies: false }],
  // The Philippines forbid 21:00 to 07:00.
  ['PH', { ...USUAL, window: { from: '07:00', to: '21:00' }, isLaw: true }],
  ['US', { ...USUAL, window: EARLY, isLaw: true }],
  ['CA', { ...USUAL, window: { from: '08:00', to: '21:00' } }],
  ['GB', { ...USUAL, window: EARLY }],
  ['DE', { ...USUAL, window: EARLY }],
  ['AU', { ...USUAL, window: EARLY }],
]);

/** Countries whose rules were looked up; all others have the usual ones. */
export const KNOWN_COUNTRIES: readonly string[] = [...RULES.keys()];

/** Twilio serves nobody there, whatever the account's switches say (docs/api/errors/21408). */
const CLOSED = new Set(['IR', 'SY', 'CU']);

export const rulesOfCountry = (country: string): CountryRules => RULES.get(country) ?? USUAL;
export const isClosedCountry = (country: string): boolean => CLOSED.has(country);

/** The hours that both allow; null where they have none in common. */
export function narrowWindow(allowed: Window, wanted: Window): Window | null {
  const from = wanted.from > allowed.from ? wanted.from : allowed.from;
  const to = wanted.to < allowed.to ? wanted.to : allowed.to;
  return from < to ? { from, to } : null;
}
