/**
 * A part of Shopify's segment query language (https://shopify.dev/docs/api/shopifyql/segment-query-language-reference):
 * comparisons of the fields below, joined by AND, OR and parentheses. What the sandbox doesn't know is refused by name,
 * where Shopify would know more.
 */
import type { Customer, OrderLine, ShopState } from '../state.ts';
import { currencyDigits, toMinorUnits } from './money.ts';
import { currentTotals } from './order-totals.ts';

/** What is wrong with a query, as a user error says it. */
export class SegmentQueryError extends Error {
  override name = 'SegmentQueryError';
}

/** The shop, and the moment that relative dates count from. */
export type SegmentScope = { state: ShopState; now: number };

type Test = (customer: Customer, scope: SegmentScope) => boolean;
type Value = string | number | null;
type Field = {
  kind: 'number' | 'money' | 'date' | 'text' | 'list';
  read: (customer: Customer, scope: SegmentScope) => Value | string[];
};

const DAY_MS = 86_400_000;

const FIELDS: Record<string, Field> = {
  number_of_orders: { kind: 'number', read: (customer, scope) => ordersOf(customer, scope).length },
  amount_spent: {
    kind: 'money',
    read: (customer, scope) =>
      ordersOf(customer, scope).reduce((sum, order) => sum + currentTotals(order).total, 0),
  },
  first_order_date: { kind: 'date', read: (customer, scope) => orderDays(customer, scope)[0] ?? null },
  last_order_date: { kind: 'date', read: (customer, scope) => orderDays(customer, scope).at(-1) ?? null },
  customer_added_date: { kind: 'date', read: ({ createdAt }) => createdAt.slice(0, 10) },
  customer_tags: { kind: 'list', read: ({ tags }) => tags },
  customer_countries: {
    kind: 'list',
    read: ({ address, otherAddresses = [] }) =>
      [address, ...otherAddresses].flatMap((each) => (each ? [each.countryCode] : [])),
  },
  customer_account_status: { kind: 'text', read: ({ state }) => state },
  customer_language: { kind: 'text', read: ({ locale }) => locale },
  email_subscription_status: {
    kind: 'text',
    read: ({ emailConsent }) => emailConsent?.state ?? 'NOT_SUBSCRIBED',
  },
  sms_subscription_status: { kind: 'text', read: ({ smsConsent }) => smsConsent?.state ?? 'NOT_SUBSCRIBED' },
};

function ordersOf(customer: Customer, { state }: SegmentScope) {
  return state.orders.filter((order) => order.customerId === customer.id && order.cancelledAt === null);
}

function orderDays(customer: Customer, scope: SegmentScope): string[] {
  return ordersOf(customer, scope)
    .map(({ processedAt }) => processedAt.slice(0, 10))
    .toSorted();
}

const TOKEN =
  /\s*(?:(<=|>=|!=|=|<|>)|(\()|(\))|(,)|'((?:[^'\\]|\\.)*)'|(-\d+[dwmy]\b)|(\d{4}-\d{2}-\d{2}\b)|(-?\d+(?:\.\d+)?)|([A-Za-z_][\w.]*))/y;

const KINDS = ['operator', '(', ')', ',', 'text', 'relative', 'day', 'number', 'word'] as const;
type Token = { kind: (typeof KINDS)[number]; text: string };

function tokensOf(query: string): Token[] {
  const tokens: Token[] = [];
  const end = query.trimEnd().length;
  TOKEN.lastIndex = 0;
  for (let at = 0; at < end; at = TOKEN.lastIndex) {
    const found = TOKEN.exec(query);
    if (!found) throw new SegmentQueryError(`Query syntax is invalid at line 1 column ${at + 1}`);
    const place = found.slice(1).findIndex((group) => group !== undefined);
    tokens.push({ kind: KINDS[place] ?? 'word', text: (found[place + 1] ?? '').replaceAll(/\\(.)/g, '$1') });
  }
  return tokens;
}

