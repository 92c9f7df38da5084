import type { OrderPointsLine, OrderPointsRequest } from '../../shared/account-api.ts';

/** The part of an order's line that both pages have; amounts are JavaScript numbers in whole currency units. */
export interface BoughtLine {
  quantity: number;
  merchandise: { id: string; product?: { id: string } };
  cost: { totalAmount: { amount: number; currencyCode: string } };
}

/** A discount of the whole order. */
export interface OrderDiscount {
  discountedAmount: { amount: number };
}

export interface BoughtOrder {
  lines: readonly BoughtLine[];
  discounts: readonly OrderDiscount[];
  codes: readonly { code: string }[];
}

const CENTS = 100;

/**
 * What the app is asked about an order: its lines after their own discounts, with the order's discounts shared out among
 * them by amount. Lines without a variant are left out. Null for an order without lines.
 */
export function toOrderRequest({ lines, discounts, codes }: BoughtOrder): OrderPointsRequest | null {
  const currency = lines[0]?.cost.totalAmount.currencyCode;
  if (currency === undefined) return null;
  const gross = lines.map(({ cost }) => Math.round(cost.totalAmount.amount * CENTS));
  const all = gross.reduce((sum, amount) => sum + amount, 0);
  const off = discounts.reduce((sum, each) => sum + Math.round(each.discountedAmount.amount * CENTS), 0);
  const shares = gross.map((amount) => (all === 0 ? 0 : Math.floor((Math.min(off, all) / all) * amount)));
  return {
    currency,
    codes: codes.map(({ code }) => code),
    lines: lines.flatMap((line, index) => toLine(line, gross[index] ?? 0, shares[index] ?? 0)),
  };
}

function toLine({ merchandise, quantity }: BoughtLine, gross: number, share: number): OrderPointsLine[] {
  const variantId = numberOf(merchandise.id);
  const productId = numberOf(merchandise.product?.id ?? '');
  if (variantId === null || productId === null) return [];
  return [{ productId, variantId, quantity, gross: toText(gross), discount: toText(share) }];
}

const toText = (cents: number): string => (cents / CENTS).toFixed(2);

const numberOf = (gid: string): string | null => /\d+$/.exec(gid)?.[0] ?? null;
