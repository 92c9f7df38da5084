/** What is typed into the fields of a condition, and the values that it makes. Pure. */
import { formatDecimalInput, formatMoneyInput } from '#app/lib/format.ts';
import { isStorableDay } from '#app/lib/storable.ts';
import { parseDecimalInput, parseMoneyInput, parseWholeInput } from '#app/lib/typed-number.ts';
import { boughtValues } from '../conditions/products/bought.ts';
import { TEXT_OPS, type Kind, type Measure } from '../conditions/kind.ts';
import { CONDITIONS, type ConditionCode, type ConditionNode } from '../conditions/registry.ts';

/** Each input of a condition. What another comparison doesn't ask for stays as typed. */
export interface Fields {
  op: string;
  value: string;
  from: string;
  to: string;
  days: string;
  /** Days as `YYYY-MM-DD`. */
  day: string;
  fromDay: string;
  toDay: string;
  /** Months from 1 to 12, and days of them. */
  month: string;
  fromMonth: string;
  fromDate: string;
  toMonth: string;
  toDate: string;
  text: string;
  list: string[];
  by: GoodsBy;
  period: Period;
}

export const GOODS_BY = ['product', 'variant', 'collection', 'type', 'vendor', 'tag'] as const;
export type GoodsBy = (typeof GOODS_BY)[number];
export const PERIODS = ['any', 'lastDays', 'moreThanDaysAgo', 'between', 'before', 'after'] as const;
export type Period = (typeof PERIODS)[number];
export type FieldName = Exclude<keyof Fields, 'op' | 'by' | 'period'>;

/** How numbers are written. */
export interface InputFormat {
  locale: string;
  currency: string;
}

const EMPTY: Fields = {
  op: '',
  value: '',
  from: '',
  to: '',
  days: '30',
  day: '',
  fromDay: '',
  toDay: '',
  month: '1',
  fromMonth: '1',
  fromDate: '1',
  toMonth: '1',
  toDate: '31',
  text: '',
  list: [],
  by: 'product',
  period: 'any',
};

const COMPARISONS = ['is', 'atLeast', 'atMost', 'moreThan', 'lessThan', 'between'] as const;
const DATE_OPS = [
  'lastDays',
  'moreThanDaysAgo',
  'nextDays',
  'on',
  'before',
  'after',
  'between',
  'thisMonth',
  'lastMonth',
  'thisYear',
  'dayOfYear',
  'isSet',
  'isEmpty',
] as const;
const YEARLY_OPS = [
  'thisMonth',
  'nextMonth',
  'nextDays',
  'lastDays',
  'month',
  'dayOfYear',
  'between',
  'isSet',
  'isEmpty',
] as const;

/** The operators of a kind, in the order of the menu. */
export function opsOf(kind: Kind): readonly string[] {
  const emptiness = ['isSet', 'isEmpty'];
  switch (kind.name) {
    case 'number':
      return kind.canBeEmpty ? [...COMPARISONS, ...emptiness] : COMPARISONS;
    case 'date':
      return DATE_OPS.filter((op) => op !== 'nextDays' || kind.canBeFuture);
    case 'yearly':
      return YEARLY_OPS;
    case 'choice':
      return kind.canBeEmpty ? ['anyOf', 'noneOf', ...emptiness] : ['anyOf', 'noneOf'];
    case 'set':
      return kind.canBeEmpty ? ['anyOf', 'allOf', 'noneOf', ...emptiness] : ['anyOf', 'allOf', 'noneOf'];
    case 'text':
      return TEXT_OPS.filter((op) => kind.ops.includes(op));
    case 'flag':
      return ['yes', 'no'];
    case 'postal':
      return ['anyOf', 'noneOf', 'startsWith', ...emptiness];
    case 'bought':
      return ['any', 'all', 'none', 'firstOrder', 'lastOrder', 'times', 'units', 'spend'];
    case 'expiring':
      return ['within'];
  }
}

/** The fields of a condition that was just chosen. */
export function newFields(code: ConditionCode): Fields {
  const { kind } = CONDITIONS[code];
  const [first = ''] = opsOf(kind);
  return { ...EMPTY, op: kind.name === 'number' ? 'atLeast' : first };
}

const DATE_INPUTS: Record<string, readonly FieldName[]> = {
  lastDays: ['days'],
  moreThanDaysAgo: ['days'],
  nextDays: ['days'],
  on: ['day'],
  before: ['day'],
  after: ['day'],
  between: ['fromDay', 'toDay'],
  month: ['month'],
  dayOfYear: ['fromMonth', 'fromDate', 'toMonth', 'toDate'],
};

