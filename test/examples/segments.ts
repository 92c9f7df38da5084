/** Whom a segment means on 21 November 2026, in examples a merchant could check with a pencil. */
import { person, points } from './segment-customers.ts';
import { all, any, is, not, type SegmentExample } from './segment-rules.ts';
import { ORDER_EXAMPLES, PRODUCT_EXAMPLES } from './segments-by-orders.ts';

const HOUSES = {
  detached: 'a detached house',
  shophouse: 'a shophouse',
  townhouse: 'a townhouse',
  flat: 'a flat',
  condo: 'a condominium',
  coop_or_mobile: 'a co-op or mobile home',
};

const housingExamples = Object.entries(HOUSES).map(([housing, words], index, every): SegmentExample => {
  const [other, otherWords] = every[(index + 1) % every.length] ?? [housing, words];
  return {
    words: `lives in ${words}`,
    rule: is('housing', { op: 'anyOf', list: [housing] }),
    meant: [[words, person({ housing })]],
    notMeant: [
      [otherWords, person({ housing: other })],
      ['housing unknown', person()],
    ],
  };
});

const WHO_EXAMPLES: SegmentExample[] = [
  {
    words: 'a birthday in the next 7 days',
    rule: is('birthday', { op: 'nextDays', days: 7 }),
    meant: [['born on 28 November 1990', person({ birthDate: '1990-11-28' })]],
    notMeant: [
      ['born on 29 November 1990', person({ birthDate: '1990-11-29' })],
      ['birthday unknown', person()],
    ],
  },
  {
    words: 'from 25 to 34 years old',
    rule: is('age', { op: 'between', from: '25', to: '34' }),
    meant: [['born on 21 November 2001, 25 today', person({ birthDate: '2001-11-21' })]],
    notMeant: [['born on 22 November 2001, 24 until tomorrow', person({ birthDate: '2001-11-22' })]],
  },
  {
    words: 'a woman of more than 70 kg',
    rule: all(
      is('gender', { op: 'anyOf', list: ['female'] }),
      is('weight', { op: 'moreThan', value: '70000' }),
    ),
    meant: [['a woman, 70.5 kg', person({ gender: 'female', weightGrams: 70_500 })]],
    notMeant: [
      ['a woman, 70 kg', person({ gender: 'female', weightGrams: 70_000 })],
      ['a woman, weight unknown', person({ gender: 'female' })],
    ],
  },
  {
    words: 'not in Bandung',
    rule: not(is('city', { op: 'anyOf', list: ['bandung'] })),
    meant: [
      ['in Jakarta', person({ cityKey: 'jakarta' })],
      ['city unknown', person()],
    ],
    notMeant: [['in Bandung', person({ cityKey: 'bandung' })]],
  },
  {
    words: 'a postal code that begins with 40',
    rule: is('postal_code', { op: 'startsWith', list: ['40'] }),
    meant: [['40111', person({ postalKey: '40111' })]],
    notMeant: [['14010', person({ postalKey: '14010' })]],
  },
  {
    words: 'tagged both vip and reseller',
    rule: is('tags', { op: 'allOf', list: ['vip', 'reseller'] }),
    meant: [['vip, reseller, tea', person({ tags: ['vip', 'reseller', 'tea'] })]],
    notMeant: [['only vip', person({ tags: ['vip'] })]],
  },
  {
    words: 'tagged neither vip nor reseller',
    rule: is('tags', { op: 'noneOf', list: ['vip', 'reseller'] }),
    meant: [['no tag', person()]],
    notMeant: [['only vip', person({ tags: ['vip'] })]],
  },
  {
    words: 'interested in tea, or tagged vip and in Bandung',
    rule: any(
      is('interests', { op: 'anyOf', list: ['tea'] }),
      all(is('tags', { op: 'anyOf', list: ['vip'] }), is('city', { op: 'anyOf', list: ['bandung'] })),
    ),
    meant: [
      ['interested in tea', person({ interests: ['tea'] })],
      ['vip in Bandung', person({ tags: ['vip'], cityKey: 'bandung' })],
    ],
    notMeant: [['vip in Jakarta', person({ tags: ['vip'], cityKey: 'jakarta' })]],
  },
];

const ON_FILE = '+62811000';
const CLUB_EXAMPLES: SegmentExample[] = [
  {
    words: 'a member since this month',
    rule: is('joined', { op: 'thisMonth' }),
    meant: [['joined on 1 November', person({ memberSince: new Date('2026-10-31T17:00:00Z') })]],
    notMeant: [
      ['joined a second before, on 31 October', person({ memberSince: new Date('2026-10-31T16:59:59Z') })],
      ['no member', person()],
    ],
  },
  {
    words: 'at least 50 points to spend',
    rule: is('points_available', { op: 'atLeast', value: '50' }),
    meant: [['50 points', person(points(50n))]],
    notMeant: [['50 points that are pending until December', person(points(50n, '2026-12-01'))]],
  },
  {
    words: 'at least 10 points expire within 30 days',
    rule: is('points_expiring', { op: 'within', days: 30, value: '10' }),
    meant: [['10 points, usable until 21 December', person(points(10n, '2026-01-01', '2026-12-21'))]],
    notMeant: [
      ['10 points, usable until 22 December', person(points(10n, '2026-01-01', '2026-12-22'))],
      ['10 points that never expire', person(points(10n))],
    ],
  },
  {
    words: 'owes points',
    rule: is('points_owed', { op: 'moreThan', value: '0' }),
    meant: [['owes 5', person(points(0n, '2026-01-01', null, 5n))]],
    notMeant: [['has 5', person(points(5n))]],
  },
  {
    words: 'reachable by SMS',
    rule: is('reachable_by_sms', { op: 'yes' }),
    meant: [['a phone number, subscribed', person({ phone: ON_FILE, smsConsent: 'subscribed' })]],
    notMeant: [
      ['a phone number, never asked', person({ phone: ON_FILE })],
      ['subscribed, no phone number', person({ smsConsent: 'subscribed' })],
    ],
  },
  {
    words: 'not subscribed to e-mail marketing',
    rule: is('email_consent', { op: 'noneOf', list: ['subscribed'] }),
    meant: [
      ['unsubscribed', person({ emailConsent: 'unsubscribed' })],
      ['never asked', person()],
    ],
    notMeant: [['subscribed', person({ emailConsent: 'subscribed' })]],
  },
];

export const SEGMENT_EXAMPLES: SegmentExample[] = [
  ...ORDER_EXAMPLES,
  ...PRODUCT_EXAMPLES,
  ...WHO_EXAMPLES,
  ...housingExamples,
  ...CLUB_EXAMPLES,
];
