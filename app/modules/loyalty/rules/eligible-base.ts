/** Which part of an order earns, line by line (LEDGER.md, "What an order earns"). */
import {
  isUndone,
  lineNetMinor,
  refundedQuantities,
  type OrderLine,
  type OrderRefund,
  type OrderState,
} from './order-state.ts';
import { greatest, least, proportionDown } from './units.ts';

export type ExcludedBecause = 'gift_card' | 'tip' | 'refunded';

export interface BaseLine {
  lineId: bigint;
  title: string | null;
  quantity: number;
  refundedQuantity: number;
  /** Price times quantity, before discounts. */
  grossMinor: bigint;
  discountMinor: bigint;
  /** What of this line counts. */
  eligibleMinor: bigint;
  excluded: ExcludedBecause | null;
}

export interface EligibleBase {
  lines: BaseLine[];
  shippingMinor: bigint;
  /** Taken off in proportion for refunds that name no line. */
  amountRefundMinor: bigint;
  totalMinor: bigint;
}

export interface BaseOptions {
  includeTax: boolean;
  includeShipping: boolean;
}

/**
 * The eligible base of an order in minor units of shop money: per line price x quantity less every discount
 * allocation, less refunded and removed pieces; gift cards and tips count nothing; tax and shipping only if told;
 * refunds that name no line take their share of all that is left. Zero for a cancelled or wholly refunded order.
 */
export function eligibleBase(
  order: OrderState,
  refunds: readonly OrderRefund[],
  options: BaseOptions,
): EligibleBase {
  const refunded = refundedQuantities(order, refunds);
  const undone = isUndone(order);
  const lines = order.lines.map((line) =>
    baseLine(order, line, refunded.get(line.lineId) ?? 0, undone, options),
  );
  const shippingMinor =
    undone || !options.includeShipping ? 0n : shippingBase(order, refunds, options.includeTax);
  const before = lines.reduce((sum, line) => sum + line.eligibleMinor, shippingMinor);
  const amountRefundMinor = shareOfAmountRefunds(order, refunds, refunded, before);
  return { lines, shippingMinor, amountRefundMinor, totalMinor: before - amountRefundMinor };
}

function withTax(order: OrderState, netMinor: bigint, taxMinor: bigint, includeTax: boolean): bigint {
  if (order.taxesIncluded) return includeTax ? netMinor : greatest(0n, netMinor - taxMinor);
  return includeTax ? netMinor + taxMinor : netMinor;
}

function baseLine(
  order: OrderState,
  line: OrderLine,
  refundedQuantity: number,
  undone: boolean,
  options: BaseOptions,
): BaseLine {
  const grossMinor = line.unitPriceMinor * BigInt(line.quantity);
  const netMinor = lineNetMinor(line);
  const left = undone ? 0 : line.quantity - refundedQuantity;
  const excluded = line.isGiftCard
    ? 'gift_card'
    : line.isTip
      ? 'tip'
      : left === 0 && line.quantity > 0
        ? 'refunded'
        : null;
  const whole = withTax(order, netMinor, line.taxMinor, options.includeTax);
  const eligibleMinor =
    excluded || line.quantity === 0 ? 0n : proportionDown(whole, BigInt(left), BigInt(line.quantity));
  return {
    lineId: line.lineId,
    title: line.title,
    quantity: line.quantity,
    refundedQuantity,
    grossMinor,
    discountMinor: grossMinor - netMinor,
    eligibleMinor,
    excluded,
  };
}

/** Shipping less the share of it that was given back, its tax along with it. */
function shippingBase(order: OrderState, refunds: readonly OrderRefund[], includeTax: boolean): bigint {
  if (order.shippingMinor <= 0n) return 0n;
  const backMinor = refunds.reduce((sum, refund) => sum + refund.shippingMinor, 0n);
  const leftMinor = order.shippingMinor - least(backMinor, order.shippingMinor);
  const whole = withTax(order, order.shippingMinor, order.shippingTaxMinor, includeTax);
  return proportionDown(whole, leftMinor, order.shippingMinor);
}

/** Money given back without naming lines, as a share of what the order was still worth: goods, tax and shipping. */
function shareOfAmountRefunds(
  order: OrderState,
  refunds: readonly OrderRefund[],
  refunded: Map<bigint, number>,
  baseMinor: bigint,
): bigint {
  const extraMinor = refunds.reduce((sum, refund) => sum + refund.extraMinor, 0n);
  if (extraMinor === 0n || baseMinor === 0n) return 0n;
  const goodsMinor = order.lines.reduce((sum, line) => {
    if (line.quantity === 0) return sum;
    const left = line.quantity - (refunded.get(line.lineId) ?? 0);
    return (
      sum +
      proportionDown(
        withTax(order, lineNetMinor(line), line.taxMinor, true),
        BigInt(left),
        BigInt(line.quantity),
      )
    );
  }, 0n);
  const worthMinor = goodsMinor + withTax(order, order.shippingMinor, order.shippingTaxMinor, true);
  if (worthMinor <= extraMinor) return baseMinor;
  return baseMinor - proportionDown(baseMinor, worthMinor - extraMinor, worthMinor);
}

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
