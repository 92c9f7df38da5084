/** Values of query texts: names of what the shop has, numbers and days. */
import { currencyDigits } from '#app/lib/money.ts';
import { tagKey } from '#app/modules/customers/rules/tag-key.ts';
import type { ConditionCode } from '../conditions/registry.ts';
import { CONDITIONS } from '../conditions/registry.ts';
import type { Choices, Kind, Measure } from '../conditions/kind.ts';
import { idText } from '../conditions/kinds/limits.ts';
import type { RuleNames } from '../sentence/names.ts';
import { ATTRIBUTES } from './attributes.ts';
import type { Value } from './clause.ts';
import { QueryProblem } from './query-error.ts';

/** What texts are written with: the shop's currency, and the names of values, `tier/12` is "Gold". */
export interface QueryWords {
  currency: string;
  names: RuleNames;
}

/** A name that the text used and that is not among the known ones. */
export interface AskedName {
  source: string;
  text: string;
}

/** What reading a text needs and finds. */
export interface Reading extends QueryWords {
  asked: AskedName[];
  notes: QueryNote[];
}

/** Something that was read as something nearly the same. */
export interface QueryNote {
  /** `days`: a month or year was read as days. `orders`: any product was read as any order. `rfm`: Shopify's groups were read as ours. */
  code: 'days' | 'orders' | 'rfm';
  from: string;
  to: string;
}

type Source = Choices['from'];

/** Values that are ids: a text that is neither a name nor an id is a mistake. */
const BY_ID: readonly Source[] = ['category', 'tier', 'reward', 'offer', 'snapshot', 'campaign'];
/** Values that the shop names otherwise than they are stored. */
const NAMED: readonly Source[] = [...BY_ID, 'tag', 'province', 'city', 'district'];

/** Shopify's names of consents. */
const CONSENT_CODES: readonly ConditionCode[] = ['email_consent', 'sms_consent'];

/** The value that a text means; null for a name that isn't known. */
function resolveName(source: string, text: string, names: RuleNames): string | null {
  if (Object.hasOwn(names, `${source}/${text}`)) return text;
  const wanted = text.toLowerCase();
  const beginning = `${source}/`;
  const found = Object.entries(names).filter(
    ([key, name]) => key.startsWith(beginning) && name.toLowerCase() === wanted,
  );
  const [only] = found;
  return only !== undefined && found.length === 1 ? only[0].slice(beginning.length) : null;
}

/** How a value of a source is written: by its name if that means nothing else. */
function nameText(source: string, value: string, names: RuleNames): string {
  const name = names[`${source}/${value}`];
  return name !== undefined && resolveName(source, name, names) === value ? name : value;
}

/** Quotes a text as Shopify does. */
export const quote = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

/** A value of a choice or a set as it is written. */
export function choiceText(code: ConditionCode, value: string, { names }: QueryWords): string {
  if (CONSENT_CODES.includes(code)) return quote(value.toUpperCase());
  const { kind } = CONDITIONS[code];
  const source = sourceOf(kind);
  return quote(source !== null && NAMED.includes(source) ? nameText(source, value, names) : value);
}

const sourceOf = (kind: Kind): Source | null =>
  kind.name === 'choice' || kind.name === 'set' ? kind.choices.from : null;

/** What was written as a text or as a plain number. */
export function plainText(value: Value, attribute: string, example: string): string {
  if (value.kind === 'text' || value.kind === 'number') return value.text;
  throw new QueryProblem('value', value.span, { attribute, example });
}

/** Reads a value of a choice or a set. Throws QueryProblem. */
export function readChoice(code: ConditionCode, value: Value, reading: Reading): string {
  const attribute = ATTRIBUTES[code];
  const { kind } = CONDITIONS[code];
  const choices = kind.name === 'choice' || kind.name === 'set' ? kind.choices : null;
  if (choices?.from === 'list') {
    const written = value.kind === 'word' ? value.word : plainText(value, attribute, listed(choices.list));
    const found = choices.list.find((one) => one.toLowerCase() === written.toLowerCase());
    if (found === undefined)
      throw new QueryProblem('value', value.span, { attribute, example: listed(choices.list) });
    // Shopify writes its own groups in capitals.
    if (code === 'rfm_group' && written !== found)
      reading.notes.push({ code: 'rfm', from: attribute, to: attribute });
    return found;
  }
  const text = plainText(value, attribute, "'...'");
  return choices === null ? text : readNamed(choices.from, text, value, reading);
}

const listed = (values: readonly string[]) => values.map(quote).join(', ');

function readNamed(source: Source, text: string, value: Value, { names, asked }: Reading): string {
  if (source === 'country') return /^[a-z]{2}$/i.test(text) ? text.toUpperCase() : text;
  if (!NAMED.includes(source)) return text;
  const found = resolveName(source, text, names);
  if (found !== null) return found;
  asked.push({ source, text });
  if (source === 'tag') return tagKey(text);
  if (BY_ID.includes(source) && !idText.safeParse(text).success)
    throw new QueryProblem('unknown_value', value.span, { value: text });
  return text;
}

/** Decimals of a measure: money's are its currency's. */
export const scaleOf = (measure: Measure, scale: number, currency: string): number =>
  measure === 'money' ? currencyDigits(currency) : scale;

/** An integer in 1 / 10^scale as a decimal number, without zeros that say nothing. */
export function decimalText(value: string, scale: number): string {
  const isNegative = value.startsWith('-');
  const digits = (isNegative ? value.slice(1) : value).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
  return `${isNegative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Reads a decimal number as an integer in 1 / 10^scale. Throws QueryProblem. */
export function readDecimal(value: Value, attribute: string, scale: number): string {
  if (value.kind !== 'number') throw new QueryProblem('value', value.span, { attribute, example: '100' });
  const [whole = '0', fraction = ''] = value.text.replace('+', '').split('.');
  const kept = fraction.replace(/0+$/, '');
  if (kept.length > scale)
    throw new QueryProblem('decimals', value.span, { attribute, digits: String(scale) });
  return BigInt(whole.replace('-', '') + kept.padEnd(scale, '0'))
    .toString()
    .replace(/^(?=[1-9])/, whole.startsWith('-') ? '-' : '');
}
