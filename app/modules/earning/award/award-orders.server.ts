/**
 * Orders become points, exactly once: the latest state of each order is stored, what it is entitled to is computed from
 * the beginning, and the difference to what it already has in the ledger is posted. Replays, duplicates, refunds and
 * events in any order need nothing else.
 */
import type { Transaction } from '#app/db.server.ts';
import { upsertCustomersFromOrders } from '#app/modules/customers/upsert-customers.server.ts';
import { adoptGuests } from '#app/modules/orders/adopt-guest-orders.server.ts';
import { lockOwnersShared, resolveOwners } from '#app/modules/orders/order-owners.server.ts';
import { storeOrderPrices } from '#app/modules/pricing/orders/store-order-prices.server.ts';
import { releaseBesidePrices } from '#app/modules/redemptions/release-beside-prices.server.ts';
import { readClubRules } from '../rules-in-force.server.ts';
import { freezeRules } from './freeze-rules.server.ts';
import { postDifferences } from './post-differences.server.ts';
import { queueUntoldMoney } from './queue-refresh.server.ts';
import { readEvents, type OrderEvent } from './read-events.ts';
import { refreshCustomers } from './refresh-customers.server.ts';
import { storeOrders } from './store-orders.server.ts';

/**
 * Awards events of orders/paid, updated, cancelled, fulfilled, partially_fulfilled and delete and of refunds/create of
 * any shops in one transaction. Throws MalformedPayload or DecodeError for a payload that cannot be read; nothing is
 * posted then.
 */
export async function awardOrders(tx: Transaction, events: readonly OrderEvent[]): Promise<void> {
  if (events.length === 0) return;
  const shopIds = [...new Set(events.map((event) => event.shopId))];
  await lockOwnersShared(tx, shopIds);
  const clubs = await readClubRules(tx, shopIds);
  const news = readEvents(events, clubs);
  await upsertCustomersFromOrders(tx, news.customers);
  const stored = await storeOrders(tx, news, clubs);
  await queueUntoldMoney(tx, news.orders, stored);
  const adopted = await adoptGuests(tx, stored, news.customers);
  const owned = await resolveOwners(tx, adopted);
  await refreshCustomers(tx, owned, clubs);
  const frozen = await freezeRules(tx, owned, clubs);
  await postDifferences(tx, frozen, clubs);
  await storeOrderPrices(tx, owned);
  await releaseBesidePrices(tx, owned);
}
