/** What a posting plan is made of: entries and what follows from them, before they are written. */
import type { AccountKey } from './account.ts';

export type EarnKind =
  | 'order_spend'
  | 'order_product'
  | 'offer'
  | 'birthday'
  | 'anniversary'
  | 'manual_add'
  | 'import'
  | 'welcome'
  | 'referral'
  | 'tier_bonus'
  | 'restore'
  | 'merge_in';
export type TakeBackKind = 'refund_reversal' | 'cancel_reversal';
export type EntryKind =
  EarnKind | TakeBackKind | 'redeem' | 'manual_deduct' | 'expire' | 'write_off' | 'merge_out';

/** Kinds that an order's rules post: their sum per rule is what the order is entitled to. */
export const ORDER_RULE_KINDS: readonly EntryKind[] = [
  'order_spend',
  'order_product',
  'offer',
  'tier_bonus',
  'refund_reversal',
  'cancel_reversal',
];

/** Kinds whose sum is what a customer ever earned: with what was taken back, without what moves or comes back. */
export const EARNED_KINDS: readonly EntryKind[] = [
  ...ORDER_RULE_KINDS,
  'birthday',
  'anniversary',
  'manual_add',
  'import',
  'welcome',
  'referral',
];

/** Kinds whose sum, negated, is what a customer ever redeemed and did not get back. */
export const SPENT_KINDS: readonly EntryKind[] = ['redeem', 'restore'];

/** Where an entry comes from; stored with it so that it can be explained. */
export interface EntryFacts {
  /** Unique per shop; the same key can never be posted twice. */
  key: string;
  source: 'order' | 'refund' | 'redemption' | 'staff' | 'job' | 'import';
  actor: string;
  effectiveAt: Date;
  reason?: string;
  note?: string;
  orderId?: bigint;
  redemptionId?: string;
  rule?: string;
  snapshotId?: bigint;
  /** The entry that gave what this one takes back. */
  reverses?: bigint;
}

export interface PlannedEntry extends EntryFacts, AccountKey {
  entryId: bigint;
  kind: EntryKind;
  amount: bigint;
  balanceAfter: bigint;
}

export interface PlannedConsumption {
  shopId: bigint;
  spendEntry: bigint;
  lotEntry: bigint;
  amount: bigint;
}

/** Noted on a consumption: given back when above zero, taken again below. */
export interface PlannedRestoration extends PlannedConsumption {}

export interface PlannedHold extends AccountKey {
  redemptionId: string;
  amount: bigint;
}

export interface LotTerms {
  validFrom: Date;
  expiresAt: Date | null;
  orderId: bigint | null;
  /** The rule by which the order earned it. */
  rule?: string | null;
}

/** What is taken back: what a rule of an order gave, with which terms. */
export interface TakeBackOrigin {
  orderId: bigint;
  rule: string;
  /** Null when they are not known. */
  terms: Pick<LotTerms, 'validFrom' | 'expiresAt'> | null;
}

/** A consumption of a spend that may give value back. */
export interface Restorable {
  spendEntry: bigint;
  lotEntry: bigint;
  left: bigint;
  /** What of it was given back already. */
  restored: bigint;
  expiresAt: Date | null;
  orderId: bigint | null;
  rule?: string | null;
}
