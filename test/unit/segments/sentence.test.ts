/** A rule in words, in both languages. */
import { describe, expect, it } from 'vitest';
import { i18nFor } from '#app/i18n/i18n.ts';
import {
  CONDITIONS,
  isConditionCode,
  type ConditionNode,
} from '#app/modules/segments/conditions/registry.ts';
import { newFields, opsOf, readFields, type Fields } from '#app/modules/segments/editor/fields.ts';
import { shownText } from '#app/modules/segments/sentence/amounts.ts';
import type { RuleWords } from '#app/modules/segments/sentence/names.ts';
import { describePart, describeRule } from '#app/modules/segments/sentence/sentence.ts';
import { parseTree, type SegmentNode } from '#app/modules/segments/tree/tree.ts';

const NAMES = {
  'city/3273': 'Bandung',
  'city/3171': 'Jakarta Selatan',
  'tag/vip': 'VIP',
  'product/17': 'Kopi Gayo',
};
const wordsIn = (locale: 'en' | 'id'): RuleWords => ({
  t: i18nFor(locale).t,
  locale,
  currency: 'IDR',
  names: NAMES,
});

function rule(given: unknown): SegmentNode {
  const tree = parseTree(JSON.stringify(given));
  if (tree === null) throw new Error('no rule');
  return tree;
}
const one = (code: string, values: unknown) => ({ kind: 'condition', code, values });
/** Amounts carry no-break spaces. */
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');
const english = (given: unknown) => plain(describeRule(rule(given), wordsIn('en')));

describe('a rule as a sentence', () => {
  const city = one('city', { op: 'anyOf', list: ['3273', '3171'] });
  const orders = one('order_count', { op: 'atLeast', value: '3' });
  it.each([
    [null, 'All customers.'],
    [city, 'Customers where city is Bandung or Jakarta Selatan.'],
    [
      { kind: 'all', parts: [city, orders] },
      'Customers where city is Bandung or Jakarta Selatan and number of valid orders is at least 3.',
    ],
    [
      {
        kind: 'all',
        parts: [orders, { kind: 'any', parts: [city, { kind: 'not', part: one('member', { op: 'yes' }) }] }],
      },
      'Customers where number of valid orders is at least 3 and (city is Bandung or Jakarta Selatan or not (the customer is a club member)).',
    ],
  ])('%j', (given, sentence) => {
    expect(given === null ? describeRule(null, wordsIn('en')) : english(given)).toBe(sentence);
  });

  it('is written in the language of the staff', () => {
    expect(plain(describeRule(rule({ kind: 'all', parts: [city, orders] }), wordsIn('id')))).toBe(
      'Pelanggan dengan syarat: kota adalah Bandung atau Jakarta Selatan dan jumlah pesanan valid minimal 3.',
    );
  });

  it.each([
    [
      one('order_total', { op: 'between', from: '10000000', to: '50000000' }),
      'Total spent on valid orders is between Rp 100,000 and Rp 500,000',
    ],
    [one('weight', { op: 'moreThan', value: '62500' }), 'Weight is more than 62.5 kg'],
    [one('refund_share', { op: 'atLeast', value: '250' }), 'Share of spend refunded is at least 2.5%'],
    [one('points_available', { op: 'is', value: '1' }), 'Available points is 1 point'],
    [one('age', { op: 'lessThan', value: '18' }), 'Age is less than 18 years'],
    [one('joined', { op: 'lastDays', days: 1 }), 'Date joined is within the last 1 day'],
    [one('birthday', { op: 'month', month: 2 }), 'Birthday is in February'],
    [
      one('birthday', { op: 'dayOfYear', from: '02-29', to: '03-01' }),
      'Birthday is between February 29 and March 1 of any year',
    ],
    [one('name', { op: 'startsWith', text: 'Si' }), 'Name starts with “Si”'],
    [one('sms_consent', { op: 'noneOf', list: ['subscribed'] }), 'SMS marketing isn’t Subscribed'],
    [one('tags', { op: 'allOf', list: ['vip', 'b2b'] }), 'Tags include all of VIP and b2b'],
    [one('country', { op: 'anyOf', list: ['ID'] }), 'Country is Indonesia'],
    [one('channel', { op: 'anyOf', list: ['pos'] }), 'Sales channels include any of Point of Sale'],
    [
      one('points_expiring', { op: 'within', days: 30, value: '50' }),
      'Expiring points are at least 50 points within 30 days',
    ],
    [
      one('bought', {
        op: 'any',
        goods: { by: 'product', list: ['17'] },
        period: { op: 'lastDays', days: 90 },
      }),
      'Bought Kopi Gayo within the last 90 days',
    ],
    [
      one('bought', {
        op: 'times',
        goods: { by: 'vendor', list: ['Setia'] },
        period: null,
        from: '2',
        to: null,
      }),
      'Ordered products from Setia at least 2 times',
    ],
    [
      one('bought', {
        op: 'spend',
        goods: { by: 'tag', list: ['teh'] },
        period: null,
        from: null,
        to: '10000000',
      }),
      'Spent at most Rp 100,000 on products tagged teh',
    ],
    [one('has_phone', { op: 'no' }), 'Has no phone number'],
  ])('a part of it: %j', (given, text) => {
    expect(plain(describePart(rule(given), wordsIn('en')))).toBe(text);
  });

  it('names the first of many values, and how many more there are', () => {
    const list = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    expect(english(one('tags', { op: 'anyOf', list }))).toBe(
      'Customers where tags include any of a, b, c, d, e and 2 more.',
    );
  });
});

