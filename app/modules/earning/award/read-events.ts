/** What a set of events says about orders: the newest state of each, decoded. */
import { readId, readObject } from '#app/lib/decode.ts';
import { toE164 } from '#app/lib/phone.ts';
import type { CustomerRow } from '#app/modules/customers/upsert-customers.server.ts';
import {
  orderKeyText,
  replaces,
  type IncomingOrder,
  type IncomingRefund,
  type OrderKey,
} from '#app/modules/orders/known-order.ts';
import { decodeOrder } from '#app/modules/orders/rules/decode-order.ts';
import { earlierProof, paidProof } from '#app/modules/orders/rules/order-payment.ts';
import { decodeRefund } from '#app/modules/orders/rules/decode-refund.ts';
import type { OrderRefund, OrderState } from '#app/modules/orders/rules/order-state.ts';
import type { ClubRules } from '../rules-in-force.server.ts';

/** One stored event about an order. `payload` is the webhook's JSON with long ids kept (parseWebhookJson). */
export interface OrderEvent {
  shopId: bigint;
  topic: string;
  triggeredAt: Date;
  /** The payload was read from the Admin API; `triggeredAt` is the moment before it was asked. */
  isReading?: boolean;
  payload: unknown;
  /** The backfill that brings a past order. */
  backfillId?: bigint;
}

/** An order that was deleted at Shopify. */
export interface DeletedOrder extends OrderKey {
  deletedAt: Date;
}

export interface OrderNews {
  orders: IncomingOrder[];
  /** Refunds that came by themselves or with older states. */
  refunds: IncomingRefund[];
  deleted: DeletedOrder[];
  customers: CustomerRow[];
}

const REFUND_TOPIC = 'refunds/create';
const DELETE_TOPIC = 'orders/delete';

/** Decodes events; of several about one order the newest state counts. Throws MalformedPayload or DecodeError. */
export function readEvents(events: readonly OrderEvent[], clubs: ReadonlyMap<bigint, ClubRules>): OrderNews {
  const orders = new Map<string, IncomingOrder>();
  const refunds = new Map<string, IncomingRefund>();
  const deleted = new Map<string, DeletedOrder>();
  const customers: CustomerRow[] = [];
  const addRefund = (shopId: bigint, refund: OrderRefund): void => {
    refunds.set(`${shopId}/${refund.refundId}`, { shopId, refund });
  };
  for (const { shopId, topic, triggeredAt, isReading, payload, backfillId = null } of events) {
    const club = clubs.get(shopId);
    if (topic === DELETE_TOPIC) {
      const key = { shopId, orderId: readId(readObject(payload, 'order'), 'order') };
      deleted.set(orderKeyText(key), { ...key, deletedAt: triggeredAt });
      continue;
    }
    if (topic === REFUND_TOPIC) {
      addRefund(shopId, decodeRefund(payload, club?.currency ?? null));
      continue;
    }
    const decoded = decodeOrder(payload);
    const { orderId } = decoded.order;
    const order = withGuestPhone(decoded.order, club);
    const key = orderKeyText({ shopId, orderId });
    const before = orders.get(key);
    const paid = earlierProof(paidProof(decoded), before?.paid ?? null);
    const incoming: IncomingOrder = {
      shopId,
      triggeredAt,
      isReading: isReading ?? false,
      order,
      refunds: decoded.refunds,
      backfillId,
      paid,
    };
    const [newest, older] = !before || replaces(incoming, before) ? [incoming, before] : [before, incoming];
    orders.set(key, { ...newest, paid });
    for (const refund of older?.refunds ?? []) addRefund(shopId, refund);
    if (decoded.customer) customers.push({ shopId, ...decoded.customer });
  }
  return {
    orders: [...orders.values()],
    refunds: [...refunds.values()],
    deleted: [...deleted.values()],
    customers,
  };
}

/** A guest is recognised by phone: the order keeps it as customers' phones are kept. */
export function withGuestPhone(order: OrderState, club: ClubRules | undefined): OrderState {
  if (order.customerId !== null || order.phone === null) return order;
  return { ...order, phone: toE164(order.phone, club?.country ?? null) ?? order.phone };
}
