/**
 * Proves the ledger (docs/ledger.md) and what is kept of customers: every derived figure is recomputed
 * from entries and orders and each difference is named. Reads only.
 */
import { withTransaction, type Transaction } from '#app/db.server.ts';
import { auditCustomers, auditOrderFigures } from './audit-customers.server.ts';
import { readSnapshots, snapshotKey } from '#app/modules/earning/rules-in-force.server.ts';
import { loadOrders } from '#app/modules/orders/load-orders.server.ts';
import { orderKeyText, type KnownOrder } from '#app/modules/orders/known-order.ts';
import { resolveOwners } from '#app/modules/orders/order-owners.server.ts';
import { ENTRIES_OF_KEPT_MONTHS } from '#app/modules/ledger/months/month-sums.queries.server.ts';
import { ACCOUNT_TOTALS } from '#app/modules/ledger/account-totals.ts';
import { readPosted } from '#app/modules/earning/award/read-posted.server.ts';
import { entitlement } from '#app/modules/earning/rules/entitlement.ts';
import { NO_FACTS } from '#app/modules/orders/rules/kept-facts.ts';
import type { AuditDifference } from './difference.ts';
import { MONEY_CHECKS } from './money-checks.ts';
import { WALLET_CHECKS } from './wallet-checks.ts';
import { runChecks, type Check } from './run-checks.server.ts';
import { orderDifferences, type Posted } from '#app/modules/earning/rules/order-difference.ts';
import { decideSettlement } from '#app/modules/redemptions/rules/settlement.ts';
import type { Unit } from '#app/lib/units.ts';
import { findRedemptions, readSettlements } from '#app/modules/redemptions/settle/read-settlements.server.ts';

const ORDERS_A_BATCH = 500;

