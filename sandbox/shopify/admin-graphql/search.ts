import { GraphQLError } from 'graphql';

/** What a search field compares: an instant, a number or a text of the item. */
export type SearchFields<Item> = Record<string, (item: Item) => SearchValue>;

export type SearchValue =
  | { kind: 'time'; value: string | null }
  | { kind: 'number'; value: number | null }
  | { kind: 'text'; value: string | null }
  | { kind: 'list'; value: string[] }
  /** A text of which a term may name several, separated by commas. */
  | { kind: 'choice'; value: string }
  | { kind: 'words'; value: string[] };

/** The field for search text without a field name: any one of several texts may contain it. */
export const FREE_TEXT = 'default';

type Comparison = ':' | ':>' | ':>=' | ':<' | ':<=';
type Term = { field: string; comparison: Comparison; value: string; negated: boolean };

const TERM = /(-|NOT\s+)?(\w+)(:>=|:<=|:>|:<|:)("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s()]+)/y;

/** A word without a field; `*` at its end matches any ending. */
const WORD = /[\p{L}\p{N}]+\*?(?=\s|$)/uy;
const CONNECTIVES = new Set(['AND', 'OR', 'NOT']);

/**
 * Returns a filter for Shopify's search syntax: `field:value`, `field:>=value` and bare words, joined by spaces or
 * AND, negated by `-` or NOT, or single terms joined by OR. OR beside AND, parentheses, phrases and unknown fields are
 * refused by name: the sandbox would otherwise return rows that Shopify wouldn't.
 */
export function searchFilter<Item>(query: unknown, fields: SearchFields<Item>): (item: Item) => boolean {
  if (typeof query !== 'string' || query.trim() === '') return () => true;
  const alternatives = query.trim().split(/\s+OR\s+/);
  if (alternatives.length > 1) return anyOf(alternatives, fields);
  const terms = parseTerms(query.trim());
  for (const term of terms) if (!fields[term.field]) throw notSearchable(`search field ${term.field}`);
  return (item) =>
    terms.every((term) => {
      const field = fields[term.field];
      return field !== undefined && matches(field(item), term) !== term.negated;
    });
}

function anyOf<Item>(alternatives: string[], fields: SearchFields<Item>): (item: Item) => boolean {
  const filters = alternatives.map((term) => {
    if (parseTerms(term).length !== 1) throw notSearchable(`search text "${term}" beside OR`);
    return searchFilter(term, fields);
  });
  return (item) => filters.some((filter) => filter(item));
}

function parseTerms(query: string): Term[] {
  const terms: Term[] = [];
  let at = 0;
  while (at < query.length) {
    const joint = /^(?:\s+AND\s+|\s+)/.exec(query.slice(at));
    if (joint) at += joint[0].length;
    TERM.lastIndex = at;
    const found = TERM.exec(query);
    WORD.lastIndex = at;
    const word = found ? undefined : WORD.exec(query)?.[0];
    if (word !== undefined && !CONNECTIVES.has(word.toUpperCase())) {
      terms.push({ field: FREE_TEXT, comparison: ':', value: word, negated: false });
      at += word.length;
      continue;
    }
    const [whole = '', negation, field = '', comparison = ':', value = ''] = found ?? [];
    if (!found || field === 'OR') throw notSearchable(`search text "${query.slice(at)}"`);
    terms.push({
      field,
      comparison: isComparison(comparison) ? comparison : ':',
      value: value.replace(/^(["'])(.*)\1$/, '$2'),
      negated: negation !== undefined,
    });
    at += whole.length;
  }
  return terms;
}

function isComparison(text: string): text is Comparison {
  return [':', ':>', ':>=', ':<', ':<='].includes(text);
}

function matches(held: SearchValue, term: Term): boolean {
  if (held.kind === 'words') return held.value.some((text) => hasWord(text, term.value));
  if (held.kind === 'choice') return term.value.toLowerCase().split(',').includes(held.value.toLowerCase());
  if (held.kind === 'text' || held.kind === 'list') {
    const values = held.kind === 'list' ? held.value : held.value === null ? [] : [held.value];
    if (term.value === '*') return values.length > 0;
    return values.some((value) => value.toLowerCase() === term.value.toLowerCase());
  }
  if (held.value === null) return false;
  const [left, right] =
    held.kind === 'time'
      ? [Date.parse(held.value), Date.parse(term.value)]
      : [held.value, Number(term.value)];
  if (Number.isNaN(right)) throw notSearchable(`value "${term.value}" of ${term.field}`);
  return compare(left, right, term.comparison);
}

function hasWord(text: string, wanted: string): boolean {
  const start = wanted.replace(/\*$/, '').toLowerCase();
  const words = text.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return words.some((word) => (wanted.endsWith('*') ? word.startsWith(start) : word === start));
}

function compare(left: number, right: number, comparison: Comparison): boolean {
  if (comparison === ':>') return left > right;
  if (comparison === ':>=') return left >= right;
  if (comparison === ':<') return left < right;
  return comparison === ':<=' ? left <= right : left === right;
}

function notSearchable(what: string): GraphQLError {
  return new GraphQLError(`sandbox: ${what} is not simulated`, {
    extensions: { code: 'SANDBOX_NOT_SIMULATED' },
  });
}
