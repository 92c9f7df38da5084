/**
 * Expires lots in one statement, however many there are: a test compares it with a model that plans one account. Beside
 * post.server.ts the only code that posts value.
 */
import type { Transaction } from '#app/db.server.ts';
import { ANNOUNCE_ENTRIES, WRITTEN_COLUMNS } from '../announce-entries.sql.ts';
import { ACCOUNT_KEYS, accountKeyArrays } from '../account-statement.ts';
import type { AccountKey } from '../rules/account.ts';

/** In the order of every writer, so that two never wait for each other. */
const LOCK = `SELECT FROM ledger_accounts a JOIN ${ACCOUNT_KEYS} USING (shop_id, customer_id, unit)
  ORDER BY a.shop_id, a.customer_id, a.unit FOR UPDATE OF a`;

/** `inputHash` of post.server.ts for an expiry. */
const INPUT_HASH = `encode(sha256(convert_to(concat_ws('|', 'expire', -remaining, customer_id, unit, coalesce(order_id::text, ''),
  '', '', ''), 'UTF8')), 'hex')`;

/** OFFSET 0 keeps the order of the joins: from a page of accounts over their lots, never over the whole table. */
const EXPIRE = `
  WITH due AS MATERIALIZED (
    SELECT nextval('ledger_entries_entry_id_seq') AS entry_id, d.* FROM (
      SELECT k.shop_id, k.customer_id, k.unit, l.entry_id AS lot_entry, l.remaining, l.expires_at, l.order_id,
        a.balance - sum(l.remaining) OVER (PARTITION BY k.shop_id, k.customer_id, k.unit ORDER BY l.expires_at, l.entry_id) AS balance_after
      FROM ${ACCOUNT_KEYS}
      JOIN LATERAL (SELECT a.balance FROM ledger_accounts a WHERE a.shop_id = k.shop_id AND a.customer_id = k.customer_id
        AND a.unit = k.unit AND a.held = 0 OFFSET 0) a ON true
      JOIN LATERAL (SELECT l.* FROM ledger_lots l WHERE l.shop_id = k.shop_id AND l.customer_id = k.customer_id AND l.unit = k.unit
        AND l.remaining > 0 AND l.expires_at <= $4 OFFSET 0) l ON true
      ORDER BY k.shop_id, k.customer_id, k.unit, l.expires_at, l.entry_id) d),
  written AS (
    INSERT INTO ledger_entries (shop_id, entry_id, customer_id, unit, amount, kind, source, order_id, actor, idempotency_key,
      input_hash, balance_after, effective_at)
    SELECT shop_id, entry_id, customer_id, unit, -remaining, 'expire', 'job', order_id, 'expiry', 'expire:' || lot_entry,
      ${INPUT_HASH}, balance_after, expires_at FROM due
    RETURNING ${WRITTEN_COLUMNS}),
  consumed AS (
    INSERT INTO ledger_consumptions (shop_id, spend_entry, lot_entry, amount)
    SELECT shop_id, entry_id, lot_entry, remaining FROM due),
  ended AS (
    UPDATE ledger_lots l SET remaining = 0 FROM due WHERE l.shop_id = due.shop_id AND l.entry_id = due.lot_entry),
  lowered AS (
    UPDATE ledger_accounts a SET balance = a.balance - d.expired, updated_at = clock_timestamp()
    FROM (SELECT shop_id, customer_id, unit, sum(remaining)::bigint AS expired FROM due GROUP BY 1, 2, 3) d
    WHERE a.shop_id = d.shop_id AND a.customer_id = d.customer_id AND a.unit = d.unit),
  announced AS (${ANNOUNCE_ENTRIES})
  SELECT count(*)::int AS count FROM due`;

/**
 * Expires every lot of these accounts that has expired at `now`. Returns how many. Locks the accounts; those that hold
 * value for an open redemption stay as they are. Runs inside the caller's transaction.
 */
export async function expireAccounts(
  tx: Transaction,
  keys: readonly AccountKey[],
  now: Date,
): Promise<number> {
  if (keys.length === 0) return 0;
  const arrays = accountKeyArrays(keys);
  await tx.query(LOCK, arrays);
  // A separate statement: it sees what the transaction that held the locks has written.
  const { rows } = await tx.query<{ count: number }>(EXPIRE, [...arrays, now]);
  return rows[0]?.count ?? 0;
}
