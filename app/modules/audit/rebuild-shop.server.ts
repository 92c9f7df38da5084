/** Repairs the ledger's derived columns from entries, consumptions and holds. Entries are never touched. */
import { withTransaction } from '#app/db.server.ts';
import { ACCOUNT_TOTALS } from '#app/modules/ledger/account-totals.ts';
import { ENTRIES_OF_KEPT_MONTHS } from '#app/modules/ledger/months/month-sums.queries.server.ts';

/** In this order: accounts are computed from lots and debts. Each takes the shop's id. */
const REPAIRS: readonly { table: string; sql: string }[] = [
  {
    table: 'ledger_lots',
    sql: `UPDATE ledger_lots l SET remaining = n.remaining FROM (
        SELECT l.entry_id, l.amount - coalesce(sum(c.amount), 0)::bigint AS remaining FROM ledger_lots l
        LEFT JOIN ledger_consumptions c ON c.shop_id = l.shop_id AND c.lot_entry = l.entry_id WHERE l.shop_id = $1 GROUP BY l.entry_id, l.amount) n
      WHERE l.shop_id = $1 AND l.entry_id = n.entry_id AND l.remaining <> n.remaining`,
  },
  {
    table: 'ledger_debts',
    sql: `UPDATE ledger_debts d SET remaining = n.remaining FROM (
        SELECT e.entry_id, -e.amount - coalesce(sum(c.amount), 0)::bigint AS remaining FROM ledger_entries e
        JOIN ledger_debts d ON d.shop_id = e.shop_id AND d.entry_id = e.entry_id
        LEFT JOIN ledger_consumptions c ON c.shop_id = e.shop_id AND c.spend_entry = e.entry_id WHERE e.shop_id = $1 GROUP BY e.entry_id, e.amount) n
      WHERE d.shop_id = $1 AND d.entry_id = n.entry_id AND d.remaining <> n.remaining`,
  },
  {
    table: 'ledger_accounts',
    sql: `UPDATE ledger_accounts a SET balance = n.balance, held = n.held, debt = n.debt, updated_at = clock_timestamp() FROM (
        SELECT customer_id, unit,
          coalesce((SELECT sum(amount) FROM ledger_entries e WHERE e.shop_id = $1 AND e.customer_id = a.customer_id AND e.unit = a.unit), 0)::bigint AS balance,
          coalesce((SELECT sum(amount) FROM ledger_holds h WHERE h.shop_id = $1 AND h.customer_id = a.customer_id AND h.unit = a.unit AND h.ended_at IS NULL), 0)::bigint AS held,
          coalesce((SELECT sum(remaining) FROM ledger_debts d WHERE d.shop_id = $1 AND d.customer_id = a.customer_id AND d.unit = a.unit), 0)::bigint AS debt
        FROM ledger_accounts a WHERE a.shop_id = $1) n
      WHERE a.shop_id = $1 AND a.customer_id = n.customer_id AND a.unit = n.unit AND (a.balance, a.held, a.debt) IS DISTINCT FROM (n.balance, n.held, n.debt)`,
  },
  {
    table: 'ledger_accounts',
    sql: `UPDATE ledger_accounts a SET earned = coalesce(n.earned, 0), spent = coalesce(n.spent, 0), updated_at = statement_timestamp()
      FROM (SELECT k.customer_id, k.unit, t.earned, t.spent FROM ledger_accounts k LEFT JOIN (${ACCOUNT_TOTALS}) t USING (customer_id, unit)
        WHERE k.shop_id = $1) n
      WHERE a.shop_id = $1 AND a.customer_id = n.customer_id AND a.unit = n.unit
        AND (a.earned, a.spent) IS DISTINCT FROM (coalesce(n.earned, 0), coalesce(n.spent, 0))`,
  },
  {
    table: 'ledger_months',
    sql: `WITH n AS (${ENTRIES_OF_KEPT_MONTHS}), gone AS (
        DELETE FROM ledger_months m WHERE m.shop_id = $1 AND NOT EXISTS (SELECT 1 FROM n WHERE (n.month, n.unit, n.kind) = (m.month, m.unit, m.kind)))
      INSERT INTO ledger_months AS m (shop_id, month, unit, kind, amount, entries) SELECT $1, month, unit, kind, amount, entries FROM n
      ON CONFLICT (shop_id, month, unit, kind) DO UPDATE SET amount = excluded.amount, entries = excluded.entries
      WHERE (m.amount, m.entries) IS DISTINCT FROM (excluded.amount, excluded.entries)`,
  },
];

/** Repairs one shop in one transaction that blocks new postings; returns the number of rows repaired, by table. */
export async function rebuildShop(shopId: bigint): Promise<Record<string, number>> {
  return withTransaction(async (tx) => {
    await tx.query(
      'SELECT 1 FROM ledger_accounts WHERE shop_id = $1 ORDER BY shop_id, customer_id, unit FOR UPDATE',
      [shopId],
    );
    const mended: Record<string, number> = {};
    for (const { table, sql } of REPAIRS)
      mended[table] = (mended[table] ?? 0) + ((await tx.query(sql, [shopId])).rowCount ?? 0);
    return mended;
  });
}
