/** Segments that every shop may want, ready to open and to add. */
import type { LifecycleSettings } from '#app/modules/shops/rules/lifecycle-settings.ts';
import { EVERYBODY, type CustomerFilter } from '../customer-filter.ts';
import type { SegmentNode } from '../tree/tree.ts';

export const READY_MADE = [
  'new',
  'regular',
  'lapsed',
  'birthday',
  'one_order',
  'best',
  'expiring',
  'no_consent',
  'owes',
] as const;
export type ReadyMade = (typeof READY_MADE)[number];

export const EXPIRING_DAYS = 30;
export const BEST_PERCENT = 10;

const SUBSCRIBED = { op: 'noneOf' as const, list: ['subscribed'] };

function ruleOf(
  ready: Exclude<ReadyMade, 'new' | 'regular' | 'lapsed'>,
  { lapsedDays }: LifecycleSettings,
): SegmentNode {
  switch (ready) {
    case 'birthday':
      return { kind: 'condition', code: 'birthday', values: { op: 'thisMonth' } };
    case 'one_order':
      return {
        kind: 'all',
        parts: [
          { kind: 'condition', code: 'order_count', values: { op: 'is', value: '1' } },
          { kind: 'condition', code: 'days_since_order', values: { op: 'moreThan', value: `${lapsedDays}` } },
        ],
      };
    case 'best':
      return { kind: 'condition', code: 'spend_rank', values: { op: 'atMost', value: `${BEST_PERCENT}` } };
    case 'expiring':
      return {
        kind: 'condition',
        code: 'points_expiring',
        values: { op: 'within', days: EXPIRING_DAYS, value: '1' },
      };
    case 'no_consent':
      return {
        kind: 'all',
        parts: [
          { kind: 'condition', code: 'member', values: { op: 'yes' } },
          { kind: 'condition', code: 'email_consent', values: SUBSCRIBED },
          { kind: 'condition', code: 'sms_consent', values: SUBSCRIBED },
        ],
      };
    case 'owes':
      return { kind: 'condition', code: 'points_owed', values: { op: 'moreThan', value: '0' } };
  }
}

/** The filter of the customer list that finds them, with the shop's settings of today. */
export function readyFilter(ready: ReadyMade, settings: LifecycleSettings): CustomerFilter {
  if (ready === 'new' || ready === 'regular' || ready === 'lapsed') return { ...EVERYBODY, tab: ready };
  return { ...EVERYBODY, rule: ruleOf(ready, settings) };
}
