/**
 * The requests and responses of the reseller's page. Types only. Amounts are whole minor units of the shop's currency as
 * decimal texts.
 */

/** What one unit costs the reseller from a quantity on. */
export interface ResellerBreak {
  quantity: number;
  unitMinor: string;
}

/** A variant of the price list. */
export interface ResellerItem {
  variantId: string;
  title: string;
  sku: string;
  /** The store's price of one unit. */
  retailMinor: string;
  /** From one unit up, each where the price changes. */
  breaks: ResellerBreak[];
}

/** What holds for the whole list. */
export interface ResellerTerms {
  /** The name of the customer's category. */
  category: string;
  currency: string;
  currencyDigits: number;
  /** What an order must reach for these prices; "0" and 0 for nothing. */
  minimumMinor: string;
  minimumQuantity: number;
}

/**
 * Response of `GET /api/reseller?q=kopi&after=...`. `not_approved`: the customer's category has no prices of its own;
 * `unavailable`: Shopify doesn't answer.
 */
export type ResellerView =
  | { state: 'open'; terms: ResellerTerms; items: ResellerItem[]; next: string | null }
  | { state: 'not_approved' }
  | { state: 'unavailable' };

/** Body of `POST /api/reseller/skus`: what was pasted. */
export interface SkusRequest {
  skus: string[];
}

/** Response of `POST /api/reseller/skus`. `missing`: no variant has it; `several`: more than one has. */
export interface SkusView {
  items: ResellerItem[];
  missing: string[];
  several: string[];
}

/** Body of `POST /api/reseller/check`: a cart. */
export interface CheckRequest {
  lines: { variantId: string; quantity: number }[];
}

/** Response of `POST /api/reseller/check`: what the cart costs, by the arithmetic of the checkout. */
export interface CheckView {
  lines: { variantId: string; quantity: number; grossMinor: string; totalMinor: string }[];
  grossMinor: string;
  totalMinor: string;
  isBelowMinimum: boolean;
}
