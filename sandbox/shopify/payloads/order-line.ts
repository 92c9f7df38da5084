import type { Allocation, DiscountApplication, Order, OrderLine, Shop } from '../../state.ts';
import { gid } from '../../world.ts';
import { fulfilledUnits, openUnits } from '../fulfillments.ts';
import { isTip } from '../tips.ts';
import type { MoneyWriter } from './money-set.ts';

/** A line of an order as payloads (orders and refunds) write it. */
export function linePayload(shop: Shop, order: Order, line: OrderLine, money: MoneyWriter) {
  const name = line.variantTitle ? `${line.title} - ${line.variantTitle}` : line.title;
  return {
    id: line.id,
    admin_graphql_api_id: gid('LineItem', line.id),
    current_quantity: line.currentQuantity,
    fulfillable_quantity: order.cancelledAt ? 0 : openUnits(order, line.id),
    fulfillment_service: 'manual',
    fulfillment_status: lineStatus(order, line),
    gift_card: line.giftCard,
    grams: line.grams,
    name,
    price: money.text(line.price),
    price_set: money.set(line.price),
    product_exists: line.productId !== null,
    product_id: line.productId,
    properties: [],
    quantity: line.quantity,
    requires_shipping: !line.giftCard && !isTip(line),
    ...(isTip(line) ? { tip: { payment_gateway: null, payment_method: null } } : {}),
    sales_line_item_group_id: null,
    sku: line.sku,
    taxable: !line.giftCard && !isTip(line),
    title: line.title,
    // Shopify keeps this at zero for discounts that it allocated itself: the allocations say what was taken off.
    total_discount: money.text(0),
    total_discount_set: money.set(0),
    variant_id: line.variantId,
    variant_inventory_management: line.variantId === null ? null : 'shopify',
    variant_title: line.variantTitle,
    vendor: line.vendor,
    tax_lines: taxLines(shop, line.tax, money),
    duties: [],
    discount_allocations: line.allocations.map((allocation) => allocationPayload(allocation, money)),
  };
}

function lineStatus(order: Order, line: OrderLine): 'partial' | 'fulfilled' | 'not_eligible' | null {
  if (isTip(line)) return 'not_eligible';
  if (fulfilledUnits(order, line.id) === 0) return null;
  return openUnits(order, line.id) === 0 ? 'fulfilled' : 'partial';
}

/** The tax lines of an amount of tax; none when there is no tax. */
export function taxLines(shop: Shop, tax: number, money: MoneyWriter) {
  if (tax === 0) return [];
  return [
    {
      channel_liable: false,
      price: money.text(tax),
      price_set: money.set(tax),
      rate: shop.taxRateBasisPoints / 10_000,
      title: shop.taxTitle,
    },
  ];
}

/** A discount of the order; an allocation's `discount_application_index` is its index in the list. */
export function discountApplicationPayload(application: DiscountApplication) {
  const shared = {
    target_type: application.discountClass === 'shipping' ? 'shipping_line' : 'line_item',
    type: application.type,
    value: application.value,
    value_type: application.valueType,
    allocation_method: isEach(application) ? 'each' : 'across',
    target_selection: application.isExplicit
      ? 'explicit'
      : application.discountClass === 'product'
        ? 'entitled'
        : 'all',
  };
  if (application.type === 'discount_code') return { ...shared, code: application.code };
  return { ...shared, title: application.title, description: application.title };
}

/** Whether a discount is taken off each of what it is for, not once off all of them. */
export function isEach({ discountClass = 'order' }: DiscountApplication): boolean {
  return discountClass !== 'order';
}

/** `discount_codes`: every code with the amount it took off the order; Shopify lists manual discounts here too. */
export function discountCodesPayload(order: Order, money: MoneyWriter) {
  return order.discountApplications.flatMap((application, index) => {
    if (application.type === 'automatic') return [];
    const taken = [...order.lines.flatMap((line) => line.allocations), ...(order.shippingAllocations ?? [])]
      .filter((allocation) => allocation.applicationIndex === index)
      .reduce((sum, allocation) => sum + allocation.amount, 0);
    const type = application.discountClass === 'shipping' ? 'shipping' : application.valueType;
    return [{ code: application.code ?? application.title, amount: money.text(taken), type }];
  });
}

/** A share of a discount, on a line or on the shipping. */
export function allocationPayload(allocation: Allocation, money: MoneyWriter) {
  return {
    amount: money.text(allocation.amount),
    amount_set: money.set(allocation.amount),
    discount_application_index: allocation.applicationIndex,
  };
}