/** Each returns rows (subject, stored, computed) of what differs in shop $1. */
const CHECKS: readonly Check[] = [
  {
    name: 'balance is the sum of the entries',
    sql: `SELECT 'customer ' || customer_id || ' ' || unit AS subject, coalesce(a.balance, 0)::text AS stored, coalesce(e.total, 0)::text AS computed
      FROM (SELECT * FROM ledger_accounts WHERE shop_id = $1) a FULL JOIN
        (SELECT customer_id, unit, sum(amount) AS total FROM ledger_entries WHERE shop_id = $1 GROUP BY 1, 2) e USING (customer_id, unit)
      WHERE coalesce(a.balance, 0) <> coalesce(e.total, 0)`,
  },
  {
    name: 'balance is what the lots still have less debt',
    sql: `SELECT 'customer ' || a.customer_id || ' ' || a.unit AS subject, a.balance::text AS stored, (coalesce(l.remaining, 0) - a.debt)::text AS computed
      FROM ledger_accounts a LEFT JOIN (SELECT customer_id, unit, sum(remaining) AS remaining FROM ledger_lots WHERE shop_id = $1 GROUP BY 1, 2) l
        USING (customer_id, unit)
      WHERE a.shop_id = $1 AND a.balance <> coalesce(l.remaining, 0) - a.debt`,
  },
  {
    name: 'balance after each entry follows the one before',
    sql: `SELECT 'entry ' || entry_id AS subject, balance_after::text AS stored, running::text AS computed FROM (
        SELECT entry_id, balance_after, sum(amount) OVER (PARTITION BY customer_id, unit ORDER BY entry_id) AS running
        FROM ledger_entries WHERE shop_id = $1) e WHERE balance_after <> running`,
  },
  {
    name: 'what a lot gave is what was taken from it',
    sql: `SELECT 'lot ' || l.entry_id AS subject, l.remaining::text AS stored, (l.amount - coalesce(c.taken, 0))::text AS computed
      FROM ledger_lots l LEFT JOIN (SELECT lot_entry, sum(amount) AS taken FROM ledger_consumptions WHERE shop_id = $1 GROUP BY 1) c
        ON c.lot_entry = l.entry_id
      WHERE l.shop_id = $1 AND l.remaining <> l.amount - coalesce(c.taken, 0)`,
  },
  {
    name: 'every entry that gives has its lot',
    sql: `SELECT 'entry ' || e.entry_id AS subject, coalesce(l.amount::text, 'no lot') AS stored, e.amount::text AS computed
      FROM ledger_entries e LEFT JOIN ledger_lots l ON l.shop_id = e.shop_id AND l.entry_id = e.entry_id
        AND l.customer_id = e.customer_id AND l.unit = e.unit
      WHERE e.shop_id = $1 AND e.amount > 0 AND e.amount IS DISTINCT FROM l.amount`,
  },
  {
    name: 'every entry that takes was taken from lots or is owed',
    sql: `SELECT 'entry ' || e.entry_id AS subject, (coalesce(c.taken, 0) + coalesce(d.remaining, 0))::text AS stored, (-e.amount)::text AS computed
      FROM ledger_entries e LEFT JOIN (SELECT spend_entry, sum(amount) AS taken FROM ledger_consumptions WHERE shop_id = $1 GROUP BY 1) c
        ON c.spend_entry = e.entry_id LEFT JOIN ledger_debts d ON d.shop_id = e.shop_id AND d.entry_id = e.entry_id
      WHERE e.shop_id = $1 AND e.amount < 0 AND -e.amount <> coalesce(c.taken, 0) + coalesce(d.remaining, 0)`,
  },
  {
    name: 'ever earned and spent are the sums of the entries',
    sql: `SELECT 'customer ' || customer_id || ' ' || unit AS subject, coalesce(a.earned, 0) || ' earned, ' || coalesce(a.spent, 0) || ' spent' AS stored,
        coalesce(e.earned, 0) || ' earned, ' || coalesce(e.spent, 0) || ' spent' AS computed
      FROM (SELECT customer_id, unit, earned, spent FROM ledger_accounts WHERE shop_id = $1) a FULL JOIN (${ACCOUNT_TOTALS}) e USING (customer_id, unit)
      WHERE (coalesce(a.earned, 0), coalesce(a.spent, 0)) <> (coalesce(e.earned, 0), coalesce(e.spent, 0))`,
  },
  {
    name: 'debt is the sum of open debts',
    sql: `SELECT 'customer ' || a.customer_id || ' ' || a.unit AS subject, a.debt::text AS stored, coalesce(d.remaining, 0)::text AS computed
      FROM ledger_accounts a LEFT JOIN (SELECT customer_id, unit, sum(remaining) AS remaining FROM ledger_debts WHERE shop_id = $1 GROUP BY 1, 2) d
        USING (customer_id, unit) WHERE a.shop_id = $1 AND a.debt <> coalesce(d.remaining, 0)`,
  },
  {
    name: 'held is the sum of open holds',
    sql: `SELECT 'customer ' || a.customer_id || ' ' || a.unit AS subject, a.held::text AS stored, coalesce(h.amount, 0)::text AS computed
      FROM ledger_accounts a LEFT JOIN (SELECT customer_id, unit, sum(amount) AS amount FROM ledger_holds
        WHERE shop_id = $1 AND ended_at IS NULL GROUP BY 1, 2) h USING (customer_id, unit)
      WHERE a.shop_id = $1 AND a.held <> coalesce(h.amount, 0)`,
  },
  {
    name: 'a redemption holds exactly while it is open',
    sql: `SELECT 'redemption ' || r.redemption_id AS subject, r.state AS stored, coalesce('hold of ' || h.amount, 'no hold') AS computed
      FROM redemptions r LEFT JOIN ledger_holds h ON h.shop_id = r.shop_id AND h.redemption_id = r.redemption_id AND h.ended_at IS NULL
      WHERE r.shop_id = $1 AND (r.state IN ('reserved', 'issued', 'expired')) <> (h.amount IS NOT DISTINCT FROM r.units)`,
  },
  {
    name: 'a settled redemption has exactly one spend',
    sql: `SELECT 'redemption ' || r.redemption_id AS subject, r.state || ' ' || coalesce(r.settled_units, 0) AS stored,
        e.count || ' spends of ' || e.spent AS computed
      FROM redemptions r CROSS JOIN LATERAL (SELECT count(*) AS count, coalesce(-sum(amount), 0) AS spent FROM ledger_entries e
        WHERE e.shop_id = r.shop_id AND e.redemption_id = r.redemption_id AND e.kind = 'redeem') e
      WHERE r.shop_id = $1 AND (e.count, e.spent) <> (CASE WHEN r.state = 'settled' THEN 1 ELSE 0 END, CASE WHEN r.state = 'settled' THEN r.settled_units ELSE 0 END)`,
  },
  {
    name: 'a gift is spent once, and given back exactly when its claim was refused',
    sql: `SELECT 'redemption ' || r.redemption_id AS subject, coalesce(c.state, 'no claim') || ', ' || g.given || ' given back' AS stored,
        CASE WHEN c.state = 'refused' THEN r.units ELSE 0 END || ' given back' AS computed
      FROM redemptions r LEFT JOIN claims c ON c.shop_id = r.shop_id AND c.redemption_id = r.redemption_id
        CROSS JOIN LATERAL (SELECT coalesce(sum(amount), 0) AS given FROM ledger_entries e
        WHERE e.shop_id = r.shop_id AND e.redemption_id = r.redemption_id AND e.kind = 'restore') g
      WHERE r.shop_id = $1 AND r.kind = 'manual'
        AND (c.state IS NULL OR r.state <> 'settled' OR g.given <> CASE WHEN c.state = 'refused' THEN r.units ELSE 0 END)`,
  },
  {
    name: 'a payout is settled exactly when its store credit is known',
    sql: `SELECT 'redemption ' || redemption_id AS subject, state AS stored, coalesce(credit_gid, 'no store credit') AS computed
      FROM redemptions WHERE shop_id = $1 AND kind = 'payout' AND (state = 'settled') <> (credit_gid IS NOT NULL)`,
  },
  {
    name: 'what a redemption gave back is noted where it was spent',
    sql: `SELECT 'redemption ' || redemption_id AS subject, coalesce(n.noted, 0)::text AS stored, coalesce(g.given, 0)::text AS computed
      FROM (SELECT e.redemption_id, sum(c.restored) AS noted FROM ledger_entries e
        JOIN ledger_consumptions c ON c.shop_id = e.shop_id AND c.spend_entry = e.entry_id
        WHERE e.shop_id = $1 AND e.kind = 'redeem' GROUP BY 1) n FULL JOIN
        (SELECT redemption_id, sum(amount) AS given FROM ledger_entries
        WHERE shop_id = $1 AND kind = 'restore' AND idempotency_key NOT LIKE '%:debt' GROUP BY 1) g USING (redemption_id)
      WHERE coalesce(n.noted, 0) <> coalesce(g.given, 0)`,
  },
  {
    name: 'an expiry that was given back is noted where it ended',
    sql: `SELECT 'customer ' || customer_id || ' ' || unit || ' order ' || order_id AS subject, coalesce(n.noted, 0)::text AS stored, coalesce(g.given, 0)::text AS computed
      FROM (SELECT coalesce(m.merged_into, e.customer_id) AS customer_id, e.unit, e.order_id, sum(c.restored) AS noted
        FROM ledger_entries e JOIN ledger_consumptions c ON c.shop_id = e.shop_id AND c.spend_entry = e.entry_id
        LEFT JOIN customers m ON m.shop_id = e.shop_id AND m.customer_id = e.customer_id
        WHERE e.shop_id = $1 AND e.kind = 'expire' AND e.amount < 0 GROUP BY 1, 2, 3) n FULL JOIN
        (SELECT coalesce(m.merged_into, e.customer_id) AS customer_id, e.unit, e.order_id, sum(e.amount) AS given
        FROM ledger_entries e LEFT JOIN customers m ON m.shop_id = e.shop_id AND m.customer_id = e.customer_id
        WHERE e.shop_id = $1 AND e.kind = 'expire' AND e.amount > 0 GROUP BY 1, 2, 3) g USING (customer_id, unit, order_id)
      WHERE coalesce(n.noted, 0) <> coalesce(g.given, 0)`,
  },
  {
    name: 'kept sums of a month are its entries',
    sql: `SELECT 'month ' || to_char(month, 'YYYY-MM') || ' ' || unit || ' ' || kind AS subject,
        coalesce(m.amount || ' of ' || m.entries, 'nothing') AS stored, coalesce(e.amount || ' of ' || e.entries, 'nothing') AS computed
      FROM (SELECT * FROM ledger_months WHERE shop_id = $1) m FULL JOIN
        (${ENTRIES_OF_KEPT_MONTHS}) e USING (month, unit, kind)
      WHERE (m.amount, m.entries) IS DISTINCT FROM (e.amount, e.entries)`,
  },
  {
    name: 'every entry is what its key was posted for',
    sql: `SELECT 'entry ' || entry_id || ' ' || idempotency_key AS subject, input_hash AS stored, hash AS computed FROM (
        SELECT entry_id, idempotency_key, input_hash, encode(sha256(convert_to(concat_ws('|', kind, amount, customer_id, unit,
          coalesce(order_id::text, ''), coalesce(redemption_id::text, ''), coalesce(rule, ''), coalesce(reason, '')), 'UTF8')), 'hex') AS hash
        FROM ledger_entries WHERE shop_id = $1) e WHERE input_hash <> hash`,
  },
];

