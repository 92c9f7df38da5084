/** Reads Shopify's order payloads (2025-01 field set and older) into the state that the rules use. */
import {
  DecodeError,
  optionalId,
  optionalTimestamp,
  optionalObject,
  optionalText,
  readCount,
  readId,
  readList,
  readObject,
  shopMoney,
  type JsonObject,
} from '#app/lib/decode.ts';
import { greatest } from '#app/lib/integers.ts';
import { readOrderCustomer, type OrderCustomer } from './decode-order-customer.ts';
import { readRefund } from './decode-refund.ts';
import { readPaidAt, readReceived } from './decode-payments.ts';
import { withExchanges } from './exchanged-value.ts';
import { decoding } from './malformed-payload.ts';
import {
  wasPaid,
  type AutomaticDiscount,
  type DiscountCodeUse,
  type LineDiscount,
  type OrderFulfillment,
  type OrderLine,
  type OrderRefund,
  type OrderState,
} from './order-state.ts';

/** What an order's payload says. */
export interface DecodedOrder {
  order: OrderState;
  refunds: OrderRefund[];
  /** When payments first covered it as it was made; null where payments are not listed. */
  paidAt: Date | null;
  /** Null for an order without one. */
  customer: OrderCustomer | null;
}

/**
 * Decodes an `orders/*` payload. Amounts become minor units of the shop's currency (`currency`; presentment money is
 * ignored). Throws MalformedPayload when the id, a date or an amount cannot be read; unknown fields do not matter.
 */
export function decodeOrder(payload: unknown): DecodedOrder {
  return decoding('order', () => {
    const source = readObject(payload, 'order');
    const currency = optionalText(source.currency);
    if (currency === null) throw new DecodeError('order.currency', 'a currency code');
    const orderId = readId(source, 'order');
    const updatedAt = requiredTimestamp(source, 'updated_at');
    const customer = readOrderCustomer(source, updatedAt);
    const shipping = readShipping(source, currency);
    const totalMinor = shopMoney(source, 'total_price', currency, 'order') ?? 0n;
    const financial = optionalText(source.financial_status) ?? 'pending';
    const processedAt =
      optionalTimestamp(source.processed_at, 'order.processed_at') ?? requiredTimestamp(source, 'created_at');
    const order: OrderState = {
      orderId,
      customerId: customer?.customerId ?? null,
      name: optionalText(source.name),
      email: optionalText(source.email)?.toLowerCase() ?? null,
      phone: optionalText(source.phone),
      currency,
      processedAt,
      updatedAt,
      cancelledAt: optionalTimestamp(source.cancelled_at, 'order.cancelled_at'),
      fulfillments: readFulfillments(source, processedAt),
      financial,
      sourceName: optionalText(source.source_name),
      note: optionalText(source.note)?.trim() ?? null,
      isTest: source.test === true,
      taxesIncluded: source.taxes_included === true,
      totalMinor,
      outstandingMinor: readOutstanding(source, { currency, financial, totalMinor }),
      lines: readList(source.line_items, 'order.line_items').map((line, index) =>
        readLine(line, index, currency),
      ),
      ...shipping,
      codes: readCodes(source),
      automatic: readAutomatic(source),
    };
    const refunds = readList(source.refunds, 'order.refunds').map((refund) =>
      readRefund(refund, currency, orderId),
    );
    return {
      order,
      refunds: withExchanges(order, refunds, readReceived(source, order)),
      paidAt: readPaidAt(source, { currency, processedAt, totalMinor, financial }),
      customer,
    };
  });
}

function requiredTimestamp(source: JsonObject, field: string): Date {
  const timestamp = optionalTimestamp(source[field], `order.${field}`);
  if (timestamp === null) throw new DecodeError(`order.${field}`, 'a date and time');
  return timestamp;
}

/** `total_outstanding`: for an order that is paid, what was given back must not look owed. */
function readOutstanding(
  order: JsonObject,
  { currency, financial, totalMinor }: Pick<OrderState, 'currency' | 'financial' | 'totalMinor'>,
): bigint {
  if (wasPaid({ financial })) return 0n;
  return greatest(0n, shopMoney(order, 'total_outstanding', currency, 'order') ?? totalMinor);
}

