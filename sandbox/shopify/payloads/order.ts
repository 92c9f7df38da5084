import type { Order, Shop } from '../../state.ts';
import { gid, type World } from '../../world.ts';
import { fulfillmentStatus } from '../fulfillments.ts';
import { currentTotals, orderTotals, outstanding, shippingPrice } from '../order-totals.ts';
import { refunded } from '../refunds.ts';
import { tipMinor } from '../tips.ts';
import { orderAddress, orderCustomer } from './customer.ts';
import { fulfillmentPayloads } from './fulfillment.ts';
import { localTime } from './local-time.ts';
import { type MoneyWriter, moneyWriter } from './money-set.ts';
import { discountApplicationPayload, discountCodesPayload, linePayload, taxLines } from './order-line.ts';
import { refundInOrder } from './refund.ts';
import { shippingLinePayload } from './shipping-line.ts';
import { findById } from '../../find-by-id.ts';

const ONLINE_STORE_APP_ID = 580_111;

/**
 * The payload of every orders/* topic, key for key like the captured web order of 2026-02. On it
 * Σ(price x quantity) - Σ allocations = subtotal_price and Σ allocations = total_discounts.
 */
export function orderPayload(world: World, domain: string, order: Order) {
  const state = world.shop(domain);
  const { shop } = state;
  const money = moneyWriter(order);
  const customer = findById(state.customers, order.customerId);
  const address = order.shippingAddress ? orderAddress(order.shippingAddress) : null;
  return {
    ...identity(shop, order),
    ...currentAmounts(order, money),
    customer_locale: order.locale,
    device_id: null,
    discount_codes: discountCodesPayload(order, money),
    duties_included: false,
    email: order.email,
    estimated_taxes: false,
    financial_status: order.financialStatus,
    fulfillment_status: fulfillmentStatus(order),
    ...origin(shop, order, money),
    ...totals(shop, order, money),
    user_id: null,
    billing_address: address,
    customer: customer ? orderCustomer(state, customer) : null,
    discount_applications: order.discountApplications.map(discountApplicationPayload),
    fulfillments: fulfillmentPayloads(shop, order, money),
    line_items: order.lines.map((line) => linePayload(shop, order, line, money)),
    payment_terms: null,
    refunds: order.refunds.map((refund) => refundInOrder(shop, order, refund, money)),
    shipping_address: address,
    shipping_lines: shippingLines(shop, order, money),
    returns: [],
    line_item_groups: [],
  };
}

function identity(shop: Shop, order: Order) {
  return {
    id: order.id,
    admin_graphql_api_id: gid('Order', order.id),
    app_id: ONLINE_STORE_APP_ID,
    browser_ip: '127.0.0.1',
    buyer_accepts_marketing: false,
    cancel_reason: order.cancelReason,
    cancelled_at: order.cancelledAt ? localTime(order.cancelledAt, shop.timeZone) : null,
    cart_token: null,
    checkout_id: order.checkoutId,
    checkout_token: order.token,
    client_details: {
      accept_language: order.locale,
      browser_height: null,
      browser_ip: '127.0.0.1',
      browser_width: null,
      session_hash: null,
      user_agent: 'Setia sandbox',
    },
    closed_at: null,
    confirmation_number: order.confirmationNumber,
    confirmed: true,
    contact_email: order.email,
    created_at: localTime(order.createdAt, shop.timeZone),
    currency: order.currency,
  };
}

function currentAmounts(order: Order, money: MoneyWriter) {
  const totals = currentTotals(order, refunded(order));
  return {
    current_shipping_price_set: money.set(totals.shipping),
    ...amount('current_subtotal_price', totals.subtotal, money),
    current_total_additional_fees_set: null,
    ...amount('current_total_discounts', totals.discountTotal, money),
    current_total_duties_set: order.duties ? money.set(totals.duties) : null,
    ...amount('current_total_price', totals.total, money),
    ...amount('current_total_tax', totals.tax, money),
  };
}

function origin(shop: Shop, order: Order, money: MoneyWriter) {
  return {
    landing_site: '/',
    landing_site_ref: null,
    location_id: null,
    merchant_business_entity_id: Buffer.from(String(shop.id)).toString('base64'),
    merchant_of_record_app_id: null,
    name: order.name,
    note: order.note,
    note_attributes: order.customAttributes.map(({ key, value }) => ({ name: key, value })),
    number: order.number - 1000,
    order_number: order.number,
    order_status_url: `https://${shop.domain}/${shop.id}/orders/${order.token}/authenticate`,
    original_total_additional_fees_set: null,
    original_total_duties_set: order.duties ? money.set(order.duties) : null,
    payment_gateway_names: order.transactions.slice(0, 1).map((transaction) => transaction.gateway),
    phone: order.phone,
    po_number: null,
    presentment_currency: order.presentmentCurrency,
    processed_at: localTime(order.processedAt, shop.timeZone),
    reference: null,
    referring_site: '',
    source_identifier: null,
    source_name: order.sourceName,
    source_url: null,
  };
}

function totals(shop: Shop, order: Order, money: MoneyWriter) {
  const sums = orderTotals(order);
  return {
    ...amount('subtotal_price', sums.subtotal, money),
    tags: order.tags.join(', '),
    tax_exempt: false,
    tax_lines: taxLines(shop, sums.tax, money),
    taxes_included: order.taxesIncluded,
    test: order.test,
    token: order.token,
    total_cash_rounding_payment_adjustment_set: money.set(0),
    total_cash_rounding_refund_adjustment_set: money.set(0),
    ...amount('total_discounts', sums.discountTotal, money),
    ...amount('total_line_items_price', sums.lineTotal, money),
    total_outstanding: money.text(outstanding(order)),
    ...amount('total_price', sums.total, money),
    total_shipping_price_set: money.set(shippingPrice(order)),
    total_tax: money.text(sums.tax),
    total_tax_set: money.set(sums.tax),
    total_tip_received: money.text(tipMinor(order)),
    total_weight: order.lines.reduce((sum, line) => sum + line.grams * line.quantity, 0),
    updated_at: localTime(order.updatedAt, shop.timeZone),
  };
}

function shippingLines(shop: Shop, order: Order, money: MoneyWriter) {
  return order.lines.every((line) => line.giftCard) ? [] : [shippingLinePayload(shop, order, money)];
}

/** `total_price` and `total_price_set` from one amount. */
function amount<Name extends string>(name: Name, value: number, money: MoneyWriter) {
  return { [name]: money.text(value), [`${name}_set`]: money.set(value) };
}
