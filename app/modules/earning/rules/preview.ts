/** What rules would give for an order typed in, by the rules that real orders go through. */
import { explainEarning, type EarningExplained } from './entitlement.ts';
import { NO_FACTS, type OrderFacts } from '#app/modules/orders/rules/kept-facts.ts';
import type { OrderLine, OrderState } from '#app/modules/orders/rules/order-state.ts';
import type { EarnRules } from './program.ts';

/** A line of the order: goods, paid and handed over; without discount and tax unless it says so. */
export interface PreviewLine {
  title: string | null;
  productId: bigint | null;
  variantId: bigint | null;
  quantity: number;
  unitPriceMinor: bigint;
  /** Off the whole line. */
  discountMinor?: bigint;
  /** Within its price. */
  taxMinor?: bigint;
  isGiftCard?: boolean;
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
  return explainEarning({ order: previewOrder(input), refunds: [], rules, facts, eligibleAt: now });
}

/** The order that a preview is of; `customerId` is that of a customer who is no one in the shop, unless given. */
export function previewOrder(
  { lines, currency, now }: Omit<PreviewInput, 'rules' | 'facts'>,
  customerId = PREVIEW_ID,
): OrderState {
  return {
    orderId: PREVIEW_ID,
    customerId,
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
    automatic: [],
  };
}

const lineIdOf = (index: number): bigint => BigInt(index + 1);

function paidLine(line: PreviewLine, index: number): OrderLine {
  const { discountMinor = 0n, taxMinor = 0n, isGiftCard = false, ...goods } = line;
  return {
    ...goods,
    lineId: lineIdOf(index),
    currentQuantity: line.quantity,
    discounts: discountMinor > 0n ? [{ amountMinor: discountMinor, application: 0 }] : [],
    taxMinor,
    isGiftCard,
    isTip: false,
  };
}