const TYPED: Partial<Fields> = {
  value: '7',
  from: '7',
  to: '9',
  day: '2026-02-28',
  fromDay: '2026-02-01',
  toDay: '2026-02-28',
  text: 'kopi',
};

/** A value that each condition takes. */
function valueOf(code: keyof typeof CONDITIONS): string {
  const { kind } = CONDITIONS[code];
  if ((kind.name === 'choice' || kind.name === 'set') && kind.choices.from === 'list')
    return kind.choices.list[0]!;
  return '3273';
}

/** Every condition with every operator, as the editor makes them. */
const all: [string, ConditionNode][] = Object.keys(CONDITIONS)
  .filter(isConditionCode)
  .flatMap((code) =>
    opsOf(CONDITIONS[code].kind).map((op): [string, ConditionNode] => {
      const fields = { ...newFields(code), ...TYPED, op, list: [valueOf(code)] };
      const read = readFields(code, fields, { locale: 'en', currency: 'IDR' });
      if (!read.ok) throw new Error(`${code} ${op}: ${read.wrong.join(', ')}`);
      return [`${code} ${op}`, read.node];
    }),
  );

describe.each(['en', 'id'] as const)('every operator of every condition in %s', (locale) => {
  it('has words, and a different sentence for each', () => {
    expect(all.length).toBeGreaterThan(300);
    const sentences = all.map(([, node]) => describePart(node, wordsIn(locale)));
    expect(
      sentences.filter((text) => text.trim().length < 4 || text.includes('{{') || text.includes('segments.')),
    ).toEqual([]);
    const twice = all.filter((_one, index) => sentences.indexOf(sentences[index]!) !== index);
    expect(twice.map(([name]) => name)).toEqual([]);
  });
});

describe('what a customer has', () => {
  const shown = (code: string, values: unknown, value: Parameters<typeof shownText>[0]) =>
    plain(shownText(value, rule(one(code, values)) as ConditionNode, wordsIn('en')));
  it.each([
    [shown('city', { op: 'isSet' }, { is: 'nothing' }), 'nothing'],
    [shown('member', { op: 'yes' }, { is: 'flag', isOn: false }), 'no'],
    [shown('joined', { op: 'isSet' }, { is: 'day', day: '2026-11-28' }), 'Nov 28, 2026'],
    [shown('gender', { op: 'isSet' }, { is: 'texts', texts: ['female'] }), 'Female'],
    [shown('order_total', { op: 'atLeast', value: '0' }, { is: 'number', value: '12500000' }), 'Rp 125,000'],
    [
      shown(
        'bought',
        { op: 'units', goods: { by: 'product', list: ['17'] }, period: null, from: '1', to: null },
        { is: 'number', value: '2' },
      ),
      '2 items',
    ],
  ])('%s', (text, expected) => expect(text).toBe(expected));
});