/** The fields that the comparison asks for. */
export function inputsOf(kind: Kind, { op, period }: Fields): readonly FieldName[] {
  if (op === 'isSet' || op === 'isEmpty') return [];
  switch (kind.name) {
    case 'number':
      return op === 'between' ? ['from', 'to'] : ['value'];
    case 'date':
    case 'yearly':
      return DATE_INPUTS[op] ?? [];
    case 'choice':
    case 'set':
    case 'postal':
      return ['list'];
    case 'text':
      return ['text'];
    case 'flag':
      return [];
    case 'expiring':
      return ['value', 'days'];
    case 'bought': {
      const limits: FieldName[] = isMeasured(op) ? ['from', 'to'] : [];
      return ['list', ...limits, ...(hasPeriod(op) ? (DATE_INPUTS[period] ?? []) : [])];
    }
  }
}

export const isMeasured = (op: string): boolean => op === 'times' || op === 'units' || op === 'spend';
export const hasPeriod = (op: string): boolean => op !== 'firstOrder' && op !== 'lastOrder';

/** What a number field of the condition counts, and its decimals. */
export function measureOf(kind: Kind, op: string): { measure: Measure; scale: number } {
  if (kind.name === 'number') return { measure: kind.measure, scale: kind.scale };
  if (kind.name === 'expiring') return { measure: kind.measure, scale: 0 };
  return { measure: op === 'spend' ? 'money' : 'count', scale: 0 };
}

function parseNumber(
  typed: string,
  kind: Kind,
  op: string,
  { locale, currency }: InputFormat,
): string | null {
  const { measure, scale } = measureOf(kind, op);
  if (measure === 'money') return parseMoneyInput(typed, currency, locale)?.toString() ?? null;
  if (scale === 0) return parseWholeInput(typed, locale)?.toString() ?? null;
  return parseDecimalInput(typed.trim().replace(/\s*%$/, ''), scale)?.toString() ?? null;
}

function formatInput(value: string, kind: Kind, op: string, { locale, currency }: InputFormat): string {
  const { measure, scale } = measureOf(kind, op);
  if (measure === 'money') return formatMoneyInput(BigInt(value), currency, locale);
  return scale === 0 ? value : formatDecimalInput(Number(value), scale, locale);
}

export type ReadFields = { ok: true; node: ConditionNode } | { ok: false; wrong: FieldName[] };

/** Makes the condition of what was typed; else the fields that are wrong. */
export function readFields(code: ConditionCode, fields: Fields, format: InputFormat): ReadFields {
  const { kind } = CONDITIONS[code];
  const inputs = inputsOf(kind, fields);
  const isOpen = kind.name === 'bought';
  const wrong = inputs.filter((name) => {
    const value = readField(name, fields, kind, format);
    if (isOpen && (name === 'from' || name === 'to') && fields[name].trim() === '')
      return fields.from.trim() === '' && fields.to.trim() === '' && name === 'from';
    return value === null;
  });
  if (wrong.length > 0) return { ok: false, wrong };
  const upside = upsideDown(inputs, fields, kind, format);
  if (upside !== null) return { ok: false, wrong: [upside] };
  const node = CONDITIONS[code].read(valuesFrom(kind, fields, format));
  return node === null ? { ok: false, wrong: [...inputs] } : { ok: true, node };
}

function readField(name: FieldName, fields: Fields, kind: Kind, format: InputFormat): unknown {
  switch (name) {
    case 'value':
    case 'from':
    case 'to':
      return parseNumber(fields[name], kind, fields.op, format);
    case 'days': {
      const days = parseWholeInput(fields.days, format.locale);
      return days === null || days > 36_500n ? null : Number(days);
    }
    case 'list':
      return fields.list.length === 0 ? null : fields.list;
    case 'text':
      return fields.text.trim() || null;
    case 'day':
    case 'fromDay':
    case 'toDay':
      return isStorableDay(fields[name].trim()) ? fields[name].trim() : null;
    case 'month':
    case 'fromMonth':
    case 'toMonth':
      return Number(fields[name]);
    case 'fromDate':
      return monthDay(fields.fromMonth, fields.fromDate);
    case 'toDate':
      return monthDay(fields.toMonth, fields.toDate);
  }
}

