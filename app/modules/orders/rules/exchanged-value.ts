/** Value of returned goods that paid for other goods of the same order: an exchange, of which only the difference moves as money. */
import { greatest, least } from '#app/lib/integers.ts';
import { itemsMinor, type OrderRefund, type OrderState } from './order-state.ts';

/** Shares of money are rounded; less than this is no exchange. */
export const ROUNDED_MINOR = 100n;

/**
 * Returns the refunds with what their goods paid for other goods counted as gone back. Whether money that a refund gave back less
 * than its goods are worth paid for others or stayed with the shop, as a fee, only the order's payments tell.
 * @param receivedMinor money that came in, all told; null where the payload lists no payments: then such a refund counts
 *   by its parts until Shopify was asked
 */
export function withExchanges(
  order: OrderState,
  refunds: readonly OrderRefund[],
  receivedMinor: bigint | null,
): OrderRefund[] {
  // What goes back of goods that were not paid for is no exchange.
  if (order.outstandingMinor > 0n) return [...refunds];
  let openMinor =
    receivedMinor === null ? 0n : greatest(0n, order.totalMinor - order.outstandingMinor - receivedMinor);
  return refunds.map((refund) => {
    const worthMinor = worthOf(order, refund);
    if (refund.movedMinor === null) {
      openMinor -= least(openMinor, greatest(0n, worthMinor));
      return refund;
    }
    const missingMinor = worthMinor - refund.movedMinor;
    if (missingMinor <= ROUNDED_MINOR) return refund;
    if (receivedMinor === null) return { ...refund, movedMinor: null, isMovedUntold: true };
    const isAll = openMinor - missingMinor <= ROUNDED_MINOR;
    const paidMinor = isAll ? openMinor : missingMinor;
    openMinor -= paidMinor;
    return { ...refund, movedMinor: refund.movedMinor + paidMinor };
  });
}

/** What a refund's goods, shipping and charges are worth, and what it gave beside them. */
function worthOf(order: OrderState, refund: OrderRefund): bigint {
  const goodsMinor = refund.lines.reduce((sum, { lineId, quantity }) => {
    const line = order.lines.find((each) => each.lineId === lineId);
    return line ? sum + itemsMinor(order, line, quantity) : sum;
  }, 0n);
  const shippingTaxMinor = order.taxesIncluded ? 0n : refund.shippingTaxMinor;
  return goodsMinor + refund.shippingMinor + shippingTaxMinor + refund.chargesMinor + refund.extraMinor;
}
