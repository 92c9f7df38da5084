/** When an order was paid, as far as its states tell. The earliest proof counts, so states may come in any order. */
import type { DecodedOrder } from './decode-order.ts';
import { wasPaid, type OrderState } from './order-state.ts';

/** Proof that an order was paid in full at this moment or before. */
export interface PaidProof {
  at: Date;
  /** Not only at this moment or before, but then. */
  isExact: boolean;
}

/** An order that is paid within this after it was made was paid when it was made. */
const PAID_AT_ONCE_MS = 60 * 60_000;

/**
 * What a state proves. A reading lists the payments; a webhook of a paid order only says that it was paid when it was last
 * changed, `orders/paid` too: it also comes when what an edit added is paid. Null for a state that was never paid, and for test orders.
 */
export function paidProof({ order, paidAt }: Pick<DecodedOrder, 'order' | 'paidAt'>): PaidProof | null {
  if (order.isTest) return null;
  const at = paidAt ?? (wasPaid(order) ? order.updatedAt : null);
  if (at === null) return null;
  if (isPaidAtOnce(at, order)) return { at: order.processedAt, isExact: true };
  return { at, isExact: paidAt !== null };
}

function isPaidAtOnce(at: Date, { processedAt }: OrderState): boolean {
  return at.getTime() - processedAt.getTime() <= PAID_AT_ONCE_MS;
}

/** Returns the earlier of two proofs. */
export function earlierProof(a: PaidProof | null, b: PaidProof | null): PaidProof | null {
  if (a === null || b === null) return a ?? b;
  if (a.at.getTime() === b.at.getTime()) return { at: a.at, isExact: a.isExact || b.isExact };
  return a.at < b.at ? a : b;
}
