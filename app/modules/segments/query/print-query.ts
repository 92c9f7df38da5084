/** Writes a rule as a query text, which `readQuery` reads as the same rule. */
import { expiringValues } from '../conditions/club/expiring.ts';
import type { Kind } from '../conditions/kind.ts';
import { dateValues, type DateValues } from '../conditions/kinds/date.ts';
import { numberValues } from '../conditions/kinds/number.ts';
import { textValues } from '../conditions/kinds/text.ts';
import { yearlyValues, type YearlyValues } from '../conditions/kinds/yearly.ts';
import { boughtValues, type BoughtValues } from '../conditions/products/bought.ts';
import { CONDITIONS, type ConditionNode } from '../conditions/registry.ts';
import type { SegmentNode } from '../tree/tree.ts';
import { ATTRIBUTES, BOUGHT_FUNCTIONS } from './attributes.ts';
import { MONTH_NAMES } from './days.ts';
import { choiceText, decimalText, quote, scaleOf, type QueryWords } from './values.ts';

/** A rule as text, each part of its outermost group on a line of its own; empty for no rule. */
export function printQuery(rule: SegmentNode | null, words: QueryWords): string {
  return rule === null ? '' : printNode(rule, words, '\n');
}

function printNode(node: SegmentNode, words: QueryWords, before: ' ' | '\n'): string {
  if (node.kind === 'condition') return printCondition(node, words);
  if (node.kind === 'not') return printNot(node.part, words);
  const [first] = node.parts;
  // A group of one part means what its part means.
  if (first !== undefined && node.parts.length === 1) return printNode(first, words, before);
  const joint = node.kind === 'all' ? 'AND' : 'OR';
  return node.parts.map((part) => printPart(part, words)).join(`${before}${joint} `);
}

/** In brackets where it is a group of several. */
function printPart(node: SegmentNode, words: QueryWords): string {
  const text = printNode(node, words, ' ');
  return isGroup(node) ? `(${text})` : text;
}

function isGroup(node: SegmentNode): boolean {
  if (node.kind === 'condition' || node.kind === 'not') return false;
  const [first] = node.parts;
  return node.parts.length > 1 || (first !== undefined && isGroup(first));
}

/** "Not" has signs of its own where a comparison has. */
function printNot(part: SegmentNode, words: QueryWords): string {
  const only = single(part);
  if (only.kind === 'condition') {
    const negative = printNegative(only, words);
    if (negative !== null) return negative;
  }
  return `NOT ${printPart(only, words)}`;
}

function single(node: SegmentNode): SegmentNode {
  if (node.kind === 'condition' || node.kind === 'not' || node.parts.length > 1) return node;
  const [only] = node.parts;
  return only === undefined ? node : single(only);
}

const NEGATIVES: readonly [Kind['name'], string, string, string][] = [
  ['number', 'is', ' = ', ' != '],
  ['date', 'on', ' = ', ' != '],
  ['text', 'is', ' = ', ' != '],
  ['text', 'contains', ' CONTAINS ', ' NOT CONTAINS '],
  ['text', 'startsWith', ' STARTS WITH ', ' NOT STARTS WITH '],
];

function printNegative(node: ConditionNode, words: QueryWords): string | null {
  const { kind } = CONDITIONS[node.code];
  const found = NEGATIVES.find(([name, op]) => name === kind.name && op === node.values.op);
  return found === undefined ? null : printCondition(node, words).replace(found[2], found[3]);
}

/** A condition as one clause. Its values are of its kind: `readTree` has read them. */
function printCondition(node: ConditionNode, words: QueryWords): string {
  const { code, values } = node;
  const { kind } = CONDITIONS[code];
  const name = ATTRIBUTES[code];
  if (kind.name === 'bought') return printBought(boughtValues.parse(values), words);
  if (values.op === 'isSet') return `${name} IS NOT NULL`;
  if (values.op === 'isEmpty') return `${name} IS NULL`;
  switch (kind.name) {
    case 'number':
      return printNumbers(name, values, scaleOf(kind.measure, kind.scale, words.currency));
    case 'date':
      return `${name} ${daysText(dateValues.parse(values))}`;
    case 'yearly':
      return `${name} ${yearlyText(yearlyValues.parse(values))}`;
    case 'text': {
      const chosen = textValues.parse(values);
      const operator = { contains: 'CONTAINS', startsWith: 'STARTS WITH', is: '=', isSet: '', isEmpty: '' };
      return `${name} ${operator[chosen.op]} ${quote('text' in chosen ? chosen.text : '')}`;
    }
    case 'flag':
      return `${name} = ${String(values.op === 'yes')}`;
    case 'expiring': {
      const { days, value } = expiringValues.parse(values);
      const amount = decimalText(value, kind.measure === 'money' ? scaleOf('money', 0, words.currency) : 0);
      return `${name} MATCHES (days <= ${days}, amount >= ${amount})`;
    }
    case 'choice':
    case 'set':
    case 'postal': {
      const list = 'list' in values ? values.list : [];
      const texts =
        kind.name === 'postal' ? list.map(quote) : list.map((one) => choiceText(code, one, words));
      // Shopify asks for countries as for a list, since it looks at all addresses.
      const isList = kind.name === 'set' || code === 'country';
      return `${name} ${listText(values.op, texts, isList)}`;
    }
  }
}

