/** Which part of an order is not paid yet, after an edit added to a paid one. */
import { least } from '#app/lib/integers.ts';
import {
  itemsMinor,
  refundedQuantities,
  type OrderLine,
  type OrderRefund,
  type OrderState,
} from './order-state.ts';

/** What is left of a line: its worth after discounts with tax, and what of that is owed; minor units. */
export interface OwedShare {
  worthMinor: bigint;
  owedMinor: bigint;
  /** Items that are wholly paid. */
  paidQuantity: number;
}

/**
 * What is owed counts against what is left of the lines made last, which an edit added, and of those last: what was paid
 * before stays paid. Tips are paid at checkout. Returns the lines that owe something.
 */
export function owedShares(order: OrderState, refunds: readonly OrderRefund[]): Map<bigint, OwedShare> {
  const shares = new Map<bigint, OwedShare>();
  let leftMinor = order.outstandingMinor;
  if (leftMinor === 0n) return shares;
  const gone = refundedQuantities(order, refunds);
  for (const line of order.lines.toSorted((a, b) => (a.lineId > b.lineId ? -1 : 1))) {
    if (line.isTip || leftMinor === 0n) continue;
    const kept = line.quantity - (gone.get(line.lineId) ?? 0);
    const worthMinor = itemsMinor(order, line, kept);
    const owedMinor = least(worthMinor, leftMinor);
    leftMinor -= owedMinor;
    if (owedMinor === 0n) continue;
    const paidQuantity = countPaid(order, line, kept, worthMinor - owedMinor);
    shares.set(line.lineId, { worthMinor, owedMinor, paidQuantity });
  }
  return shares;
}

function countPaid(order: OrderState, line: OrderLine, kept: number, paidMinor: bigint): number {
  let [paid, unpaid] = [0, kept + 1];
  while (unpaid - paid > 1) {
    const middle = Math.floor((paid + unpaid) / 2);
    if (itemsMinor(order, line, middle) <= paidMinor) paid = middle;
    else unpaid = middle;
  }
  return paid;
}
