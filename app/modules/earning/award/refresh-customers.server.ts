import type { Transaction } from '#app/db.server.ts';
import { queueEvaluation } from '#app/modules/membership/queue-evaluation.server.ts';
import { refreshStats } from '#app/modules/orders/figures/refresh-figures.server.ts';
import type { KnownOrder } from '#app/modules/orders/known-order.ts';
import type { ClubRules } from '../rules-in-force.server.ts';

/**
 * Recomputes the figures of these orders and of their owners, and queues the owners whose tier or membership they may
 * change, in clubs that look at it.
 */
export async function refreshCustomers(
  tx: Transaction,
  orders: readonly KnownOrder[],
  clubs: ReadonlyMap<bigint, ClubRules>,
): Promise<void> {
  await refreshStats(tx, orders);
  const owners = orders.flatMap(({ shopId, order: { customerId } }) =>
    customerId !== null && clubs.get(shopId)?.evaluatesCustomers ? [{ shopId, customerId }] : [],
  );
  await queueEvaluation(tx, owners);
}
