/**
 * Orders that carry a redemption's code settle it, and refunds of those orders bring value back. A redemption's state
 * changes only while its account is locked, so what is read after `openPosting` is what is true.
 */
import type { Queryable, Transaction } from '#app/db.server.ts';
import type { KnownOrder } from './orders.server.ts';
import type { AccountKey } from './rules/account.ts';
import type { Club } from './club.server.ts';
import { daysLater, endOfDayAfter } from './rules/days.ts';
import { OPEN_STATES, type RedemptionState } from './rules/redemption.ts';
import type { EntryFacts, Restorable } from './rules/planned.ts';
import type { PostingPlan } from './rules/posting.ts';
import { settlementOf, type RedemptionFacts } from './rules/settlement.ts';

/** A redemption that an order of this batch may touch: enough to lock its account. */
export interface RedemptionRef extends AccountKey {
  redemptionId: string;
}

export interface SettlementRead extends RedemptionRef {
  facts: RedemptionFacts;
  known: KnownOrder;
  /** When it was reserved: lots usable then may be spent also if they ended since. */
  reservedAt: Date;
  spendParts: Restorable[];
  /** What came back so far, less what was taken again. */
  restored: bigint;
  restoreCount: number;
  /** The lots in which it came back. */
  restoredLots: ReadonlySet<bigint>;
}

interface Outcome {
  shopId: bigint;
  redemptionId: string;
  state: RedemptionState;
  orderId: bigint;
  settledUnits: bigint | null;
  settledMinor: bigint | null;
}

/** Redemptions whose code one of these orders carries, or that belong to one of them. */
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