/**
 * Returns all differences of one shop; empty when every figure is proved. At most 100 of a check are listed.
 * Everything is read from one snapshot, so it may run while orders come in.
 */
export async function auditShop(shopId: bigint): Promise<AuditDifference[]> {
  return withTransaction(async (tx) => {
    await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    const differences = await runChecks(tx, shopId, [...CHECKS, ...MONEY_CHECKS, ...WALLET_CHECKS]);
    for await (const difference of orderAudit(tx, shopId)) differences.push(difference);
    for await (const difference of auditCustomers(tx, shopId)) differences.push(difference);
    return differences;
  });
}

/** Checks orders against their recomputed figures, order by order, in batches. */
async function* orderAudit(tx: Transaction, shopId: bigint): AsyncGenerator<AuditDifference> {
  let after = 0n;
  for (;;) {
    const { rows } = await tx.query<{ order_id: bigint }>(
      'SELECT order_id FROM orders WHERE shop_id = $1 AND order_id > $2 ORDER BY order_id LIMIT $3',
      [shopId, after, ORDERS_A_BATCH],
    );
    const last = rows.at(-1);
    if (!last) return;
    after = last.order_id;
    const orders = await resolveOwners(
      tx,
      await loadOrders(
        tx,
        rows.map((row) => ({ shopId, orderId: row.order_id })),
        'read',
      ),
    );
    yield* await auditEarnings(tx, shopId, orders);
    yield* await auditSettlements(tx, orders);
    yield* await auditOrderFigures(tx, shopId, orders);
  }
}

