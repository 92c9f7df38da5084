/** One clause of a query text as it is written, before anything is known of its attribute. */
import { QueryProblem, spanning, type Span } from './query-error.ts';
import { tokenize, type Literal, type Token } from './tokens.ts';

/** A value with its place; words are `true`, `today` and the like, in lower case. */
export type Value = { span: Span } & (Literal | { kind: 'word'; word: string });

export type Operator =
  | '='
  | '!='
  | '>'
  | '>='
  | '<'
  | '<='
  | 'BETWEEN'
  | 'IN'
  | 'CONTAINS'
  | 'CONTAINS ANY'
  | 'CONTAINS ALL'
  | 'STARTS WITH'
  | 'STARTS WITH ANY'
  | 'IS NULL'
  | 'MATCHES';

/** What follows the name of an attribute or of a parameter. */
export interface Comparison {
  operator: Operator;
  isNot: boolean;
  values: Value[];
  /** Of MATCHES. */
  parameters: Parameter[];
  /** The whole clause, and its operator. */
  span: Span;
  at: Span;
}

export interface Parameter extends Comparison {
  name: string;
}

export interface Clause extends Comparison {
  name: string;
  nameSpan: Span;
  /** What stands in brackets behind the name, as of `anniversary('...')` and of Shopify's older functions; null without. */
  argument: { parameters: Parameter[]; values: Value[] } | null;
}

/** Reads tokens one after the other. */
export class Cursor {
  readonly #tokens: readonly Token[];
  #index = 0;

  constructor(text: string) {
    this.#tokens = tokenize(text);
  }

