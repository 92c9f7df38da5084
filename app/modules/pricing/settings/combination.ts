/** How prices meet the club's codes. Browser and server. */
export const COMBINATIONS = ['stack', 'lowest', 'refuse'] as const;
export type Combination = (typeof COMBINATIONS)[number];

/** An order to explain the choices with: the shop's own figures. */
export interface ExampleOrder {
  category: string;
  /** Of goods at the store's price. */
  goodsMinor: bigint;
  percentBp: number;
  /** What a code of the club takes off. */
  codeMinor: bigint;
}

const BASIS_POINTS = 10_000n;

/** What the customer of the example pays under each choice. Shopify takes the discount off the goods first. */
export function explainCombination({
  goodsMinor,
  percentBp,
  codeMinor,
}: ExampleOrder): Record<Combination, bigint> {
  const savedMinor = (goodsMinor * BigInt(percentBp)) / BASIS_POINTS;
  const pricedMinor = goodsMinor - savedMinor;
  const least = (one: bigint, other: bigint) => (one < other ? one : other);
  return {
    stack: pricedMinor - least(codeMinor, pricedMinor),
    lowest: least(pricedMinor, goodsMinor - least(codeMinor, goodsMinor)),
    refuse: pricedMinor,
  };
}
