import type { Transaction } from '#app/db.server.ts';
import { AppError } from '#app/lib/errors.ts';
import { parseWebhookJson } from '#app/lib/json.ts';
import type { ShopEvent } from '#app/lib/shop-event.ts';
import { recordConsents } from '#app/modules/customers/record-consents.server.ts';
import { deleteCustomer } from '#app/modules/customers/remove-records.server.ts';
import { upsertCustomers } from '#app/modules/customers/upsert-customers.server.ts';
import { awardOrders } from '#app/modules/earning/award/award-orders.server.ts';
import { adoptGuestOrders } from '#app/modules/earning/award/award-adopted.server.ts';
import { mergeCustomers } from '#app/modules/crm/merge/merge-customers.server.ts';
import { lockOwnersShared } from '#app/modules/orders/order-owners.server.ts';
import { queueRefreshAfterEdit } from '#app/modules/earning/award/queue-refresh.server.ts';
import { deleteProducts, updateProducts } from '#app/modules/products/update-products.server.ts';
import { eraseCustomer } from '#app/modules/privacy/erase-customer.server.ts';
import { eraseShop, findErasedShops } from '#app/modules/privacy/erase-shop.server.ts';
import { recordDataRequest } from '#app/modules/privacy/export-customer.server.ts';
import { uninstallShop } from '#app/modules/shops/uninstall.server.ts';
import { receiveScopes } from '#app/modules/sync/refresh-access.server.ts';
import { updateTags } from '#app/modules/tags/receive-tags.server.ts';
import type { InboxRow } from './inbox-rows.server.ts';
import { workOfTopic, type TopicHandler } from './topics.ts';

type SetHandler = (tx: Transaction, events: ShopEvent[]) => Promise<void>;

const each =
  (work: (tx: Transaction, event: ShopEvent) => Promise<void>): SetHandler =>
  async (tx, events) => {
    for (const event of events) await work(tx, event);
  };

/**
 * The order in which a batch is processed. Erasing comes last, after the rows it must find. Merges come first: they
 * wait for every transaction that posts, so they may not run after this one has posted.
 */
const WORK = new Map<TopicHandler, SetHandler>([
  ['merge-customers', mergeCustomers],
  ['upsert-customers', upsertAndAdopt],
  ['update-tags', updateTags],
  ['record-consents', recordConsents],
  ['update-products', updateProducts],
  ['delete-products', deleteProducts],
  ['award-orders', awardOrders],
  ['ask-after-edits', queueRefreshAfterEdit],
  ['delete-customer', each(deleteCustomer)],
  ['update-scopes', each(receiveScopes)],
  ['uninstall-shop', each(uninstallShop)],
  ['export-customer', each(recordDataRequest)],
  ['erase-customer', each(eraseCustomer)],
  ['erase-shop', each(eraseShop)],
]);

/** New or changed customers may be the buyers of guest orders. */
async function upsertAndAdopt(tx: Transaction, events: readonly ShopEvent[]): Promise<void> {
  await lockOwnersShared(
    tx,
    events.map(({ shopId }) => shopId),
  );
  await adoptGuestOrders(tx, await upsertCustomers(tx, events));
}

/**
 * Processes the events of these rows in the given transaction, each kind as a set. Events of erased shops are
 * skipped. Throws when any of them fails; the caller finds out which.
 */
export async function dispatchEvents(tx: Transaction, rows: readonly InboxRow[]): Promise<void> {
  const erased = await findErasedShops(
    tx,
    rows.map(({ shopId }) => shopId),
  );
  const eventsByWork = new Map<TopicHandler, ShopEvent[]>();
  for (const row of rows) {
    if (erased.has(row.shopId)) continue;
    const work = workOfTopic(row.topic);
    if (work === null) throw new AppError('unknown_topic', `no use case for the topic ${row.topic}`);
    const events = eventsByWork.get(work) ?? [];
    events.push(toEvent(row));
    eventsByWork.set(work, events);
  }
  for (const [work, workSet] of WORK) {
    const events = eventsByWork.get(work);
    if (events) await workSet(tx, events);
  }
}

/**
 * Parsed on access: 500 payloads at a time would outlive the young generation and cost a fifth in garbage collection.
 */
function toEvent({ shopId, topic, triggeredAt, isReading, body }: InboxRow): ShopEvent {
  return {
    shopId,
    topic,
    triggeredAt,
    isReading,
    get payload() {
      return parseWebhookJson(body);
    },
  };
}