/** `MM-DD`; null for a day that the month doesn't have. */
function monthDay(month: string, date: string): string | null {
  const [ofMonth, ofDay] = [Number(month), Number(date)];
  if (!Number.isInteger(ofDay) || ofDay < 1 || ofDay > new Date(Date.UTC(2000, ofMonth, 0)).getUTCDate())
    return null;
  return `${String(ofMonth).padStart(2, '0')}-${String(ofDay).padStart(2, '0')}`;
}

/** The field whose value comes before the one that it must follow. */
function upsideDown(
  inputs: readonly FieldName[],
  fields: Fields,
  kind: Kind,
  format: InputFormat,
): FieldName | null {
  if (inputs.includes('to')) {
    const [from, to] = [
      parseNumber(fields.from, kind, fields.op, format),
      parseNumber(fields.to, kind, fields.op, format),
    ];
    if (from !== null && to !== null && BigInt(from) > BigInt(to)) return 'to';
  }
  return inputs.includes('toDay') && fields.fromDay > fields.toDay ? 'toDay' : null;
}

function valuesFrom(kind: Kind, fields: Fields, format: InputFormat): unknown {
  const { op } = fields;
  const read = (name: FieldName) => readField(name, fields, kind, format);
  if (kind.name === 'bought') return boughtFrom(fields, read);
  const inputs = inputsOf(kind, fields);
  if (inputs.includes('fromDay')) return { op, from: read('fromDay'), to: read('toDay') };
  if (inputs.includes('fromDate')) return { op, from: read('fromDate'), to: read('toDate') };
  return { op, ...Object.fromEntries(inputs.map((name) => [name, read(name)])) };
}

function boughtFrom(fields: Fields, read: (name: FieldName) => unknown): unknown {
  const { op } = fields;
  const goods = { by: fields.by, list: fields.list };
  const days = { op: fields.period };
  const period =
    fields.period === 'any'
      ? null
      : fields.period === 'between'
        ? { ...days, from: read('fromDay'), to: read('toDay') }
        : {
            ...days,
            ...(fields.period.endsWith('ays') || fields.period.endsWith('Ago')
              ? { days: read('days') }
              : { day: read('day') }),
          };
  return {
    op,
    goods,
    ...(hasPeriod(op) ? { period } : {}),
    ...(isMeasured(op) ? { from: read('from'), to: read('to') } : {}),
  };
}

/** The fields of a condition that was made before. */
export function fieldsOf({ code, values }: ConditionNode, format: InputFormat): Fields {
  const { kind } = CONDITIONS[code];
  const fields: Fields = { ...EMPTY, op: values.op };
  if (kind.name === 'bought') return { ...fields, ...boughtFields(values, format) };
  const number = (value: string) => formatInput(value, kind, values.op, format);
  if ('value' in values) fields.value = number(values.value);
  if ('days' in values) fields.days = String(values.days);
  if ('day' in values) fields.day = values.day;
  if ('month' in values) fields.month = String(values.month);
  if ('text' in values) fields.text = values.text;
  if ('list' in values) fields.list = values.list;
  if ('from' in values && values.from !== null && values.to !== null) {
    if (kind.name === 'number') return { ...fields, from: number(values.from), to: number(values.to) };
    if (values.op === 'dayOfYear') return { ...fields, ...yearDays(values.from, values.to) };
    return { ...fields, fromDay: values.from, toDay: values.to };
  }
  return fields;
}

function yearDays(from: string, to: string): Partial<Fields> {
  const part = (monthAndDay: string, place: 0 | 1) => String(Number(monthAndDay.split('-')[place]));
  return { fromMonth: part(from, 0), fromDate: part(from, 1), toMonth: part(to, 0), toDate: part(to, 1) };
}

function boughtFields(given: unknown, format: InputFormat): Partial<Fields> {
  const values = boughtValues.parse(given);
  const kind: Kind = { name: 'bought' };
  const number = (value: string | null) =>
    value === null ? '' : formatInput(value, kind, values.op, format);
  const period = 'period' in values ? values.period : null;
  return {
    by: values.goods.by,
    list: values.goods.list,
    period: period?.op ?? 'any',
    ...('from' in values ? { from: number(values.from), to: number(values.to) } : {}),
    ...(period !== null && 'days' in period ? { days: String(period.days) } : {}),
    ...(period !== null && 'day' in period ? { day: period.day } : {}),
    ...(period !== null && 'from' in period ? { fromDay: period.from, toDay: period.to } : {}),
  };
}