/** Reads the redemptions with what may have to come back; to post, lock their accounts first. */
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
      RedemptionFacts & { createdAt: Date; restored: bigint; restoreCount: number; restoredLots: bigint[] }
  >(
    `SELECT r.shop_id AS "shopId", r.redemption_id AS "redemptionId", r.customer_id AS "customerId", r.unit, r.kind, r.state, r.code, r.units,
       r.amount_minor AS "amountMinor", r.order_id AS "orderId", r.settled_units AS "settledUnits", r.created_at AS "createdAt",
       coalesce(e.restored, 0)::bigint AS restored, coalesce(e.count, 0)::int AS "restoreCount",
       coalesce(e.lots, '{}') AS "restoredLots"
     FROM redemptions r JOIN ${keys} USING (shop_id, redemption_id)
     LEFT JOIN LATERAL (SELECT sum(amount) AS restored, count(*) AS count, array_agg(entry_id) AS lots FROM ledger_entries e
       WHERE e.shop_id = r.shop_id AND e.redemption_id = r.redemption_id AND e.kind = 'restore') e ON true`,
    parameters,
  );
  const partsOf = await readSpendParts(db, refs);
  const reads: SettlementRead[] = [];
  for (const row of rows) {
    const {
      shopId,
      redemptionId,
      customerId,
      unit,
      restored,
      restoreCount,
      createdAt: reservedAt,
      restoredLots: lots,
      ...facts
    } = row;
    const restoredLots = new Set(lots);
    for (const known of ordersOf(row, orders)) {
      const spendParts = partsOf.get(redemptionId) ?? [];
      reads.push({
        shopId,
        redemptionId,
        customerId,
        unit,
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

/** What may come back of what redemptions spent, by redemption id. */
export async function readSpendParts(
  db: Queryable,
  refs: readonly { shopId: bigint; redemptionId: string }[],
): Promise<Map<string, Restorable[]>> {
  // OFFSET 0 keeps the order of the joins: each step is a look-up by key, whatever the planner's statistics say.
  const parts = await db.query<{ redemption_id: string } & Restorable>(
    `SELECT k.redemption_id, c.*, l."expiresAt", l."orderId" FROM unnest($1::bigint[], $2::uuid[]) AS k (shop_id, redemption_id)
     JOIN LATERAL (SELECT e.entry_id FROM ledger_entries e WHERE e.shop_id = k.shop_id AND e.redemption_id = k.redemption_id
       AND e.kind = 'redeem' OFFSET 0) e ON true
     JOIN LATERAL (SELECT c.spend_entry AS "spendEntry", c.lot_entry AS "lotEntry", c.amount - c.restored AS left, c.restored
       FROM ledger_consumptions c WHERE c.shop_id = k.shop_id AND c.spend_entry = e.entry_id OFFSET 0) c ON true
     JOIN LATERAL (SELECT l.expires_at AS "expiresAt", l.order_id AS "orderId" FROM ledger_lots l
       WHERE l.shop_id = k.shop_id AND l.entry_id = c."lotEntry" OFFSET 0) l ON true`,
    [refs.map((ref) => ref.shopId), refs.map((ref) => ref.redemptionId)],
  );
  return Map.groupBy(parts.rows, (row) => row.redemption_id);
}

function ordersOf(row: RedemptionRef & RedemptionFacts, orders: readonly KnownOrder[]): KnownOrder[] {
  return orders.filter(
    ({ shopId, order }) =>
      shopId === row.shopId &&
      (row.orderId === order.orderId || order.codes.some(({ code }) => code === row.code)),
  );
}

/** Plans what each order's state means for its redemption; returns the redemptions' new states. */
export function planSettlements(
  plan: PostingPlan,
  reads: readonly SettlementRead[],
  clubs: ReadonlyMap<bigint, Club>,
  now: Date,
): Outcome[] {
  const outcomes: Outcome[] = [];
  for (const read of reads) {
    const { shopId, redemptionId, facts, known } = read;
    const settlement = settlementOf(facts, known.order, known.refunds);
    if (settlement.action === 'none') continue;
    if (settlement.action === 'restore') {
      planRestore(plan, read, settlement.target, clubs.get(shopId), now);
      continue;
    }
    if (settlement.action === 'settle') planSettle(plan, read, settlement, clubs.get(shopId), now);
    else if (settlement.action === 'release') {
      plan.endHold(read, redemptionId, facts.units);
      facts.state = 'released';
    } else facts.orderId = known.order.orderId;
    const settledMinor = settlement.action === 'settle' ? settlement.amountMinor : null;
    outcomes.push({
      shopId,
      redemptionId,
      state: facts.state,
      orderId: known.order.orderId,
      settledUnits: facts.settledUnits,
      settledMinor,
    });
  }
  return outcomes;
}

/** Spends, and gives back at once what refunds that came with the order ask for. */
function planSettle(
  plan: PostingPlan,
  read: SettlementRead,
  settlement: { units: bigint },
  club: Club | undefined,
  now: Date,
): void {
  const { redemptionId, facts, known } = read;
  if (OPEN_STATES.includes(facts.state)) plan.endHold(read, redemptionId, facts.units);
  const spendEntry = plan.spend(read, 'redeem', settlement.units, [read.reservedAt, now], {
    ...factsOf(read, `redemption:${redemptionId}:settle`),
    effectiveAt: known.order.processedAt,
  });
  facts.state = 'settled';
  facts.orderId = known.order.orderId;
  facts.settledUnits = settlement.units;
  const after = settlementOf(facts, known.order, known.refunds);
  if (after.action !== 'restore') return;
  planRestore(plan, { ...read, spendParts: plan.restorable(read, spendEntry) }, after.target, club, now);
}

function factsOf(read: SettlementRead, key: string): Omit<EntryFacts, 'effectiveAt'> {
  return {
    key,
    source: 'redemption',
    actor: 'rules',
    orderId: read.known.order.orderId,
    redemptionId: read.redemptionId,
  };
}

function planRestore(
  plan: PostingPlan,
  read: SettlementRead,
  target: bigint,
  club: Club | undefined,
  now: Date,
): void {
  const amount = target - read.restored;
  const facts = {
    ...factsOf(read, `redemption:${read.redemptionId}:restore:${read.restoreCount}`),
    effectiveAt: now,
  };
  if (amount < 0n) plan.unrestore(read, -amount, read.spendParts, read.restored, read.restoredLots, facts);
  if (amount <= 0n) return;
  plan.restore(read, amount, read.spendParts, restoreNotBefore(club, now), facts);
}

/** Until when what comes back can be used at least. */
export function restoreNotBefore(club: Club | undefined, now: Date): Date {
  const days = club?.restoreMinimumDays ?? 0;
  return club ? endOfDayAfter(now, days, club.timeZone) : daysLater(now, days);
}

/** Writes the new states. An order that took the hold over ends the code's own deadline. */
export async function writeSettlements(tx: Transaction, outcomes: readonly Outcome[]): Promise<void> {
  if (outcomes.length === 0) return;
  await tx.query(
    `UPDATE redemptions r SET state = n.state, order_id = n.order_id, settled_units = n.settled_units, settled_minor = n.settled_minor,
       next_check_at = CASE WHEN n.state = 'released' THEN club_now() END, updated_at = clock_timestamp()
     FROM unnest($1::bigint[], $2::uuid[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[])
       AS n (shop_id, redemption_id, state, order_id, settled_units, settled_minor)
     WHERE r.shop_id = n.shop_id AND r.redemption_id = n.redemption_id`,
    [
      outcomes.map((o) => o.shopId),
      outcomes.map((o) => o.redemptionId),
      outcomes.map((o) => o.state),
      outcomes.map((o) => o.orderId),
      outcomes.map((o) => o.settledUnits),
      outcomes.map((o) => o.settledMinor),
    ],
  );
}
