/**
 * Loads the redemptions that a batch of orders may settle, with what may have to be restored. A redemption's state changes
 * only while its account is locked, so what is loaded after `openPosting` is current.
 */
import type { Queryable } from '#app/db.server.ts';
import type { AccountKey } from '#app/modules/ledger/rules/account.ts';
import type { Restorable } from '#app/modules/ledger/rules/posting-types.ts';
import type { KnownOrder } from '#app/modules/orders/known-order.ts';
import type { RedemptionFacts } from '../rules/settlement.ts';

/** A redemption that an order of this batch may touch: enough to lock its account. */
export interface RedemptionRef extends AccountKey {
  redemptionId: string;
}

export interface SettlementRead extends RedemptionRef {
  facts: RedemptionFacts;
  known: KnownOrder;
  /** The member of staff who reserved it; null for the customer. */
  actor: string | null;
  /** When it was reserved: lots valid then may still be spent, even if they expired since. */
  reservedAt: Date;
  spendParts: Restorable[];
  /** What was restored so far, less what was taken again. */
  restored: bigint;
  restoreCount: number;
  /** The lots into which it was restored. */
  restoredLots: ReadonlySet<bigint>;
}

/** Lists the redemptions whose code one of these orders carries, or that one of them settled. */
export async function findRedemptions(
  db: Queryable,
  orders: readonly KnownOrder[],
): Promise<RedemptionRef[]> {
  if (orders.length === 0) return [];
  const codes = orders.flatMap(({ shopId, order }) => order.codes.map(({ code }) => ({ shopId, code })));
  const columns =
    'r.shop_id AS "shopId", r.redemption_id AS "redemptionId", r.customer_id AS "customerId", r.unit';
  const { rows } = await db.query<RedemptionRef>(
    `SELECT ${columns} FROM redemptions r JOIN unnest($1::bigint[], $2::text[]) AS k (shop_id, code) USING (shop_id, code)
     UNION SELECT ${columns} FROM redemptions r JOIN unnest($3::bigint[], $4::bigint[]) AS k (shop_id, order_id) USING (shop_id, order_id)`,
    [
      codes.map(({ shopId }) => shopId),
      codes.map(({ code }) => code),
      orders.map(({ shopId }) => shopId),
      orders.map(({ order }) => order.orderId),
    ],
  );
  return rows;
}

/** Loads the redemptions with what may have to be restored. Lock their accounts first to post. */
export async function readSettlements(
  db: Queryable,
  refs: readonly RedemptionRef[],
  orders: readonly KnownOrder[],
): Promise<SettlementRead[]> {
  if (refs.length === 0) return [];
  const parameters = [refs.map((ref) => ref.shopId), refs.map((ref) => ref.redemptionId)];
  const keys = 'unnest($1::bigint[], $2::uuid[]) AS k (shop_id, redemption_id)';
  const { rows } = await db.query<
    RedemptionRef &
      RedemptionFacts & {
        createdAt: Date;
        actor: string | null;
        restored: bigint;
        restoreCount: number;
        restoredLots: bigint[];
      }
  >(
    `SELECT r.shop_id AS "shopId", r.redemption_id AS "redemptionId", r.customer_id AS "customerId", r.unit, r.kind, r.state, r.code, r.units,
       r.amount_minor AS "amountMinor", r.currency, r.order_id AS "orderId", r.settled_units AS "settledUnits", r.created_at AS "createdAt", r.actor,
       coalesce(e.restored, 0)::bigint AS restored, coalesce(e.count, 0)::int AS "restoreCount",
       coalesce(e.lots, '{}') AS "restoredLots"
     FROM redemptions r JOIN ${keys} USING (shop_id, redemption_id)
     LEFT JOIN LATERAL (SELECT sum(amount) AS restored, count(*) AS count, array_agg(entry_id) AS lots FROM ledger_entries e
       WHERE e.shop_id = r.shop_id AND e.redemption_id = r.redemption_id AND e.kind = 'restore') e ON true`,
    parameters,
  );
  const partsById = await readSpendParts(db, refs);
  const reads: SettlementRead[] = [];
  for (const row of rows) {
    const {
      shopId,
      redemptionId,
      customerId,
      unit,
      actor,
      restored,
      restoreCount,
      createdAt: reservedAt,
      restoredLots: lots,
      ...facts
    } = row;
    const restoredLots = new Set(lots);
    for (const known of findOrders(row, orders)) {
      const spendParts = partsById.get(redemptionId) ?? [];
      reads.push({
        shopId,
        redemptionId,
        customerId,
        unit,
        actor,
        facts,
        known,
        reservedAt,
        restored,
        restoreCount,
        restoredLots,
        spendParts,
      });
    }
  }
  return reads;
}

/** Loads what may be restored of what redemptions spent, by redemption id. */
export async function readSpendParts(
  db: Queryable,
  refs: readonly { shopId: bigint; redemptionId: string }[],
): Promise<Map<string, Restorable[]>> {
  // OFFSET 0 keeps the order of the joins: each step is a look-up by key, even with poor statistics.
  const parts = await db.query<{ redemption_id: string } & Restorable>(
    `SELECT k.redemption_id, c.*, l."expiresAt", l."orderId", l.rule FROM unnest($1::bigint[], $2::uuid[]) AS k (shop_id, redemption_id)
     JOIN LATERAL (SELECT e.entry_id FROM ledger_entries e WHERE e.shop_id = k.shop_id AND e.redemption_id = k.redemption_id
       AND e.kind = 'redeem' OFFSET 0) e ON true
     JOIN LATERAL (SELECT c.spend_entry AS "spendEntry", c.lot_entry AS "lotEntry", c.amount - c.restored AS left, c.restored
       FROM ledger_consumptions c WHERE c.shop_id = k.shop_id AND c.spend_entry = e.entry_id OFFSET 0) c ON true
     JOIN LATERAL (SELECT l.expires_at AS "expiresAt", l.order_id AS "orderId", l.rule FROM ledger_lots l
       WHERE l.shop_id = k.shop_id AND l.entry_id = c."lotEntry" OFFSET 0) l ON true`,
    [refs.map((ref) => ref.shopId), refs.map((ref) => ref.redemptionId)],
  );
  return Map.groupBy(parts.rows, (row) => row.redemption_id);
}

function findOrders(row: RedemptionRef & RedemptionFacts, orders: readonly KnownOrder[]): KnownOrder[] {
  return orders.filter(
    ({ shopId, order }) =>
      shopId === row.shopId &&
      (row.orderId === order.orderId || order.codes.some(({ code }) => code === row.code)),
  );
}
