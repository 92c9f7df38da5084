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
  /** "0" for a reward that takes a percent off. */
  amountMinor: string;
  code: string;
  /** The reward that it is, or null for a payment with points or credit. */
  reward: ClubRewardTerms | null;
  /** ISO 8601; afterwards the value goes back by itself. */
  expiresAt: string;
}

/** What a reward gives: a percent or an amount off, or a gift that the shop hands out. */
export interface ClubRewardTerms {
  name: string;
  kind: 'percent' | 'amount' | 'other';
  /** Hundredths of a percent; null unless the kind is `percent`. */
  percentBp: number | null;
  /** Null unless the kind is `amount`. */
  amountMinor: string | null;
  /** "0" for any cart. */
  minimumCartMinor: string;
}

/** A reward that the shop offers, and why this customer cannot take it now (null: they can). */
export interface ClubReward extends ClubRewardTerms {
  id: string;
  unit: ClubUnit;
  /** Its fixed price. */
  units: string;
  description: string;
  pictureUrl: string | null;
  /** Days that its code can be used. */
  validDays: number;
  obstacle: RewardObstacle | null;
  /** Units that are still missing; "0" when there are enough. */
  missing: string;
  /** How often one customer may take it; null for no limit. */
  limitPerCustomer: number | null;
}

export type RewardObstacle = 'insufficient' | 'below_minimum_cart' | 'limit_customer' | 'limit_total';

export type ClubClaimState = 'requested' | 'approved' | 'delivered' | 'refused';

/** A gift that the customer asked for. */
export interface ClubClaim {
  id: string;
  /** What staff and customer call it by. */
  number: string;
  name: string;
  unit: ClubUnit;
  units: string;
  state: ClubClaimState;
  /** From the shop; empty for none. */
  note: string;
  /** ISO 8601. */
  requestedAt: string;
}

/** Whether the customer is a member of the club, and whether they may become one by themselves. */
export interface ClubMembership {
  isMember: boolean;
  mayJoin: boolean;
}

/** The customer's tier; the name is null below the first one. */
export interface ClubTier {
  name: string | null;
  /** The next one and what is missing to it: points, or money in minor units. Null in the highest. */
  next: { name: string; measure: 'spend' | 'points'; missing: string } | null;
}

/** Answer of `POST /api/membership`: 200 when ok, 409 when not. */
export type JoinAnswer = { ok: true } | { ok: false; reason: 'closed' | 'unknown_customer' };

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
  /** What the shop offers for points or credit, the cheapest first. */
  rewards: ClubReward[];
  /** Gifts of this customer that are not long over, the newest first. */
  claims: ClubClaim[];
  membership: ClubMembership;
  /** Null where the shop has no tiers. */
  tier: ClubTier | null;
  /** The shop's online promotion; empty for none. */
  banner: string;
}

/** Body of `POST /api/redemptions`: an amount to pay with, or a reward that is no gift. */
export type ReserveRequest = {
  /** UUID made by the client, once per attempt. The same key gives the same redemption. */
  key: string;
  /** Decimal amount of the cart, as in "150000.00". */
  cartAmount: string;
  currency: string;
} & ReserveWish;

export type ReserveWish = { unit: ClubUnit; units: string } | { rewardId: string };

/** Body of `POST /api/claims`: a reward of the kind `other`. */
export interface ClaimRequest {
  /** UUID made by the client, once per attempt. The same key claims once. */
  key: string;
  rewardId: string;
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
  | 'pending'
  /** No such reward is on offer any more, or it changed since it was shown. */
  | 'reward_gone'
  | 'limit_customer'
  | 'limit_total'
  | 'below_minimum_cart';

/** Answer of `POST /api/redemptions`: 200 when ok, 409 when not. */
export type ReserveAnswer = { ok: true; redemption: ClubRedemption } | Refusal;

/** Why not, with the figures: what is available, and what it would take. */
export interface Refusal {
  ok: false;
  reason: RefusalReason;
  available: string;
  /** The least payment, or the reward's price. */
  minimum: string;
  /** Of a reward: how often a customer may take it, and the least cart. */
  limitPerCustomer?: number | null;
  minimumCartMinor?: string;
}

/** Answer of `POST /api/claims`: 200 when ok, 409 when not. */
export type ClaimAnswer = { ok: true; claim: ClubClaim } | Refusal;

/** Answer of `POST /api/redemptions/:id/release`: 200 when ok, 409 when not; 404 has no such body. */
export type ReleaseAnswer = { ok: true } | { ok: false; reason: 'used' | 'pending' };
