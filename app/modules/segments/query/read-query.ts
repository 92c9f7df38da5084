/** Reads a query text as a rule. */
import { editDistance } from '#app/modules/regions/rules/edit-distance.ts';
import type { TextOp } from '../conditions/kind.ts';
import type { ChoiceValues } from '../conditions/kinds/choice.ts';
import type { NumberValues } from '../conditions/kinds/number.ts';
import { CONDITIONS, type ConditionCode } from '../conditions/registry.ts';
import { readTree, type SegmentNode } from '../tree/tree.ts';
import { ATTRIBUTE_NAMES, ATTRIBUTES, codeOfAttribute, isNotStored } from './attributes.ts';
import { Cursor, readClause, type Clause } from './clause.ts';
import { readDays, readYearly } from './days.ts';
import { boughtFunction, readBought, readExpiring, readOrdersPlaced } from './functions.ts';
import { operatorProblem } from './operators.ts';
import { QueryProblem, spanning, type QueryError, type Span } from './query-error.ts';
import {
  plainText,
  quote,
  readChoice,
  readDecimal,
  scaleOf,
  type AskedName,
  type QueryNote,
  type QueryWords,
  type Reading,
} from './values.ts';

export const QUERY_CHARACTERS_MAX = 20_000;
/** Brackets within brackets, so that no text can be too deep to read. */
const BRACKETS_MAX = 50;

export type ReadQuery =
  | {
      ok: true;
      /** Null for a text without conditions. */
      rule: SegmentNode | null;
      /** Where each part of the rule stands in the text. */
      spans: ReadonlyMap<SegmentNode, Span>;
      /** What was read as something nearly the same. */
      notes: QueryNote[];
      /** Names that were not found among those given. */
      asked: AskedName[];
    }
  | { ok: false; error: QueryError; asked: AskedName[] };

/** Reads a query text of any origin; it never throws. */
export function readQuery(text: string, words: QueryWords): ReadQuery {
  const reading: Reading = { ...words, asked: [], notes: [] };
  const { asked, notes } = reading;
  try {
    if (text.length > QUERY_CHARACTERS_MAX)
      throw new QueryProblem('length', { start: QUERY_CHARACTERS_MAX, end: text.length });
    const spans = new Map<SegmentNode, Span>();
    return { ok: true, rule: readText(text, reading, spans), spans, notes, asked };
  } catch (error) {
    if (error instanceof QueryProblem) return { ok: false, error: error.error, asked };
    throw error;
  }
}

function readText(text: string, reading: Reading, spans: Map<SegmentNode, Span>): SegmentNode | null {
  const cursor = new Cursor(text);
  skipFrame(cursor);
  if (isEnd(cursor)) return null;
  const rule = readAny({ cursor, reading, spans }, 0);
  if (!isEnd(cursor)) {
    const { span, text: found } = cursor.peek();
    throw new QueryProblem('joint_expected', span, { found });
  }
  const read = readTree(rule);
  if (read.ok) return rule;
  const wrong = nodeAt(rule, read.path);
  const code = read.problem === 'size' ? 'size' : 'depth';
  throw new QueryProblem(code, spans.get(wrong) ?? { start: 0, end: text.length });
}

/** Shopify's editor shows `FROM customers SHOW ... WHERE <rule> ORDER BY ...`: the rule is what counts. */
function skipFrame(cursor: Cursor): void {
  if (cursor.isWord('FROM')) {
    while (cursor.peek().kind !== 'end' && !cursor.isWord('WHERE') && !cursor.isWord('ORDER')) cursor.next();
  }
  cursor.takeWord('WHERE');
}

const isEnd = (cursor: Cursor) =>
  cursor.peek().kind === 'end' || (cursor.isWord('ORDER') && cursor.isWord('BY', 1));

function nodeAt(rule: SegmentNode, path: readonly (string | number)[]): SegmentNode {
  let node = rule;
  for (const step of path) {
    if (node.kind === 'not') node = node.part;
    else if (node.kind !== 'condition' && typeof step === 'number') node = node.parts[step] ?? node;
  }
  return node;
}

interface Place {
  cursor: Cursor;
  reading: Reading;
  spans: Map<SegmentNode, Span>;
}

/** AND binds stronger than OR. Brackets around one part change nothing; around several they are a group. */
function readAny(place: Place, depth: number): SegmentNode {
  return readJoined(place, 'OR', 'any', () => readJoined(place, 'AND', 'all', () => readPart(place, depth)));
}

function readJoined(
  { cursor, spans }: Place,
  joint: string,
  kind: 'all' | 'any',
  readOne: () => SegmentNode,
): SegmentNode {
  const start = cursor.peek().span;
  const first = readOne();
  const parts = [first];
  while (cursor.takeWord(joint)) parts.push(readOne());
  if (parts.length === 1) return first;
  const group: SegmentNode = { kind, parts };
  spans.set(group, spanning(start, spans.get(parts.at(-1) ?? first) ?? start));
  return group;
}

