/** Which part of an order earns, line by line (LEDGER.md, "What an order earns"). */
import {
  isUndone,
  lineNetMinor,
  refundedQuantities,
  type OrderLine,
  type OrderRefund,
  type OrderState,
} from './order-state.ts';
import type { OrderFacts } from './order-facts.ts';
import type { EarnTerms, Exclusions } from './program.ts';
import { greatest, least, proportionDown } from './units.ts';

export type ExcludedBecause =
  'gift_card' | 'tip' | 'refunded' | 'product' | 'collection' | 'tag' | 'not_fulfilled';

export interface BaseLine {
  lineId: bigint;
  title: string | null;
  productId: bigint | null;
  variantId: bigint | null;
  quantity: number;
  refundedQuantity: number;
  /** Pieces that count: kept, and handed over where the terms ask for it; none of an excluded line. */
  countedQuantity: number;
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

export type BaseOptions = Pick<EarnTerms, 'earnAt' | 'includeTax' | 'includeShipping' | 'excluded'>;

/**
 * The eligible base of an order in minor units of shop money: per line price x quantity less every discount
 * allocation, less refunded and removed pieces; gift cards, tips and what the terms exclude count nothing; tax and
 * shipping only if told; pieces not handed over only where the terms do not ask for it; refunds that name no line take
 * their share of all that is left. Zero for a cancelled or wholly refunded order.
 */
export function eligibleBase(
  order: OrderState,
  refunds: readonly OrderRefund[],
  options: BaseOptions,
  facts: OrderFacts,
): EligibleBase {
  const refunded = refundedQuantities(order, refunds);
  const undone = isUndone(order);
  const lines = order.lines.map((line) =>
    baseLine(order, line, undone ? line.quantity : (refunded.get(line.lineId) ?? 0), options, facts),
  );
  const hasShipping = options.includeShipping && !undone && isHandedOver(order, refunded, options);
  const shippingMinor = hasShipping ? shippingBase(order, refunds, options.includeTax) : 0n;
  const before = lines.reduce((sum, line) => sum + line.eligibleMinor, shippingMinor);
  const amountRefundMinor = shareOfAmountRefunds(order, refunds, refunded, before);
  return { lines, shippingMinor, amountRefundMinor, totalMinor: before - amountRefundMinor };
}

/** Whether all that is left was handed over, where the terms ask for it. */
function isHandedOver(order: OrderState, refunded: Map<bigint, number>, { earnAt }: BaseOptions): boolean {
  if (earnAt === 'paid') return true;
  return order.lines.every(
    (line) => line.fulfilledQuantity >= line.quantity - (refunded.get(line.lineId) ?? 0),
  );
}

function withTax(order: OrderState, netMinor: bigint, taxMinor: bigint, includeTax: boolean): bigint {
  if (order.taxesIncluded) return includeTax ? netMinor : greatest(0n, netMinor - taxMinor);
  return includeTax ? netMinor + taxMinor : netMinor;
}

function baseLine(
  order: OrderState,
  line: OrderLine,
  refundedQuantity: number,
  options: BaseOptions,
  facts: OrderFacts,
): BaseLine {
  const grossMinor = line.unitPriceMinor * BigInt(line.quantity);
  const netMinor = lineNetMinor(line);
  const kept = line.quantity - refundedQuantity;
  const ready = options.earnAt === 'paid' ? kept : Math.min(kept, line.fulfilledQuantity);
  const excluded = excludedBecause(line, kept, ready, options.excluded, facts);
  const countedQuantity = excluded ? 0 : ready;
  const whole = withTax(order, netMinor, line.taxMinor, options.includeTax);
  const eligibleMinor =
    countedQuantity === 0 ? 0n : proportionDown(whole, BigInt(countedQuantity), BigInt(line.quantity));
  const { lineId, title, productId, variantId, quantity } = line;
  return {
    lineId,
    title,
    productId,
    variantId,
    quantity,
    refundedQuantity,
    countedQuantity,
    grossMinor,
    discountMinor: grossMinor - netMinor,
    eligibleMinor,
    excluded,
  };
}

function excludedBecause(
  line: OrderLine,
  kept: number,
  ready: number,
  excluded: Exclusions,
  facts: OrderFacts,
): ExcludedBecause | null {
  if (line.isGiftCard) return 'gift_card';
  if (line.isTip) return 'tip';
  if (line.productId !== null) {
    if (excluded.productIds.includes(line.productId)) return 'product';
    const product = facts.products.get(line.productId);
    if (product?.collectionIds.some((id) => excluded.collectionIds.includes(id))) return 'collection';
    if (product?.tags.some((tag) => excluded.tags.includes(tag))) return 'tag';
  }
  if (line.quantity === 0) return null;
  if (kept === 0) return 'refunded';
  return ready === 0 ? 'not_fulfilled' : null;
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
