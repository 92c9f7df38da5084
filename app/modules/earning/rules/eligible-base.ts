/** Which part of an order earns, line by line (docs/ledger.md, "The base, to the minor unit"). */
import {
  fulfilledQuantities,
  isUndone,
  lineNetMinor,
  looseRefundMinor,
  itemsMinor,
  refundedQuantities,
  type OrderLine,
  type OrderRefund,
  type OrderState,
} from '#app/modules/orders/rules/order-state.ts';
import { owedShares, type OwedShare } from '#app/modules/orders/rules/owed-share.ts';
import type { OrderFacts } from '#app/modules/orders/rules/kept-facts.ts';
import type { EarnTerms, Exclusions } from './program.ts';
import { greatest, least, proportionDown } from '#app/lib/integers.ts';

export type ExcludedBecause =
  'gift_card' | 'tip' | 'refunded' | 'product' | 'collection' | 'tag' | 'not_fulfilled' | 'not_paid';

export interface BaseLine {
  lineId: bigint;
  title: string | null;
  productId: bigint | null;
  variantId: bigint | null;
  quantity: number;
  refundedQuantity: number;
  /** Items that count: kept, and handed over where the terms ask for it; none of an excluded line. */
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

export interface BaseOptions extends Pick<
  EarnTerms,
  'earnAt' | 'includeTax' | 'includeShipping' | 'excluded'
> {
  /** Only what was fulfilled by then counts, where the terms ask for it. */
  fulfilledBy?: Date;
}

/**
 * The eligible base of an order in minor units of shop money: per line price x quantity less every discount
 * allocation, less refunded and removed items; gift cards, tips and what the terms exclude count nothing; tax and
 * shipping only if told; items not fulfilled only where the terms do not ask for it; what an edit added and is not paid
 * yet counts nothing; refunds that name no line take their share of all that is left. Zero for a cancelled or wholly
 * refunded order.
 */
export function eligibleBase(
  order: OrderState,
  refunds: readonly OrderRefund[],
  options: BaseOptions,
  facts: OrderFacts,
): EligibleBase {
  const refunded = refundedQuantities(order, refunds);
  const undone = isUndone(order);
  const gone = (line: OrderLine) => (undone ? line.quantity : (refunded.get(line.lineId) ?? 0));
  const fulfilled = options.earnAt === 'paid' ? null : fulfilledQuantities(order, options.fulfilledBy);
  const owed = owedShares(order, refunds);
  const counts = order.lines.map((line) => {
    const kept = line.quantity - gone(line);
    const ready = fulfilled ? Math.min(kept, fulfilled.get(line.lineId) ?? 0) : kept;
    return { line, kept, ready, owed: owed.get(line.lineId) ?? null };
  });
  const lines = counts.map(({ line, ...count }) => baseLine(order, line, count, options, facts));
  const isFulfilled = counts.every(({ line, kept, ready }) => line.isTip || ready === kept);
  const hasShipping = options.includeShipping && !undone && isFulfilled;
  const shippingMinor = hasShipping ? shippingLeft(order, refunds, options.includeTax) : 0n;
  const before = lines.reduce((sum, line) => sum + line.eligibleMinor, shippingMinor);
  const amountRefundMinor = shareOfAmountRefunds(order, refunds, refunded, before);
  return { lines, shippingMinor, amountRefundMinor, totalMinor: before - amountRefundMinor };
}

function withTax(order: OrderState, netMinor: bigint, taxMinor: bigint, includeTax: boolean): bigint {
  if (order.taxesIncluded) return includeTax ? netMinor : greatest(0n, netMinor - taxMinor);
  return includeTax ? netMinor + taxMinor : netMinor;
}

interface LineCount {
  /** Items that did not go back. */
  kept: number;
  /** Of those the ones that count. */
  ready: number;
  owed: OwedShare | null;
}

function baseLine(
  order: OrderState,
  line: OrderLine,
  { kept, ready, owed }: LineCount,
  options: BaseOptions,
  facts: OrderFacts,
): BaseLine {
  const grossMinor = line.unitPriceMinor * BigInt(line.quantity);
  const netMinor = lineNetMinor(line);
  const { lineId, title, productId, variantId, quantity } = line;
  const whole = withTax(order, netMinor, line.taxMinor, options.includeTax);
  const worthOf = (items: number) =>
    items === 0 ? 0n : proportionDown(whole, BigInt(items), BigInt(quantity));
  const paidMinor = owed
    ? least(worthOf(ready), proportionDown(worthOf(kept), owed.worthMinor - owed.owedMinor, owed.worthMinor))
    : worthOf(ready);
  const excluded =
    excludedBecause(line, kept, ready, options.excluded, facts) ??
    (owed && paidMinor === 0n ? 'not_paid' : null);
  const countedQuantity = excluded ? 0 : Math.min(ready, owed?.paidQuantity ?? ready);
  const eligibleMinor = excluded ? 0n : paidMinor;
  return {
    lineId,
    title,
    productId,
    variantId,
    quantity,
    refundedQuantity: quantity - kept,
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
function shippingLeft(order: OrderState, refunds: readonly OrderRefund[], includeTax: boolean): bigint {
  if (order.shippingMinor <= 0n) return 0n;
  const backMinor = refunds.reduce((sum, refund) => sum + refund.shippingMinor, 0n);
  const leftMinor = order.shippingMinor - least(backMinor, order.shippingMinor);
  const whole = withTax(order, order.shippingMinor, order.shippingTaxMinor, includeTax);
  return proportionDown(whole, leftMinor, order.shippingMinor);
}

/** Money given back without naming lines, as a share of what is left of the order: goods, tax and shipping. */
function shareOfAmountRefunds(
  order: OrderState,
  refunds: readonly OrderRefund[],
  refunded: Map<bigint, number>,
  baseMinor: bigint,
): bigint {
  const extraMinor = looseRefundMinor(order, refunds);
  if (extraMinor === 0n || baseMinor === 0n) return 0n;
  const goodsMinor = order.lines.reduce((sum, line) => {
    if (line.isTip) return sum;
    return sum + itemsMinor(order, line, line.quantity - (refunded.get(line.lineId) ?? 0));
  }, 0n);
  const worthMinor = goodsMinor + shippingLeft(order, refunds, true) - order.outstandingMinor;
  if (worthMinor <= extraMinor) return baseMinor;
  return baseMinor - proportionDown(baseMinor, worthMinor - extraMinor, worthMinor);
}
