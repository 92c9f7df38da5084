/** Orders and their refunds from the database, inside a transaction. */
import type { Queryable } from '#app/db.server.ts';
import { keyOfOrder, orderKeyText, type KnownOrder, type OrderKey } from './known-order.ts';
import { ORDER_KEYS, orderKeyArrays } from './order-keys.sql.ts';
import { loadFacts } from './rules/kept-facts.ts';
import { loadOrder, loadRefund, type StoredOrder, type StoredRefund } from './rules/order-json.ts';
import type { OrderState } from './rules/order-state.ts';

/** The columns of an order's row that are not Shopify's state. */
export interface KeptColumns {
  shop_id: bigint;
  order_id: bigint;
  eligible_at: Date | null;
  snapshot_id: bigint | null;
  facts: unknown;
  claimed_by: bigint | null;
  backfill_id: bigint | null;
  is_history: boolean;
}

interface OrderRow extends KeptColumns {
  customer_id: bigint | null;
  name: string | null;
  email: string | null;
  phone: string | null;
  processed_at: Date;
  updated_at: Date;
  triggered_at: Date;
  financial: string;
  cancelled_at: Date | null;
  is_test: boolean;
  currency: string;
  total_minor: bigint;
  state: StoredOrder;
  source_name: string | null;
  note: string | null;
}

/** Loads orders with their refunds; `lock` takes the rows FOR UPDATE in (shop, order) order. Unknown ones are missing. */
export async function loadOrders(
  db: Queryable,
  keys: readonly OrderKey[],
  lock: 'lock' | 'read',
): Promise<KnownOrder[]> {
  if (keys.length === 0) return [];
  const { rows } = await db.query<OrderRow>(
    `SELECT o.* FROM orders o JOIN ${ORDER_KEYS} USING (shop_id, order_id) ORDER BY o.shop_id, o.order_id ${lock === 'lock' ? 'FOR UPDATE OF o' : ''}`,
    orderKeyArrays(keys),
  );
  return withRefunds(
    db,
    rows.map((row) => ({
      shopId: row.shop_id,
      order: toOrderState(row),
      refunds: [],
      ...toKept(row),
      triggeredAt: row.triggered_at,
    })),
  );
}

/** Returns the orders with the refunds that are known of them, oldest first. */
export async function withRefunds(db: Queryable, orders: readonly KnownOrder[]): Promise<KnownOrder[]> {
  const { rows } = await db.query<{
    shop_id: bigint;
    order_id: bigint;
    refund_id: bigint;
    refunded_at: Date;
    state: StoredRefund;
  }>(
    `SELECT r.shop_id, r.order_id, r.refund_id, r.refunded_at, r.state FROM order_refunds r JOIN ${ORDER_KEYS} USING (shop_id, order_id)
     ORDER BY r.refunded_at, r.refund_id`,
    orderKeyArrays(orders.map(keyOfOrder)),
  );
  const byOrder = Map.groupBy(rows, (row) => orderKeyText({ shopId: row.shop_id, orderId: row.order_id }));
  return orders.map((known) => ({
    ...known,
    refunds: (byOrder.get(orderKeyText(keyOfOrder(known))) ?? []).map((refund) =>
      loadRefund(refund.refund_id, refund.order_id, refund.refunded_at, refund.state),
    ),
  }));
}

/** What an order's row keeps besides Shopify's state. */
export function toKept(
  row: KeptColumns,
): Pick<KnownOrder, 'eligibleAt' | 'snapshotId' | 'facts' | 'claimedBy' | 'backfillId' | 'isHistory'> {
  return {
    eligibleAt: row.eligible_at,
    snapshotId: row.snapshot_id,
    facts: row.facts === null ? null : loadFacts(row.facts),
    claimedBy: row.claimed_by,
    backfillId: row.backfill_id,
    isHistory: row.is_history,
  };
}

function toOrderState(row: OrderRow): OrderState {
  return loadOrder(
    {
      orderId: row.order_id,
      customerId: row.customer_id,
      name: row.name,
      email: row.email,
      phone: row.phone,
      currency: row.currency,
      processedAt: row.processed_at,
      updatedAt: row.updated_at,
      cancelledAt: row.cancelled_at,
      financial: row.financial,
      sourceName: row.source_name,
      note: row.note,
      isTest: row.is_test,
      totalMinor: row.total_minor,
    },
    row.state,
  );
}
