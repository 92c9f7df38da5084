/**
 * The requests and responses of the staff's side of the club API: what the extensions of the till (POS) and of Shopify's
 * admin read and ask. Types only. Numbers of points and amounts of money are as in `club-api.ts`; times are ISO 8601.
 */
import type { ClubUnit, ClubView, RefusalReason, ReserveRequest } from './club-api.ts';

/** A customer as staff recognize them. */
export interface StaffPerson {
  /** The number of Shopify's customer. */
  id: string;
  /** Empty when there is none. */
  name: string;
  phone: string | null;
  email: string | null;
}

/** One line of the ledger. */
export interface StaffEntry {
  id: string;
  at: string;
  unit: ClubUnit;
  /** With its sign. */
  amount: string;
  kind: string;
  /** Why staff changed the balance; null for anything else. */
  reason: string | null;
  /** The order's name, as in "#1001". */
  order: string | null;
  /** The name of the member of staff, if it is known. */
  staff: string | null;
}

/** Response of `GET /api/staff/customers/:id?cartAmount=150000.00&currency=IDR`. */
export interface StaffCustomer {
  person: StaffPerson;
  club: ClubView;
  /** The latest first, three of them. */
  entries: StaffEntry[];
  /** The category's name; null for a customer who is not known here yet. */
  category: string | null;
  /** The customer's own percent, in hundredths; null for none. */
  percentBp: number | null;
  /** What of the balance expires next; null when nothing does. */
  expiring: { unit: ClubUnit; units: string; at: string } | null;
  /** How the customer agrees at the till that points are spent. */
  consent: TillConsent;
  /** Ids of products that only others may buy; the till doesn't lock them by itself. */
  lockedProducts: string[];
}

/** `code`: staff type the code that the customer was sent. `no_phone`: it cannot be sent, so nothing can be spent. */
export type TillConsent = 'none' | 'code' | 'no_phone' | 'no_channel';

/** Response of `GET /api/staff/people?phone=`. `unclear`: the text is no phone number. */
export type PeopleFound =
  { ok: true; phone: string; people: StaffPerson[] } | { ok: false; reason: 'unclear' };

/** Body of `POST /api/staff/customers`: the customer with this phone, created if there is none, who joins the club. */
export interface WelcomeRequest {
  /** UUID created by the client, once per attempt. The same key creates one customer. */
  key: string;
  phone: string;
  firstName: string;
  lastName: string;
  /** Whether the customer agrees to messages about offers. */
  smsConsent: boolean;
}

/** Response of `POST /api/staff/customers`: 200 when ok, 409 when not. `field` is one of the request's, or `form`. */
export type WelcomeAnswer =
  | { ok: true; customerId: string; isNew: boolean }
  | { ok: false; reason: 'refused' | 'unreachable'; field: string };

/** Body of `POST /api/staff/membership`. */
export interface StaffJoinRequest {
  customerId: string;
}

/** Response of `POST /api/staff/membership`. `too_new`: Shopify has not told of this customer yet. */
export type StaffJoinAnswer = { ok: true } | { ok: false; reason: 'too_new' };

/** Body of `POST /api/staff/redemptions`: a reservation for a customer. */
export type StaffReserveRequest = ReserveRequest & {
  customerId: string;
  /** What the customer was sent; only where the shop asks for it. */
  consentCode?: string;
};

/** Response of `POST /api/staff/redemptions`, besides that of the shopper's. */
export type StaffRefusalReason = RefusalReason | 'code_needed' | 'code_wrong' | 'code_used_up';

/** Body of `POST /api/staff/claims`. */
export interface StaffClaimRequest {
  key: string;
  rewardId: string;
  customerId: string;
  consentCode?: string;
}

/** Body of `POST /api/staff/redemptions/:id/release`. */
export interface StaffReleaseRequest {
  customerId: string;
}

/** Body of `POST /api/staff/consent-codes`: sends the customer a code. */
export interface ConsentCodeRequest {
  /** The key of the reservation that the code is for. */
  key: string;
  customerId: string;
}

/** Response of `POST /api/staff/consent-codes`. `to` is the number with its middle hidden. */
export type ConsentCodeAnswer =
  | { ok: true; to: string; validSeconds: number }
  | { ok: false; reason: 'no_phone' | 'no_channel' | 'opted_out' | 'too_many' | 'not_possible' };

/** Response of `GET /api/staff/prices?customer=7&items=v1x2,v5x1`: what the customer pays by category, list and tier. */
export interface StaffPrices {
  lines: { ref: string; title: string; quantity: number; grossMinor: string; totalMinor: string }[];
  grossMinor: string;
  totalMinor: string;
  /** The prices aren't applied at checkout. */
  isOff: boolean;
  isUnavailable: boolean;
}

