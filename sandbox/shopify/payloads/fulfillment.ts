import type { Fulfillment, Order, Shop } from '../../state.ts';
import { gid } from '../../world.ts';
import { fulfillmentsOf } from '../fulfillments.ts';
import { localTime } from './local-time.ts';
import type { MoneyWriter } from './money-set.ts';
import { linePayload } from './order-line.ts';

/** `fulfillments` of an order, in the shape of Shopify's documentation sample. */
export function fulfillmentPayloads(shop: Shop, order: Order, money: MoneyWriter) {
  return fulfillmentsOf(order).map((fulfillment, index) => ({
    id: fulfillment.id,
    admin_graphql_api_id: gid('Fulfillment', fulfillment.id),
    created_at: localTime(fulfillment.createdAt, shop.timeZone),
    location_id: null,
    name: `${order.name}.${index + 1}`,
    order_id: order.id,
    origin_address: {},
    receipt: {},
    service: 'manual',
    shipment_status: null,
    status: 'success',
    tracking_company: null,
    tracking_number: null,
    tracking_numbers: [],
    tracking_url: null,
    tracking_urls: [],
    updated_at: localTime(fulfillment.createdAt, shop.timeZone),
    line_items: linesOf(shop, order, fulfillment, money),
  }));
}

function linesOf(shop: Shop, order: Order, fulfillment: Fulfillment, money: MoneyWriter) {
  return fulfillment.lines.flatMap(({ lineId, quantity }) => {
    const line = order.lines.find((each) => each.id === lineId);
    return line ? [{ ...linePayload(shop, order, line, money), quantity }] : [];
  });
}