function readPart(place: Place, depth: number): SegmentNode {
  const { cursor, spans, reading } = place;
  const start = cursor.peek();
  if (depth > BRACKETS_MAX) throw new QueryProblem('depth', start.span);
  if (cursor.takeWord('NOT')) {
    const part = readPart(place, depth + 1);
    const node: SegmentNode = { kind: 'not', part };
    spans.set(node, spanning(start.span, spans.get(part) ?? start.span));
    return node;
  }
  if (cursor.isSign('(')) {
    cursor.next();
    const node = readAny(place, depth + 1);
    const end = cursor.takeBracket(')');
    spans.set(node, spanning(start.span, end.span));
    return node;
  }
  const clause = readClause(cursor);
  const node = readCondition(clause, reading);
  markSpans(node, clause.span, spans);
  return node;
}

function markSpans(node: SegmentNode, span: Span, spans: Map<SegmentNode, Span>): void {
  spans.set(node, span);
  if (node.kind === 'not') markSpans(node.part, span, spans);
  else if (node.kind !== 'condition') for (const part of node.parts) markSpans(part, span, spans);
}

/** The condition of a clause; of some of Shopify's clauses several. */
function readCondition(clause: Clause, reading: Reading): SegmentNode {
  const { name, nameSpan, span } = clause;
  const make = (code: ConditionCode, values: unknown): SegmentNode => {
    const node = CONDITIONS[code].read(values);
    if (node === null) throw new QueryProblem('refused', span, { attribute: name });
    return node;
  };
  const bought = boughtFunction(name);
  if (bought !== null) return readBought(clause, bought, make, reading);
  if (name === 'orders_placed') return readOrdersPlaced(clause, make, reading);
  if (name === 'anniversary' && clause.argument !== null) return readAnniversary(clause, make, reading);
  const code = codeOfAttribute(name);
  if (code === null) throw unknownAttribute(clause);
  const { kind } = CONDITIONS[code];
  if (kind.name === 'expiring') return readExpiring(clause, code, kind.measure === 'money', make, reading);
  if (clause.argument !== null) throw operatorProblem({ ...clause, at: nameSpan }, name, kind.name);
  return readValues(clause, code, (values) => make(code, values), reading);
}

function unknownAttribute({ name, nameSpan, values }: Clause): QueryProblem {
  const [value] = values;
  if (name === 'customer_regions' || name === 'customer_cities')
    return new QueryProblem('place_code', nameSpan, {
      name,
      use: name === 'customer_cities' ? ATTRIBUTES.city : ATTRIBUTES.province,
    });
  if (name === 'customer_email_domain') {
    const use = `${ATTRIBUTES.email} CONTAINS ${quote(value?.kind === 'text' ? `@${value.text}` : '@')}`;
    return new QueryProblem('instead', nameSpan, { name, use });
  }
  if (isNotStored(name)) return new QueryProblem('not_stored', nameSpan, { name });
  const [near] = ATTRIBUTE_NAMES.map((one) => ({ one, distance: editDistance(name, one, NEAR_MAX) }))
    .filter(({ distance }) => distance <= NEAR_MAX)
    .sort((one, other) => one.distance - other.distance);
  return near === undefined
    ? new QueryProblem('unknown_attribute', nameSpan, { name })
    : new QueryProblem('attribute_near', nameSpan, { name, near: near.one });
}

const NEAR_MAX = 3;

type MakeOne = (values: unknown) => SegmentNode;

/** Of any values, by the kind of their condition. */
function readValues(clause: Clause, code: ConditionCode, make: MakeOne, reading: Reading): SegmentNode {
  const { kind } = CONDITIONS[code];
  const attribute = clause.name;
  const negated = (node: SegmentNode) => (isNegated(clause) ? { kind: 'not' as const, part: node } : node);
  if (clause.operator === 'IS NULL') {
    const values = { op: clause.isNot ? 'isSet' : 'isEmpty' };
    if (CONDITIONS[code].read(values) === null) throw operatorProblem(clause, attribute, kind.name);
    return make(values);
  }
  switch (kind.name) {
    case 'number':
      return negated(make(readNumbers(clause, scaleOf(kind.measure, kind.scale, reading.currency))));
    case 'date': {
      const parts = readDays(clause, attribute, reading).map(make);
      const [first] = parts;
      return negated(first !== undefined && parts.length === 1 ? first : { kind: 'all', parts });
    }
    case 'yearly':
      return negated(make(readYearly(clause, attribute, reading, false)));
    case 'choice':
    case 'set':
      return readList(clause, code, make, reading);
    case 'text':
      return negated(make(readTextValues(clause, kind.ops)));
    case 'flag':
      return make({ op: readFlag(clause) });
    case 'postal':
      return readPostal(clause, make);
    default:
      throw operatorProblem(clause, attribute, kind.name);
  }
}

