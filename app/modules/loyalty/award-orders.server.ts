/**
 * Orders become points, exactly once: the latest state of each order is stored, what it is entitled to is computed
 * afresh, and the difference to what it already has in the ledger is posted. Replays, duplicates, refunds and events
 * in any order need nothing else.
 */
import type { Transaction } from '#app/db.server.ts';
import { readId, readObject } from '#app/lib/decode.ts';
import { toE164 } from '#app/lib/phone.ts';
import {
  upsertCustomersFromOrders,
  type CustomerRow,
} from '#app/modules/customers/upsert-customers.server.ts';
import { claimArrived, claimWaiting } from './claim-guest-orders.server.ts';
import { readClubs, type Club } from './club.server.ts';
import { hearOf } from './fix-rules.server.ts';
import {
  isNewer,
  keyOfOrder,
  loadOrders,
  lockOrders,
  orderKeyText,
  storeOrders,
  storeRefunds,
  withRefunds,
  type IncomingOrder,
  type IncomingRefund,
  type KnownOrder,
  type OrderKey,
} from './orders.server.ts';
import { holdOwners, withOwners } from './owners.server.ts';
import { postOrders, withFixing } from './post-orders.server.ts';
import { decodeOrder, decodeOrderCustomer, decodeRefund } from './rules/decode-order.ts';
import type { OrderState } from './rules/order-state.ts';

/** One stored event about an order. `payload` is the webhook's JSON with long ids kept (parseWebhookJson). */
export interface OrderEvent {
  shopId: bigint;
  topic: string;
  triggeredAt: Date;
  payload: unknown;
  /** The backfill that brings a past order. */
  backfillId?: bigint;
}

const REFUND_TOPIC = 'refunds/create';
const DELETE_TOPIC = 'orders/delete';

/**
 * Works off events of orders/paid, updated, cancelled, fulfilled, partially_fulfilled and delete and of refunds/create
 * of any shops in one transaction. Throws MalformedPayload or DecodeError for a payload that cannot be read; nothing is
 * posted then.
 */
export async function awardOrders(tx: Transaction, events: readonly OrderEvent[]): Promise<void> {
  if (events.length === 0) return;
  const shopIds = [...new Set(events.map((event) => event.shopId))];
  await holdOwners(tx, shopIds);
  const clubs = await readClubs(tx, shopIds);
  const seen = readEvents(events, clubs);
  await upsertCustomersFromOrders(tx, seen.customers);
  const orders = await claimArrived(tx, await storeSeen(tx, seen, clubs));
  const known = new Set(orders.map((order) => orderKeyText(keyOfOrder(order))));
  const claimed = (await claimWaiting(tx, seen.customers)).filter((key) => !known.has(orderKeyText(key)));
  const all = [...orders, ...(await loadOrders(tx, claimed, 'lock'))].sort(byKey);
  await postOrders(tx, await withOwners(tx, all), clubs);
}

function byKey(a: KnownOrder, b: KnownOrder): number {
  if (a.shopId !== b.shopId) return a.shopId < b.shopId ? -1 : 1;
  return a.order.orderId < b.order.orderId ? -1 : 1;
}

/** What a set of events says, the newest state of each order only. */
interface Seen {
  orders: Map<string, IncomingOrder>;
  refunds: Map<string, IncomingRefund>;
  deleted: Map<string, OrderKey & { deletedAt: Date }>;
  customers: CustomerRow[];
}

function readEvents(events: readonly OrderEvent[], clubs: ReadonlyMap<bigint, Club>): Seen {
  const seen: Seen = { orders: new Map(), refunds: new Map(), deleted: new Map(), customers: [] };
  for (const { shopId, topic, triggeredAt, payload, backfillId = null } of events) {
    const club = clubs.get(shopId);
    if (topic === DELETE_TOPIC) {
      const key = { shopId, orderId: readId(readObject(payload, 'order'), 'order') };
      seen.deleted.set(orderKeyText(key), { ...key, deletedAt: triggeredAt });
      continue;
    }
    if (topic === REFUND_TOPIC) {
      const refund = decodeRefund(payload, club?.currency ?? 'USD');
      seen.refunds.set(`${shopId}/${refund.refundId}`, { shopId, refund });
      continue;
    }
    const { order, refunds } = decodeOrder(payload);
    const incoming = { shopId, triggeredAt, order: withGuestPhone(order, club), backfillId };
    const key = orderKeyText({ shopId, orderId: order.orderId });
    const before = seen.orders.get(key);
    if (!before || isNewer(incoming, before)) seen.orders.set(key, incoming);
    for (const refund of refunds) seen.refunds.set(`${shopId}/${refund.refundId}`, { shopId, refund });
    const customer = decodeOrderCustomer(payload, order.updatedAt);
    if (customer) seen.customers.push({ shopId, ...customer });
  }
  return seen;
}

/** A guest is recognised by phone: the order keeps it as customers' phones are kept. */
export function withGuestPhone(order: OrderState, club: Club | undefined): OrderState {
  if (order.customerId !== null || order.phone === null) return order;
  return { ...order, phone: toE164(order.phone, club?.country ?? null) ?? order.phone };
}

/** Stores what the events say. Answers the orders that they touch, as they are known now. */
async function storeSeen(
  tx: Transaction,
  { orders, refunds, deleted }: Seen,
  clubs: ReadonlyMap<bigint, Club>,
): Promise<KnownOrder[]> {
  const keys = new Map<string, OrderKey>(deleted);
  for (const [key, incoming] of orders) keys.set(key, keyOfOrder(incoming));
  for (const { shopId, refund } of refunds.values())
    keys.set(orderKeyText({ shopId, orderId: refund.orderId }), { shopId, orderId: refund.orderId });
  await lockOrders(tx, [...keys.values()]);
  const stored = await storeOrders(tx, await withFixing(tx, [...orders.values()], clubs));
  const ended = await storeDeleted(tx, [...deleted.values()]);
  await storeRefunds(tx, [...refunds.values()]);
  const written = new Map([...stored, ...ended].map((known) => [orderKeyText(keyOfOrder(known)), known]));
  // What was just written need not be read back: only its refunds, and orders that are known in a newer state.
  for (const key of written.keys()) keys.delete(key);
  const others = await loadOrders(tx, [...keys.values()], 'lock');
  await hearOf(tx, others);
  return [...(await withRefunds(tx, [...written.values()])), ...others];
}

/** A deleted order counts as cancelled when it was deleted; one that was never heard of has nothing to undo. */
async function storeDeleted(
  tx: Transaction,
  deleted: readonly (OrderKey & { deletedAt: Date })[],
): Promise<KnownOrder[]> {
  if (deleted.length === 0) return [];
  const endOf = new Map(deleted.map((one) => [orderKeyText(one), one.deletedAt]));
  const known = await loadOrders(tx, deleted, 'lock');
  const ended = known.flatMap(({ shopId, order }) => {
    const triggeredAt = endOf.get(orderKeyText({ shopId, orderId: order.orderId }));
    if (!triggeredAt || order.cancelledAt) return [];
    const updatedAt = triggeredAt > order.updatedAt ? triggeredAt : order.updatedAt;
    return [{ shopId, triggeredAt, fixing: null, order: { ...order, cancelledAt: triggeredAt, updatedAt } }];
  });
  return storeOrders(tx, ended);
}
