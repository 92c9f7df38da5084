/** What a country allows of marketing by SMS, as of 28 November 2026; each from its law, or from what is usual there. */
import type { Window } from '../../delivery/rules/quiet-hours.ts';

export interface CountryRules {
  /** When marketing may be sent, by the recipient's clock. */
  window: Window;
  /** Twilio delivers people's answers there. */
  hasReplies: boolean;
  /** `registered`: only addresses that the shop registered with its sender. */
  links: 'free' | 'registered' | 'banned';
}

const USUAL: CountryRules = { window: { from: '09:00', to: '20:00' }, hasReplies: true, links: 'free' };
const EARLY = { from: '08:00', to: '20:00' };

const RULES: ReadonlyMap<string, CountryRules> = new Map([
  ['ID', { ...USUAL, hasReplies: false }],
  ['TH', { ...USUAL, hasReplies: false, links: 'registered' }],
  ['SG', { ...USUAL, hasReplies: false }],
  ['MY', { ...USUAL, links: 'banned' }],
  // The Philippines forbid 21:00 to 07:00.
  ['PH', { ...USUAL, window: { from: '07:00', to: '21:00' } }],
  ['US', { ...USUAL, window: EARLY }],
  ['CA', { ...USUAL, window: { from: '08:00', to: '21:00' } }],
  ['GB', { ...USUAL, window: EARLY }],
  ['DE', { ...USUAL, window: EARLY }],
  ['AU', { ...USUAL, window: EARLY }],
]);

/** Twilio serves nobody there, whatever the account's switches say (docs/api/errors/21408). */
const CLOSED = new Set(['IR', 'SY', 'CU']);

export const rulesOfCountry = (country: string): CountryRules => RULES.get(country) ?? USUAL;
export const isClosedCountry = (country: string): boolean => CLOSED.has(country);

/** Every time zone of a country; all of them must allow a message whose recipient may be in any. */
export function zonesOfCountry(country: string): string[] {
  const zones = new Intl.Locale('und', { region: country }).getTimeZones();
  return zones && zones.length > 0 ? zones : ['UTC'];
}
