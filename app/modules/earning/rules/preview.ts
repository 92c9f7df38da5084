/** What rules would give for an order typed in, by the rules that real orders go through. */
import { explainEarning, type EarningExplained } from './entitlement.ts';
import { NO_FACTS, type OrderFacts } from '#app/modules/orders/rules/kept-facts.ts';
import type { OrderLine, OrderState } from '#app/modules/orders/rules/order-state.ts';
import type { EarnRules } from './program.ts';

/** A line of the order typed in: undiscounted, untaxed goods, paid and handed over. */
export interface PreviewLine {
  title: string | null;
  productId: bigint | null;
  variantId: bigint | null;
  quantity: number;
  unitPriceMinor: bigint;
}

export interface PreviewInput {
  lines: readonly PreviewLine[];
  currency: string;
  rules: EarnRules;
  /** Of the customer and the products in it; an unknown customer when missing. */
  facts?: OrderFacts;
  now: Date;
}

const PREVIEW_ID = 1n;

/** What an order of these lines, paid and handed over now, would earn by each rule and why. */
export function previewEarning(input: PreviewInput): EarningExplained {
  const { rules, now, facts = NO_FACTS } = input;
  return explainEarning({ order: paidOrder(input), refunds: [], rules, facts, eligibleAt: now });
}

function paidOrder({ lines, currency, now }: PreviewInput): OrderState {
  return {
    orderId: PREVIEW_ID,
    customerId: PREVIEW_ID,
    name: null,
    email: null,
    phone: null,
    currency,
    processedAt: now,
    updatedAt: now,
    cancelledAt: null,
    fulfillments: [
      { at: now, lines: lines.map(({ quantity }, index) => ({ lineId: lineIdOf(index), quantity })) },
    ],
    financial: 'paid',
    sourceName: null,
    note: null,
    isTest: false,
    taxesIncluded: true,
    outstandingMinor: 0n,
    totalMinor: lines.reduce((sum, line) => sum + line.unitPriceMinor * BigInt(line.quantity), 0n),
    lines: lines.map(paidLine),
    shippingMinor: 0n,
    shippingTaxMinor: 0n,
    shippingDiscounts: [],
    codes: [],
  };
}

const lineIdOf = (index: number): bigint => BigInt(index + 1);

function paidLine(line: PreviewLine, index: number): OrderLine {
  return {
    ...line,
    lineId: lineIdOf(index),
    currentQuantity: line.quantity,
    discounts: [],
    taxMinor: 0n,
    isGiftCard: false,
    isTip: false,
  };
}
