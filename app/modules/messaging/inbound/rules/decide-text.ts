/** What a text of a person's means for whether they may be written to. */
import { normaliseText } from './normalise-text.ts';
import {
  ANYWHERE_WORDS,
  HELP_WORDS,
  POLITE_WORDS,
  REFUSALS,
  START_WORDS,
  STOP_WORDS,
  THAI_PREFIXES,
  THAI_SUFFIXES,
  YES_WORDS,
} from './words.ts';

export interface InboundText {
  text: string;
  /** Of the sender's number, two letters; null when its digits don't tell. */
  country: string | null;
  /** The number may not be written to now. */
  isSuppressed: boolean;
  /** What Twilio understood, and has answered; null for nothing. */
  optOutType: string | null;
}

export type Intent = 'stop' | 'start' | 'help' | 'review' | 'none';

export interface Decision {
  intent: Intent;
  /** The number must not be written to from now on. */
  suppresses: boolean;
  /** Staff are to read the text. */
  needsReview: boolean;
  /** Twilio has answered: we don't. */
  isAnswered: boolean;
  /** Which rule decided, for the proof. */
  rule: number;
}

const RULES = { provider: 1, word: 3, politeWord: 4, country: 5, refusal: 6, otherStop: 7, none: 9 };

/** Decides by the first rule that fits. */
export function decideText({ text, country, isSuppressed, optOutType }: InboundText): Decision {
  const byProvider = PROVIDER_INTENTS.get(optOutType?.toUpperCase() ?? '');
  if (byProvider) return { ...decision(byProvider, RULES.provider), isAnswered: true };
  const words = normaliseText(text);
  const word = intentOfWord(words, isSuppressed);
  if (word) return decision(word, RULES.word);
  const plainWord = intentOfWord(cutPoliteness(words), isSuppressed);
  if (plainWord) return decision(plainWord, RULES.politeWord);
  const byCountry = intentByCountry(words, country);
  if (byCountry) return decision(byCountry, RULES.country);
  if (has(words, REFUSALS)) return { ...decision('review', RULES.refusal), suppresses: true };
  return has(words, STOP_WORDS) ? decision('review', RULES.otherStop) : decision('none', RULES.none);
}

const PROVIDER_INTENTS: ReadonlyMap<string, Intent> = new Map([
  ['STOP', 'stop'],
  ['START', 'start'],
  ['HELP', 'help'],
]);

function decision(intent: Intent, rule: number): Decision {
  return { intent, suppresses: intent === 'stop', needsReview: intent === 'review', isAnswered: false, rule };
}

function intentOfWord(words: string, isSuppressed: boolean): Intent | null {
  if (STOP_WORDS.has(words)) return 'stop';
  if (START_WORDS.has(words) || (isSuppressed && YES_WORDS.has(words))) return 'start';
  return HELP_WORDS.has(words) ? 'help' : null;
}

/** Cuts polite words from both ends, unless nothing else is left. */
function cutPoliteness(words: string): string {
  let rest = words.split(' ');
  while (rest.length > 1 && POLITE_WORDS.has(rest[0] ?? '')) rest = rest.slice(1);
  while (rest.length > 1 && POLITE_WORDS.has(rest.at(-1) ?? '')) rest = rest.slice(0, -1);
  return cutThai(rest.join(' '));
}

function cutThai(words: string): string {
  let rest = words;
  for (let before = ''; before !== rest;) {
    before = rest;
    const prefix = THAI_PREFIXES.find((each) => rest.startsWith(each) && rest !== each);
    if (prefix) rest = rest.slice(prefix.length).trim();
    const suffix = THAI_SUFFIXES.find((each) => rest.endsWith(each) && rest !== each);
    if (suffix) rest = rest.slice(0, -suffix.length).trim();
  }
  return rest;
}

const BEGINS_LIKE_OFF = /^(?:unreg|unsub|off) /;
const BEGINS_WITH_STOP = /^stop /;

function intentByCountry(words: string, country: string | null): Intent | null {
  if (country === 'IR' && (words === '11' || words === '12')) return words === '11' ? 'stop' : 'start';
  if (BEGINS_LIKE_OFF.test(words)) return 'stop';
  if (country === 'ID' && BEGINS_WITH_STOP.test(words)) return 'stop';
  const isAnywhere = country === 'US' || country === 'CA';
  return isAnywhere && has(words, ANYWHERE_WORDS) ? 'stop' : null;
}

const THAI = /[\u0E00-\u0E7F]/;

/** Whole words only; Thai has no blanks, so its words also match inside. */
function has(words: string, list: ReadonlySet<string>): boolean {
  const padded = ` ${words} `;
  return [...list].some((each) => (THAI.test(each) ? words.includes(each) : padded.includes(` ${each} `)));
}