const COMPARED: Readonly<Record<string, string>> = {
  is: '=',
  atLeast: '>=',
  atMost: '<=',
  moreThan: '>',
  lessThan: '<',
};

function printNumbers(name: string, values: unknown, scale: number): string {
  const chosen = numberValues.parse(values);
  const number = (value: string) => decimalText(value, scale);
  if ('from' in chosen) return `${name} BETWEEN ${number(chosen.from)} AND ${number(chosen.to)}`;
  return `${name} ${COMPARED[chosen.op] ?? '='} ${'value' in chosen ? number(chosen.value) : ''}`;
}

/** Values of a choice, a set or postal codes, quoted. */
function listText(op: string, texts: readonly string[], isList: boolean): string {
  const [first = ''] = texts;
  const all = `(${texts.join(', ')})`;
  const isOne = texts.length === 1;
  switch (op) {
    case 'allOf':
      return `CONTAINS ALL ${all}`;
    case 'startsWith':
      return isOne ? `STARTS WITH ${first}` : `STARTS WITH ANY ${all}`;
    case 'anyOf':
      if (isList) return isOne ? `CONTAINS ${first}` : `CONTAINS ANY ${all}`;
      return isOne ? `= ${first}` : `IN ${all}`;
    default:
      if (isList) return isOne ? `NOT CONTAINS ${first}` : `NOT CONTAINS ANY ${all}`;
      return isOne ? `!= ${first}` : `NOT IN ${all}`;
  }
}

/** Days, as `readDays` reads them. */
export function daysText(values: DateValues): string {
  switch (values.op) {
    case 'on':
      return `= ${values.day}`;
    case 'before':
      return `< ${values.day}`;
    case 'after':
      return `> ${values.day}`;
    case 'between':
      return `BETWEEN ${values.from} AND ${values.to}`;
    case 'lastDays':
      return values.days === 0 ? '= today' : `>= -${values.days}d`;
    case 'moreThanDaysAgo':
      return values.days === 0 ? '< today' : `< -${values.days}d`;
    case 'nextDays':
      return `BETWEEN today AND +${values.days}d`;
    case 'thisMonth':
      return '= this_month';
    case 'lastMonth':
      return '= last_month';
    case 'thisYear':
      return '= this_year';
    case 'dayOfYear':
      return values.from === values.to ? `= ${values.from}` : `BETWEEN ${values.from} AND ${values.to}`;
    case 'isSet':
      return 'IS NOT NULL';
    case 'isEmpty':
      return 'IS NULL';
  }
}

function yearlyText(values: YearlyValues): string {
  switch (values.op) {
    case 'nextDays':
      return values.days === 0 ? '= today' : `BETWEEN today AND +${values.days}d`;
    case 'lastDays':
      return `BETWEEN -${values.days}d AND today`;
    case 'thisMonth':
      return '= this_month';
    case 'nextMonth':
      return '= next_month';
    case 'month':
      return `= ${MONTH_NAMES[values.month - 1] ?? ''}`;
    case 'between':
      return `BETWEEN ${values.from} AND ${values.to}`;
    case 'dayOfYear':
    case 'isSet':
    case 'isEmpty':
      return daysText(values);
  }
}

const GOODS = {
  product: 'id',
  variant: 'variant',
  collection: 'collection',
  type: 'type',
  vendor: 'vendor',
  tag: 'tag',
} as const;

/** What products are chosen by, as a parameter. */
export function goodsText({ by, list }: BoughtValues['goods']): string {
  const texts = by === 'product' || by === 'collection' ? list : list.map(quote);
  const [first = ''] = texts;
  return `${GOODS[by]} ${texts.length === 1 ? `= ${first}` : `IN (${texts.join(', ')})`}`;
}

function printBought(values: BoughtValues, { currency }: QueryWords): string {
  const goods = goodsText(values.goods);
  if (!('period' in values)) return `${BOUGHT_FUNCTIONS[values.op]} MATCHES (${goods})`;
  const date = values.period === null ? [] : [`date ${daysText(values.period)}`];
  const matches = values.op === 'none' ? 'NOT MATCHES' : 'MATCHES';
  const name = BOUGHT_FUNCTIONS[values.op === 'all' ? 'all' : 'any'];
  const measure = 'from' in values ? [limitsText(values, currency)] : [];
  return `${name} ${matches} (${[goods, ...date, ...measure].join(', ')})`;
}

const MEASURES = { times: 'count', units: 'sum_quantity', spend: 'sum_amount' } as const;

function limitsText(
  { op, from, to }: { op: keyof typeof MEASURES; from: string | null; to: string | null },
  currency: string,
): string {
  const scale = op === 'spend' ? scaleOf('money', 0, currency) : 0;
  const number = (value: string) => decimalText(value, scale);
  const name = MEASURES[op];
  if (from !== null && to !== null) return `${name} BETWEEN ${number(from)} AND ${number(to)}`;
  if (from !== null) return `${name} >= ${number(from)}`;
  return to === null ? `${name} = any` : `${name} <= ${number(to)}`;
}
