import { least, proportionDown } from '#app/lib/integers.ts';
import { refundedQuantities, type OrderRefund, type OrderState } from './order-state.ts';

/** Share of a code's discount that went back with refunded goods: `returned` of `total`, minor units, rounded down a line. */
export function returnedDiscount(
  order: OrderState,
  refunds: readonly OrderRefund[],
  discounts: Map<bigint | null, bigint>,
) {
  let total = 0n;
  let returned = 0n;
  const refunded = refundedQuantities(order, refunds);
  const shippingBack = refunds.reduce((sum, refund) => sum + refund.shippingMinor, 0n);
  for (const [lineId, discountMinor] of discounts) {
    total += discountMinor;
    if (lineId === null) {
      if (order.shippingMinor > 0n)
        returned += proportionDown(
          discountMinor,
          least(shippingBack, order.shippingMinor),
          order.shippingMinor,
        );
      continue;
    }
    const line = order.lines.find((candidate) => candidate.lineId === lineId);
    if (!line || line.quantity === 0) continue;
    returned += proportionDown(discountMinor, BigInt(refunded.get(lineId) ?? 0), BigInt(line.quantity));
  }
  return { total, returned };
}
