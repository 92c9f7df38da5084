/** Functions of query texts: what was bought, what expires, and Shopify's `orders_placed`. */
import type { DateValues } from '../conditions/kinds/date.ts';
import type { ConditionCode } from '../conditions/registry.ts';
import type { SegmentNode } from '../tree/tree.ts';
import { BOUGHT_FUNCTIONS } from './attributes.ts';
import type { Clause, Parameter } from './clause.ts';
import { readDays } from './days.ts';
import { operatorProblem } from './operators.ts';
import { QueryProblem } from './query-error.ts';
import { plainText, readDecimal, scaleOf, type Reading } from './values.ts';

type Make = (code: ConditionCode, values: unknown) => SegmentNode;

const negated = (node: SegmentNode, isNot: boolean): SegmentNode =>
  isNot ? { kind: 'not', part: node } : node;

/** The parameters, also as Shopify wrote them before: `products_purchased(id: 1) = true`. */
function parametersOf(clause: Clause): { parameters: Parameter[]; isNot: boolean } {
  const { argument, operator, isNot, values, parameters } = clause;
  if (operator === 'MATCHES' && argument === null) return { parameters, isNot };
  const [value] = values;
  const isFlag = value?.kind === 'word' && (value.word === 'true' || value.word === 'false');
  if (argument === null || !isFlag || argument.values.length > 0 || !['=', '!='].includes(operator))
    throw operatorProblem(clause, clause.name, 'bought');
  return { parameters: argument.parameters, isNot: (value.word === 'false') !== (operator === '!=') };
}

const GOODS = {
  id: 'product',
  product_id: 'product',
  variant: 'variant',
  collection: 'collection',
  type: 'type',
  vendor: 'vendor',
  tag: 'tag',
  product_tag: 'tag',
} as const;
/** Orders are counted by `count`; pieces and money are sums over them. */
const MEASURES = { count: 'times', sum_quantity: 'units', sum_amount: 'spend' } as const;

const isGoods = (name: string): name is keyof typeof GOODS => Object.hasOwn(GOODS, name);
const isMeasure = (name: string): name is keyof typeof MEASURES => Object.hasOwn(MEASURES, name);

interface Asked {
  goods: Parameter | null;
  measure: Parameter | null;
  date: Parameter | null;
}

/** Sorts the parameters, each at most once. */
function sortParameters(parameters: Parameter[], { name }: Clause): Asked {
  const asked: Asked = { goods: null, measure: null, date: null };
  for (const parameter of parameters) {
    const slot = slotOf(parameter, name);
    if (asked[slot] !== null) throw new QueryProblem('combination', parameter.span);
    asked[slot] = parameter;
  }
  return asked;
}

function slotOf({ name, span }: Parameter, attribute: string): keyof Asked {
  if (isGoods(name)) return 'goods';
  if (isMeasure(name)) return 'measure';
  if (name === 'date') return 'date';
  if (name === 'quantity') throw new QueryProblem('instead', span, { name, use: 'sum_quantity' });
  throw new QueryProblem('parameter', span, { attribute, name });
}

type BoughtFunction = keyof typeof BOUGHT_FUNCTIONS;

/** The function of a name; null for none of them. */
export function boughtFunction(name: string): BoughtFunction | null {
  const all = ['any', 'all', 'firstOrder', 'lastOrder'] as const;
  return all.find((op) => BOUGHT_FUNCTIONS[op] === name) ?? null;
}

/** What was bought. Without goods it is about orders. Throws QueryProblem. */
export function readBought(clause: Clause, op: BoughtFunction, make: Make, reading: Reading): SegmentNode {
  const { parameters, isNot } = parametersOf(clause);
  const asked = sortParameters(parameters, clause);
  if (asked.goods === null) {
    if (op !== 'any')
      throw new QueryProblem('parameter_missing', clause.span, { attribute: clause.name, name: 'id' });
    return readOrders(asked, clause, isNot, make, reading);
  }
  const goods = readGoods(asked.goods);
  if (op === 'firstOrder' || op === 'lastOrder') {
    const wrong = asked.measure ?? asked.date;
    if (wrong !== null) throw new QueryProblem('combination', wrong.span);
    return negated(make('bought', { op, goods }), isNot);
  }
  const period = asked.date === null ? null : readPeriod(asked.date, reading);
  if (asked.measure === null) {
    if (op === 'any') return make('bought', { op: isNot ? 'none' : 'any', goods, period });
    return negated(make('bought', { op, goods, period }), isNot);
  }
  if (op === 'all') throw new QueryProblem('combination', asked.measure.span);
  const { measure, ...limits } = readMeasure(asked.measure, reading);
  return negated(make('bought', { op: measure, goods, period, ...limits }), isNot);
}

function readGoods(parameter: Parameter): { by: string; list: string[] } {
  const { name, operator, isNot, values, span } = parameter;
  if (!isGoods(name) || isNot || (operator !== '=' && operator !== 'IN'))
    throw new QueryProblem('combination', span);
  const list = values.map((value) => plainText(value, name, name === 'id' ? '2012162031638' : "'...'"));
  return { by: GOODS[name], list: [...new Set(list)] };
}

