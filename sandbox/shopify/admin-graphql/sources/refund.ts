import type { Order, Refund } from '../../../state.ts';
import { gid } from '../../../world.ts';
import { discrepancies, shippingRefunds } from '../../refunds.ts';
import { connection } from '../connection.ts';
import type { AdminContext, Source } from '../context.ts';
import { dateTime, moneyBags, moneyV2 } from './money.ts';
import { orderSource } from './order.ts';
import { lineItemSource, shippingLineSource, transactionSource } from './order-parts.ts';

/** `Refund` */
export function refundSource(context: AdminContext, order: Order, refund: Refund): Source {
  const bag = moneyBags(order);
  const money = refund.transactions.reduce((sum, each) => sum + each.amount, 0);
  return {
    __typename: 'Refund',
    id: gid('Refund', refund.id),
    legacyResourceId: String(refund.id),
    createdAt: dateTime(refund.createdAt),
    updatedAt: dateTime(refund.createdAt),
    processedAt: dateTime(refund.createdAt),
    note: refund.note,
    totalRefundedSet: bag(money),
    totalRefunded: moneyV2(money, order.currency),
    order: () => orderSource(context, order),
    return: null,
    duties: refund.duties ? [{ amountSet: bag(refund.duties), originalDuty: null }] : [],
    refundLineItems: (args) =>
      connection(
        {
          items: refund.lines,
          idOf: (line) => line.id,
          toSource: (line) => refundLineSource(context, order, line),
        },
        args,
      ),
    transactions: (args) =>
      connection(
        {
          items: refund.transactions,
          idOf: (each) => each.id,
          toSource: (each) => transactionSource(order, each),
        },
        args,
      ),
    refundShippingLines: (args) =>
      connection(
        {
          items: shippingRefunds(refund),
          idOf: (each) => each.id,
          toSource: (each) => ({
            id: gid('RefundShippingLine', each.id),
            shippingLine: () => shippingLineSource(context.state.shop, order),
            subtotalAmountSet: bag(-each.amount),
            taxAmountSet: bag(-(each.tax ?? 0)),
          }),
        },
        args,
      ),
    orderAdjustments: (args) =>
      connection(
        {
          items: discrepancies(refund),
          idOf: (adjustment) => adjustment.id,
          toSource: (adjustment) => ({
            id: gid('OrderAdjustment', adjustment.id),
            reason: adjustment.reason?.toUpperCase().replaceAll(' ', '_') ?? null,
            amountSet: bag(adjustment.amount),
            taxAmountSet: bag(0),
          }),
        },
        args,
      ),
  };
}

function refundLineSource(context: AdminContext, order: Order, refunded: Refund['lines'][number]): Source {
  const bag = moneyBags(order);
  const line = order.lines.find((each) => each.id === refunded.lineId);
  return {
    id: gid('RefundLineItem', refunded.id),
    quantity: refunded.quantity,
    restockType: refunded.restockType.toUpperCase(),
    restocked: refunded.restockType !== 'no_restock',
    priceSet: bag(line?.price ?? 0),
    subtotalSet: bag(refunded.subtotal),
    totalTaxSet: bag(refunded.tax),
    lineItem: () => (line ? lineItemSource(context, order, line) : null),
  };
}
