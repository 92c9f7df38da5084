/**
 * What the club API of the app and its extensions say to each other. Types only, no dependency: the app
 * builds these shapes, an extension reads them.
 *
 * Every number of points and every amount of money is a decimal string of a whole number. Money is in minor
 * units of `currency` with `currencyDigits` digits (Shopify counts the rupiah with 2: "100000.00" is
 * "10000000"). Strings, because a balance may pass 2^53 and JSON numbers may not.
 */

/** What a customer can own: points, or credit (money in minor units of the shop's currency). */
export type ClubUnit = 'POINTS' | 'CREDIT';

/** One account of the customer and what may be spent from it on the cart that was asked about. */
export interface ClubWallet {
  unit: ClubUnit;
  /** All of it, held value included. */
  balance: string;
  /** What may be spent now: without what is held, pending or owed. */
  available: string;
  /** Earned, not yet valid. */
  pending: string;
  /** Reserved by an open redemption. */
  held: string;
  /** Taken back by a refund after it was spent. */
  debt: string;
  /** So many units are worth so much money. */
  rate: { units: string; amountMinor: string };
  /** Least units of one redemption. */
  minimum: string;
  /** Units of one redemption are a multiple of this. */
  step: string;
  /** Most units that this cart can take, and their worth. */
  spendable: { units: string; amountMinor: string };
}

/** Value that is reserved and has its discount code. */
export interface ClubRedemption {
  id: string;
  unit: ClubUnit;
  units: string;
  amountMinor: string;
  code: string;
  /** ISO 8601; afterwards the value goes back by itself. */
  expiresAt: string;
}

/** Answer of `GET /api/club?cartAmount=150000.00&currency=IDR`. */
export interface ClubView {
  clubTitle: string;
  currency: string;
  currencyDigits: number;
  locale: string;
  wallets: ClubWallet[];
  /** The redemption that the customer already has, or null. */
  open: ClubRedemption | null;
  redemptionEnabled: boolean;
}

/** Body of `POST /api/redemptions`. */
export interface ReserveRequest {
  /** UUID made by the client, once per attempt. The same key gives the same redemption. */
  key: string;
  unit: ClubUnit;
  units: string;
  /** Decimal amount of the cart, as in "150000.00". */
  cartAmount: string;
  currency: string;
}

/**
 * Why a redemption was refused. `pending`: the outcome at Shopify is not known yet, ask again with the same
 * key. `refused`: Shopify did not accept the discount code.
 */
export type RefusalReason =
  | 'insufficient'
  | 'below_minimum'
  | 'not_a_step'
  | 'exceeds_cart'
  | 'disabled'
  | 'already_open'
  | 'refused'
  | 'pending';

/** Answer of `POST /api/redemptions`: 200 when ok, 409 when not. */
export type ReserveAnswer =
  | { ok: true; redemption: ClubRedemption }
  | { ok: false; reason: RefusalReason; available: string; minimum: string };

/** Answer of `POST /api/redemptions/:id/release`: 200 when ok, 409 when not; 404 has no such body. */
export type ReleaseAnswer = { ok: true } | { ok: false; reason: 'used' | 'pending' };
