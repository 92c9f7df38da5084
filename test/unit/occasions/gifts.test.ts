import { expect, test } from 'vitest';
import {
  celebratedCodes,
  dueDays,
  giftAmount,
  giftReason,
  readGiftBase,
  type GiftTerms,
} from '#app/modules/occasions/rules/gifts.ts';

const terms = (change: Partial<GiftTerms>): GiftTerms => ({
  unit: 'POINTS',
  amountMode: 'fixed',
  amount: 50n,
  percentBp: 1_250,
  daysBefore: 0,
  expiresDays: 30,
  ...change,
});

test('on the day itself, and the days before that nobody worked on, from the day it was switched on', () => {
  const schedule = { daysBefore: 0, expiresDays: 30, activeFrom: '2026-11-19' };
  expect(dueDays('2026-11-21', schedule)).toEqual(['2026-11-19', '2026-11-20', '2026-11-21']);
  expect(dueDays('2026-12-24', schedule)).toHaveLength(8);
  expect(dueDays('2026-12-24', schedule)[0]).toBe('2026-12-17');
  expect(dueDays('2026-11-21', { ...schedule, activeFrom: null })).toEqual(['2026-11-21']);
});

test('days before: the celebrated day lies ahead, also in the next year', () => {
  const schedule = { daysBefore: 7, expiresDays: 30, activeFrom: '2026-12-28' };
  expect(dueDays('2026-12-28', schedule)).toEqual(['2027-01-04']);
});

test('nothing is given that would be over already', () => {
  const schedule = { daysBefore: 0, expiresDays: 2, activeFrom: '2026-01-01' };
  expect(dueDays('2026-11-21', schedule)).toEqual(['2026-11-19', '2026-11-20', '2026-11-21']);
});

test('29 February is celebrated on the 28th in years without it', () => {
  expect(celebratedCodes('2027-02-28')).toEqual([228, 229]);
  expect(celebratedCodes('2028-02-28')).toEqual([228]);
  expect(celebratedCodes('2028-02-29')).toEqual([229]);
  expect(celebratedCodes('2100-02-28')).toEqual([228, 229]);
  expect(celebratedCodes('2000-02-28')).toEqual([228]);
  expect(celebratedCodes('2026-12-09')).toEqual([1209]);
});

test('fixed, or a percent of what can be spent, rounded down, with its base', () => {
  expect(giftAmount(terms({}), 999n)).toBe(50n);
  expect(giftReason(terms({}), 999n)).toBeNull();
  const percent = terms({ amountMode: 'percent' });
  expect(giftAmount(percent, 999n)).toBe(124n);
  expect(giftAmount(percent, 7n)).toBe(0n);
  expect(readGiftBase(giftReason(percent, 999n))).toEqual({ percentBp: 1_250, base: 999n });
  expect(readGiftBase('loyal_customer')).toBeNull();
});
