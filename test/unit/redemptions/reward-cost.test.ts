/** What a reward costs the shop against what customers spend for it, and whether paying with points is the worse deal. */
import { describe, expect, it } from 'vitest';
import {
  beatsPayingFrom,
  judgeReward,
  spendFor,
  type RewardPrice,
} from '#app/modules/redemptions/rules/reward-cost.ts';

/** Rp 100,000 gives 10 points, worth Rp 100 each. */
const SPEND = [{ programId: 1n, unit: 'POINTS' as const, units: 10n, stepMinor: 10_000_000n }];
const RATE = { units: 1n, amountMinor: 10_000n };
const amount = (units: bigint, amountMinor: bigint): RewardPrice => ({
  kind: 'amount',
  unit: 'POINTS',
  units,
  percentBp: null,
  amountMinor,
  mostOffMinor: null,
});
const percent = (percentBp: number): RewardPrice => ({
  kind: 'percent',
  unit: 'POINTS',
  units: 1_000n,
  percentBp,
  amountMinor: null,
  mostOffMinor: null,
});

describe('an amount off', () => {
  it('is compared with what has to be spent to collect its price, by the program that needs least', () => {
    expect(spendFor(1_000n, 'POINTS', SPEND)).toBe(1_000_000_000n);
    const generous = { ...SPEND[0]!, programId: 2n, units: 20n };
    expect(spendFor(1_000n, 'POINTS', [...SPEND, generous])).toBe(500_000_000n);
    expect(spendFor(1_000n, 'CREDIT', SPEND)).toBeNull();
  });

  it.each<[string, RewardPrice, string]>([
    ['Rp 3,000,000 for Rp 10,000,000 spent', amount(1_000n, 300_000_000n), 'fine'],
    ['a rupiah more', amount(1_000n, 300_100_000n), 'asked'],
    ['all of it', amount(1_000n, 1_000_000_000n), 'asked'],
    ['more than all', amount(1_000n, 1_000_100_000n), 'refused'],
    ['a point for a fortune', amount(1n, 100_000_000_000n), 'refused'],
  ])('%s', (_words, reward, verdict) => {
    expect(judgeReward(reward, null, SPEND).is).toBe(verdict);
    expect(judgeReward(reward, reward, SPEND).is).toBe('fine');
    expect(judgeReward(reward, null, []).is).toBe('fine');
  });

  it('is asked again when it gets cheaper', () => {
    expect(judgeReward(amount(500n, 200_000_000n), amount(1_000n, 200_000_000n), SPEND).is).toBe('asked');
  });
});

describe('a percentage off', () => {
  it.each([
    [3_000, 'fine'],
    [3_001, 'asked'],
    [10_000, 'asked'],
  ])('of %i hundredths is %s', (percentBp, verdict) => {
    expect(judgeReward(percent(percentBp), null, SPEND).is).toBe(verdict);
    expect(judgeReward(percent(percentBp), percent(percentBp), SPEND).is).toBe('fine');
  });

  it('with a most is judged by that: it can’t take more', () => {
    const capped = { ...percent(5_000), mostOffMinor: 300_000_000n };
    expect(judgeReward(capped, null, SPEND).is).toBe('fine');
    expect(judgeReward({ ...capped, mostOffMinor: 400_000_000n }, null, SPEND).is).toBe('asked');
    expect(judgeReward({ ...capped, mostOffMinor: 1_100_000_000n }, null, SPEND).is).toBe('refused');
    expect(judgeReward(percent(5_000), capped, SPEND).is).toBe('asked');
  });
});

it.each<[string, RewardPrice, bigint | null]>([
  ['1,000 points pay Rp 100,000, so Rp 100,000 off is no better', amount(1_000n, 10_000_000n), null],
  ['a rupiah more is better for any cart', amount(1_000n, 10_000_100n), 0n],
  ['10 % is better from Rp 1,000,000 on', percent(1_000), 100_000_000n],
  ['10 % and at most Rp 100,000 is never better', { ...percent(1_000), mostOffMinor: 10_000_000n }, null],
  ['at most a rupiah more is', { ...percent(1_000), mostOffMinor: 10_000_100n }, 100_000_000n],
  ['a gift has no price to compare', { ...percent(0), kind: 'other', percentBp: null }, null],
])('%s', (_words, reward, from) => {
  expect(beatsPayingFrom(reward, RATE)).toBe(from);
  expect(beatsPayingFrom(reward, null)).toBeNull();
});
