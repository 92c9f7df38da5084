/** "Why did this order earn this?": the stored rules run again over the stored order, beside what was posted. */
import { pool } from '#app/db.server.ts';
import { invariant } from '#app/lib/errors.ts';
import { readSnapshots, snapshotKey, readClubRules } from '../rules-in-force.server.ts';
import { loadOrders } from '#app/modules/orders/load-orders.server.ts';
import type { KnownOrder } from '#app/modules/orders/known-order.ts';
import { resolveOwners } from '#app/modules/orders/order-owners.server.ts';
import { explainEarning, type EarningExplained } from '../rules/entitlement.ts';
import { NO_FACTS } from '#app/modules/orders/rules/kept-facts.ts';
import type { OrderRefund, OrderState } from '#app/modules/orders/rules/order-state.ts';
import {
  readOrderPrices,
  type NamedOrderPrice,
} from '#app/modules/pricing/orders/order-prices.queries.server.ts';
import type { Unit } from '#app/lib/units.ts';

export interface PostedEntry {
  entryId: bigint;
  customerId: bigint;
  kind: string;
  unit: Unit;
  amount: bigint;
  rule: string | null;
  createdAt: Date;
}

/** Who earns by the order, and what was true of them when it was first eligible. */
export interface OrderOwner {
  customerId: bigint | null;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phone: string | null;
  /** A guest's order that this customer was given by phone or e-mail. */
  isClaimed: boolean;
  /** Null when no rule asked about customers. */
  facts: { isMember: boolean; categoryName: string | null; tierName: string | null } | null;
}

export interface OrderExplained {
  order: OrderState;
  refunds: OrderRefund[];
  /** Null while the order was never eligible: then today's rules are shown, `isSnapshot` false. */
  eligibleAt: Date | null;
  isSnapshot: boolean;
  /** Of before the club: it earns by a backfill only, or once an event tells of it. */
  isHistory: boolean;
  earning: EarningExplained;
  entries: PostedEntry[];
  owner: OrderOwner;
  /** What prices of resellers and members took off; the eligible amount is what remains. */
  prices: NamedOrderPrice[];
}

/** Explains an order of a shop, or null when it is not known. */
export async function explainOrder(shopId: bigint, orderId: bigint): Promise<OrderExplained | null> {
  const [known] = await resolveOwners(pool, await loadOrders(pool, [{ shopId, orderId }], 'read'));
  if (!known) return null;
  const { order, refunds, eligibleAt, snapshotId } = known;
  const rules =
    snapshotId === null
      ? (await readClubRules(pool, [shopId])).get(shopId)?.rules
      : (await readSnapshots(pool, [{ shopId, snapshotId }])).get(snapshotKey(shopId, snapshotId));
  invariant(rules, `shop ${shopId} has an order but no club`);
  const earning = explainEarning({
    order,
    refunds,
    rules,
    facts: known.facts ?? NO_FACTS,
    eligibleAt,
  });
  const { rows: entries } = await pool.query<PostedEntry>(
    `SELECT entry_id AS "entryId", customer_id AS "customerId", kind, unit, amount, rule, created_at AS "createdAt"
     FROM ledger_entries WHERE shop_id = $1 AND order_id = $2 ORDER BY entry_id`,
    [shopId, orderId],
  );
  const [owner, prices] = await Promise.all([readOwner(shopId, known), readOrderPrices(shopId, [orderId])]);
  return {
    order,
    refunds,
    eligibleAt,
    isSnapshot: snapshotId !== null,
    isHistory: known.isHistory,
    earning,
    entries,
    owner,
    prices: prices.get(orderId) ?? [],
  };
}

async function readOwner(shopId: bigint, { order, claimedBy, facts }: KnownOrder): Promise<OrderOwner> {
  const { rows } = await pool.query<Omit<OrderOwner, 'isClaimed' | 'facts' | 'customerId'>>(
    `SELECT first_name AS "firstName", last_name AS "lastName", email, phone FROM customers WHERE shop_id = $1 AND customer_id = $2`,
    [shopId, order.customerId],
  );
  const category = await pool.query<{ name: string }>(
    'SELECT name FROM categories WHERE shop_id = $1 AND category_id = $2',
    [shopId, facts?.categoryId ?? null],
  );
  return {
    firstName: null,
    lastName: null,
    email: order.email,
    phone: order.phone,
    ...rows[0],
    customerId: order.customerId,
    isClaimed: claimedBy !== null && claimedBy === order.customerId,
    facts: facts && {
      isMember: facts.isMember,
      categoryName: category.rows[0]?.name ?? null,
      tierName: facts.tier?.name ?? null,
    },
  };
}
