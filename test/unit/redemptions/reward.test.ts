/** Who may take a reward, what a redemption keeps of it, and which way a claim can go. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadTerms, storeTerms } from '#app/modules/redemptions/rewards/reward-terms-json.ts';
import { canMoveClaim, CLAIM_STATES, isClaimState } from '#app/modules/redemptions/rules/claim.ts';
import {
  rewardRefusal,
  takenTerms,
  type Reward,
  type RewardTerms,
} from '#app/modules/redemptions/rules/reward.ts';

type Input = Parameters<typeof rewardRefusal>[0];
const reward = (change: Partial<Input> = {}): Input => ({
  status: 'active',
  kind: 'percent',
  units: 100n,
  limitPerCustomer: 2,
  limitTotal: 5,
  minimumCartMinor: 1_000n,
  ...change,
});
const NONE = { byCustomer: 0, inTotal: 0 };

describe('a reward is refused', () => {
  test.each([
    ['enough of all', reward(), NONE, 100n, 1_000n, null],
    ['a cart that cannot be compared', reward(), NONE, 100n, null, null],
    ['one unit too few', reward(), NONE, 99n, 1_000n, 'insufficient'],
    ['one minor unit below the cart', reward(), NONE, 100n, 999n, 'below_minimum_cart'],
    ['no cart counts for a gift', reward({ kind: 'other' }), NONE, 100n, 0n, null],
    ['the last of the customer', reward(), { byCustomer: 1, inTotal: 4 }, 100n, 1_000n, null],
    ['taken as often as one may', reward(), { byCustomer: 2, inTotal: 4 }, 100n, 1_000n, 'limit_customer'],
    ['none left for anybody', reward(), { byCustomer: 0, inTotal: 5 }, 100n, 1_000n, 'limit_total'],
    [
      'no limits',
      reward({ limitPerCustomer: null, limitTotal: null }),
      { byCustomer: 9_999, inTotal: 9_999 },
      100n,
      1_000n,
      null,
    ],
    ['paused', reward({ status: 'paused' }), NONE, 0n, 0n, 'reward_gone'],
    ['removed', reward({ status: 'removed' }), NONE, 100n, 1_000n, 'reward_gone'],
    ['what cannot be mended is said first', reward(), { byCustomer: 2, inTotal: 5 }, 0n, 0n, 'limit_total'],
  ] as const)('%s', (_words, terms, uses, available, cart, wanted) => {
    expect(rewardRefusal(terms, uses, available, cart)).toBe(wanted);
  });
});

test('a redemption keeps the terms as they were, however large the amounts', () => {
  const terms: RewardTerms = {
    rewardId: 9_007_199_254_740_993n,
    version: 3,
    name: 'Lima puluh "ribu"',
    kind: 'amount',
    unit: 'CREDIT',
    units: 10n ** 17n + 1n,
    percentBp: null,
    amountMinor: 5_000_000n,
    minimumCartMinor: 0n,
    validDays: 30,
    combinesWith: { orderDiscounts: true, productDiscounts: false, shippingDiscounts: true },
  };
  expect(loadTerms(JSON.parse(storeTerms(terms)))).toEqual(terms);
  expect(loadTerms(null)).toBeNull();
  expect(() => loadTerms({})).toThrow();
});

test('what is delivered or refused is over; nothing goes back to requested', () => {
  const moves = CLAIM_STATES.map((from) => [from, CLAIM_STATES.filter((to) => canMoveClaim(from, to))]);
  expect(Object.fromEntries(moves)).toEqual({
    requested: ['approved', 'delivered', 'refused'],
    approved: ['delivered', 'refused'],
    delivered: [],
    refused: [],
  });
  expect(isClaimState('approved')).toBe(true);
  expect(isClaimState('lost')).toBe(false);
});

const capped = (change: Partial<Reward> = {}): Reward => ({
  shopId: 1n,
  programId: 1n,
  rewardId: 7n,
  version: 1,
  status: 'active',
  name: 'Twenty off',
  kind: 'percent',
  unit: 'POINTS',
  units: 100n,
  percentBp: 2_000,
  amountMinor: null,
  mostOffMinor: 5_000_000n,
  description: '',
  pictureUrl: null,
  minimumCartMinor: 0n,
  validDays: 30,
  limitPerCustomer: null,
  limitTotal: null,
  combinesWith: { orderDiscounts: false, productDiscounts: true, shippingDiscounts: true },
  ...change,
});

describe('a percentage with a most', () => {
  test.each([
    // 20 % of Rp 100,000, of Rp 250,000 and of a fortune; Rp 50,000 at most.
    [10_000_000n, 2_000_000n, 10_000_000n],
    [25_000_000n, 5_000_000n, 25_000_000n],
    [900_000_000n, 5_000_000n, 25_000_000n],
    [null, 5_000_000n, 25_000_000n],
  ])(
    'taken for a cart of %s takes %s off carts of at least %s',
    (cartMinor, amountMinor, minimumCartMinor) => {
      expect(takenTerms(capped(), cartMinor)).toMatchObject({
        kind: 'amount',
        percentBp: null,
        amountMinor,
        minimumCartMinor,
      });
    },
  );

  test('never takes more than the most, nor more than the percentage of any cart its code is for', () => {
    fc.assert(
      fc.property(
        fc.bigInt(1n, 10n ** 12n),
        fc.integer({ min: 1, max: 10_000 }),
        fc.bigInt(1n, 10n ** 10n),
        fc.bigInt(0n, 10n ** 11n),
        (cartMinor, percentBp, mostOffMinor, minimumCartMinor) => {
          const reward = capped({ percentBp, mostOffMinor, minimumCartMinor });
          const terms = takenTerms(reward, cartMinor);
          const off = terms.amountMinor ?? 0n;
          expect(off).toBeLessThanOrEqual(mostOffMinor);
          expect(off * 10_000n).toBeLessThanOrEqual(terms.minimumCartMinor * BigInt(percentBp));
          expect(terms.minimumCartMinor).toBeGreaterThanOrEqual(minimumCartMinor);
          // The cart that it was taken for can use it, unless it is too small for the reward itself.
          const isUsable = cartMinor * BigInt(percentBp) >= 10_000n && cartMinor >= minimumCartMinor;
          if (isUsable) expect(terms.minimumCartMinor).toBeLessThanOrEqual(cartMinor);
        },
      ),
    );
  });

  test('without a most stays a percentage', () => {
    const reward = capped({ mostOffMinor: null });
    expect(takenTerms(reward, 10_000_000n)).toBe(reward);
  });
});
