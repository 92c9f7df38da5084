import {
  DecodeError,
  optionalId,
  optionalObject,
  optionalText,
  optionalTimestamp,
  readCount,
  readId,
  readList,
  readObject,
  shopMoney,
  type JsonObject,
} from '#app/lib/decode.ts';
import { greatest } from '#app/lib/integers.ts';
import { decoding } from './malformed-payload.ts';
import { ROUNDED_MINOR } from './exchanged-value.ts';
import type { OrderRefund, RefundLine } from './order-state.ts';

/**
 * Decodes a `refunds/create` payload. `shopCurrency` is the shop's; null while it is not known. The payload does not name
 * the order's, but shop money within it does, and that is what counts where the two differ. Throws MalformedPayload, also
 * for an amount that only a known currency could tell.
 */
export function decodeRefund(payload: unknown, shopCurrency: string | null): OrderRefund {
  return decoding('refund', () => {
    const source = readObject(payload, 'refund');
    const orderId = optionalId(source.order_id, 'refund.order_id');
    if (orderId === null) throw new DecodeError('refund.order_id', 'an id');
    const currency = findCurrency(source) ?? shopCurrency;
    return withoutGuess(readRefund(source, currency, orderId), source, currency);
  });
}

/**
 * A refund that gave less than its goods are worth may be an exchange, which only its order tells. Tax on top of the goods is not
 * counted, as the payload doesn't say whether there is any.
 */
function withoutGuess(refund: OrderRefund, source: JsonObject, currency: string | null): OrderRefund {
  const { movedMinor, shippingMinor, chargesMinor, extraMinor } = refund;
  if (movedMinor === null) return refund;
  const path = 'refund.refund_line_items';
  const goodsMinor = sumMoney(readList(source.refund_line_items, path), 'subtotal', currency, path);
  const worthMinor = goodsMinor + shippingMinor + chargesMinor + extraMinor;
  if (worthMinor - movedMinor <= ROUNDED_MINOR) return refund;
  return { ...refund, movedMinor: null, isMovedUntold: true };
}

/** The currency of the first shop money in it; null where it has none. */
function findCurrency(value: unknown): string | null {
  if (Array.isArray(value)) return firstCurrency(value);
  const object = optionalObject(value);
  if (!object) return null;
  const money = optionalObject(object.shop_money);
  return (money && optionalText(money.currency_code)) ?? firstCurrency(Object.values(object));
}

function firstCurrency(values: readonly unknown[]): string | null {
  for (const value of values) {
    const currency = findCurrency(value);
    if (currency !== null) return currency;
  }
  return null;
}

/** Reads a refund, alone or within its order. */
export function readRefund(value: unknown, currency: string | null, orderId: bigint): OrderRefund {
  const refund = readObject(value, 'refund');
  const lines: RefundLine[] = readList(refund.refund_line_items, 'refund.refund_line_items').map(
    (entry, index) => {
      const path = `refund.refund_line_items[${index}]`;
      const item = readObject(entry, path);
      const line = optionalObject(item.line_item);
      const lineId = line
        ? readId(line, `${path}.line_item`)
        : optionalId(item.line_item_id, `${path}.line_item_id`);
      if (lineId === null) throw new DecodeError(`${path}.line_item_id`, 'an id');
      return { lineId, quantity: readCount(item.quantity, `${path}.quantity`, 0) };
    },
  );
  const adjustments = readAdjustments(refund, currency);
  const listed = readShippingLines(refund, currency);
  return {
    refundId: readId(refund, 'refund'),
    orderId,
    refundedAt:
      optionalTimestamp(refund.processed_at ?? refund.created_at, 'refund.processed_at') ?? new Date(0),
    lines,
    extraMinor: adjustments.extraMinor,
    // Newer payloads list refunded shipping by line, older ones have an adjustment for it, some have both.
    shippingMinor: greatest(adjustments.shippingMinor, listed.shippingMinor),
    shippingTaxMinor: greatest(adjustments.taxMinor, listed.taxMinor),
    chargesMinor: readCharges(refund, 'duties', currency) + readCharges(refund, 'additional_fees', currency),
    ...readMoved(refund, currency),
  };
}

/** Entries that settle the books and move no money. */
const BOOKKEEPING = new Set(['FULL_RETURN_BALANCING_ADJUSTMENT', 'PENDING_REFUND_DISCREPANCY']);

function readAdjustments(refund: JsonObject, currency: string | null) {
  let extraMinor = 0n;
  let shippingMinor = 0n;
  let taxMinor = 0n;
  for (const [index, entry] of readList(refund.order_adjustments, 'refund.order_adjustments').entries()) {
    const path = `refund.order_adjustments[${index}]`;
    const adjustment = readObject(entry, path);
    const reason = optionalText(adjustment.reason)?.toUpperCase().replaceAll(' ', '_') ?? '';
    if (BOOKKEEPING.has(reason)) continue;
    const amount = shopMoney(adjustment, 'amount', currency, path) ?? 0n;
    // Negative is money given beyond the lines; positive means that less moved than the lines are worth.
    if (adjustment.kind === 'shipping_refund') {
      shippingMinor -= amount;
      taxMinor -= shopMoney(adjustment, 'tax_amount', currency, path) ?? 0n;
    } else extraMinor -= amount;
  }
  return { extraMinor, shippingMinor, taxMinor };
}

function readShippingLines(refund: JsonObject, currency: string | null) {
  const lines = readList(refund.refund_shipping_lines, 'refund.refund_shipping_lines');
  return {
    shippingMinor: sumMoney(lines, 'subtotal_amount', currency, 'refund.refund_shipping_lines'),
    taxMinor: sumMoney(lines, 'tax_amount', currency, 'refund.refund_shipping_lines'),
  };
}

/** Duties or additional fees: their total where the payload has it, else what is listed. */
function readCharges(
  refund: JsonObject,
  field: 'duties' | 'additional_fees',
  currency: string | null,
): bigint {
  const path = `refund.${field}`;
  return greatest(
    shopMoney(refund, `total_${field}`, currency, 'refund') ?? 0n,
    sumMoney(readList(refund[field], path), 'amount', currency, path),
  );
}

/** Null where no transaction says it, or one says it in another currency only: that of the buyer. */
function readMoved(
  refund: JsonObject,
  currency: string | null,
): Pick<OrderRefund, 'movedMinor' | 'isMovedUntold'> {
  const path = 'refund.transactions';
  const moved = readList(refund.transactions, path)
    .map((entry, index) => readObject(entry, `${path}[${index}]`))
    .filter(({ kind, status }) => kind === 'refund' && (status === 'success' || status === 'pending'));
  const isTold = moved.every(
    (transaction) =>
      optionalObject(transaction.amount_set) !== null ||
      (currency !== null && transaction.currency === currency),
  );
  if (!isTold) return { movedMinor: null, isMovedUntold: true };
  const movedMinor = sumMoney(moved, 'amount', currency, path);
  return { movedMinor: movedMinor === 0n ? null : movedMinor };
}

function sumMoney(list: readonly unknown[], field: string, currency: string | null, path: string): bigint {
  return list.reduce<bigint>((sum, entry, index) => {
    const at = `${path}[${index}]`;
    return sum + (shopMoney(readObject(entry, at), field, currency, at) ?? 0n);
  }, 0n);
}
