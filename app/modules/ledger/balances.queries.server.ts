/** Reads of the ledger for screens and the checkout. */
import { pool, type Queryable } from '#app/db.server.ts';
import { readMonthSums } from './months/month-sums.queries.server.ts';
import { sumGroups } from './rules/month-sums.ts';
import type { Unit } from '#app/lib/units.ts';

/** What a customer has in one unit, all in that unit. */
export interface Balance {
  customerId: bigint;
  unit: Unit;
  balance: bigint;
  /** What can be spent now; never below zero. */
  available: bigint;
  held: bigint;
  /** Earned, not yet valid. */
  pending: bigint;
  debt: bigint;
}

/** Where a statement finds whose balances it reads and when: SQL of the shop's id, the array of customers, the moment. */
interface BalancesSql {
  shopId: string;
  customerIds: string;
  now: string;
}

/** Balances of one shop's customers, one row an account that exists. */
export const selectBalances = ({ shopId, customerIds, now }: BalancesSql) => `
  SELECT a.customer_id AS "customerId", a.unit, a.balance, a.held, a.debt, l.pending,
    greatest(0, l.usable - a.held - a.debt)::bigint AS available
  FROM ledger_accounts a CROSS JOIN LATERAL (
    SELECT coalesce(sum(remaining) FILTER (WHERE valid_from <= ${now} AND (expires_at IS NULL OR expires_at > ${now})), 0)::bigint AS usable,
           coalesce(sum(remaining) FILTER (WHERE valid_from > ${now}), 0)::bigint AS pending
    FROM ledger_lots l
    WHERE l.shop_id = a.shop_id AND l.customer_id = a.customer_id AND l.unit = a.unit AND l.remaining > 0) l
  WHERE a.shop_id = ${shopId} AND a.customer_id = ANY(${customerIds})`;

// The moment once, not for each lot: some customers have thousands.
const READ_BALANCES = `WITH n AS MATERIALIZED (SELECT ledger_now() AS now)
  ${selectBalances({ shopId: '$1', customerIds: '$2', now: '(SELECT now FROM n)' })} ORDER BY a.customer_id, a.unit DESC`;

/** Balances of customers of one shop, one row an account that exists. */
export async function readBalances(
  db: Queryable,
  shopId: bigint,
  customerIds: readonly bigint[],
): Promise<Balance[]> {
  const { rows } = await db.query<Balance>(READ_BALANCES, [shopId, customerIds]);
  return rows;
}

/** One movement as the admin shows it. */
export interface EntryRow {
  entryId: bigint;
  unit: Unit;
  amount: bigint;
  kind: string;
  reason: string | null;
  source: string;
  orderId: bigint | null;
  orderName: string | null;
  redemptionId: string | null;
  code: string | null;
  redemptionKind: string | null;
  /** The reward that was taken; null for payments and payouts. */
  rewardName: string | null;
  rule: string | null;
  programName: string | null;
  actor: string;
  note: string | null;
  balanceAfter: bigint;
  effectiveAt: Date;
  createdAt: Date;
  validFrom: Date | null;
  expiresAt: Date | null;
}

/** The columns of an `EntryRow`, of `ledger_entries e` with `ENTRY_JOINS`. */
export const ENTRY_COLUMNS = `e.entry_id AS "entryId", e.unit, e.amount, e.kind, e.reason, e.source, e.order_id AS "orderId", o.name AS "orderName",
  e.redemption_id AS "redemptionId", r.code, r.kind AS "redemptionKind", r.reward->>'name' AS "rewardName", e.rule, p.name AS "programName", e.actor, e.note, e.balance_after AS "balanceAfter",
  e.effective_at AS "effectiveAt", e.created_at AS "createdAt", l.valid_from AS "validFrom", l.expires_at AS "expiresAt"`;

export const ENTRY_JOINS = `LEFT JOIN orders o ON o.shop_id = e.shop_id AND o.order_id = e.order_id
  LEFT JOIN redemptions r ON r.shop_id = e.shop_id AND r.redemption_id = e.redemption_id
  LEFT JOIN programs p ON p.shop_id = e.shop_id AND e.rule = 'program:' || p.program_id
  LEFT JOIN ledger_lots l ON l.shop_id = e.shop_id AND l.entry_id = e.entry_id`;

export const ENTRIES_PAGE_MAX = 100;

/**
 * A customer's movements, newest first; `before` is the last entry id of the page before (keyset); `sign`: only what added
 * (1) or took (-1).
 */
export async function listEntries(input: {
  shopId: bigint;
  customerId: bigint;
  before?: bigint | undefined;
  sign?: 1 | -1 | undefined;
  limit: number;
}): Promise<EntryRow[]> {
  const { rows } = await pool.query<EntryRow>(
    `SELECT ${ENTRY_COLUMNS} FROM ledger_entries e ${ENTRY_JOINS}
     WHERE e.shop_id = $1 AND e.customer_id = $2 AND ($3::bigint IS NULL OR e.entry_id < $3)
       AND ($5::int IS NULL OR sign(e.amount) = $5)
     ORDER BY e.entry_id DESC LIMIT $4`,
    [
      input.shopId,
      input.customerId,
      input.before ?? null,
      Math.min(input.limit, ENTRIES_PAGE_MAX),
      input.sign ?? null,
    ],
  );
  return rows;
}

/** A club's sums of one unit over all customers. */
export interface ClubTotals {
  unit: Unit;
  issued: bigint;
  spent: bigint;
  expired: bigint;
  takenBack: bigint;
  /** What customers still have: the sum of all balances. */
  outstanding: bigint;
  members: number;
}

/** Totals of a shop's ledger by unit; empty for a club without movements. Years of entries are not added up again. */
export async function clubTotals(shopId: bigint): Promise<ClubTotals[]> {
  const [sums, accounts] = await Promise.all([
    // Months need a zone to have a name, and here only their sum counts.
    readMonthSums(shopId, 'UTC'),
    pool.query<{ unit: Unit; outstanding: bigint; members: number }>(
      `SELECT unit, sum(balance)::bigint AS outstanding, count(*)::int AS members FROM ledger_accounts
       WHERE shop_id = $1 GROUP BY unit ORDER BY unit DESC`,
      [shopId],
    ),
  ]);
  return accounts.rows.map((account) => {
    const { issued, spent, givenBack, expired, takenBack } = sumGroups(
      sums.filter(({ unit }) => unit === account.unit),
    );
    return { ...account, issued, spent: -(spent + givenBack), expired: -expired, takenBack: -takenBack };
  });
}
