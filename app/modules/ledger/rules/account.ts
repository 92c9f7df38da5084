/** What a posting works on: an account with the lots and debts that it may touch. */
import type { Unit } from '#app/lib/units.ts';

export interface AccountKey {
  shopId: bigint;
  customerId: bigint;
  unit: Unit;
}

/** Text form of a key, for maps. */
export function accountKeyText(key: AccountKey): string {
  return `${key.shopId}/${key.customerId}/${key.unit}`;
}

export interface Lot {
  /** The earning entry; negative while it is planned and not yet written. */
  entryId: bigint;
  amount: bigint;
  remaining: bigint;
  validFrom: Date;
  /** Exclusive; null when it never expires. */
  expiresAt: Date | null;
  /** The order that earned it, also for value that came back from a redemption. */
  orderId: bigint | null;
  /** The rule by which the order earned it. */
  rule?: string | null;
  changed: boolean;
}

export interface Debt {
  entryId: bigint;
  amount: bigint;
  remaining: bigint;
  changed: boolean;
}

/** What an `expire` entry took from a lot of an order and may have to give back (see PostingPlan.takeBack). */
export interface ExpiredPart extends Pick<Lot, 'orderId' | 'rule' | 'validFrom' | 'expiresAt'> {
  spendEntry: bigint;
  lotEntry: bigint;
  left: bigint;
}

export interface Account extends AccountKey {
  balance: bigint;
  held: bigint;
  debt: bigint;
  /** Empty unless loaded: only postings that take need them. */
  lots: Lot[];
  /** Open debts, oldest first. */
  debts: Debt[];
  expired: ExpiredPart[];
}

const FOR_EVER = Number.POSITIVE_INFINITY;
const expiryMs = (lot: Lot): number => lot.expiresAt?.getTime() ?? FOR_EVER;

/** By age, oldest first. Planned entries (-1, -2, ...) are younger than all written ones. */
function compareIds(a: bigint, b: bigint): number {
  if (a < 0n !== b < 0n) return a < 0n ? 1 : -1;
  if (a === b) return 0;
  return a < b === a >= 0n ? -1 : 1;
}

/** Soonest expiry first, then the oldest lot: the order in which value is spent. */
export function soonestFirst(a: Lot, b: Lot): number {
  return expiryMs(a) === expiryMs(b) ? compareIds(a.entryId, b.entryId) : expiryMs(a) < expiryMs(b) ? -1 : 1;
}

/** Newest expiry first: the order in which value is taken back. */
export function newestFirst(a: Lot, b: Lot): number {
  return -soonestFirst(a, b);
}

/** Whether a lot can be spent at a moment. */
export function isUsable(lot: Lot, at: Date): boolean {
  return lot.validFrom <= at && (lot.expiresAt === null || at < lot.expiresAt);
}

/** What can be spent at a moment: usable lots less what is held and owed; never below zero. */
export function available(account: Account, at: Date): bigint {
  const usable = account.lots.reduce((sum, lot) => (isUsable(lot, at) ? sum + lot.remaining : sum), 0n);
  const free = usable - account.held - account.debt;
  return free > 0n ? free : 0n;
}
