/**
 * The requests and responses of the customer account's side of the club API, and of the blocks on order pages. Types only.
 * Numbers of points and amounts of money are as in `club-api.ts`; times are ISO 8601,
 * days `YYYY-MM-DD` by the shop's calendar.
 */
import type { ClubUnit } from './club-api.ts';

/** A part of the balance with its own dates, those that end first before others. */
export interface AccountLot {
  id: string;
  unit: ClubUnit;
  remaining: string;
  /** The day from which it can be used. */
  usableFrom: string;
  /** The last day on which it can be used; null for what never ends. */
  lastDay: string | null;
  isPending: boolean;
  /** The order that gave it, as in "#1001". */
  order: string | null;
}

/** One movement. `line` says which sentence tells it (the ledger's kinds, and what became of them). */
export interface AccountEntry {
  id: string;
  at: string;
  unit: ClubUnit;
  /** With its sign. */
  amount: string;
  line: string;
  order: string | null;
  /** The discount code of a payment. */
  code: string | null;
  reward: string | null;
  program: string | null;
  /** The day from which it can be used, where that is later. */
  usableFrom: string | null;
  /** The last day on which it can be used; null for what never ends. */
  lastDay: string | null;
}

/** Which movements a page of the history shows. */
export type HistoryFilter = 'all' | 'earned' | 'spent';

/** Response of `GET /api/account/history?before=81&filter=earned`. */
export interface AccountHistory {
  entries: AccountEntry[];
  /** What to send as `before` for the next page; null on the last one. */
  next: string | null;
}

export type ConsentState = 'subscribed' | 'unsubscribed' | 'pending' | 'none';

/** What the customer may see and say of themselves. */
export interface AccountProfile {
  birthDate: string | null;
  weddingDate: string | null;
  /** The shop asks for the wedding day. */
  asksWeddingDate: boolean;
  sms: ConsentState;
  email: ConsentState;
  /** Messages need a number, mails an address. */
  hasPhone: boolean;
  hasEmail: boolean;
}

/** Response of `GET /api/account`. */
export interface AccountView {
  lots: AccountLot[];
  /** Lots beyond those. */
  moreLots: number;
  history: AccountHistory;
  /** Null while Shopify has not told of the customer yet. */
  profile: AccountProfile | null;
}

/** Body of `POST /api/account/profile`; absent fields stay. A day that is set can be changed by the shop only. */
export interface ProfileRequest {
  birthDate?: string;
  weddingDate?: string;
  sms?: 'subscribed' | 'unsubscribed';
  email?: 'subscribed' | 'unsubscribed';
}

/** Response of `POST /api/account/profile`: 200 when ok, 409 when not. `field` is one of the request's, or `form`. */
export type ProfileAnswer =
  | { ok: true; profile: AccountProfile }
  | {
      ok: false;
      reason: 'already_set' | 'invalid' | 'needs_contact' | 'not_saved' | 'too_many';
      field: string;
    };

/** Response of `POST /api/membership/leave`: 200 when ok, 409 when not. */
export type LeaveAnswer = { ok: true } | { ok: false; reason: 'unknown_customer' };

/** A line of the order, as the page around the block says it; amounts are decimal texts. */
export interface OrderPointsLine {
  productId: string;
  variantId: string;
  quantity: number;
  /** Price times quantity before discounts, and what discounts take off it. */
  gross: string;
  discount: string;
}

/** Body of `POST /api/orders/:id/points`. */
export interface OrderPointsRequest {
  currency: string;
  lines: OrderPointsLine[];
  /** Discount codes on the order. */
  codes: string[];
}

/**
 * Response of `POST /api/orders/:id/points`. `earned`: they are in the balance; `expected`: once the order is paid, or once
 * Shopify has told of it; `waiting`: for the customer who signs in with the order's e-mail address; `none`: the order earns
 * nothing.
 */
export interface OrderPointsView {
  state: 'earned' | 'expected' | 'waiting' | 'none';
  points: string;
  /** Minor units of the shop's currency. */
  credit: string;
  currency: string;
  currencyDigits: number;
  clubTitle: string;
  /** What paid for the order; empty before a sign-in. */
  used: { unit: ClubUnit; units: string; reward: string | null }[];
  /** The day from which it can be used, where that is later. */
  usableFrom: string | null;
  /** What the customer has now; null before a sign-in. */
  available: string | null;
}

/** Response of `POST /api/orders/:id/claim`: 200 when ok, 409 when not. */
export type ClaimOrderAnswer =
  { ok: true } | { ok: false; reason: 'unknown_order' | 'other_address' | 'too_many' };
