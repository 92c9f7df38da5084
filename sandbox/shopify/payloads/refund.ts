import type { Order, Refund, RefundAdjustment, RefundLine, Shop, Transaction } from '../../state.ts';
import { gid, type World } from '../../world.ts';
import { localTime } from './local-time.ts';
import { type MoneyWriter, moneyWriter } from './money-set.ts';
import { discrepancies, shippingRefunds } from '../refunds.ts';
import { linePayload } from './order-line.ts';
import { shippingLinePayload } from './shipping-line.ts';

/** The payload of refunds/create. */
export function refundPayload(world: World, domain: string, order: Order, refund: Refund) {
  const { shop } = world.shop(domain);
  return refundInOrder(shop, order, refund, moneyWriter(order));
}

/** A refund as in `refunds` of an order; refunds/create sends the same. */
export function refundInOrder(shop: Shop, order: Order, refund: Refund, money: MoneyWriter) {
  const at = localTime(refund.createdAt, shop.timeZone);
  return {
    id: refund.id,
    admin_graphql_api_id: gid('Refund', refund.id),
    created_at: at,
    note: refund.note,
    order_id: order.id,
    processed_at: at,
    restock: refund.lines.some((line) => line.restockType !== 'no_restock'),
    total_additional_fees_set: money.set(0),
    total_duties_set: money.set(refund.duties ?? 0),
    user_id: null,
    duties: refund.duties ? [{ duty_id: order.checkoutId + 2, amount_set: money.set(refund.duties) }] : [],
    additional_fees: [],
    return: null,
    refund_shipping_lines: shippingRefunds(refund).map((each) => ({
      id: each.id,
      shipping_line_id: order.checkoutId + 1,
      shipping_line: shippingLinePayload(shop, order, money),
      subtotal_amount_set: money.set(-each.amount),
      tax_amount_set: money.set(-(each.tax ?? 0)),
    })),
    order_adjustments: discrepancies(refund).map((each) => adjustmentPayload(order, refund, each, money)),
    transactions: refund.transactions.map((each) => transactionPayload(shop, order, each, money)),
    refund_line_items: refund.lines.map((each) => refundLinePayload(shop, order, each, money)),
  };
}

function refundLinePayload(shop: Shop, order: Order, refunded: RefundLine, money: MoneyWriter) {
  const line = order.lines.find((each) => each.id === refunded.lineId);
  return {
    id: refunded.id,
    line_item_id: refunded.lineId,
    location_id: null,
    quantity: refunded.quantity,
    restock_type: refunded.restockType,
    // Shopify writes these two as JSON numbers, unlike every other amount.
    subtotal: Number(money.text(refunded.subtotal)),
    subtotal_set: money.set(refunded.subtotal),
    total_tax: Number(money.text(refunded.tax)),
    total_tax_set: money.set(refunded.tax),
    line_item: line ? linePayload(shop, order, line, money) : null,
  };
}

function adjustmentPayload(order: Order, refund: Refund, adjustment: RefundAdjustment, money: MoneyWriter) {
  return {
    id: adjustment.id,
    amount: money.text(adjustment.amount),
    amount_set: money.set(adjustment.amount),
    kind: adjustment.kind,
    order_id: order.id,
    reason: adjustment.reason,
    refund_id: refund.id,
    tax_amount: money.text(0),
    tax_amount_set: money.set(0),
  };
}

function transactionPayload(shop: Shop, order: Order, transaction: Transaction, money: MoneyWriter) {
  const at = localTime(transaction.createdAt, shop.timeZone);
  // In the currency of the payment, the buyer's, and without a set.
  const { amount, currency_code: currency } = money.set(transaction.amount).presentment_money;
  return {
    id: transaction.id,
    admin_graphql_api_id: gid('OrderTransaction', transaction.id),
    amount,
    amount_rounding: null,
    authorization: null,
    created_at: at,
    currency,
    device_id: null,
    error_code: null,
    gateway: transaction.gateway,
    kind: transaction.kind,
    location_id: null,
    message: null,
    order_id: order.id,
    parent_id: transaction.parentId,
    payment_id: `${order.name}.${transaction.id}`,
    processed_at: at,
    receipt: {},
    source_name: order.sourceName,
    status: transaction.isPending ? 'pending' : 'success',
    test: order.test,
    user_id: null,
  };
}
