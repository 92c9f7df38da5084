/** Club settings that both the ledger and redemptions use. */

export interface TakeBackPolicy {
  /** What can't be taken back becomes debt, or is written off. */
  shortfall: 'debt' | 'write_off';
  /** Whether lots of other orders may be used once the order's own are used up. */
  fromAllLots: boolean;
}

/** The shop's exchange rate: `units` points (or credit minor units) are worth `amountMinor`. */
export interface RedemptionRate {
  units: bigint;
  amountMinor: bigint;
}

/** The categories without a club, and the one assumed for a customer who has none. */
export interface ClubCategories {
  defaultId: bigint | null;
  off: ReadonlySet<bigint>;
}

/** Returns whether the club is for customers of this category. */
export function hasClub({ defaultId, off }: ClubCategories, categoryId: bigint | null): boolean {
  const id = categoryId ?? defaultId;
  return id === null || !off.has(id);
}
