/** Segments by orders and by what was bought. */
import { buyer, person, PRODUCTS } from './segment-customers.ts';
import { all, is, type SegmentExample } from './segment-rules.ts';

/** Rupiah as a rule has them. */
const rp = (rupiah: number) => String(rupiah * 100);
const { melati, tarik, mug } = PRODUCTS;
const product = (...list: number[]) => ({ by: 'product', list: list.map(String) });
const TWO = [{ on: '2026-08-01' }, { on: '2026-08-22' }];

export const ORDER_EXAMPLES: SegmentExample[] = [
  {
    words: 'at least 2 orders and none in 90 days',
    rule: all(
      is('order_count', { op: 'atLeast', value: '2' }),
      is('last_order', { op: 'moreThanDaysAgo', days: 90 }),
    ),
    meant: [['two orders, the last on 22 August, 91 days ago', buyer(TWO)]],
    notMeant: [
      ['two orders, the last on 23 August, 90 days ago', buyer([{ on: '2026-08-01' }, { on: '2026-08-23' }])],
      ['one order, on 22 August', buyer([{ on: '2026-08-22' }])],
      [
        'one valid order and a cancelled one, in August',
        buyer([{ on: '2026-08-01' }, { on: '2026-08-22', isCancelled: true }]),
      ],
    ],
  },
  {
    words: 'lapsed, as the shop set it: the same customers',
    rule: is('lifecycle', { op: 'anyOf', list: ['lapsed'] }),
    meant: [['two orders, the last on 22 August', buyer(TWO)]],
    notMeant: [['one order, on 22 August', buyer([{ on: '2026-08-22' }])]],
  },
  {
    words: 'regular: ordered again within 90 days, and not lapsed',
    rule: is('lifecycle', { op: 'anyOf', list: ['regular'] }),
    meant: [['orders on 3 August and 1 November', buyer([{ on: '2026-08-03' }, { on: '2026-11-01' }])]],
    notMeant: [
      [
        'orders on 2 August and 1 November, 91 days apart',
        buyer([{ on: '2026-08-02' }, { on: '2026-11-01' }]),
      ],
    ],
  },
  {
    words: 'new: the first order within 30 days',
    rule: is('lifecycle', { op: 'anyOf', list: ['new'] }),
    meant: [['the first order on 22 October, 30 days ago', buyer([{ on: '2026-10-22' }])]],
    notMeant: [
      ['the first order on 21 October', buyer([{ on: '2026-10-21' }])],
      ['no order', person()],
    ],
  },
  {
    words: 'repeats within a set period: at most 30 days between orders on average',
    rule: is('order_gap', { op: 'atMost', value: '300' }),
    meant: [
      [
        'orders on 1 September, 1 October and 31 October',
        buyer([{ on: '2026-09-01' }, { on: '2026-10-01' }, { on: '2026-10-31' }]),
      ],
    ],
    notMeant: [
      ['orders on 1 September and 2 October', buyer([{ on: '2026-09-01' }, { on: '2026-10-02' }])],
      ['a single order has no interval', buyer([{ on: '2026-11-20' }])],
    ],
  },
  {
    words: 'all orders together between Rp 500,000 and Rp 1,000,000',
    rule: is('order_total_all', { op: 'between', from: rp(500_000), to: rp(1_000_000) }),
    meant: [
      [
        'Rp 300,000 and Rp 200,000',
        buyer([
          { on: '2026-05-01', total: 300_000 },
          { on: '2026-06-01', total: 200_000 },
        ]),
      ],
      [
        'Rp 1,000,000, cancelled: every order counts',
        buyer([{ on: '2026-05-01', total: 1_000_000, isCancelled: true }]),
      ],
    ],
    notMeant: [['Rp 499,999', buyer([{ on: '2026-05-01', total: 499_999 }])]],
  },
  {
    words: 'spent at least Rp 500,000 on valid orders',
    rule: is('order_total', { op: 'atLeast', value: rp(500_000) }),
    meant: [
      [
        'Rp 600,000, of which Rp 100,000 went back',
        buyer([{ on: '2026-05-01', total: 600_000, refunded: 100_000 }]),
      ],
    ],
    notMeant: [['Rp 600,000, cancelled', buyer([{ on: '2026-05-01', total: 600_000, isCancelled: true }])]],
  },
  {
    words: 'an average order of more than Rp 200,000',
    rule: is('average_order', { op: 'moreThan', value: rp(200_000) }),
    meant: [
      [
        'Rp 300,000 and Rp 100,001',
        buyer([
          { on: '2026-05-01', total: 300_000 },
          { on: '2026-06-01', total: 100_001 },
        ]),
      ],
    ],
    notMeant: [
      [
        'Rp 300,000 and Rp 100,000',
        buyer([
          { on: '2026-05-01', total: 300_000 },
          { on: '2026-06-01', total: 100_000 },
        ]),
      ],
      ['no order', person()],
    ],
  },
  {
    words: 'more than a tenth of what was paid went back',
    rule: is('refund_share', { op: 'moreThan', value: '1000' }),
    meant: [['Rp 11,000 of Rp 100,000', buyer([{ on: '2026-05-01', refunded: 11_000 }])]],
    notMeant: [['Rp 10,000 of Rp 100,000', buyer([{ on: '2026-05-01', refunded: 10_000 }])]],
  },
  {
    words: 'never ordered',
    rule: is('order_count_all', { op: 'is', value: '0' }),
    meant: [['no order', person()]],
    notMeant: [['only a cancelled order', buyer([{ on: '2026-05-01', isCancelled: true }])]],
  },
  {
    words: 'ordered in the shop and not on the web',
    rule: all(is('channel', { op: 'anyOf', list: ['pos'] }), is('channel', { op: 'noneOf', list: ['web'] })),
    meant: [['one order in the shop', buyer([{ on: '2026-05-01', channel: 'pos' }])]],
    notMeant: [
      [
        'one in the shop, one on the web',
        buyer([
          { on: '2026-05-01', channel: 'pos' },
          { on: '2026-06-01', channel: 'web' },
        ]),
      ],
    ],
  },
  {
    words: 'used the code HELLO',
    rule: is('discount_code', { op: 'anyOf', list: ['hello'] }),
    meant: [['HELLO on an order', buyer([{ on: '2026-05-01', code: 'HELLO' }])]],
    notMeant: [
      ['HELLO on a cancelled order', buyer([{ on: '2026-05-01', code: 'HELLO', isCancelled: true }])],
    ],
  },
  {
    words: 'the first order in November of any year',
    rule: is('first_order', { op: 'dayOfYear', from: '11-01', to: '11-30' }),
    meant: [['first ordered on 30 November 2024', buyer([{ on: '2024-11-30' }, { on: '2026-05-01' }])]],
    notMeant: [['first ordered on 1 December 2024', buyer([{ on: '2024-12-01' }, { on: '2026-11-05' }])]],
  },
];

