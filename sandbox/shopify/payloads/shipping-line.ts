import type { Order, Shop } from '../../state.ts';
import { shippingPrice } from '../order-totals.ts';
import { allocationPayload, taxLines } from './order-line.ts';
import { refunded } from '../refunds.ts';
import type { MoneyWriter } from './money-set.ts';

/** The one shipping line of an order, as in its `shipping_lines` and in the refunds of it. */
export function shippingLinePayload(shop: Shop, order: Order, money: MoneyWriter) {
  return {
    id: order.checkoutId + 1,
    carrier_identifier: null,
    code: order.shippingTitle,
    current_discounted_price_set: money.set(order.shipping - refunded(order).shipping),
    discounted_price: money.text(order.shipping),
    discounted_price_set: money.set(order.shipping),
    is_removed: false,
    phone: null,
    price: money.text(shippingPrice(order)),
    price_set: money.set(shippingPrice(order)),
    requested_fulfillment_service_id: null,
    source: 'shopify',
    title: order.shippingTitle,
    tax_lines: taxLines(shop, order.shippingTax ?? 0, money),
    discount_allocations: (order.shippingAllocations ?? []).map((each) => allocationPayload(each, money)),
  };
}