/** Fulfillments that were not cancelled and did not fail, the oldest first. */
function readFulfillments(order: JsonObject, processedAt: Date): OrderFulfillment[] {
  return readList(order.fulfillments, 'order.fulfillments')
    .flatMap((value, index): OrderFulfillment[] => {
      const path = `order.fulfillments[${index}]`;
      const fulfillment = readObject(value, path);
      if (fulfillment.status !== 'success') return [];
      const lines = readList(fulfillment.line_items, `${path}.line_items`).map((entry, position) => {
        const linePath = `${path}.line_items[${position}]`;
        const line = readObject(entry, linePath);
        const quantity = readCount(line.quantity, `${linePath}.quantity`, 0);
        return { lineId: readId(line, linePath), quantity };
      });
      return [{ at: optionalTimestamp(fulfillment.created_at, `${path}.created_at`) ?? processedAt, lines }];
    })
    .sort((a, b) => a.at.getTime() - b.at.getTime());
}

function readLine(value: unknown, index: number, currency: string): OrderLine {
  const path = `order.line_items[${index}]`;
  const line = readObject(value, path);
  const quantity = readCount(line.quantity, `${path}.quantity`, 0);
  const lineId = readId(line, path);
  return {
    lineId,
    title: optionalText(line.title),
    productId: optionalId(line.product_id, `${path}.product_id`),
    variantId: optionalId(line.variant_id, `${path}.variant_id`),
    quantity,
    currentQuantity: Math.min(
      quantity,
      readCount(line.current_quantity, `${path}.current_quantity`, quantity),
    ),
    unitPriceMinor: shopMoney(line, 'price', currency, path) ?? 0n,
    discounts: readDiscounts(line, path, currency),
    taxMinor: sumTaxes(line, path, currency),
    isGiftCard: line.gift_card === true,
    isTip: optionalObject(line.tip) !== null,
  };
}

function readDiscounts(holder: JsonObject, path: string, currency: string): LineDiscount[] {
  return readList(holder.discount_allocations, `${path}.discount_allocations`).map((value, index) => {
    const at = `${path}.discount_allocations[${index}]`;
    const allocation = readObject(value, at);
    return {
      amountMinor: shopMoney(allocation, 'amount', currency, at) ?? 0n,
      application: readCount(allocation.discount_application_index, `${at}.discount_application_index`, 0),
    };
  });
}

function sumTaxes(holder: JsonObject, path: string, currency: string): bigint {
  return readList(holder.tax_lines, `${path}.tax_lines`).reduce<bigint>((sum, value, index) => {
    const at = `${path}.tax_lines[${index}]`;
    return sum + (shopMoney(readObject(value, at), 'price', currency, at) ?? 0n);
  }, 0n);
}

function readShipping(order: JsonObject, currency: string) {
  let shippingMinor = 0n;
  let shippingTaxMinor = 0n;
  const shippingDiscounts: LineDiscount[] = [];
  for (const [index, value] of readList(order.shipping_lines, 'order.shipping_lines').entries()) {
    const path = `order.shipping_lines[${index}]`;
    const line = readObject(value, path);
    if (line.is_removed === true) continue;
    const price = shopMoney(line, 'price', currency, path) ?? 0n;
    shippingMinor += shopMoney(line, 'discounted_price', currency, path) ?? price;
    shippingTaxMinor += sumTaxes(line, path, currency);
    shippingDiscounts.push(...readDiscounts(line, path, currency));
  }
  return { shippingMinor, shippingTaxMinor, shippingDiscounts };
}

/**
 * Only applications of type `discount_code` are codes: `discount_codes[]` also lists manual discounts of draft orders
 * (seen in a genuine payload, fixtures/webhooks).
 */
function readCodes(order: JsonObject): DiscountCodeUse[] {
  const codes: DiscountCodeUse[] = [];
  for (const [application, value] of readList(
    order.discount_applications,
    'order.discount_applications',
  ).entries()) {
    const discount = optionalObject(value);
    const code = discount?.type === 'discount_code' ? optionalText(discount.code) : null;
    if (code !== null) codes.push({ code: code.toUpperCase(), application });
  }
  return codes;
}

/** Discounts on lines that no one entered: those of our Function are among them. */
function readAutomatic(order: JsonObject): AutomaticDiscount[] {
  const path = 'order.discount_applications';
  return readList(order.discount_applications, path).flatMap((value, application): AutomaticDiscount[] => {
    const discount = optionalObject(value);
    if (discount?.type !== 'automatic' || discount.target_type === 'shipping_line') return [];
    const percentBp = discount.value_type === 'percentage' ? readBasisPoints(discount.value) : null;
    return [{ title: optionalText(discount.title), application, percentBp }];
  });
}

const PERCENT = /^(\d{1,3})(?:\.(\d{1,2})0*)?$/;

/** "12.75" in hundredths of a percent; null for a value that is none. */
function readBasisPoints(value: unknown): number | null {
  const [, whole, fraction = ''] = PERCENT.exec(String(value)) ?? [];
  return whole === undefined ? null : Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
}