export const PRODUCT_EXAMPLES: SegmentExample[] = [
  {
    words: 'ever ordered Teh Melati',
    rule: is('bought', { op: 'any', goods: product(melati), period: null }),
    meant: [['Teh Melati two years ago', buyer([{ on: '2024-11-21', products: [melati] }])]],
    notMeant: [
      ['only a mug', buyer([{ on: '2026-11-20', products: [mug] }])],
      [
        'Teh Melati on a cancelled order',
        buyer([{ on: '2026-11-20', products: [melati], isCancelled: true }]),
      ],
    ],
  },
  {
    words: 'ordered Teh Melati in the last 30 days',
    rule: is('bought', { op: 'any', goods: product(melati), period: { op: 'lastDays', days: 30 } }),
    meant: [['on 22 October', buyer([{ on: '2026-10-22', products: [melati] }])]],
    notMeant: [['on 21 October', buyer([{ on: '2026-10-21', products: [melati] }])]],
  },
  {
    words: 'ordered Teh Melati but never a mug',
    rule: all(
      is('bought', { op: 'any', goods: product(melati), period: null }),
      is('bought', { op: 'none', goods: product(mug), period: null }),
    ),
    meant: [['only Teh Melati', buyer([{ on: '2026-05-01', products: [melati] }])]],
    notMeant: [
      [
        'Teh Melati, later a mug',
        buyer([
          { on: '2026-05-01', products: [melati] },
          { on: '2026-06-01', products: [mug] },
        ]),
      ],
    ],
  },
  {
    words: 'ordered both teas',
    rule: is('bought', { op: 'all', goods: product(melati, tarik), period: null }),
    meant: [
      [
        'one of each, in two orders',
        buyer([
          { on: '2026-05-01', products: [melati] },
          { on: '2026-06-01', products: [tarik] },
        ]),
      ],
    ],
    notMeant: [['Teh Melati twice', buyer([{ on: '2026-05-01', products: [melati, melati] }])]],
  },
  {
    words: 'bought at least 3 pieces of the type Tea',
    rule: is('bought', {
      op: 'units',
      goods: { by: 'type', list: ['Tea'] },
      period: null,
      from: '3',
      to: null,
    }),
    meant: [
      ['two Teh Melati and a Teh Tarik', buyer([{ on: '2026-05-01', products: [melati, melati, tarik] }])],
    ],
    notMeant: [['two teas and a mug', buyer([{ on: '2026-05-01', products: [melati, tarik, mug] }])]],
  },
  {
    words: 'ordered Teh Melati at least twice within 2026',
    rule: is('bought', {
      op: 'times',
      goods: product(melati),
      period: { op: 'between', from: '2026-01-01', to: '2026-12-31' },
      from: '2',
      to: null,
    }),
    meant: [
      [
        'in January and in November',
        buyer([
          { on: '2026-01-01', products: [melati] },
          { on: '2026-11-01', products: [melati] },
        ]),
      ],
    ],
    notMeant: [
      [
        'on New Year’s Eve 2025 and in November',
        buyer([
          { on: '2025-12-31', products: [melati] },
          { on: '2026-11-01', products: [melati] },
        ]),
      ],
      ['two pieces in one order', buyer([{ on: '2026-11-01', products: [melati, melati] }])],
    ],
  },
  {
    words: 'a mug in the first order',
    rule: is('bought', { op: 'firstOrder', goods: product(mug) }),
    meant: [
      [
        'first a mug, then tea',
        buyer([
          { on: '2026-05-01', products: [mug] },
          { on: '2026-06-01', products: [tarik] },
        ]),
      ],
    ],
    notMeant: [
      [
        'first tea, then a mug',
        buyer([
          { on: '2026-05-01', products: [tarik] },
          { on: '2026-06-01', products: [mug] },
        ]),
      ],
    ],
  },
];