const isNegated = ({ isNot, operator }: Clause) => isNot !== (operator === '!=');

const COMPARED = {
  '=': 'is',
  '!=': 'is',
  '>': 'moreThan',
  '>=': 'atLeast',
  '<': 'lessThan',
  '<=': 'atMost',
} as const;

function readNumbers(clause: Clause, scale: number): NumberValues {
  const { operator, values, name } = clause;
  if (operator !== 'BETWEEN' && !isCompared(operator)) throw operatorProblem(clause, name, 'number');
  const [first = '0', second = '0'] = values.map((value) => readDecimal(value, name, scale));
  return operator === 'BETWEEN'
    ? { op: 'between', from: first, to: second }
    : { op: COMPARED[operator], value: first };
}

const isCompared = (operator: string): operator is keyof typeof COMPARED => Object.hasOwn(COMPARED, operator);

/** "Is not" and "contains not" of lists are operators of their own. */
function readList(clause: Clause, code: ConditionCode, make: MakeOne, reading: Reading): SegmentNode {
  const { operator, values, name } = clause;
  const { kind } = CONDITIONS[code];
  const isAll = operator === 'CONTAINS ALL';
  const isKnown = ['=', '!=', 'IN', 'CONTAINS', 'CONTAINS ANY'].includes(operator);
  if (!isKnown && !(isAll && kind.name === 'set')) throw operatorProblem(clause, name, kind.name);
  const list = [...new Set(values.map((value) => readChoice(code, value, reading)))];
  if (!isAll) {
    const chosen: ChoiceValues = { op: isNegated(clause) ? 'noneOf' : 'anyOf', list };
    return make(chosen);
  }
  const node = make({ op: 'allOf', list });
  return clause.isNot ? { kind: 'not', part: node } : node;
}

const TEXT_OPERATORS: Readonly<Record<string, TextOp>> = {
  '=': 'is',
  '!=': 'is',
  CONTAINS: 'contains',
  'STARTS WITH': 'startsWith',
};

function readTextValues(clause: Clause, ops: readonly TextOp[]): { op: TextOp; text: string } {
  const { operator, values, name } = clause;
  const op = TEXT_OPERATORS[operator];
  const [value] = values;
  if (op === undefined || !ops.includes(op) || value === undefined)
    throw operatorProblem(clause, name, 'text');
  return { op, text: plainText(value, name, "'...'") };
}

function readFlag(clause: Clause): 'yes' | 'no' {
  const { operator, values, name } = clause;
  const [value] = values;
  if ((operator !== '=' && operator !== '!=') || value === undefined)
    throw operatorProblem(clause, name, 'flag');
  const word = value.kind === 'word' ? value.word : plainText(value, name, 'true').toLowerCase();
  if (word !== 'true' && word !== 'false')
    throw new QueryProblem('value', value.span, { attribute: name, example: 'true, false' });
  return (word === 'true') !== (operator === '!=') ? 'yes' : 'no';
}

function readPostal(clause: Clause, make: MakeOne): SegmentNode {
  const { operator, values, name } = clause;
  const list = [...new Set(values.map((value) => plainText(value, name, "'40132'")))];
  if (operator === '=' || operator === '!=' || operator === 'IN')
    return make({ op: isNegated(clause) ? 'noneOf' : 'anyOf', list });
  if (operator !== 'STARTS WITH' && operator !== 'STARTS WITH ANY')
    throw operatorProblem(clause, name, 'postal');
  const node = make({ op: 'startsWith', list });
  return clause.isNot ? { kind: 'not', part: node } : node;
}

/** `anniversary('metafields.facts.birth_date') BETWEEN today AND +30d`. */
function readAnniversary(
  clause: Clause,
  make: (code: ConditionCode, values: unknown) => SegmentNode,
  reading: Reading,
): SegmentNode {
  const { argument, nameSpan } = clause;
  const named = argument?.parameters.find(({ name }) => name === 'date');
  const [value] = named?.values ?? argument?.values ?? [];
  const field = value?.kind === 'text' ? value.text : '';
  const code = field.endsWith('birth_date')
    ? 'birthday'
    : field.endsWith('wedding_date')
      ? 'anniversary'
      : null;
  if (code === null)
    throw new QueryProblem('not_stored', nameSpan, { name: field === '' ? 'anniversary' : field });
  const node = make(code, readYearly(clause, clause.name, reading, true));
  return isNegated(clause) ? { kind: 'not', part: node } : node;
}
