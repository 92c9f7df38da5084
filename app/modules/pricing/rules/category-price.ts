/** What the customers of a category pay: the part of the prices that the Function reads from the shop's rules. */

/** From this quantity on, this percent (hundredths) instead of the category's, where it is larger. */
export interface QuantityBreak {
  quantity: number;
  bp: number;
}

export type ProductSet = 'a' | 'b';

export const TAX_SHOWN = ['store', 'without'] as const;
export type TaxShown = (typeof TAX_SHOWN)[number];

export interface CategoryPrice {
  discountBp: number;
  /** Ascending. */
  breaks: readonly QuantityBreak[];
  /** Whether a line counts for a break, or all lines of a product together. */
  breaksPer: 'line' | 'product';
  minimumMinor: bigint;
  minimumQuantity: number;
  onlySet: ProductSet | null;
  notSet: ProductSet | null;
  includesSale: boolean;
  includesSubscriptions: boolean;
  stepMinor: bigint;
  /** At a till too, where staff chose the customer. */
  appliesAtTill: boolean;
  /** Prices are shown as the store has them, or without the tax that they include. */
  taxShown: TaxShown;
  /** Shown at checkout; empty: the discount's title. */
  label: string;
}

export const NO_PRICE: CategoryPrice = {
  discountBp: 0,
  breaks: [],
  breaksPer: 'line',
  minimumMinor: 0n,
  minimumQuantity: 0,
  onlySet: null,
  notSet: null,
  includesSale: true,
  includesSubscriptions: false,
  stepMinor: 0n,
  appliesAtTill: true,
  taxShown: 'store',
  label: '',
};
