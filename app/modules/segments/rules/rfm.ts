/**
 * RFM: customers in groups by how recently, how often and for how much they order. The eleven names are Shopify's
 * (`CustomerRfmGroup` of its Admin API), and so is the method: scores from 1 to 5, the frequency and money scores taken
 * together. Shopify doesn't publish the scores of each group: the grid below is ours, after Shopify's descriptions.
 */
export const RFM_GROUPS = [
  'champions',
  'loyal',
  'active',
  'new',
  'promising',
  'needs_attention',
  'previously_loyal',
  'at_risk',
  'almost_lost',
  'dormant',
  'prospects',
] as const;
export type RfmGroup = (typeof RFM_GROUPS)[number];

export const SCORE_MAX = 5;
/** Fewer customers with an order say nothing by their fifths. */
export const RFM_CUSTOMERS_MIN = 10;

/** A part of the grid, both ends included. */
export interface RfmCell {
  group: Exclude<RfmGroup, 'prospects'>;
  /** Of the recency score. */
  recency: readonly [from: number, to: number];
  /** Of the sum of the frequency and the money score, from 2 to 10: twice their average. */
  worth: readonly [from: number, to: number];
}

/** Where the columns of the grid begin: averages of 1, 2, 3 and 4. */
export const WORTH_FROM = [2, 4, 6, 8] as const;
export const WORTH_MAX = 2 * SCORE_MAX;

/** 5 is "very recent", 3 and 4 "recent"; below, customers are "without recent purchases". */
export const RFM_GRID: readonly RfmCell[] = [
  { group: 'champions', recency: [5, 5], worth: [8, 10] },
  { group: 'loyal', recency: [3, 4], worth: [8, 10] },
  { group: 'active', recency: [4, 5], worth: [4, 7] },
  { group: 'new', recency: [5, 5], worth: [2, 3] },
  { group: 'promising', recency: [3, 4], worth: [2, 3] },
  { group: 'needs_attention', recency: [3, 3], worth: [4, 7] },
  { group: 'previously_loyal', recency: [1, 2], worth: [8, 10] },
  { group: 'at_risk', recency: [1, 2], worth: [6, 7] },
  { group: 'almost_lost', recency: [2, 2], worth: [2, 5] },
  { group: 'dormant', recency: [1, 1], worth: [2, 5] },
];

/** The lowest value of the scores 2, 3, 4 and 5 of each measure, ascending. */
export interface RfmThresholds {
  recency: readonly Date[];
  frequency: readonly bigint[];
  money: readonly bigint[];
}

/** What a customer is scored by; a customer without a valid order has no scores. */
export interface RfmFigures {
  ordersValid: number;
  lastOrderAt: Date | null;
  spendMinor: bigint;
}

export interface RfmScores {
  recency: number;
  frequency: number;
  money: number;
}

const scoreOf = <T extends bigint | Date>(value: T, from: readonly T[]) =>
  1 + from.filter((lowest) => value >= lowest).length;

/** The scores of a customer; null without an order, and in a shop without thresholds. */
export function rfmScores(
  { ordersValid, lastOrderAt, spendMinor }: RfmFigures,
  thresholds: RfmThresholds | null,
): RfmScores | null {
  if (thresholds === null || ordersValid === 0 || lastOrderAt === null) return null;
  return {
    recency: scoreOf(lastOrderAt, thresholds.recency),
    frequency: scoreOf(BigInt(ordersValid), thresholds.frequency),
    money: scoreOf(spendMinor, thresholds.money),
  };
}

const isWithin = (score: number, [from, to]: RfmCell['recency']) => score >= from && score <= to;

/** The group of these scores. */
export function groupOfScores({ recency, frequency, money }: RfmScores): RfmGroup {
  const cell = RFM_GRID.find(
    (one) => isWithin(recency, one.recency) && isWithin(frequency + money, one.worth),
  );
  if (cell === undefined) throw new Error('the grid has no place for these scores');
  return cell.group;
}

/** The group of a customer; null for one who ordered, in a shop without thresholds. */
export function rfmGroup(figures: RfmFigures, thresholds: RfmThresholds | null): RfmGroup | null {
  if (figures.ordersValid === 0) return 'prospects';
  const scores = rfmScores(figures, thresholds);
  return scores && groupOfScores(scores);
}
