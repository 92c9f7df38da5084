/** Ranks by spend: what a range of ranks asks of the spend means the same customers as the rank itself. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RANK_MAX, spendOfRanks, spendRank } from '#app/modules/segments/rules/spend-rank.ts';

/** 1 for the best of a hundred who spent 1, 2, ... 100. */
const EACH = Array.from({ length: RANK_MAX - 1 }, (_, index) => BigInt(index + 2));

const rankOf = (spendMinor: bigint) => spendRank({ ordersValid: 1, spendMinor }, EACH);

test('ranks are percent from the top', () => {
  expect([rankOf(100n), rankOf(91n), rankOf(90n), rankOf(1n), rankOf(-5n)]).toEqual([1, 10, 11, 100, 100]);
  expect(spendRank({ ordersValid: 0, spendMinor: 100n }, EACH)).toBeNull();
  expect(spendRank({ ordersValid: 1, spendMinor: 100n }, null)).toBeNull();
});

test('a range of ranks is a range of spend, also where many spent the same', () => {
  const limit = fc.option(fc.bigInt({ min: -2n, max: 103n }));
  const spends = fc.array(fc.bigInt({ min: 0n, max: 30n }), { minLength: 99, maxLength: 99 });
  fc.assert(
    fc.property(spends, limit, limit, fc.bigInt({ min: -1n, max: 31n }), (steps, from, to, spendMinor) => {
      const thresholds = steps.toSorted((a, b) => Number(a - b));
      const rank = BigInt(spendRank({ ordersValid: 1, spendMinor }, thresholds) ?? -1);
      const range = spendOfRanks({ from, to }, thresholds);
      const isMeant =
        range !== null &&
        (range.from === null || spendMinor >= range.from) &&
        (range.until === null || spendMinor < range.until);
      expect(isMeant).toBe((from === null || rank >= from) && (to === null || rank <= to));
    }),
  );
});