/** Returns who is meant by a query. Throws `SegmentQueryError` for one that isn't in this part of the language. */
export function segmentFilter(query: string): Test {
  const reader = new Reader(tokensOf(query));
  const test = readAny(reader);
  if (reader.peek()) throw new SegmentQueryError(`'${reader.peek()?.text}' is unexpected.`);
  return test;
}

class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  peek(): Token | undefined {
    return this.#tokens[this.#at];
  }

  take(what: string): Token {
    const token = this.#tokens[this.#at];
    if (!token) throw new SegmentQueryError(`Query ends where ${what} is expected.`);
    this.#at += 1;
    return token;
  }

  /** Takes the word if it is next. */
  skip(word: string): boolean {
    const token = this.peek();
    const isNext = token?.kind === 'word' ? token.text.toUpperCase() === word : token?.kind === word;
    if (isNext) this.#at += 1;
    return isNext;
  }
}

function readAny(reader: Reader): Test {
  const tests = [readAll(reader)];
  while (reader.skip('OR')) tests.push(readAll(reader));
  return (customer, scope) => tests.some((test) => test(customer, scope));
}

function readAll(reader: Reader): Test {
  const tests = [readOne(reader)];
  while (reader.skip('AND')) tests.push(readOne(reader));
  return (customer, scope) => tests.every((test) => test(customer, scope));
}

function readOne(reader: Reader): Test {
  if (reader.skip('(')) {
    const inner = readAny(reader);
    if (!reader.skip(')')) throw new SegmentQueryError("')' is missing.");
    return inner;
  }
  const name = reader.take('a filter').text;
  if (name === 'products_purchased') return readPurchased(reader);
  const field = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
  if (!field) throw new SegmentQueryError(`'${name}' filter cannot be found.`);
  if (reader.skip('IS')) return readEmptiness(reader, field);
  if (reader.skip('NOT')) return negate(readContains(reader, name, field));
  if (reader.peek()?.text.toUpperCase() === 'CONTAINS') return readContains(reader, name, field);
  const compare = readComparison(reader, name, field);
  return (customer, scope) => compare(field.read(customer, scope), scope);
}

function negate(test: Test): Test {
  return (customer, scope) => !test(customer, scope);
}

function readEmptiness(reader: Reader, field: Field): Test {
  const isSet = reader.skip('NOT');
  if (!reader.skip('NULL')) throw new SegmentQueryError('NULL is expected.');
  return (customer, scope) => {
    const value = field.read(customer, scope);
    return (value !== null && !(Array.isArray(value) && value.length === 0)) === isSet;
  };
}

function readContains(reader: Reader, name: string, field: Field): Test {
  if (!reader.skip('CONTAINS')) throw new SegmentQueryError('CONTAINS is expected.');
  if (field.kind !== 'list') throw new SegmentQueryError(`'${name}' filter doesn't support CONTAINS.`);
  const { kind, text } = reader.take('a value');
  if (kind !== 'text') throw new SegmentQueryError(`Value for '${name}' must be a string.`);
  const wanted = text.toLowerCase();
  return (customer, scope) => {
    const held = field.read(customer, scope);
    return Array.isArray(held) && held.some((each) => each.toLowerCase() === wanted);
  };
}

type Comparison = (value: Value | string[], scope: SegmentScope) => boolean;

function readBetween(reader: Reader, field: Pick<Field, 'kind'>): Comparison {
  const from = readValue(reader, field);
  if (!reader.skip('AND')) throw new SegmentQueryError('AND is expected.');
  const to = readValue(reader, field);
  return (value, scope) =>
    value !== null && !Array.isArray(value) && value >= from(scope) && value <= to(scope);
}

function readComparison(reader: Reader, name: string, field: Pick<Field, 'kind'>): Comparison {
  if (reader.skip('BETWEEN')) return readBetween(reader, field);
  const { kind, text: operator } = reader.take('an operator');
  if (kind !== 'operator') throw new SegmentQueryError(`'${operator}' is unexpected.`);
  if (field.kind === 'list' || (field.kind === 'text' && operator !== '=' && operator !== '!='))
    throw new SegmentQueryError(`'${name}' filter doesn't support ${operator}.`);
  const wanted = readValue(reader, field);
  return (value, scope) => {
    const other = wanted(scope);
    if (value === null || Array.isArray(value)) return operator === '!=';
    if (operator === '=') return value === other;
    if (operator === '!=') return value !== other;
    if (operator === '<') return value < other;
    if (operator === '>') return value > other;
    return operator === '<=' ? value <= other : value >= other;
  };
}

