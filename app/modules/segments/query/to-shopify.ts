/**
 * A rule as Shopify's own segment query, as far as Shopify can ask it. Source: shopify.dev, "Segment query language
 * reference" (2026-10): lists are several clauses, at most ten clauses, no NOT before brackets.
 */
import { dateValues, type DateValues } from '../conditions/kinds/date.ts';
import { boughtValues, type BoughtValues } from '../conditions/products/bought.ts';
import { CONDITIONS, type ConditionNode } from '../conditions/registry.ts';
import type { SegmentNode } from '../tree/tree.ts';
import { ATTRIBUTES, isShopifyAttribute } from './attributes.ts';
import { daysText, goodsText, printQuery } from './print-query.ts';
import type { QueryWords } from './values.ts';

/** Shopify refuses a query with more. */
export const SHOPIFY_CLAUSES_MAX = 10;

export type ShopifyQuery =
  | { ok: true; query: string }
  /** The conditions that Shopify can't ask. */
  | { ok: false; reason: 'conditions'; conditions: ConditionNode[] }
  | { ok: false; reason: 'clauses'; count: number };

/** Clauses that all or any must hold; one alone is `all`. */
type Clauses = string | { joint: 'AND' | 'OR'; parts: Clauses[] };

/** The rule for Shopify, or why it can't be one. */
export function toShopifyQuery(rule: SegmentNode, words: QueryWords): ShopifyQuery {
  const conditions: ConditionNode[] = [];
  const clauses = write(rule, false, { words, conditions });
  if (conditions.length > 0) return { ok: false, reason: 'conditions', conditions };
  const count = countOf(clauses);
  if (count > SHOPIFY_CLAUSES_MAX) return { ok: false, reason: 'clauses', count };
  return { ok: true, query: textOf(clauses, true) };
}

interface Writing {
  words: QueryWords;
  /** Collects what can't be written. */
  conditions: ConditionNode[];
}

/** "Not" goes down to the conditions, which Shopify can say the contrary of. */
function write(node: SegmentNode, isNot: boolean, writing: Writing): Clauses {
  if (node.kind === 'not') return write(node.part, !isNot, writing);
  if (node.kind !== 'condition') {
    const joint = (node.kind === 'all') === isNot ? 'OR' : 'AND';
    return { joint, parts: node.parts.map((part) => write(part, isNot, writing)) };
  }
  const clauses = writeCondition(node, isNot, writing.words);
  if (clauses === null) writing.conditions.push(node);
  return clauses ?? '';
}

function writeCondition(node: ConditionNode, isNot: boolean, words: QueryWords): Clauses | null {
  const { code, values } = node;
  if (!isShopifyAttribute(code)) return null;
  switch (code) {
    case 'tags':
    case 'country':
      return 'list' in values || values.op === 'isSet' || values.op === 'isEmpty'
        ? writeList(node, isNot, words)
        : null;
    case 'email_consent':
    case 'sms_consent':
      // Shopify has a status of every customer, so that nothing can be unknown there.
      return 'list' in values ? writeList(node, isNot, words) : null;
    case 'order_count':
    case 'order_total':
      if (values.op === 'isSet' || values.op === 'isEmpty') return null;
      return isNot ? contrary(node, words) : printQuery(node, words);
    case 'bought':
      return writeBought(boughtValues.parse(values), isNot);
    default:
      return writeDays(ATTRIBUTES[code], dateValues.parse(values), isNot);
  }
}

/** One clause a value: any of them, all of them, or none. */
function writeList(node: ConditionNode, isNot: boolean, words: QueryWords): Clauses {
  const { code, values } = node;
  if (!('list' in values)) return presence(ATTRIBUTES[code], (values.op === 'isSet') !== isNot);
  const isNone = (values.op === 'noneOf') !== isNot;
  const joint = (values.op === 'anyOf') === isNot ? 'AND' : 'OR';
  const parts = values.list.map((value) => printQuery(oneOf(node, value, isNone), words));
  return { joint: values.op === 'anyOf' ? joint : isNot ? 'OR' : 'AND', parts };
}

const presence = (name: string, isSet: boolean) => `${name} IS ${isSet ? 'NOT ' : ''}NULL`;

