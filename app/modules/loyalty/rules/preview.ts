/** What a rule would give, by the rules that real orders go through. */
import { entitlement, type Entitlement } from './entitlement.ts';
import type { OrderState } from './order-state.ts';
import type { SpendRule } from './program.ts';
import type { Unit } from './units.ts';

export interface PreviewInput {
  /** Value of the goods of an order without discount, tax or shipping. */
  amountMinor: bigint;
  currency: string;
  timeZone: string;
  unit: Unit;
  rule: SpendRule;
  now: Date;
}

const PREVIEW_ID = 1n;

/** What an order of this amount, paid now, would earn by the rule; null when nothing. */
export function previewEarning(input: PreviewInput): Entitlement | null {
  const { unit, rule, now, timeZone } = input;
  const program = { programId: PREVIEW_ID, version: 1, name: '', unit, rule, startsAt: null, endsAt: null };
  const rules = { timeZone, startsOn: null, programs: [program] };
  return entitlement(paidOrder(input), [], rules, now)[0] ?? null;
}

function paidOrder({ amountMinor, currency, now }: PreviewInput): OrderState {
  const line = {
    lineId: PREVIEW_ID,
    title: null,
    productId: null,
    variantId: null,
    quantity: 1,
    currentQuantity: 1,
    unitPriceMinor: amountMinor,
    discounts: [],
    taxMinor: 0n,
    isGiftCard: false,
    isTip: false,
  };
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
    financial: 'paid',
    isTest: false,
    taxesIncluded: true,
    totalMinor: amountMinor,
    lines: [line],
    shippingMinor: 0n,
    shippingTaxMinor: 0n,
    shippingDiscounts: [],
    codes: [],
  };
}
