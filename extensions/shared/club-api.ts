/**
 * The requests and responses of the club API, shared by the app and its extensions. Types only, no dependencies: the
 * app builds these shapes, an extension reads them.
 *
 * Every number of points and every amount of money is a decimal string of a whole number. Money is in minor units of
 * `currency` with `currencyDigits` digits (Shopify counts the rupiah with 2: "100000.00" is "10000000"). Strings,
 * because a balance may exceed 2^53 and JSON numbers may not.
 */

/** What a customer can own: points, or credit (money in minor units of the shop's currency). */
export type ClubUnit = 'POINTS' | 'CREDIT';

/** One account of the customer, and what may be spent from it on the requested cart. */
export interface ClubWallet {
  unit: ClubUnit;
  /** The whole balance, held value included. */
  balance: string;
  /** What may be spent now: without held, pending or owed value. */
  available: string;
  /** Earned, but not available yet. */
  pending: string;
  /** Reserved by an open redemption. */
  held: string;
  /** Taken back by a refund after it was spent. */
  debt: string;
  /** This number of units is worth the amount below. */
  rate: { units: string; amountMinor: string };
  /** The minimum number of units for one redemption. */
  minimum: string;
  /** The units of one redemption are a multiple of this. */
  step: string;
  /** The most units this cart can use, and their value. */
  spendable: { units: string; amountMinor: string };
}

/** A reserved amount with its discount code. */
export interface ClubRedemption {
  id: string;
  unit: ClubUnit;
  units: string;
  /** "0" for a reward that is a percentage. */
  amountMinor: string;
  code: string;
  /** The reward, or null for a payment with points or credit. */
  reward: ClubRewardTerms | null;
  /** ISO 8601; afterwards the value is returned automatically. */
  expiresAt: string;
}

/** The kind of a reward: a percentage or an amount off, or a gift that the shop hands out. */
export interface ClubRewardTerms {
  name: string;
  kind: 'percent' | 'amount' | 'other';
  /** Hundredths of a percent; null unless the kind is `percent`. */
  percentBp: number | null;
  /** The most that a percentage takes off; missing where there is no limit. */
  mostOffMinor?: string;
  /** Null unless the kind is `amount`. */
  amountMinor: string | null;
  /** "0" for any cart. */
  minimumCartMinor: string;
}

/** A reward that the shop offers, and why this customer can't take it now (null: they can). */
export interface ClubReward extends ClubRewardTerms {
  id: string;
  unit: ClubUnit;
  /** Its fixed price. */
  units: string;
  description: string;
  pictureUrl: string | null;
  /** The number of days its code can be used. */
  validDays: number;
  obstacle: RewardObstacle | null;
  /** The missing units; "0" when there are enough. */
  missing: string;
  /** How often one customer may take it; null for no limit. */
  limitPerCustomer: number | null;
}

export type RewardObstacle = 'insufficient' | 'below_minimum_cart' | 'limit_customer' | 'limit_total';

export type ClubClaimState = 'requested' | 'approved' | 'delivered' | 'refused';

/** A gift that the customer claimed. */
export interface ClubClaim {
  id: string;
  /** The code that staff and customer use for it. */
  number: string;
  name: string;
  unit: ClubUnit;
  units: string;
  state: ClubClaimState;
  /** A note from the shop; empty for none. */
  note: string;
  /** ISO 8601. */
  requestedAt: string;
}

/** Whether the customer is a member of the club, and whether they may join by themselves. */
export interface ClubMembership {
  isMember: boolean;
  mayJoin: boolean;
}

/** The customer's tier; the name is null below the first one. */
export interface ClubTier {
  name: string | null;
  /** The next tier and what is missing: points, or money in minor units. Null in the highest. */
  next: { name: string; measure: 'spend' | 'points'; missing: string } | null;
}

/** Response of `POST /api/membership`: 200 when ok, 409 when not. */
export type JoinAnswer = { ok: true } | { ok: false; reason: 'closed' | 'unknown_customer' };