/** A code on an order is settled, released or waiting, as the order's state requires. */
async function auditSettlements(tx: Transaction, orders: readonly KnownOrder[]): Promise<AuditDifference[]> {
  const reads = await readSettlements(tx, await findRedemptions(tx, orders), orders);
  return reads.flatMap(({ redemptionId, facts, known, restored }) => {
    const settlement = decideSettlement(facts, known.order, known.refunds);
    const isDone =
      settlement.action === 'restore' ? restored === settlement.target : settlement.action === 'none';
    if (isDone) return [];
    const subject = `redemption ${redemptionId} order ${known.order.orderId}`;
    const computed = 'target' in settlement ? `restore ${settlement.target}` : settlement.action;
    return [
      {
        check: 'a redemption is what its order says',
        subject,
        stored: `${facts.state}, ${restored} restored`,
        computed,
      },
    ];
  });
}

/** What is posted for an order, per rule, equals its current entitlement. */
async function auditEarnings(
  tx: Transaction,
  shopId: bigint,
  orders: readonly KnownOrder[],
): Promise<AuditDifference[]> {
  const snapshots = await readSnapshots(
    tx,
    orders.flatMap(({ snapshotId }) => (snapshotId === null ? [] : [{ shopId, snapshotId }])),
  );
  const posted = await readPosted(tx, orders);
  return orders.flatMap((known) => {
    const { order, refunds, snapshotId, eligibleAt } = known;
    const facts = known.facts ?? NO_FACTS;
    const rules = snapshotId === null ? undefined : snapshots.get(snapshotKey(shopId, snapshotId));
    const entitled = rules ? entitlement({ order, refunds, rules, facts, eligibleAt }) : [];
    const before = posted.get(orderKeyText({ shopId, orderId: order.orderId })) ?? [];
    return orderDifferences(order.customerId, entitled, before).map((difference) =>
      describe(order.orderId, difference, before),
    );
  });
}

function describe(
  orderId: bigint,
  difference: { customerId: bigint; unit: Unit; rule: string; amount: bigint },
  posted: readonly Posted[],
): AuditDifference {
  const { customerId, unit, rule, amount } = difference;
  const stored = posted
    .filter((row) => row.customerId === customerId && row.unit === unit && row.rule === rule)
    .reduce((sum, row) => sum + row.amount, 0n);
  return {
    check: 'posted for an order is its entitlement now',
    subject: `order ${orderId} customer ${customerId} ${rule} ${unit}`,
    stored: stored.toString(),
    computed: (stored + amount).toString(),
  };
}
