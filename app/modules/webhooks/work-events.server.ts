import type { Transaction } from '#app/db.server.ts';
import { AppError } from '#app/lib/errors.ts';
import { parseWebhookJson } from '#app/lib/json.ts';
import type { ShopEvent } from '#app/lib/shop-event.ts';
import { recordConsents } from '#app/modules/customers/record/record-consents.server.ts';
import { deleteCustomer, upsertCustomers } from '#app/modules/customers/upsert-customers.server.ts';
import { awardOrders } from '#app/modules/loyalty/award-orders.server.ts';
import { claimGuestOrders } from '#app/modules/loyalty/claim-guest-orders.server.ts';
import { mergeCustomers } from '#app/modules/loyalty/merge-customers.server.ts';
import { holdOwners } from '#app/modules/loyalty/owners.server.ts';
import { askAfterEdits } from '#app/modules/loyalty/refresh-orders.server.ts';
import { deleteProducts, updateProducts } from '#app/modules/products/update-products.server.ts';
import { eraseCustomer } from '#app/modules/privacy/erase-customer.server.ts';
import { eraseShop, findErasedShops } from '#app/modules/privacy/erase-shop.server.ts';
import { recordDataRequest } from '#app/modules/privacy/export-customer.server.ts';
import { uninstallShop, updateScopes } from '#app/modules/shops/uninstall.server.ts';
import { updateTags } from '#app/modules/tags/update-tags.server.ts';
import type { InboxRow } from './inbox-rows.server.ts';
import { workOfTopic, type TopicWork } from './topics.ts';

type SetWork = (tx: Transaction, events: ShopEvent[]) => Promise<void>;

const oneByOne =
  (work: (tx: Transaction, event: ShopEvent) => Promise<void>): SetWork =>
  async (tx, events) => {
    for (const event of events) await work(tx, event);
  };

/**
 * In the order in which a batch is worked: what erases comes after what it must find; merges come first, because they
 * wait for everybody who posts, which nobody may do who has posted already.
 */
const WORK = new Map<TopicWork, SetWork>([
  ['merge-customers', mergeCustomers],
  ['upsert-customers', takeInCustomers],
  ['update-tags', updateTags],
  ['record-consents', recordConsents],
  ['update-products', updateProducts],
  ['delete-products', deleteProducts],
  ['award-orders', awardOrders],
  ['ask-after-edits', askAfterEdits],
  ['delete-customer', oneByOne(deleteCustomer)],
  ['update-scopes', oneByOne(updateScopes)],
  ['uninstall-shop', oneByOne(uninstallShop)],
  ['export-customer', oneByOne(recordDataRequest)],
  ['erase-customer', oneByOne(eraseCustomer)],
  ['erase-shop', oneByOne(eraseShop)],
]);

/** Whoever appears or changes may be who some guest was. */
async function takeInCustomers(tx: Transaction, events: readonly ShopEvent[]): Promise<void> {
  await holdOwners(
    tx,
    events.map(({ shopId }) => shopId),
  );
  await claimGuestOrders(tx, await upsertCustomers(tx, events));
}

/**
 * Works the events of these rows in the given transaction, each kind as a set. Events of erased shops are passed
 * over. Throws when any of them cannot be worked; the caller finds out which.
 */
export async function workEvents(tx: Transaction, rows: readonly InboxRow[]): Promise<void> {
  const erased = await findErasedShops(
    tx,
    rows.map(({ shopId }) => shopId),
  );
  const eventsByWork = new Map<TopicWork, ShopEvent[]>();
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

/** Parsed when it is asked for: 500 payloads at a time would outlive the young generation and cost a fifth in garbage. */
function toEvent({ shopId, topic, triggeredAt, body }: InboxRow): ShopEvent {
  return {
    shopId,
    topic,
    triggeredAt,
    get payload() {
      return parseWebhookJson(body);
    },
  };
}