/** Response of `GET /api/club?cartAmount=150000.00&currency=IDR`. */
export interface ClubView {
  clubTitle: string;
  currency: string;
  currencyDigits: number;
  locale: string;
  wallets: ClubWallet[];
  /** The redemption that the customer already has, or null. */
  open: ClubRedemption | null;
  redemptionEnabled: boolean;
  /** What the shop offers for points or credit, cheapest first. */
  rewards: ClubReward[];
  /** Gifts of this customer that are open or closed recently, newest first. */
  claims: ClubClaim[];
  membership: ClubMembership;
  /** Null where the shop has no tiers. */
  tier: ClubTier | null;
  /** The shop's online promotion; empty for none. */
  banner: string;
}

/** Body of `POST /api/redemptions`: an amount to pay with, or a reward that isn't a gift. */
export type ReserveRequest = {
  /** UUID created by the client, once per attempt. The same key returns the same redemption. */
  key: string;
  /** Decimal amount of the cart, as in "150000.00". */
  cartAmount: string;
  currency: string;
} & ReserveWish;

/** What is reserved; `kind` says which of the two. */
export type ReserveWish =
  { kind: 'pay'; unit: ClubUnit; units: string } | { kind: 'reward'; rewardId: string };

/** Body of `POST /api/claims`: a reward of the kind `other`, which has no code. */
export interface ClaimRequest {
  /** UUID created by the client, once per attempt. The same key claims once. */
  key: string;
  rewardId: string;
}

/**
 * Why a redemption was refused. `pending`: the outcome at Shopify isn't known yet, retry with the same key.
 * `refused`: Shopify didn't accept the discount code. `too_many`: too many requests, of this customer or in this shop.
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
  | 'too_many'
  /** The reward is no longer on offer, or it changed since it was shown. */
  | 'reward_gone'
  | 'limit_customer'
  | 'limit_total'
  | 'below_minimum_cart';

/** Response of `POST /api/redemptions`: 200 when ok, 409 when not; 429 with `Retry-After` for `too_many`. */
export type ReserveAnswer = { ok: true; redemption: ClubRedemption } | Refusal;

/** The reason with the figures: what is available, and what would be needed. */
export interface Refusal {
  ok: false;
  reason: RefusalReason;
  available: string;
  /** The minimum payment, or the reward's price. */
  minimum: string;
  /** For a reward: how often a customer may take it, and the minimum cart. */
  limitPerCustomer?: number | null;
  minimumCartMinor?: string;
}

/** Response of `POST /api/claims`: 200 when ok, 409 when not; 429 with `Retry-After` for `too_many`. */
export type ClaimAnswer = { ok: true; claim: ClubClaim } | Refusal;

/**
 * Why a code gives its points back by itself: Shopify kept the customer's own price, which saves more; or the shop doesn't let
 * codes stand beside prices.
 */
export type ReleasedBecause = 'price_is_lower' | 'not_with_price';

/**
 * Response of `POST /api/redemptions/:id/release`: 200 when ok, 409 when not; 404 has no such body. `?unapplied=yes`: the
 * checkout didn't take the code, and `because` says whether a price is why; `?unapplied=price`: release it only then, else
 * `kept`.
 */
export type ReleaseAnswer =
  { ok: true; because?: ReleasedBecause } | { ok: false; reason: 'used' | 'pending' | 'kept' };

/** Response of `GET /proxy/earning?currency=IDR&lines=...`: what a cart would earn once it is paid. */
export interface ExpectedView {
  /** False where the rules cannot say, for a cart in another currency for one. */
  isKnown: boolean;
  points: string;
  /** Minor units of the shop's currency. */
  credit: string;
}

/** What a customer pays for a variant, from a quantity on. */
export interface ClubPrice {
  /** Of one unit, in minor units of the shop's currency. */
  unitMinor: string;
  /** 1 for the price of a single one. */
  quantity: number;
}

/** Response of `GET /proxy/prices?product=1`: a signed-in customer's own prices, where they are below the shop's. */
export interface PricesView {
  currency: string;
  currencyDigits: number;
  variants: { id: string; prices: ClubPrice[] }[];
}
