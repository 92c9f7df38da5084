import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { estimateCount } from '#app/modules/segments/estimate/rules/estimate.ts';

describe('an estimate', () => {
  test('is a share of all, with two digits', () => {
    expect(estimateCount({ found: 250, sampled: 2_500, customers: 1_234_567 })).toEqual({
      count: 120_000,
      certainty: 'about',
    });
    expect(estimateCount({ found: 2_500, sampled: 2_500, customers: 50_000 })).toEqual({
      count: 50_000,
      certainty: 'about',
    });
  });

  test('of few tells what there are at most', () => {
    expect(estimateCount({ found: 0, sampled: 2_500, customers: 1_000_000 })).toEqual({
      count: 1_200,
      certainty: 'below',
    });
    expect(estimateCount({ found: 4, sampled: 2_500, customers: 1_000_000 })).toEqual({
      count: 4_400,
      certainty: 'below',
    });
  });

  test('of nine samples in ten is near what there is', () => {
    const sampled = 2_500;
    const customers = 1_000_000;
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.9, noNaN: true }), fc.integer(), (share, seed) => {
        const runs = 100;
        let random = seed >>> 0;
        const next = () => {
          random = (random * 1_664_525 + 1_013_904_223) >>> 0;
          return random / 2 ** 32;
        };
        let near = 0;
        for (let run = 0; run < runs; run += 1) {
          let found = 0;
          for (let one = 0; one < sampled; one += 1) if (next() < share) found += 1;
          const { count, certainty } = estimateCount({ found, sampled, customers });
          const truth = share * customers;
          const spread = 2 * Math.sqrt((share * (1 - share)) / sampled) * customers + truth * 0.05;
          if (certainty === 'below' ? count >= truth : Math.abs(count - truth) <= spread) near += 1;
        }
        expect(near).toBeGreaterThanOrEqual(0.8 * runs);
      }),
      { numRuns: 20 },
    );
  });
});
