/** Ways to earn as one list, and what an order gives over all of them in money and percent. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Offer } from '#app/modules/earning/offers/offers.queries.server.ts';
import type { Program } from '#app/modules/earning/programs/programs.queries.server.ts';
import { orderWorth } from '#app/modules/earning/rules/order-worth.ts';
import { typicalAmount } from '#app/modules/earning/rules/typical-amount.ts';
import { whyNothing } from '#app/modules/earning/rules/why-nothing.ts';
import type { EarningExplained } from '#app/modules/earning/rules/entitlement.ts';
import { listWays, WAY_STATES } from '#app/modules/earning/ways/ways.ts';
import type { GiftSettings } from '#app/modules/occasions/gifts.queries.server.ts';
import { spendRule } from '#test/support/rules.ts';

const NOW = new Date('2026-11-29T00:00:00Z');

const program = (programId: bigint, change: Partial<Program> = {}): Program => ({
  programId,
  version: 1,
  name: `Program ${programId}`,
  status: 'active',
  unit: 'POINTS',
  rule: spendRule(),
  startsAt: null,
  endsAt: null,
  ...change,
});

const offer = (offerId: bigint, status: Offer['status']): Offer => ({
  offerId,
  version: 1,
  groupId: 1n,
  groupName: 'Group',
  name: `Offer ${offerId}`,
  unit: 'CREDIT',
  minimumMinor: 0n,
  percentBp: 100,
  fromDays: 0,
  untilDays: null,
  status,
});

const gift = (isActive: boolean): GiftSettings => ({
  isActive,
  version: 1,
  unit: 'POINTS',
  amountMode: 'fixed',
  amount: 50n,
  percentBp: 100,
  daysBefore: 0,
  expiresDays: 30,
});

describe('the list', () => {
  const parts = {
    programs: [
      program(1n, { status: 'ended' }),
      program(2n),
      program(3n, { startsAt: new Date('2026-12-01T00:00:00Z') }),
      program(4n, { endsAt: new Date('2026-11-01T00:00:00Z') }),
      program(5n, { status: 'paused' }),
    ],
    offers: [offer(1n, 'active'), offer(2n, 'paused')],
    gifts: { birthday: gift(true), anniversary: gift(false) },
  };
  const statesOf = (offersActive: boolean) =>
    Object.fromEntries(listWays({ ...parts, offersActive }, NOW).map(({ key, state }) => [key, state]));

  test('says of each way what it is now', () => {
    expect(statesOf(true)).toEqual({
      'program:1': 'ended',
      'program:2': 'active',
      'program:3': 'scheduled',
      'program:4': 'over',
      'program:5': 'paused',
      'offer:1': 'active',
      'offer:2': 'paused',
      'gift:birthday': 'active',
      'gift:anniversary': 'off',
    });
  });

  test('says off of every offer while offers are switched off', () => {
    expect(statesOf(false)).toMatchObject({ 'offer:1': 'off', 'offer:2': 'off', 'program:2': 'active' });
  });

  test('has what gives something first', () => {
    const ranks = listWays({ ...parts, offersActive: true }, NOW).map(({ state }) =>
      WAY_STATES.indexOf(state),
    );
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
  });
});

describe('what an order is worth', () => {
  const given = fc.array(
    fc.record({
      unit: fc.constantFrom('POINTS' as const, 'CREDIT' as const),
      amount: fc.bigInt(1n, 10_000n),
    }),
    { maxLength: 6 },
  );
  const rate = fc.record({ units: fc.bigInt(1n, 100n), amountMinor: fc.bigInt(1n, 100_000n) });

  test('is the points at the rate and the credit, and its share never above the exact one', () => {
    fc.assert(
      fc.property(given, rate, fc.bigInt(1n, 10n ** 9n), (parts, at, amountMinor) => {
        const { points, credit, worthMinor, shareBp } = orderWorth(parts, at, amountMinor);
        const sum = (unit: string) =>
          parts.filter((part) => part.unit === unit).reduce((total, { amount }) => total + amount, 0n);
        expect([points, credit]).toEqual([sum('POINTS'), sum('CREDIT')]);
        expect(worthMinor).toBe((points * at.amountMinor) / at.units + credit);
        expect(BigInt(shareBp!) * amountMinor <= worthMinor! * 10_000n).toBe(true);
        expect((BigInt(shareBp!) + 1n) * amountMinor > worthMinor! * 10_000n).toBe(true);
      }),
    );
  });

  test('is unknown for points that can’t pay, and that of the credit without points', () => {
    expect(orderWorth([{ unit: 'POINTS', amount: 5n }], null, 100n)).toMatchObject({
      worthMinor: null,
      shareBp: null,
    });
    expect(orderWorth([{ unit: 'CREDIT', amount: 5n }], null, 100n)).toMatchObject({
      worthMinor: 5n,
      shareBp: 500,
    });
  });
});

test('a typical amount is the middle one, rounded down to two digits', () => {
  expect(typicalAmount([])).toBeNull();
  expect(typicalAmount([7n])).toBe(7n);
  expect(typicalAmount([9_999_999n, 325_417n, 1n])).toBe(320_000n);
});

describe('why an order earned nothing', () => {
  const none: EarningExplained = { nothingBecause: null, outcomes: [], offers: [], bonuses: [] };
  const outcome = (silentBecause: 'below_step' | 'not_member' | null, amount = 0n) =>
    ({
      program: program(1n),
      silentBecause,
      entitlements: amount > 0n ? [{ amount }] : [],
    }) as unknown as EarningExplained['outcomes'][number];

  test.each([
    [
      'the reason that holds for the whole order',
      { ...none, nothingBecause: 'test_order' },
      false,
      'test_order',
    ],
    ['no rule in force', none, false, 'no_rule'],
    [
      'the one reason of all programs',
      { ...none, outcomes: [outcome('below_step'), outcome('below_step')] },
      false,
      'below_step',
    ],
    [
      'no single reason',
      { ...none, outcomes: [outcome('below_step'), outcome('not_member')] },
      false,
      'no_match',
    ],
    ['it will still earn', { ...none, outcomes: [outcome(null, 5n)] }, false, 'later'],
    ['it is of before the club', { ...none, outcomes: [outcome(null, 5n)] }, true, 'history'],
    ['of before the club, never paid here', { ...none, nothingBecause: 'not_paid' }, true, 'history'],
  ] as const)('%s', (_name, earning, isHistory, why) => {
    expect(whyNothing(earning as EarningExplained, isHistory)).toBe(why);
  });
});
