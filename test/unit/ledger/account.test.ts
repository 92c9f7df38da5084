/** The edges of a lot's life, and which lot goes first. */
import { describe, expect, test } from 'vitest';
import {
  available,
  isUsable,
  newestFirst,
  soonestFirst,
  type Account,
  type Lot,
} from '#app/modules/ledger/rules/account.ts';
import { planExpiry } from '../../support/plan-expiry.ts';
import { PostingPlan } from '#app/modules/ledger/rules/posting-plan.ts';

const at = (day: number, ms = 0) => new Date(Date.UTC(2026, 0, day) + ms);
const lot = (change: Partial<Lot> = {}): Lot => ({
  entryId: 1n,
  amount: 10n,
  remaining: 10n,
  validFrom: at(2),
  expiresAt: at(5),
  orderId: null,
  changed: false,
  ...change,
});
const account = (change: Partial<Account> = {}): Account => ({
  shopId: 1n,
  customerId: 2n,
  unit: 'POINTS',
  balance: 10n,
  held: 0n,
  debt: 0n,
  lots: [lot()],
  debts: [],
  expired: [],
  ...change,
});

describe('a lot', () => {
  test('can be used from its first moment until before its end', () => {
    expect([at(2, -1), at(2), at(5, -1), at(5)].map((timestamp) => isUsable(lot(), timestamp))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(isUsable(lot({ expiresAt: null }), at(9_999))).toBe(true);
  });

  test('ends at its end, not before', () => {
    const ended = (timestamp: Date) => planExpiry(new PostingPlan([account()]), account(), timestamp);
    expect([at(5, -1), at(5), at(6)].map(ended)).toEqual([0, 1, 1]);
  });

  test('what is used up, never expires or is held back by a redemption does not end', () => {
    const ended = (change: Partial<Account>) =>
      planExpiry(new PostingPlan([account(change)]), account(), at(6));
    expect(ended({ lots: [lot({ remaining: 0n }), lot({ expiresAt: null })] })).toBe(0);
    expect(ended({ held: 1n })).toBe(0);
  });
});

test('soonest expiry first, then the oldest; what is planned is the youngest', () => {
  const lots = [
    lot({ entryId: 7n }),
    lot({ entryId: -2n }),
    lot({ entryId: -1n }),
    lot({ entryId: 3n }),
    lot({ entryId: 1n, expiresAt: null }),
    lot({ entryId: 9n, expiresAt: at(4) }),
  ];
  const order = (compare: (a: Lot, b: Lot) => number) =>
    [...lots].sort(compare).map(({ entryId }) => entryId);
  expect(order(soonestFirst)).toEqual([9n, 3n, 7n, -1n, -2n, 1n]);
  expect(order(newestFirst)).toEqual([1n, -2n, -1n, 7n, 3n, 9n]);
});

describe('what is available', () => {
  test.each<[string, Partial<Account>, bigint]>([
    ['usable lots alone', { lots: [lot(), lot({ validFrom: at(4) }), lot({ expiresAt: at(3) })] }, 10n],
    ['less what is held', { held: 4n }, 6n],
    ['less what is owed', { debt: 3n }, 7n],
    ['never below zero', { held: 4n, debt: 9n }, 0n],
  ])('%s', (_words, change, units) => {
    expect(available(account(change), at(3))).toBe(units);
  });
});

test('asking for an account that was not loaded, posting nothing and freeing more than is held are bugs', () => {
  const plan = new PostingPlan([account()]);
  expect(() => plan.account({ shopId: 1n, customerId: 3n, unit: 'POINTS' })).toThrow('was not loaded');
  expect(() =>
    plan.earn(
      account(),
      'manual_add',
      0n,
      { validFrom: at(1), expiresAt: null, orderId: null },
      { key: 'k', source: 'staff', actor: 'a', effectiveAt: at(1) },
    ),
  ).toThrow('an entry of nothing');
  expect(() => plan.endHold(account(), 'r', 1n)).toThrow('exceeds');
});