  /** The token that comes next, or the one after it. */
  peek(ahead = 0): Token {
    const index = Math.min(this.#index + ahead, this.#tokens.length - 1);
    const token = this.#tokens[index];
    if (token === undefined) throw new Error('a text without an end');
    return token;
  }

  next(): Token {
    const token = this.peek();
    if (token.kind !== 'end') this.#index += 1;
    return token;
  }

  isWord(word: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'word' && token.text.toUpperCase() === word;
  }

  isSign(sign: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'sign' && token.sign === sign;
  }

  /** Takes a word if it comes next. */
  takeWord(word: string): boolean {
    const is = this.isWord(word);
    if (is) this.next();
    return is;
  }

  /** Takes a sign, which must come next. */
  takeBracket(sign: '(' | ')'): Token {
    if (!this.isSign(sign)) throw new QueryProblem('bracket_expected', this.peek().span, { sign });
    return this.next();
  }
}

const RESERVED = ['AND', 'OR', 'NOT', 'IN', 'IS', 'NULL', 'BETWEEN', 'CONTAINS', 'MATCHES', 'NOT_MATCHES'];

const isReserved = ({ text }: Token) => RESERVED.includes(text.toUpperCase());

/** Reads a clause: an attribute, how it is compared, and with what. Throws QueryProblem. */
export function readClause(cursor: Cursor): Clause {
  const name = cursor.next();
  if (name.kind !== 'word' || isReserved(name))
    throw new QueryProblem('attribute_expected', name.span, { found: name.text });
  const argument = cursor.isSign('(') ? readArgument(cursor) : null;
  const comparison = readComparison(cursor, name.text);
  return {
    ...comparison,
    name: name.text.toLowerCase(),
    nameSpan: name.span,
    argument,
    span: spanning(name.span, comparison.span),
  };
}

function readArgument(cursor: Cursor): NonNullable<Clause['argument']> {
  const isNamed = cursor.peek(1).kind === 'word';
  if (isNamed) return { parameters: readParameters(cursor), values: [] };
  const values = cursor.isSign(')', 1) ? (cursor.next(), cursor.next(), []) : readList(cursor, 'value');
  return { parameters: [], values };
}

const SIGNS: Readonly<Record<string, Operator>> = {
  '=': '=',
  '!=': '!=',
  '>': '>',
  '>=': '>=',
  '<': '<',
  '<=': '<=',
};

function readComparison(cursor: Cursor, attribute: string): Comparison {
  const first = cursor.peek();
  const isNot = cursor.takeWord('NOT');
  const made = (operator: Operator, values: Value[], more: Partial<Comparison> = {}): Comparison => {
    const last = more.span ?? values.at(-1)?.span ?? first.span;
    return {
      operator,
      isNot,
      values,
      parameters: [],
      at: first.span,
      ...more,
      span: spanning(first.span, last),
    };
  };
  const token = cursor.next();
  const word = token.kind === 'word' ? token.text.toUpperCase() : '';
  if (token.kind === 'sign' && !isNot) {
    const operator = SIGNS[token.sign];
    if (operator !== undefined) return made(operator, [readValue(cursor, attribute)]);
  }
  switch (word) {
    case 'IS': {
      const isSet = cursor.takeWord('NOT');
      const end = cursor.peek();
      if (!cursor.takeWord('NULL')) throw new QueryProblem('value_expected', end.span, { attribute });
      return made('IS NULL', [], { isNot: isSet !== isNot, span: end.span });
    }
    case 'BETWEEN': {
      const from = readValue(cursor, attribute);
      const and = cursor.peek();
      if (!cursor.takeWord('AND')) throw new QueryProblem('value_expected', and.span, { attribute });
      return made('BETWEEN', [from, readValue(cursor, attribute)]);
    }
    case 'IN':
      return made('IN', readList(cursor, attribute));
    case 'CONTAINS':
      return readContains(cursor, attribute, made);
    case 'STARTS': {
      const next = cursor.peek();
      if (!cursor.takeWord('WITH')) throw new QueryProblem('operator_expected', next.span, { attribute });
      if (cursor.takeWord('ANY')) return made('STARTS WITH ANY', readList(cursor, attribute));
      return made('STARTS WITH', [readValue(cursor, attribute)]);
    }
    case 'MATCHES':
    case 'NOT_MATCHES': {
      const parameters = readParameters(cursor);
      const isNone = isNot !== (word === 'NOT_MATCHES');
      return made('MATCHES', [], { isNot: isNone, parameters, span: parameters.at(-1)?.span ?? token.span });
    }
    default:
      throw new QueryProblem('operator_expected', token.span, { attribute });
  }
}

type Make = (operator: Operator, values: Value[]) => Comparison;

function readContains(cursor: Cursor, attribute: string, made: Make): Comparison {
  if (cursor.takeWord('ANY')) return made('CONTAINS ANY', readList(cursor, attribute));
  if (cursor.takeWord('ALL')) return made('CONTAINS ALL', readList(cursor, attribute));
  return made('CONTAINS', [readValue(cursor, attribute)]);
}

/** Values in brackets, at least one. */
function readList(cursor: Cursor, attribute: string): Value[] {
  cursor.takeBracket('(');
  const values = [readValue(cursor, attribute)];
  while (cursor.isSign(',')) {
    cursor.next();
    values.push(readValue(cursor, attribute));
  }
  cursor.takeBracket(')');
  return values;
}

function readValue(cursor: Cursor, attribute: string): Value {
  const token = cursor.peek();
  if (token.kind === 'literal') {
    cursor.next();
    return { ...token.literal, span: token.span };
  }
  if (token.kind !== 'word' || isReserved(token))
    throw new QueryProblem('value_expected', token.span, { attribute });
  cursor.next();
  return { kind: 'word', word: token.text.toLowerCase(), span: token.span };
}

/** `(id = 1, date >= -30d)`, and as Shopify wrote it before: `(id: 1, date: >= -30d)`. */
function readParameters(cursor: Cursor): Parameter[] {
  cursor.takeBracket('(');
  const parameters: Parameter[] = [];
  while (!cursor.isSign(')')) {
    if (parameters.length > 0) {
      if (!cursor.isSign(',')) throw new QueryProblem('bracket_expected', cursor.peek().span, { sign: ')' });
      cursor.next();
    }
    parameters.push(readParameter(cursor));
  }
  cursor.takeBracket(')');
  return parameters;
}

function readParameter(cursor: Cursor): Parameter {
  const name = cursor.next();
  if (name.kind !== 'word' || isReserved(name))
    throw new QueryProblem('attribute_expected', name.span, { found: name.text });
  const comparison = cursor.isSign(':') ? readOldValue(cursor, name) : readComparison(cursor, name.text);
  return { ...comparison, name: name.text.toLowerCase(), span: spanning(name.span, comparison.span) };
}

/** Behind a colon a value stands alone, or with its operator. */
function readOldValue(cursor: Cursor, name: Token): Comparison {
  const { span } = cursor.next();
  const alone = { isNot: false, parameters: [], at: span };
  if (cursor.isSign('(')) {
    const values = readList(cursor, name.text);
    return { ...alone, operator: 'IN', values, span: spanning(span, values.at(-1)?.span ?? span) };
  }
  const token = cursor.peek();
  if (token.kind === 'sign' || isReserved(token)) return readComparison(cursor, name.text);
  const value = readValue(cursor, name.text);
  return { ...alone, operator: '=', values: [value], span: spanning(span, value.span) };
}
