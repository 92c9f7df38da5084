/** Guests' orders that found their customer earn by the rules of their own time (F130). */
import { pool, withTransaction, type Transaction } from '#app/db.server.ts';
import {
  adoptOrders,
  adoptWaiting,
  listRecentGuests,
  type CustomerKey,
} from '#app/modules/orders/adopt-guest-orders.server.ts';
import { orderKeyText, type OrderKey } from '#app/modules/orders/known-order.ts';
import { loadOrders } from '#app/modules/orders/load-orders.server.ts';
import { lockOwnersShared, resolveOwners } from '#app/modules/orders/order-owners.server.ts';
import { forShopsAtOnce } from '#app/modules/shops/for-each-shop.server.ts';
import { storeOrderPrices } from '#app/modules/pricing/orders/store-order-prices.server.ts';
import { readClubRules } from '../rules-in-force.server.ts';
import { freezeRules } from './freeze-rules.server.ts';
import { postDifferences } from './post-differences.server.ts';
import { refreshCustomers } from './refresh-customers.server.ts';

/** Attributes waiting guest orders to these customers and posts what they earn. The caller locks the owners. */
export async function adoptGuestOrders(tx: Transaction, customers: readonly CustomerKey[]): Promise<void> {
  await postAdopted(tx, await adoptWaiting(tx, customers));
}

async function postAdopted(tx: Transaction, keys: readonly OrderKey[]): Promise<void> {
  if (keys.length === 0) return;
  const clubs = await readClubRules(tx, [...new Set(keys.map(({ shopId }) => shopId))]);
  const owned = await resolveOwners(tx, await loadOrders(tx, keys, 'lock'));
  await refreshCustomers(tx, owned, clubs);
  await postDifferences(tx, await freezeRules(tx, owned, clubs), clubs);
  await storeOrderPrices(tx, owned);
}

/** Looks again for the customers of the last day's guests. Returns how many orders were adopted. */
export async function sweepGuestOrders(signal?: AbortSignal): Promise<number> {
  let adopted = 0;
  let after: OrderKey | undefined = { shopId: 0n, orderId: 0n };
  while (after && !signal?.aborted) {
    const page: OrderKey[] = await listRecentGuests(pool, after);
    adopted += await forShopsAtOnce('adopt-guests', page, adoptPage, { signal });
    after = page.at(-1);
  }
  return adopted;
}

/** Looks for the customer of one guest's order, who has just signed in, and posts what it earns. */
export async function adoptOne(key: OrderKey): Promise<void> {
  await adoptPage([key]);
}

function adoptPage(keys: readonly OrderKey[]): Promise<number> {
  return withTransaction(async (tx) => {
    await lockOwnersShared(
      tx,
      keys.map((key) => key.shopId),
    );
    const adoptions = await adoptOrders(tx, keys);
    await postAdopted(
      tx,
      keys.filter((key) => adoptions.has(orderKeyText(key))),
    );
    return adoptions.size;
  });
}