type LineTest = (line: OrderLine, scope: SegmentScope) => boolean;

/** `MATCHES (id = 1, date >= -30d, count > 1)`: orders of that time with such a line, and how many there are. */
function readPurchased(reader: Reader): Test {
  const isNot = reader.skip('NOT');
  if (!reader.skip('MATCHES')) throw new SegmentQueryError('MATCHES is expected.');
  if (!reader.skip('(')) throw new SegmentQueryError("'(' is missing.");
  let isMeant: LineTest = () => true;
  let isThen: Comparison = () => true;
  let isCount: Comparison = (count) => Number(count) > 0;
  do {
    const name = reader.take('a parameter').text;
    if (name === 'id' || name === 'tag') isMeant = readGoods(reader, name);
    else if (name === 'date') isThen = readComparison(reader, name, { kind: 'date' });
    else if (name === 'count') isCount = readComparison(reader, name, { kind: 'number' });
    else throw new SegmentQueryError(`'${name}' parameter cannot be found.`);
  } while (reader.skip(','));
  if (!reader.skip(')')) throw new SegmentQueryError("')' is missing.");
  return (customer, scope) => {
    const found = ordersOf(customer, scope).filter(
      ({ processedAt, lines }) =>
        isThen(processedAt.slice(0, 10), scope) && lines.some((line) => isMeant(line, scope)),
    );
    return isCount(found.length, scope) !== isNot;
  };
}

function readGoods(reader: Reader, name: 'id' | 'tag'): LineTest {
  const wanted: string[] = [];
  const takeOne = () => wanted.push(reader.take('a value').text.toLowerCase());
  if (reader.skip('IN')) {
    if (!reader.skip('(')) throw new SegmentQueryError("'(' is missing.");
    do takeOne();
    while (reader.skip(','));
    if (!reader.skip(')')) throw new SegmentQueryError("')' is missing.");
  } else {
    if (reader.take('an operator').text !== '=') throw new SegmentQueryError("'=' is expected.");
    takeOne();
  }
  if (name === 'id') return ({ productId }) => wanted.includes(String(productId));
  return ({ productId }, { state }) =>
    state.products.some(
      ({ id, tags }) => id === productId && tags.some((tag) => wanted.includes(tag.toLowerCase())),
    );
}

function readValue(reader: Reader, { kind }: Pick<Field, 'kind'>): (scope: SegmentScope) => string | number {
  const token = reader.take('a value');
  const { text } = token;
  if (kind === 'text' && token.kind === 'text') return () => text;
  if (kind === 'number' && token.kind === 'number') return () => Number(text);
  if (kind === 'money' && token.kind === 'number')
    return ({ state }) => toMinorUnits(text, currencyDigits(state.shop.currency));
  if (kind === 'date' && token.kind === 'day') return () => text;
  if (kind === 'date' && token.kind === 'relative') return ({ now }) => daysAgo(text, now);
  if (kind === 'date' && (text === 'today' || text === 'yesterday'))
    return ({ now }) => daysAgo(text === 'today' ? '-0d' : '-1d', now);
  throw new SegmentQueryError(`Value '${text}' is invalid.`);
}

/** `-30d`, `-4w`, `-3m`, `-1y` before the scope's now, as a day. */
function daysAgo(text: string, now: number): string {
  const count = Number(text.slice(1, -1));
  const unit = text.at(-1);
  const date = new Date(now);
  if (unit === 'm') date.setUTCMonth(date.getUTCMonth() - count);
  else if (unit === 'y') date.setUTCFullYear(date.getUTCFullYear() - count);
  else date.setTime(now - count * DAY_MS * (unit === 'w' ? 7 : 1));
  return date.toISOString().slice(0, 10);
}
