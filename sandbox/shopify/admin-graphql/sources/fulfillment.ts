import type { Fulfillment, Order } from '../../../state.ts';
import { gid } from '../../../world.ts';
import { fulfillmentsOf } from '../../fulfillments.ts';
import { connection } from '../connection.ts';
import type { AdminContext, Source } from '../context.ts';
import { dateTime } from './money.ts';
import { orderSource } from './order.ts';
import { lineItemSource } from './order-parts.ts';

/** `Fulfillment` */
export function fulfillmentSource(context: AdminContext, order: Order, fulfillment: Fulfillment): Source {
  return {
    __typename: 'Fulfillment',
    id: gid('Fulfillment', fulfillment.id),
    legacyResourceId: String(fulfillment.id),
    name: `${order.name}.${fulfillmentsOf(order).indexOf(fulfillment) + 1}`,
    createdAt: dateTime(fulfillment.createdAt),
    updatedAt: dateTime(fulfillment.createdAt),
    status: 'SUCCESS',
    totalQuantity: fulfillment.lines.reduce((sum, line) => sum + line.quantity, 0),
    requiresShipping: true,
    order: () => orderSource(context, order),
    fulfillmentLineItems: (args) =>
      connection(
        {
          items: fulfillment.lines,
          idOf: (line) => line.lineId,
          toSource: ({ lineId, quantity }) => {
            const line = order.lines.find((each) => each.id === lineId);
            return {
              id: gid('FulfillmentLineItem', fulfillment.id + lineId),
              quantity,
              lineItem: () => (line ? lineItemSource(context, order, line) : null),
            };
          },
        },
        args,
      ),
  };
}
