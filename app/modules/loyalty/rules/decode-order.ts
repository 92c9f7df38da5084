/** Reads Shopify's order and refund webhook payloads (2025-01 field set and older) into the state the rules use. */
import {
  DecodeError,
  optionalId,
  optionalMoment,
  optionalObject,
  optionalText,
  readCount,
  readId,
  readList,
  readObject,
  shopMoney,
  type JsonObject,
} from '#app/lib/decode.ts';
import { AppError } from '#app/lib/errors.ts';
import type {
  DiscountCodeUse,
  LineDiscount,
  OrderLine,
  OrderRefund,
  OrderState,
  RefundLine,
} from './order-state.ts';
import { greatest } from './units.ts';

/** A payload that cannot be read; the message names the field. Trying again does not help. */
export class MalformedPayload extends AppError {
  constructor(what: string, cause: DecodeError) {
    super('malformed_payload', `${what}: ${cause.message}`, { cause });
    this.name = 'MalformedPayload';
  }
}

function decoding<T>(what: string, decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    if (error instanceof DecodeError) throw new MalformedPayload(what, error);
    throw error;
  }
}

/**
 * Decodes an `orders/*` payload. Amounts become minor units of the shop's currency (`currency`; presentment money is
 * ignored). Throws MalformedPayload when the id, a date or an amount cannot be read; unknown fields do not matter.
 */
export function decodeOrder(payload: unknown): { order: OrderState; refunds: OrderRefund[] } {
  return decoding('order', () => {
    const source = readObject(payload, 'order');
    const currency = optionalText(source.currency);
    if (currency === null) throw new DecodeError('order.currency', 'a currency code');
    const orderId = readId(source, 'order');
    const customer = optionalObject(source.customer);
    const shipping = readShipping(source, currency);
    const fulfilled = readFulfilled(source);
    const processedAt =
      optionalMoment(source.processed_at, 'order.processed_at') ?? requiredMoment(source, 'created_at');
    return {
      order: {
        orderId,
        customerId:
          customer && (customer.id !== undefined || customer.admin_graphql_api_id !== undefined)
            ? readId(customer, 'order.customer')
            : null,
        name: optionalText(source.name),
        email: optionalText(source.email)?.toLowerCase() ?? null,
        phone: optionalText(source.phone),
        currency,
        processedAt,
        updatedAt: requiredMoment(source, 'updated_at'),
        cancelledAt: optionalMoment(source.cancelled_at, 'order.cancelled_at'),
        fulfilledAt: fulfilled.at,
        financial: optionalText(source.financial_status) ?? 'pending',
        sourceName: optionalText(source.source_name),
        note: optionalText(source.note)?.trim() ?? null,
        isTest: source.test === true,
        taxesIncluded: source.taxes_included === true,
        totalMinor: shopMoney(source, 'total_price', currency, 'order') ?? 0n,
        lines: readList(source.line_items, 'order.line_items').map((line, index) =>
          readLine(line, index, currency, fulfilled.quantities),
        ),
        ...shipping,
        codes: readCodes(source),
      },
      refunds: readList(source.refunds, 'order.refunds').map((refund) =>
        readRefund(refund, currency, orderId),
      ),
    };
  });
}

/** Decodes a `refunds/create` payload. `currency` is the shop's; throws MalformedPayload. */
export function decodeRefund(payload: unknown, currency: string): OrderRefund {
  return decoding('refund', () => {
    const source = readObject(payload, 'refund');
    const orderId = optionalId(source.order_id, 'refund.order_id');
    if (orderId === null) throw new DecodeError('refund.order_id', 'an id');
    return readRefund(source, currency, orderId);
  });
}

function requiredMoment(source: JsonObject, field: string): Date {
  const moment = optionalMoment(source[field], `order.${field}`);
  if (moment === null) throw new DecodeError(`order.${field}`, 'a date and time');
  return moment;
}