/** An order that the customer's balance can be changed for. */
export interface StaffOrderChoice {
  id: string;
  name: string;
  /** The day it was made. */
  at: string;
}

/** Response of `GET /api/staff/adjust-form/:customerId`. */
export interface StaffAdjustForm {
  person: StaffPerson;
  currency: string;
  currencyDigits: number;
  /** `YYYY-MM-DD`, the shop's day. */
  today: string;
  units: ClubUnit[];
  available: { unit: ClubUnit; units: string }[];
  /** Why staff can change a balance, and which of these take from it. */
  reasons: string[];
  removes: string[];
  needsOrder: string[];
  mayHaveOrder: string[];
  orders: StaffOrderChoice[];
  /** The name of the member of staff, as the ledger will show it; null while it is not known. */
  staff: string | null;
}

/** Body of `POST /api/staff/adjustments`: the form as typed, numbers in the locale's writing. */
export interface StaffAdjustRequest {
  customerId: string;
  /** UUID created with the form: it posts once. */
  formKey: string;
  locale: string;
  reason: string;
  unit: string;
  amount: string;
  effectiveOn: string;
  validFromOn: string;
  lifetime: 'never' | 'until';
  expiresOn: string;
  orderId: string;
  note: string;
  /** The figure of a question that staff answered. */
  meant?: string;
}

/** Nothing is saved until `figure` comes back as `meant`, after staff typed `number`: an amount that few would mean. */
export interface StaffQuestion {
  figure: string;
  number: string;
  /** What it comes to at checkout, for all customers together. */
  worthMinor: string;
  /** What a customer usually gets at a time; null where that is not known. */
  usual: string | null;
}

/** Errors by field, as the app's pages have them: a word, and for some a limit. */
export type StaffFieldErrors = Record<string, string>;

/** Response of `POST /api/staff/adjustments`: 200 when ok, 409 when not. */
export type StaffAdjustAnswer =
  | { ok: true; balanceAfter: string }
  | { ok: false; errors: StaffFieldErrors; available?: string; question?: StaffQuestion };

/** What one rule gave an order. */
export interface StaffRule {
  name: string;
  kind: 'program' | 'offer' | 'tier';
  /** The part of the order that counts for it; null for a tier's bonus. */
  baseMinor: string | null;
  unit: ClubUnit;
  units: string;
  /** Full steps of a program that counts money; what one gives, and how much money one is. */
  steps: { count: string; units: string; stepMinor: string } | null;
  /** Why it gave nothing; a word. Null when it gave something. */
  silent: string | null;
}

/** Response of `GET /api/staff/orders/:id`. */
export interface StaffOrder {
  id: string;
  name: string | null;
  currency: string;
  currencyDigits: number;
  customer: StaffPerson | null;
  /** Why the order earns nothing at all; a word. */
  nothing: string | null;
  /** By the rules that were kept when it was first paid; else by today's. */
  isKept: boolean;
  rules: StaffRule[];
  /** What the rules give, and what was posted, by unit. */
  earns: { unit: ClubUnit; units: string }[];
  posted: { unit: ClubUnit; units: string }[];
  entries: StaffEntry[];
  /** Refunds that took something off what counts. */
  refunds: number;
  /** The rules give something else than what was posted: "apply now" would change something. */
  isDue: boolean;
}

/** Response of `POST /api/staff/orders/:id/apply`. */
export type StaffApplyAnswer =
  | { ok: true; gains: { unit: ClubUnit; units: string }[]; nothing: string | null }
  | { ok: false; reason: 'gone' | 'unreachable' };

/** Response of `GET /api/staff/bulk-form`. */
export interface StaffBulkForm {
  today: string;
  currency: string;
  currencyDigits: number;
  categories: { id: string; name: string }[];
  reasons: string[];
  customersMax: number;
}

/** Body of `POST /api/staff/bulk`: the same for each of these customers, who are the shop's own. */
export type StaffBulkRequest = { formKey: string; customerIds: string[]; locale: string } & (
  | { what: 'points'; reason: string; amount: string; expiresOn: string; note: string; meant?: string }
  | { what: 'category'; categoryId: string }
  | { what: 'percent'; discount: string; discountFrom: string; discountUntil: string; discountNote: string }
);

/** Response of `POST /api/staff/bulk`. `left`: customers that were left out, by the word of why. */
export type StaffBulkAnswer =
  | { ok: true; changed: number; left: Record<string, number> }
  | { ok: false; errors: StaffFieldErrors; question?: StaffQuestion };