const oneOf = (node: ConditionNode, value: string, isNone: boolean): ConditionNode =>
  CONDITIONS[node.code].read({ op: isNone ? 'noneOf' : 'anyOf', list: [value] }) ?? node;

const CONTRARY: Readonly<Record<string, string>> = {
  ' = ': ' != ',
  ' >= ': ' < ',
  ' <= ': ' > ',
  ' > ': ' <= ',
  ' < ': ' >= ',
};

/** Of a number that every customer has. */
function contrary(node: ConditionNode, words: QueryWords): Clauses {
  const text = printQuery(node, words);
  const between = /^(\S+) BETWEEN (\S+) AND (\S+)$/.exec(text);
  if (between) {
    const [, name = '', from = '', to = ''] = between;
    return { joint: 'OR', parts: [`${name} < ${from}`, `${name} > ${to}`] };
  }
  const sign = Object.keys(CONTRARY).find((one) => text.includes(one)) ?? ' = ';
  return text.replace(sign, CONTRARY[sign] ?? ' != ');
}

/** A customer without a day is none that matches; "is not" and "is empty" include them. */
function writeDays(name: string, values: DateValues, isNot: boolean): Clauses | null {
  const text = `${name} ${daysText(values)}`;
  switch (values.op) {
    case 'isSet':
    case 'isEmpty':
      return presence(name, (values.op === 'isSet') !== isNot);
    case 'on':
    case 'before':
    case 'after':
    case 'lastDays':
    case 'moreThanDaysAgo': {
      if (!isNot) return text;
      const sign = Object.keys(CONTRARY).find((one) => text.includes(one)) ?? ' = ';
      return {
        joint: 'OR',
        parts: [text.replace(sign, CONTRARY[sign] ?? ' != '), presence(name, false)],
      };
    }
    case 'between':
      if (!isNot) return text;
      return {
        joint: 'OR',
        parts: [`${name} < ${values.from}`, `${name} > ${values.to}`, presence(name, false)],
      };
    default:
      return null;
  }
}

/** By products or by tags of products; each of several tags is a clause of its own. */
function writeBought(values: BoughtValues, isNot: boolean): Clauses | null {
  const { by, list } = values.goods;
  if (!('period' in values) || (by !== 'product' && by !== 'tag')) return null;
  const date = values.period === null ? [] : [`date ${daysText(values.period)}`];
  const matches = (some: readonly string[], isNone: boolean, count: readonly string[] = []) =>
    `products_purchased ${isNone ? 'NOT ' : ''}MATCHES (${[
      goodsText({ ...values.goods, list: [...some] }),
      ...date,
      ...count,
    ].join(', ')})`;
  const each = (isNone: boolean) => list.map((one) => matches([one], isNone));
  switch (values.op) {
    case 'any':
    case 'none': {
      const isNone = (values.op === 'none') !== isNot;
      return by === 'product' ? matches(list, isNone) : { joint: isNone ? 'AND' : 'OR', parts: each(isNone) };
    }
    case 'all':
      return { joint: isNot ? 'OR' : 'AND', parts: each(isNot) };
    case 'times':
      return list.length === 1
        ? writeTimes(values, isNot, (count, isNone) => matches(list, isNone, [count]))
        : null;
    default:
      return null;
  }
}

/** A customer who bought none counts as zero times, whom only NOT MATCHES finds. */
function writeTimes(
  { from, to }: { from: string | null; to: string | null },
  isNot: boolean,
  matches: (count: string, isNone: boolean) => string,
): Clauses | null {
  const isPositive = from !== null && BigInt(from) > 0n;
  if (isPositive) return matches(to === null ? `count >= ${from}` : `count BETWEEN ${from} AND ${to}`, isNot);
  return to === null || BigInt(to) < 0n ? null : matches(`count > ${to}`, !isNot);
}

function countOf(clauses: Clauses): number {
  return typeof clauses === 'string' ? 1 : clauses.parts.reduce((sum, part) => sum + countOf(part), 0);
}

function textOf(clauses: Clauses, isAlone: boolean): string {
  if (typeof clauses === 'string') return clauses;
  const [first] = clauses.parts;
  if (first !== undefined && clauses.parts.length === 1) return textOf(first, isAlone);
  const text = clauses.parts.map((part) => textOf(part, false)).join(` ${clauses.joint} `);
  return isAlone ? text : `(${text})`;
}
