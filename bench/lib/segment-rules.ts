import type { Kind } from '#app/modules/segments/conditions/kind.ts';
import {
  CONDITIONS,
  isConditionCode,
  type ConditionCode,
  type ConditionNode,
} from '#app/modules/segments/conditions/registry.ts';
import type { SegmentNode } from '#app/modules/segments/tree/tree.ts';

const DAYS = 90;
const goods = (product: number) => ({ by: 'product', list: [String(product)] });
const year = { op: 'lastDays', days: 365 };

/** Where the kind's usual values would match no one. */
const VALUES: Partial<Record<ConditionCode, object>> = {
  age: { op: 'between', from: '25', to: '34' },
  came_from: { op: 'anyOf', list: ['import'] },
  category: { op: 'anyOf', list: ['2'] },
  city: { op: 'anyOf', list: ['1101'] },
  country: { op: 'anyOf', list: ['ID'] },
  channel: { op: 'anyOf', list: ['pos'] },
  discount_code: { op: 'anyOf', list: ['HELLO'] },
  district: { op: 'anyOf', list: ['kecamatan 3'] },
  email: { op: 'contains', text: '471@' },
  height: { op: 'atLeast', value: '1700' },
  interests: { op: 'anyOf', list: ['tea'] },
  member: { op: 'yes' },
  name: { op: 'contains', text: 'siti' },
  note: { op: 'contains', text: 'tea' },
  order_number: { op: 'startsWith', text: '12' },
  phone: { op: 'contains', text: '7919' },
  province: { op: 'anyOf', list: ['provinsi 2'] },
  search: { op: 'contains', text: 'siti' },
  shopify_segment: { op: 'anyOf', list: ['1'] },
  staff_note: { op: 'contains', text: 'friday' },
  snapshot: { op: 'anyOf', list: ['1'] },
  spend_rank: { op: 'atMost', value: '10' },
  tags: { op: 'anyOf', list: ['tag2'] },
  tier: { op: 'isSet' },
  reward: { op: 'isSet' },
  offer: { op: 'isSet' },
  weight: { op: 'atLeast', value: '70000' },
};

function usual(kind: Kind): object {
  switch (kind.name) {
    case 'number':
      return { op: 'atLeast', value: { money: '50000000', percent: '1000' }[String(kind.measure)] ?? '3' };
    case 'date':
      return { op: 'lastDays', days: DAYS };
    case 'yearly':
      return { op: 'nextDays', days: 7 };
    case 'choice':
    case 'set':
      return kind.choices.from === 'list' ? { op: 'anyOf', list: [kind.choices.list[0]] } : { op: 'isSet' };
    case 'flag':
      return { op: 'yes' };
    case 'postal':
      return { op: 'startsWith', list: ['101'] };
    case 'expiring':
      return { op: 'within', days: 30, value: '10' };
    case 'bought':
      return { op: 'any', goods: goods(1), period: null };
    case 'text':
      return { op: 'isSet' };
  }
}

/** An end of a rule. Throws for values that are none of the condition's. */
function is(code: ConditionCode, values: object): ConditionNode {
  const node = CONDITIONS[code].read(values);
  if (node === null) throw new Error(`${code} refuses ${JSON.stringify(values)}`);
  return node;
}

const all = (...parts: SegmentNode[]): SegmentNode => ({ kind: 'all', parts });
const any = (...parts: SegmentNode[]): SegmentNode => ({ kind: 'any', parts });
const not = (part: SegmentNode): SegmentNode => ({ kind: 'not', part });
const usualOf = (code: ConditionCode) => is(code, VALUES[code] ?? usual(CONDITIONS[code].kind));
const boughtEver = (product: number) => is('bought', { op: 'any', goods: goods(product), period: null });
const tagged = (tag: string) => is('tags', { op: 'anyOf', list: [tag] });
const orders = (value: number) => is('order_count', { op: 'atLeast', value: String(value) });
const quiet = is('last_order', { op: 'moreThanDaysAgo', days: DAYS });

/** Each condition by itself, and a few of its rarer questions. */
export const SINGLE: Record<string, SegmentNode> = {
  ...Object.fromEntries(
    Object.keys(CONDITIONS)
      .filter(isConditionCode)
      .map((code) => [code, usualOf(code)]),
  ),
  'not tags': not(tagged('tag1')),
  'bought a rare product': boughtEver(1_900),
  'bought in a year': is('bought', { op: 'any', goods: goods(1), period: year }),
  'bought none of': is('bought', { op: 'none', goods: goods(1), period: null }),
  'bought of a type': is('bought', { op: 'any', goods: { by: 'type', list: ['Type 1'] }, period: null }),
  'units of a vendor in a year': is('bought', {
    op: 'units',
    goods: { by: 'vendor', list: ['Vendor 1'] },
    period: year,
    from: '3',
    to: null,
  }),
  'bought in the first order': is('bought', { op: 'firstOrder', goods: goods(1) }),
  'bought in the last order, of a type': is('bought', {
    op: 'lastOrder',
    goods: { by: 'type', list: ['Type 1'] },
  }),
};

/** Rules as merchants make them. */
export const COMBINED: Record<string, SegmentNode> = {
  'two orders, none in 90 days': all(orders(2), quiet),
  'one order, quiet': all(is('order_count', { op: 'is', value: '1' }), quiet),
  'a big city, three orders': all(usualOf('city'), orders(3)),
  'A but not B': all(boughtEver(1), not(boughtEver(2))),
  'A and B': is('bought', { op: 'all', goods: { by: 'product', list: ['1', '2'] }, period: null }),
  'a tag or a city': any(tagged('tag5'), usualOf('city')),
  'no tag, high spend': all(not(tagged('tag1')), usualOf('order_total')),
  'women of 25 to 34 in a province': all(usualOf('gender'), usualOf('age'), usualOf('province')),
  'birthday soon and reachable': all(usualOf('birthday'), usualOf('reachable_by_email')),
  'lapsed members with points': all(
    is('lifecycle', { op: 'anyOf', list: ['lapsed'] }),
    usualOf('member'),
    usualOf('points_available'),
  ),
  'regular, without consent': all(
    is('lifecycle', { op: 'anyOf', list: ['regular'] }),
    not(usualOf('email_consent')),
  ),
  'spend in a range, in a shop': all(
    is('order_total_all', { op: 'between', from: '50000000', to: '100000000' }),
    usualOf('channel'),
  ),
  'a product often, in a year': is('bought', {
    op: 'times',
    goods: goods(1),
    period: year,
    from: '2',
    to: null,
  }),
  'a type, in a city': all(SINGLE['bought of a type'] ?? quiet, usualOf('city')),
  'a name in a category': all(usualOf('name'), usualOf('category')),
  'a code and quiet': all(usualOf('discount_code'), quiet),
  'housing and weight': all(usualOf('housing'), usualOf('weight')),
  'two tags of three': any(all(tagged('tag1'), tagged('tag2')), all(tagged('tag2'), tagged('tag3'))),
  'points to expire or owed': any(usualOf('points_expiring'), usualOf('points_owed')),
  'not A, not a city, not lapsed': all(
    not(boughtEver(1)),
    not(usualOf('city')),
    not(is('lifecycle', { op: 'anyOf', list: ['lapsed'] })),
  ),
};
