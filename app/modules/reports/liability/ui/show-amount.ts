/** How a figure is shown: as points or credit, or as the value of points. */
export type ShowAmount = (amount: bigint) => string;