/** Days on which an order counts: one period, with today or with days of the calendar. */
function readPeriod(parameter: Parameter, reading: Reading): DateValues {
  const [period, ...more] = readDays(parameter, parameter.name, reading);
  if (parameter.isNot || parameter.operator === '!=' || period === undefined || more.length > 0)
    throw new QueryProblem('period', parameter.span);
  if (period.op === 'on') return { op: 'between', from: period.day, to: period.day };
  if (!['lastDays', 'moreThanDaysAgo', 'between', 'before', 'after'].includes(period.op))
    throw new QueryProblem('period', parameter.span);
  return period;
}

interface Limits {
  from: string | null;
  to: string | null;
}

/** Both included; null for no limit. */
function readLimits(parameter: Parameter, scale: number): Limits {
  const { name, operator, isNot, values } = parameter;
  const [first, second] = values;
  if (first === undefined || isNot) throw operatorProblem(parameter, name, 'number');
  if (operator === '=' && first.kind === 'word' && first.word === 'any') return { from: null, to: null };
  const number = readDecimal(first, name, scale);
  const by = (step: bigint) => (BigInt(number) + step).toString();
  switch (operator) {
    case '=':
      return { from: number, to: number };
    case '>':
      return { from: by(1n), to: null };
    case '>=':
      return { from: number, to: null };
    case '<':
      return { from: null, to: by(-1n) };
    case '<=':
      return { from: null, to: number };
    case 'BETWEEN':
      return { from: number, to: second === undefined ? number : readDecimal(second, name, scale) };
    default:
      throw operatorProblem(parameter, name, 'number');
  }
}

function readMeasure(parameter: Parameter, { currency }: Reading) {
  const measure = isMeasure(parameter.name) ? MEASURES[parameter.name] : 'times';
  return { measure, ...readLimits(parameter, measure === 'spend' ? scaleOf('money', 0, currency) : 0) };
}

/**
 * Orders of any products: that there is one, how many there are, or that there is one after or before a day, which the
 * last or the first one tells. Throws QueryProblem.
 */
function readOrders(
  { date, measure }: Asked,
  clause: Clause,
  isNot: boolean,
  make: Make,
  reading: Reading,
): SegmentNode {
  const note = (to: string) => reading.notes.push({ code: 'orders', from: clause.name, to });
  if (date !== null && measure !== null) throw new QueryProblem('combination', measure.span);
  if (date !== null) {
    const period = readPeriod(date, reading);
    if (period.op === 'between') throw new QueryProblem('combination', date.span);
    const isLast = period.op === 'lastDays' || period.op === 'after';
    note(isLast ? 'last_order_date' : 'first_order_date');
    return negated(make(isLast ? 'last_order' : 'first_order', period), isNot);
  }
  note('number_of_orders');
  if (measure === null)
    return make('order_count', isNot ? { op: 'is', value: '0' } : { op: 'atLeast', value: '1' });
  if (measure.name !== 'count') throw new QueryProblem('combination', measure.span);
  const { from, to } = readLimits(measure, 0);
  if (from !== null && to !== null)
    return negated(
      make('order_count', from === to ? { op: 'is', value: from } : { op: 'between', from, to }),
      isNot,
    );
  const value = from ?? to ?? '0';
  return negated(make('order_count', { op: to === null ? 'atLeast' : 'atMost', value }), isNot);
}

/** Shopify's orders of a customer, as far as first and last orders and their number tell. Throws QueryProblem. */
export function readOrdersPlaced(clause: Clause, make: Make, reading: Reading): SegmentNode {
  const { parameters, isNot } = parametersOf(clause);
  const asked = sortParameters(parameters, clause);
  if (asked.goods !== null)
    throw new QueryProblem('parameter', asked.goods.span, { attribute: clause.name, name: asked.goods.name });
  return readOrders(asked, clause, isNot, make, reading);
}

/** `points_expiring MATCHES (days <= 30, amount >= 50)`. Throws QueryProblem. */
export function readExpiring(
  clause: Clause,
  code: ConditionCode,
  isMoney: boolean,
  make: Make,
  { currency }: Reading,
): SegmentNode {
  const { parameters, isNot } = parametersOf(clause);
  const find = (name: string, operator: '<=' | '>=') => {
    const parameter = parameters.find((one) => one.name === name);
    const [value] = parameter?.values ?? [];
    if (parameter === undefined || value === undefined)
      throw new QueryProblem('parameter_missing', clause.span, { attribute: clause.name, name });
    if (parameter.operator !== operator) throw new QueryProblem('combination', parameter.span);
    return value;
  };
  const days = readDecimal(find('days', '<='), 'days', 0);
  const value = readDecimal(find('amount', '>='), 'amount', isMoney ? scaleOf('money', 0, currency) : 0);
  const other = parameters.find(({ name }) => name !== 'days' && name !== 'amount');
  if (other !== undefined || parameters.length > 2)
    throw new QueryProblem('parameter', (other ?? clause).span, {
      attribute: clause.name,
      name: other?.name ?? 'days',
    });
  return negated(make(code, { op: 'within', days: Number(days), value }), isNot);
}
