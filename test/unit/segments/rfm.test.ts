/** The grid of RFM groups. */
import { expect, test } from 'vitest';
import {
  groupOfScores,
  RFM_GRID,
  RFM_GROUPS,
  rfmGroup,
  rfmScores,
  WORTH_FROM,
  WORTH_MAX,
  type RfmThresholds,
} from '#app/modules/segments/rules/rfm.ts';

const SCORES = [1, 2, 3, 4, 5];
const MOMENT = (day: number) => new Date(Date.UTC(2026, 0, day));
const THRESHOLDS: RfmThresholds = {
  recency: [10, 15, 20, 25].map(MOMENT),
  frequency: [2n, 2n, 3n, 5n],
  money: [100n, 200n, 300n, 400n],
};

test('every combination of scores is in exactly one group, and every group has one', () => {
  const found = new Set<string>();
  for (const recency of SCORES)
    for (const frequency of SCORES)
      for (const money of SCORES) {
        const worth = frequency + money;
        const cells = RFM_GRID.filter(
          (cell) =>
            recency >= cell.recency[0] &&
            recency <= cell.recency[1] &&
            worth >= cell.worth[0] &&
            worth <= cell.worth[1],
        );
        expect([recency, worth, cells.length]).toEqual([recency, worth, 1]);
        found.add(groupOfScores({ recency, frequency, money }));
      }
  expect([...found, 'prospects'].toSorted()).toEqual([...RFM_GROUPS].toSorted());
});

test('each group fills whole columns, so that the map can draw it', () => {
  for (const { group, worth } of RFM_GRID) {
    expect([group, WORTH_FROM.some((from) => from === worth[0])]).toEqual([group, true]);
    expect([group, worth[1] === WORTH_MAX || WORTH_FROM.some((from) => from === worth[1] + 1)]).toEqual([
      group,
      true,
    ]);
  }
});

test.each([
  // Shopify's descriptions of its groups, from the Admin API.
  ['very recent, many orders, the most spend', { recency: 5, frequency: 5, money: 5 }, 'champions'],
  ['recent, many orders, the most spend', { recency: 4, frequency: 4, money: 5 }, 'loyal'],
  ['recent, some orders, moderate spend', { recency: 4, frequency: 3, money: 3 }, 'active'],
  ['very recent, few orders, low spend', { recency: 5, frequency: 1, money: 2 }, 'new'],
  ['recent, few orders, low spend', { recency: 4, frequency: 1, money: 1 }, 'promising'],
  ['less recent, some orders, moderate spend', { recency: 3, frequency: 3, money: 2 }, 'needs_attention'],
  ['not recent, a very strong history', { recency: 1, frequency: 5, money: 4 }, 'previously_loyal'],
  ['not recent, a strong history', { recency: 2, frequency: 3, money: 4 }, 'at_risk'],
  ['not recent, fewer orders, lower spend', { recency: 2, frequency: 2, money: 2 }, 'almost_lost'],
  ['longest ago, infrequent, low spend', { recency: 1, frequency: 1, money: 1 }, 'dormant'],
] as const)('%s: %o is %s', (_words, scores, group) => {
  expect(groupOfScores(scores)).toBe(group);
});

test('a score begins at its threshold; equal thresholds leave scores out', () => {
  const figures = { ordersValid: 2, lastOrderAt: MOMENT(25), spendMinor: 399n };
  expect(rfmScores(figures, THRESHOLDS)).toEqual({ recency: 5, frequency: 3, money: 4 });
  expect(
    rfmScores(
      { ordersValid: 1, lastOrderAt: new Date(MOMENT(10).getTime() - 1), spendMinor: 99n },
      THRESHOLDS,
    ),
  ).toEqual({ recency: 1, frequency: 1, money: 1 });
});

test('without orders a customer is a prospect, whatever the shop has; with orders and without thresholds in no group', () => {
  const none = { ordersValid: 0, lastOrderAt: null, spendMinor: 0n };
  expect([rfmGroup(none, THRESHOLDS), rfmGroup(none, null)]).toEqual(['prospects', 'prospects']);
  expect(rfmScores(none, THRESHOLDS)).toBeNull();
  expect(rfmGroup({ ordersValid: 3, lastOrderAt: MOMENT(1), spendMinor: 5n }, null)).toBeNull();
});
