import type { OrderDays } from '#app/modules/segments/rules/lifecycle.ts';

/** Who is new, regular or lapsed on 21 November 2026 (F22-F24): 30 days, 90 days, two orders and none for 90 days. */
export const TODAY = '2026-11-21';

export const LIFECYCLE_EXAMPLES: { words: string; days: string[]; group: string }[] = [
  { words: 'never ordered', days: [], group: 'none' },
  { words: 'one order, yesterday', days: ['2026-11-20'], group: 'new' },
  { words: 'one order, 30 days ago', days: ['2026-10-22'], group: 'new' },
  { words: 'one order, 31 days ago', days: ['2026-10-21'], group: 'none' },
  { words: 'one order, a year ago: one is not enough to be lapsed', days: ['2025-11-21'], group: 'none' },
  {
    words: 'two orders, 10 days apart, the last a week ago',
    days: ['2026-11-04', '2026-11-14'],
    group: 'regular',
  },
  {
    words: 'two orders, the last 90 days ago: not lapsed yet',
    days: ['2026-08-01', '2026-08-23'],
    group: 'regular',
  },
  { words: 'two orders, the last 91 days ago', days: ['2026-08-01', '2026-08-22'], group: 'lapsed' },
  {
    words: 'two orders half a year apart, the last today',
    days: ['2026-05-21', '2026-11-21'],
    group: 'none',
  },
  {
    words: 'ten orders in spring and none since',
    days: Array.from({ length: 10 }, () => '2026-04-01'),
    group: 'lapsed',
  },
];

/** What is kept of orders on these days, oldest first. */
export function orderDays(days: readonly string[]): OrderDays {
  return {
    orders: days.length,
    first: days[0] ?? null,
    last: days.at(-1) ?? null,
    beforeLast: days.at(-2) ?? null,
  };
}
