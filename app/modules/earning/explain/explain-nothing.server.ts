/** Why orders earned nothing, for a page of them: four statements, however many they are. */
import { pool } from '#app/db.server.ts';
import { loadOrders } from '#app/modules/orders/load-orders.server.ts';
import { resolveOwners } from '#app/modules/orders/order-owners.server.ts';
import { NO_FACTS } from '#app/modules/orders/rules/kept-facts.ts';
import { readClubRules, readSnapshots, snapshotKey } from '../rules-in-force.server.ts';
import { explainEarning } from '../rules/entitlement.ts';
import { whyNothing, type WhyNothing } from '../rules/why-nothing.ts';

/** Explains orders of a shop for which the ledger holds nothing, by order; unknown ones are missing. */
export async function explainNothing(
  shopId: bigint,
  orderIds: readonly bigint[],
): Promise<Map<bigint, WhyNothing>> {
  if (orderIds.length === 0) return new Map();
  const keys = orderIds.map((orderId) => ({ shopId, orderId }));
  const known = await resolveOwners(pool, await loadOrders(pool, keys, 'read'));
  const snapshotIds = [...new Set(known.flatMap(({ snapshotId }) => snapshotId ?? []))];
  const [clubs, snapshots] = await Promise.all([
    known.some(({ snapshotId }) => snapshotId === null) ? readClubRules(pool, [shopId]) : null,
    readSnapshots(
      pool,
      snapshotIds.map((snapshotId) => ({ shopId, snapshotId })),
    ),
  ]);
  return new Map(
    known.flatMap(({ order, refunds, eligibleAt, snapshotId, facts, isHistory }) => {
      const rules =
        snapshotId === null ? clubs?.get(shopId)?.rules : snapshots.get(snapshotKey(shopId, snapshotId));
      if (!rules) return [];
      const earning = explainEarning({ order, refunds, rules, facts: facts ?? NO_FACTS, eligibleAt });
      return [[order.orderId, whyNothing(earning, isHistory && snapshotId === null)]];
    }),
  );
}