/** Pieces handed over by line, and when the last was: what fulfillments say that were not cancelled and did not fail. */
function readFulfilled(order: JsonObject): { quantities: Map<bigint, number>; at: Date | null } {
  const quantities = new Map<bigint, number>();
  let at: Date | null = null;
  for (const [index, value] of readList(order.fulfillments, 'order.fulfillments').entries()) {
    const path = `order.fulfillments[${index}]`;
    const fulfillment = readObject(value, path);
    if (fulfillment.status !== 'success') continue;
    const madeAt = optionalMoment(fulfillment.created_at, `${path}.created_at`);
    if (madeAt && (at === null || madeAt > at)) at = madeAt;
    for (const [position, entry] of readList(fulfillment.line_items, `${path}.line_items`).entries()) {
      const linePath = `${path}.line_items[${position}]`;
      const line = readObject(entry, linePath);
      const lineId = readId(line, linePath);
      const quantity = readCount(line.quantity, `${linePath}.quantity`, 0);
      quantities.set(lineId, (quantities.get(lineId) ?? 0) + quantity);
    }
  }
  return { quantities, at };
}

function readLine(
  value: unknown,
  index: number,
  currency: string,
  fulfilled: ReadonlyMap<bigint, number>,
): OrderLine {
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
    fulfilledQuantity: Math.min(quantity, fulfilled.get(lineId) ?? 0),
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
 * (seen in a real payload, design/SHOPIFY.md 2.1).
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

function readRefund(value: unknown, currency: string, orderId: bigint): OrderRefund {
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
  const { extraMinor, shippingMinor } = readAdjustments(refund, currency);
  return {
    refundId: readId(refund, 'refund'),
    orderId,
    refundedAt:
      optionalMoment(refund.processed_at ?? refund.created_at, 'refund.processed_at') ?? new Date(0),
    lines,
    extraMinor,
    shippingMinor: greatest(shippingMinor, sumShippingLines(refund, currency)),
  };
}

function readAdjustments(refund: JsonObject, currency: string) {
  let extraMinor = 0n;
  let shippingMinor = 0n;
  for (const [index, entry] of readList(refund.order_adjustments, 'refund.order_adjustments').entries()) {
    const path = `refund.order_adjustments[${index}]`;
    const adjustment = readObject(entry, path);
    const amount = shopMoney(adjustment, 'amount', currency, path) ?? 0n;
    // Negative is money given beyond the lines; positive means that less moved than the lines are worth, and the
    // lines already count.
    if (amount < 0n && adjustment.kind === 'shipping_refund') shippingMinor -= amount;
    else if (amount < 0n) extraMinor -= amount;
  }
  return { extraMinor, shippingMinor };
}

/** Newer payloads list refunded shipping by line; older ones have an adjustment for it, some perhaps both. */
function sumShippingLines(refund: JsonObject, currency: string): bigint {
  return readList(refund.refund_shipping_lines, 'refund.refund_shipping_lines').reduce<bigint>(
    (sum, value, index) => {
      const path = `refund.refund_shipping_lines[${index}]`;
      return sum + (shopMoney(readObject(value, path), 'subtotal_amount', currency, path) ?? 0n);
    },
    0n,
  );
}

export interface OrderCustomer {
  customerId: bigint;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phone: string | null;
  /** When Shopify last changed the customer; the order's own date where the payload does not say. */
  updatedAt: Date;
}

/** The customer inside an `orders/*` payload, or null for an order without one. Throws MalformedPayload. */
export function decodeOrderCustomer(payload: unknown, orderUpdatedAt: Date): OrderCustomer | null {
  return decoding('order', () => {
    const customer = optionalObject(readObject(payload, 'order').customer);
    if (!customer || (customer.id === undefined && customer.admin_graphql_api_id === undefined)) return null;
    return {
      customerId: readId(customer, 'order.customer'),
      firstName: optionalText(customer.first_name),
      lastName: optionalText(customer.last_name),
      email: optionalText(customer.email)?.toLowerCase() ?? null,
      phone: optionalText(customer.phone),
      updatedAt: optionalMoment(customer.updated_at, 'order.customer.updated_at') ?? orderUpdatedAt,
    };
  });
}
