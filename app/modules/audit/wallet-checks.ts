/** What must hold of a wallet: paid in is spent, reserved or free (docs/operations.md). */
import type { Check } from './run-checks.server.ts';

/** Each returns rows (subject, stored, computed) of what differs in shop $1. */
export const WALLET_CHECKS: readonly Check[] = [
  {
    name: 'the wallet is the sum of its entries',
    sql: `SELECT 'wallet' AS subject, coalesce(w.balance, 0)::text AS stored, coalesce(e.total, 0)::text AS computed
      FROM (SELECT max(balance_micros) AS balance FROM wallets WHERE shop_id = $1) w,
        (SELECT sum(amount_micros) AS total FROM wallet_entries WHERE shop_id = $1) e
      WHERE coalesce(w.balance, 0) <> coalesce(e.total, 0)`,
  },
  {
    name: 'what the wallet reserves is the sum of its open holds',
    sql: `SELECT 'wallet' AS subject, coalesce(w.held, 0)::text AS stored, coalesce(h.total, 0)::text AS computed
      FROM (SELECT max(held_micros) AS held FROM wallets WHERE shop_id = $1) w,
        (SELECT sum(open_micros) AS total FROM wallet_holds WHERE shop_id = $1) h
      WHERE coalesce(w.held, 0) <> coalesce(h.total, 0)`,
  },
  {
    name: 'the wallet after each entry follows the one before',
    sql: `SELECT 'wallet entry ' || entry_id AS subject, balance_after_micros::text AS stored, running::text AS computed FROM (
        SELECT entry_id, balance_after_micros, sum(amount_micros) OVER (ORDER BY entry_id) AS running
        FROM wallet_entries WHERE shop_id = $1) e WHERE balance_after_micros <> running`,
  },
  {
    name: 'every approved top-up was credited, and no other',
    sql: `SELECT coalesce(t.charge_gid, e.entry_key) AS subject, coalesce(t.state, 'no top-up') AS stored,
        coalesce(e.amount_micros::text, 'not credited') AS computed
      FROM (SELECT * FROM topups WHERE shop_id = $1 AND state = 'active') t
        FULL JOIN (SELECT * FROM wallet_entries WHERE shop_id = $1 AND kind = 'topup') e ON e.entry_key = 'topup:' || t.charge_gid
      WHERE t.charge_gid IS NULL OR e.entry_id IS NULL`,
  },
];
