/** Random rules over the population of segment-population.ts. */
import fc, { type Arbitrary } from 'fast-check';
import type { Choices, Kind, Measure } from '#app/modules/segments/conditions/kind.ts';
import {
  CONDITIONS,
  type ConditionCode,
  type ConditionNode,
} from '#app/modules/segments/conditions/registry.ts';
import { DEPTH_MAX, type SegmentNode } from '#app/modules/segments/tree/tree.ts';
import {
  CAMPAIGNS,
  CHANNELS,
  CODES,
  EDGE_DAYS,
  INTERESTS,
  NAMES,
  NOTES,
  PRODUCT_TYPES,
  PRODUCTS,
  SHOPIFY_SEGMENTS,
  SNAPSHOTS,
  TAG_KEYS,
  VENDORS,
  type Ids,
} from './segment-values.ts';

const day = fc.constantFrom(...EDGE_DAYS);
const days = fc.constantFrom(0, 1, 2, 27, 28, 29, 30, 31, 59, 60, 90, 364, 365, 366, 700);
const monthDay = fc.constantFrom('01-01', '01-31', '02-28', '02-29', '03-01', '06-15', '12-31');
const listOf = (items: readonly string[]) =>
  fc.uniqueArray(fc.constantFrom(...items), { minLength: 1, maxLength: 3 });

/** Around what the population has of each measure. */
const NEAR: Record<Measure, readonly number[]> = {
  count: [0, 1, 2, 3, 5, 20, 50, 100],
  money: [0, 1, 2, 3, 5, 500, 1_234, 10_000, 20_000, 100_000],
  points: [0, 1, 2, 3, 5, 8],
  days: [0, 1, 30, 100, 365, 1_000, 2_000],
  years: [0, 1, 2, 25, 26, 34, 35, 36],
  percent: [0, 1, 10, 50, 99, 100, 500, 1_000, 5_000, 10_000],
  kilograms: [50_000, 70_500],
  centimetres: [1_600, 1_755],
};

const numbersOf = (measure: Measure) =>
  fc
    .tuple(fc.constantFrom(...NEAR[measure]), fc.constantFrom(-1, 0, 0, 1))
    .map(([near, by]) => String(near + by));

const isSet = fc.record({ op: fc.constantFrom('isSet', 'isEmpty') });

const numberValues = (measure: Measure) => {
  const value = numbersOf(measure);
  return fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ op: fc.constantFrom('is', 'atLeast', 'atMost', 'moreThan', 'lessThan'), value }),
    },
    { weight: 2, arbitrary: fc.record({ op: fc.constant('between'), from: value, to: value }) },
    { weight: 1, arbitrary: isSet },
  );
};

const dateRange = fc.oneof(
  fc.record({ op: fc.constantFrom('on', 'before', 'after'), day }),
  fc.record({ op: fc.constant('between'), from: day, to: day }),
  fc.record({ op: fc.constantFrom('lastDays', 'moreThanDaysAgo', 'nextDays'), days }),
);
const dateValues = fc.oneof(
  dateRange,
  fc.record({ op: fc.constantFrom('thisMonth', 'lastMonth', 'thisYear', 'isSet', 'isEmpty') }),
  fc.record({ op: fc.constant('dayOfYear'), from: monthDay, to: monthDay }),
);
const yearlyValues = fc.oneof(
  fc.record({ op: fc.constantFrom('nextDays', 'lastDays'), days: days.filter((count) => count <= 366) }),
  fc.record({ op: fc.constantFrom('thisMonth', 'nextMonth', 'isSet', 'isEmpty') }),
  fc.record({ op: fc.constant('month'), month: fc.integer({ min: 1, max: 12 }) }),
  fc.record({ op: fc.constant('dayOfYear'), from: monthDay, to: monthDay }),
  fc.record({ op: fc.constant('between'), from: fc.constantFrom('1980-01-01', '1990-02-28'), to: day }),
);

function choiceList(code: ConditionCode, choices: Choices, ids: Ids): readonly string[] {
  switch (choices.from) {
    case 'list':
      return choices.list;
    case 'category':
      return ids.categories;
    case 'tier':
      return ids.tiers;
    case 'reward':
      return ids.rewards;
    case 'offer':
      return ids.offers;
    case 'tag':
      return [...TAG_KEYS, 'nobody'];
    case 'country':
      return ['ID', 'TH', 'FR'];
    case 'province':
      return ['west java', 'bali'];
    case 'city':
      return ['bandung', 'são paulo', "ha'il", 'nowhere'];
    case 'district':
      return ['coblong', 'other'];
    case 'channel':
      return CHANNELS;
    case 'interest':
      return INTERESTS;
    case 'shopify_segment':
      return SHOPIFY_SEGMENTS;
    case 'snapshot':
      return SNAPSHOTS;
    case 'campaign':
      return CAMPAIGNS;
    case 'text':
      return code === 'discount_code' ? CODES.map((text) => text.toLowerCase()) : ['x'];
  }
}

