/** How much of an order a club gives back, and from where on that has to be meant. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ASKED_ABOVE_BP,
  exampleEarning,
  giveBackBp,
  judgeAmount,
  judgeMany,
  judgeGiveBack,
  REFUSED_ABOVE_BP,
  worthOf,
  type GiveBackRules,
  type SpendTerms,
} from '#app/modules/shops/rules/give-back.ts';

/** Rp 100,000 gives 10 points, and a point is worth Rp 100: 1 %. */
const TEN: SpendTerms = { programId: 1n, unit: 'POINTS', units: 10n, stepMinor: 10_000_000n };
const CLUB: GiveBackRules = {
  currency: 'IDR',
  rate: { units: 1n, amountMinor: 10_000n },
  spend: [TEN],
  offers: [],
  multiplierPercent: 100,
};
const offer = (
  offerId: bigint,
  groupId: bigint,
  percentBp: number,
  unit: 'POINTS' | 'CREDIT' = 'CREDIT',
) => ({
  offerId,
  groupId,
  unit,
  percentBp,
});

describe('what an order gives back', () => {
  it.each<[string, Partial<GiveBackRules>, number]>([
    ['a first club: 1 %', {}, 100],
    ['two programs add up', { spend: [TEN, { ...TEN, programId: 2n, units: 5n }] }, 150],
    ['10 points per Rp 100: 1,000 %', { spend: [{ ...TEN, stepMinor: 10_000n }] }, 100_000],
    ['credit is money itself', { spend: [{ ...TEN, unit: 'CREDIT', units: 500_000n }] }, 500],
    ['the highest tier multiplies programs', { multiplierPercent: 250 }, 250],
    [
      'of each group of offers the best counts, no tier multiplies it',
      { offers: [offer(1n, 1n, 200), offer(2n, 1n, 500), offer(3n, 2n, 100)], multiplierPercent: 200 },
      200 + 500 + 100,
    ],
    // 5 % of Rp 100,000 is 5,000 points, worth Rp 500,000.
    [
      'points of an offer are counted from whole rupiah',
      { offers: [offer(1n, 1n, 500, 'POINTS')] },
      100 + 50_000,
    ],
    ['several points may be worth one minor unit', { rate: { units: 10n, amountMinor: 1n } }, 0],
  ])('%s', (_words, change, share) => {
    expect(giveBackBp({ ...CLUB, ...change })).toBe(share);
  });

  it('is shown with an ordinary order', () => {
    // Rp 325,000: three steps.
    expect(exampleEarning(CLUB)).toEqual({
      orderMinor: 32_500_000n,
      points: 30n,
      creditMinor: 0n,
      worthMinor: 300_000n,
      shareBp: 92,
    });
    expect(exampleEarning({ ...CLUB, spend: [] })).toBeNull();
  });
});

const spendTerms = fc.record({
  programId: fc.bigInt(1n, 99n),
  unit: fc.constantFrom('POINTS' as const, 'CREDIT' as const),
  units: fc.bigInt(1n, 10_000n),
  stepMinor: fc.bigInt(1_000_000n, 1_000_000_000n),
});
const clubs = fc.record({
  currency: fc.constantFrom('IDR', 'USD', 'JPY'),
  rate: fc.record({ units: fc.bigInt(1n, 100n), amountMinor: fc.bigInt(1n, 100_000n) }),
  spend: fc.array(spendTerms, { maxLength: 4 }),
  offers: fc.array(
    fc.record({
      offerId: fc.bigInt(1n, 99n),
      groupId: fc.bigInt(1n, 3n),
      unit: fc.constantFrom('POINTS' as const, 'CREDIT' as const),
      percentBp: fc.integer({ min: 1, max: 10_000 }),
    }),
    { maxLength: 4 },
  ),
  multiplierPercent: fc.integer({ min: 100, max: 1_000 }),
});

describe('any club', () => {
  it('gives back no less with one more program, offer or a higher multiplier', () => {
    fc.assert(
      fc.property(clubs, spendTerms, fc.integer({ min: 1, max: 5_000 }), (club, terms, percentBp) => {
        const share = giveBackBp(club);
        expect(giveBackBp({ ...club, spend: [...club.spend, terms] })).toBeGreaterThanOrEqual(share);
        const more = [...club.offers, offer(100n, 4n, percentBp)];
        expect(giveBackBp({ ...club, offers: more })).toBe(share + percentBp);
        const higher = club.multiplierPercent + 100;
        expect(giveBackBp({ ...club, multiplierPercent: higher })).toBeGreaterThanOrEqual(share);
      }),
    );
  });

  it('is asked above the limit, refused above all of the order, and never for what gives no more than before', () => {
    fc.assert(
      fc.property(clubs, clubs, (before, after) => {
        const share = giveBackBp(after);
        const verdict = judgeGiveBack(before, after).is;
        const isMore = share > giveBackBp(before);
        const wanted =
          !isMore || share <= ASKED_ABOVE_BP ? 'fine' : share > REFUSED_ABOVE_BP ? 'refused' : 'asked';
        expect(verdict).toBe(wanted);
        expect(judgeGiveBack(after, after).is).toBe('fine');
      }),
    );
  });
});

describe('a question about a rule', () => {
  it('says what a large order would give back, in money', () => {
    const after = { ...CLUB, spend: [{ ...TEN, units: 400n }] };
    expect(judgeGiveBack(CLUB, after)).toEqual({
      is: 'asked',
      question: { kind: 'order', shareBp: 4_000, orderMinor: 100_000_000n, backMinor: 40_000_000n },
    });
  });
});

describe('an amount for one customer', () => {
  it.each<[bigint, bigint | null, boolean]>([
    // Rp 1,000,000 is 10,000 points.
    [10_000n, null, false],
    [10_001n, null, true],
    [1_000_000_000n, null, true],
    [1_000n, 10n, false],
    [1_001n, 10n, true],
  ])('of %s points where %s are usual: asked %s', (amount, usual, isAsked) => {
    const verdict = judgeAmount(amount, 'POINTS', CLUB, usual);
    expect(verdict.is).toBe(isAsked ? 'asked' : 'fine');
    if (verdict.is !== 'asked') return;
    const worthMinor = worthOf(amount, 'POINTS', CLUB.rate);
    expect(verdict.question).toEqual({ kind: 'worth', amount, unit: 'POINTS', worthMinor, usual });
  });
});

describe('amounts for many customers', () => {
  // Rp 1,000,000 is the most that one gets without a question, a hundred times that all together.
  it.each<[string, bigint, number, boolean]>([
    ['a hundred of what one may get', 10_000_000_000n, 0, false],
    ['a little more', 10_000_000_001n, 0, true],
    ['little, but much for one of them', 100_000_001n, 1, true],
    ['nothing', 0n, 0, false],
  ])('%s of %s, %i large ones: asked %s', (_name, worthMinor, large, isAsked) => {
    const verdict = judgeMany({ customers: 500, worthMinor, large }, 'IDR');
    if (!isAsked) return expect(verdict).toEqual({ is: 'fine' });
    expect(verdict).toEqual({
      is: 'asked',
      question: { kind: 'many', customers: 500, worthMinor, large, limitMinor: 100_000_000n },
    });
  });
});
