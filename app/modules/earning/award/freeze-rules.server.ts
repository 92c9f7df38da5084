/** The rules and facts of the moment when an order is first eligible stay with it, for all later computations. */
import type { Transaction } from '#app/db.server.ts';
import { jsonArray } from '#app/lib/pg-arrays.ts';
import {
  keyOfOrder,
  orderKeyText,
  type FrozenRules,
  type KnownOrder,
  type OrderKey,
} from '#app/modules/orders/known-order.ts';
import { storeFacts, type OrderFacts } from '#app/modules/orders/rules/kept-facts.ts';
import { readSnapshots, snapshotKey, snapshotRules, type ClubRules } from '../rules-in-force.server.ts';
import { asksProduct, type FactNeeds } from '../rules/fact-needs.ts';
import { readFacts, type FactSubject } from './read-facts.server.ts';

/** The rules and facts of now for these orders, by `orderKeyText`. */
export async function readCurrentRules(
  tx: Transaction,
  orders: readonly FactSubject[],
  clubs: ReadonlyMap<bigint, ClubRules>,
): Promise<Map<string, FrozenRules>> {
  if (orders.length === 0) return new Map();
  const shops = new Set(orders.map(({ shopId }) => shopId));
  const snapshotIds = await snapshotRules(
    tx,
    [...clubs.values()].filter((club) => shops.has(club.shopId)),
  );
  const facts = await readFacts(tx, orders, clubs);
  return new Map(
    orders.flatMap((one) => {
      const snapshotId = snapshotIds.get(one.shopId);
      const key = orderKeyText(keyOfOrder(one));
      return snapshotId === undefined ? [] : [[key, { snapshotId, facts: facts.get(key) ?? null }] as const];
    }),
  );
}

/**
 * Freezes the rules and facts of now for orders that are eligible and have none; history gets none, even when a customer
 * is given it. The facts of a guest's order are completed once it has an owner, and those of an order that an edit adds
 * products to with what these are now; what its other products were stays.
 */
export async function freezeRules(
  tx: Transaction,
  orders: readonly KnownOrder[],
  clubs: ReadonlyMap<bigint, ClubRules>,
): Promise<KnownOrder[]> {
  const eligible = orders.filter(({ eligibleAt }) => eligibleAt !== null);
  const fresh = eligible.filter(({ snapshotId, isHistory }) => snapshotId === null && !isHistory);
  const adopted = eligible.filter(
    ({ snapshotId, facts, order }) =>
      snapshotId !== null && facts?.customerId === null && order.customerId !== null,
  );
  const edited = await findWithNewProducts(tx, eligible);
  if (fresh.length + adopted.length + edited.length === 0) return [...orders];
  const rules = await readCurrentRules(tx, fresh, clubs);
  const ownerFacts = await readFacts(tx, adopted, askingFor(clubs, { customers: true, products: false }));
  const productFacts = await readFacts(tx, edited, askingFor(clubs, { customers: false, products: true }));
  const frozen = new Map<KnownOrder, KnownOrder & FrozenRules>();
  for (const known of fresh) {
    const current = rules.get(orderKeyText(keyOfOrder(known)));
    if (current) frozen.set(known, { ...known, ...current });
  }
  for (const known of adopted) {
    const { snapshotId } = known;
    if (snapshotId === null) continue;
    const facts = adoptedFacts(
      known,
      ownerFacts.get(orderKeyText(keyOfOrder(known))),
      clubs.get(known.shopId),
    );
    frozen.set(known, { ...known, snapshotId, facts });
  }
  for (const known of edited) {
    const { snapshotId } = known;
    const { facts: before } = frozen.get(known) ?? known;
    const found = productFacts.get(orderKeyText(keyOfOrder(known)))?.products;
    if (snapshotId === null || !before || !found?.size) continue;
    const facts = { ...before, products: new Map([...found, ...before.products]) };
    frozen.set(known, { ...known, snapshotId, facts });
  }
  await storeFrozenRules(
    tx,
    Array.from(frozen.values(), (known) => ({ ...known, orderId: known.order.orderId })),
  );
  return orders.map((known) => frozen.get(known) ?? known);
}

/** Those of these orders that have products without facts, though the rules that they keep ask for them. */
async function findWithNewProducts(tx: Transaction, orders: readonly KnownOrder[]): Promise<KnownOrder[]> {
  const candidates = orders.flatMap((known) => {
    const { shopId, snapshotId, facts, order } = known;
    if (snapshotId === null || facts === null) return [];
    const isNew = order.lines.some(({ productId }) => productId !== null && !facts.products.has(productId));
    return isNew ? [{ shopId, snapshotId, known }] : [];
  });
  if (candidates.length === 0) return [];
  const snapshots = await readSnapshots(tx, candidates);
  return candidates.flatMap(({ shopId, snapshotId, known }) => {
    const programs = snapshots.get(snapshotKey(shopId, snapshotId))?.programs ?? [];
    return programs.some(({ rule }) => asksProduct(rule)) ? [known] : [];
  });
}

/** The rules that an order keeps may ask what today's do not. */
function askingFor(clubs: ReadonlyMap<bigint, ClubRules>, needs: FactNeeds): Map<bigint, ClubRules> {
  return new Map([...clubs].map(([shopId, club]) => [shopId, { ...club, needs }]));
}

/** Trial mode that has ended since does not let a guest's order through that it held back. */
function adoptedFacts(
  { facts }: KnownOrder,
  owner: OrderFacts | undefined,
  club: ClubRules | undefined,
): OrderFacts | null {
  if (!facts || !owner) return facts;
  const withheld = facts.withheld === 'trial' && club?.trialMode ? owner.withheld : facts.withheld;
  return { ...owner, withheld, products: facts.products };
}

/** Stores the rules and facts that orders keep; what they had before is replaced. */
export async function storeFrozenRules(
  tx: Transaction,
  orders: readonly (OrderKey & FrozenRules)[],
): Promise<void> {
  if (orders.length === 0) return;
  await tx.query(
    `UPDATE orders o SET snapshot_id = n.snapshot_id, facts = n.facts
     FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::jsonb[]) AS n (shop_id, order_id, snapshot_id, facts)
     WHERE o.shop_id = n.shop_id AND o.order_id = n.order_id`,
    [
      orders.map((o) => o.shopId),
      orders.map((o) => o.orderId),
      orders.map((o) => o.snapshotId),
      jsonArray(orders.map((o) => o.facts && storeFacts(o.facts))),
    ],
  );
}