const TYPED: Partial<Record<ConditionCode, readonly string[]>> = {
  phone: ['0812', '+33 612', '1234', '812341', '٠٨١٢'],
  email: ['ANI', 'example.com', 'm10', 'SSHOP'],
  order_number: ['#1', '1', '12', '#1003'],
  note: [...NOTES, 'tea', '%'],
  staff_note: [...NOTES, 'TEA', 'friday'],
};

const goods = fc.oneof(
  fc.record({ by: fc.constant('product'), list: listOf([...PRODUCTS.map(String), '99']) }),
  fc.record({ by: fc.constant('variant'), list: listOf(['1/10', '1/11', '2/20', '3/31', '9/90']) }),
  fc.record({ by: fc.constant('collection'), list: listOf(['50', '51', '52']) }),
  fc.record({ by: fc.constant('type'), list: listOf(PRODUCT_TYPES) }),
  fc.record({ by: fc.constant('vendor'), list: listOf(VENDORS) }),
  fc.record({ by: fc.constant('tag'), list: listOf(['SUMMER', 'sale', 'none']) }),
);
const period = fc.option(
  dateRange.filter(({ op }) => ['lastDays', 'moreThanDaysAgo', 'between', 'before', 'after'].includes(op)),
);
const limit = fc.option(fc.constantFrom('0', '1', '2', '3', '500', '1234', '10000'));
const boughtValues = fc.oneof(
  fc.record({ op: fc.constantFrom('any', 'all', 'none'), goods, period }),
  fc.record({ op: fc.constantFrom('firstOrder', 'lastOrder'), goods }),
  fc.record({ op: fc.constantFrom('times', 'units', 'spend'), goods, period, from: limit, to: limit }),
);

function valuesOf(code: ConditionCode, kind: Kind, ids: Ids): Arbitrary<unknown> {
  switch (kind.name) {
    case 'number':
      return numberValues(kind.measure);
    case 'date':
      return dateValues;
    case 'yearly':
      return yearlyValues;
    case 'choice':
      return fc.oneof(
        {
          weight: 3,
          arbitrary: fc.record({
            op: fc.constantFrom('anyOf', 'noneOf'),
            list: listOf(choiceList(code, kind.choices, ids)),
          }),
        },
        { weight: 1, arbitrary: isSet },
      );
    case 'set':
      return fc.oneof(
        {
          weight: 3,
          arbitrary: fc.record({
            op: fc.constantFrom('anyOf', 'allOf', 'noneOf'),
            list: listOf(choiceList(code, kind.choices, ids)),
          }),
        },
        { weight: kind.canBeEmpty ? 1 : 0, arbitrary: isSet },
      );
    case 'text': {
      const typed = TYPED[code] ?? [
        ...NAMES.filter((name) => name !== ''),
        'ani',
        'ETIENNE',
        'e',
        '_',
        'مريم',
      ];
      return fc
        .record({ op: fc.constantFrom(...kind.ops), text: fc.constantFrom(...typed) })
        .map(({ op, text }) => (op === 'isSet' || op === 'isEmpty' ? { op } : { op, text }));
    }
    case 'flag':
      return fc.record({ op: fc.constantFrom('yes', 'no') });
    case 'postal':
      return fc.oneof(
        fc.record({
          op: fc.constantFrom('anyOf', 'noneOf', 'startsWith'),
          list: listOf(['40132', '401', 'sw1a 1aa', 'SW1A', '9']),
        }),
        isSet,
      );
    case 'bought':
      return boughtValues;
    case 'expiring':
      return fc.record({ op: fc.constant('within'), days, value: fc.constantFrom('1', '2', '5') });
  }
}

/** Conditions of one kind; values that are none of it fail the test. */
export function arbitraryCondition(code: ConditionCode, ids: Ids): Arbitrary<ConditionNode> {
  return valuesOf(code, CONDITIONS[code].kind, ids).map((values) => {
    const node = CONDITIONS[code].read(values);
    if (node === null) throw new Error(`${code} refuses ${JSON.stringify(values)}`);
    return node;
  });
}

export const CODES_OF_CONDITIONS = Object.keys(CONDITIONS) as ConditionCode[];

/** Rules of any shape, down to the deepest allowed. */
export function arbitraryTree(ids: Ids, depth = DEPTH_MAX): Arbitrary<SegmentNode> {
  const condition: Arbitrary<SegmentNode> = fc
    .constantFrom(...CODES_OF_CONDITIONS)
    .chain((code) => arbitraryCondition(code, ids));
  if (depth === 0) return condition;
  const inner = arbitraryTree(ids, depth - 1);
  return fc.oneof(
    { weight: 2, arbitrary: condition },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constantFrom('all' as const, 'any' as const),
        parts: fc.array(inner, { minLength: 1, maxLength: 3 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('not' as const), part: inner }) },
  );
}
