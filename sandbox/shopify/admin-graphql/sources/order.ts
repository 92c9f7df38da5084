import type { Order } from '../../../state.ts';
import { gid } from '../../../world.ts';
import { fulfillmentsOf, fulfillmentStatus } from '../../fulfillments.ts';
import { currentTotals, orderTotals, outstanding, shippingPrice } from '../../order-totals.ts';
import { refunded, refundedMoney } from '../../refunds.ts';
import { connection } from '../connection.ts';
import type { AdminContext, FieldArguments, Source } from '../context.ts';
import { tipMinor } from '../../tips.ts';
import { addressSource, customerSource } from './customer.ts';
import { fulfillmentSource } from './fulfillment.ts';
import { dateTime, moneyBags } from './money.ts';
import {
  applicationSource,
  lineItemSource,
  shippingLineSource,
  taxLineSources,
  transactionSource,
} from './order-parts.ts';
import { refundSource } from './refund.ts';
import { findById } from '../../../find-by-id.ts';

/** `Order` */
export function orderSource(context: AdminContext, order: Order): Source {
  return {
    __typename: 'Order',
    ...identity(order),
    ...state(order),
    ...placedTotals(context, order),
    ...presentTotals(order),
    ...lists(context, order),
    customer: () => {
      const customer = findById(context.state.customers, order.customerId);
      return customer ? customerSource(context, customer) : null;
    },
    billingAddress: () => (order.shippingAddress ? addressSource(order.shippingAddress) : null),
    shippingAddress: () => (order.shippingAddress ? addressSource(order.shippingAddress) : null),
  };
}

function identity(order: Order): Source {
  return {
    id: gid('Order', order.id),
    legacyResourceId: String(order.id),
    name: order.name,
    number: order.number,
    confirmationNumber: order.confirmationNumber,
    email: order.email,
    phone: order.phone,
    note: order.note === '' ? null : order.note,
    poNumber: null,
    tags: order.tags,
    customAttributes: order.customAttributes,
    customerLocale: order.locale,
    sourceName: order.sourceName,
    sourceIdentifier: null,
    checkoutToken: order.token,
    cartToken: null,
    currencyCode: order.currency,
    presentmentCurrencyCode: order.presentmentCurrency,
  };
}

const DISPLAY_STATUS = {
  none: 'UNFULFILLED',
  partial: 'PARTIALLY_FULFILLED',
  fulfilled: 'FULFILLED',
} as const;

function state(order: Order): Source {
  const paid = outstanding(order) === 0 && order.financialStatus !== 'voided';
  return {
    test: order.test,
    confirmed: true,
    closed: false,
    closedAt: null,
    edited: false,
    createdAt: dateTime(order.createdAt),
    updatedAt: dateTime(order.updatedAt),
    processedAt: dateTime(order.processedAt),
    cancelledAt: order.cancelledAt ? dateTime(order.cancelledAt) : null,
    cancelReason: order.cancelReason?.toUpperCase() ?? null,
    displayFinancialStatus: order.financialStatus.toUpperCase(),
    displayFulfillmentStatus: DISPLAY_STATUS[fulfillmentStatus(order) ?? 'none'],
    fullyPaid: paid,
    unpaid: order.financialStatus === 'pending',
    refundable: order.financialStatus === 'paid' || order.financialStatus === 'partially_refunded',
    taxesIncluded: order.taxesIncluded,
    taxExempt: false,
    dutiesIncluded: false,
    estimatedTaxes: false,
    requiresShipping: order.lines.some((line) => !line.giftCard),
    paymentGatewayNames: order.transactions.slice(0, 1).map((transaction) => transaction.gateway),
    discountCode: order.discountApplications.find((each) => each.code !== null)?.code ?? null,
    discountCodes: order.discountApplications.flatMap((each) => (each.code === null ? [] : [each.code])),
  };
}

function placedTotals(context: AdminContext, order: Order): Source {
  const bag = moneyBags(order);
  const totals = orderTotals(order);
  const received = order.transactions.reduce((sum, transaction) => sum + transaction.amount, 0);
  const moneyBack = refundedMoney(order);
  return {
    subtotalPriceSet: bag(totals.subtotal),
    totalDiscountsSet: bag(totals.discountTotal),
    totalShippingPriceSet: bag(shippingPrice(order)),
    totalTaxSet: bag(totals.tax),
    totalPriceSet: bag(totals.total),
    originalTotalPriceSet: bag(order.placedTotal ?? totals.total),
    totalReceivedSet: bag(received),
    totalRefundedSet: bag(moneyBack),
    totalRefundedShippingSet: bag(refunded(order).shipping),
    netPaymentSet: bag(received - moneyBack),
    originalTotalDutiesSet: order.duties ? bag(order.duties) : null,
    totalOutstandingSet: bag(outstanding(order)),
    totalTipReceivedSet: bag(tipMinor(order)),
    totalWeight: String(order.lines.reduce((sum, line) => sum + line.grams * line.quantity, 0)),
    subtotalLineItemsQuantity: order.lines.reduce((sum, line) => sum + line.quantity, 0),
    taxLines: () => taxLineSources(context.state.shop, order, totals.tax),
  };
}

function presentTotals(order: Order): Source {
  const bag = moneyBags(order);
  const totals = currentTotals(order, refunded(order));
  return {
    currentSubtotalPriceSet: bag(totals.subtotal),
    currentTotalDiscountsSet: bag(totals.discountTotal),
    currentTotalTaxSet: bag(totals.tax),
    currentShippingPriceSet: bag(totals.shipping),
    currentTotalPriceSet: bag(totals.total),
    currentTotalDutiesSet: order.duties ? bag(totals.duties) : null,
    currentTotalAdditionalFeesSet: null,
    currentSubtotalLineItemsQuantity: order.lines.reduce((sum, line) => sum + line.currentQuantity, 0),
  };
}

function lists(context: AdminContext, order: Order): Source {
  const first = <Item>(items: Item[], args: FieldArguments) =>
    typeof args.first === 'number' ? items.slice(0, args.first) : items;
  return {
    lineItems: (args) =>
      connection(
        {
          items: order.lines,
          idOf: (line) => line.id,
          toSource: (line) => lineItemSource(context, order, line),
        },
        args,
      ),
    discountApplications: (args) =>
      connection(
        {
          items: order.discountApplications.map((application, index) => ({ application, index })),
          idOf: ({ index }) => index,
          toSource: ({ application, index }) => applicationSource(order, application, index),
        },
        args,
      ),
    shippingLines: (args) =>
      connection(
        {
          items: [order],
          idOf: (each) => each.checkoutId,
          toSource: (each) => shippingLineSource(context.state.shop, each),
        },
        args,
      ),
    shippingLine: () => shippingLineSource(context.state.shop, order),
    refunds: (args) => first(order.refunds, args).map((refund) => refundSource(context, order, refund)),
    transactions: (args) =>
      first([...order.transactions, ...order.refunds.flatMap((refund) => refund.transactions)], args).map(
        (each) => transactionSource(order, each),
      ),
    returns: (args) => connection<never>({ items: [], idOf: () => 0, toSource: () => ({}) }, args),
    additionalFees: [],
    fulfillments: (args) =>
      first(fulfillmentsOf(order), args).map((each) => fulfillmentSource(context, order, each)),
  };
}
