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
        coalesce((e.amount_micros - e.debt_micros)::text, 'not credited') AS computed
      FROM (SELECT * FROM topups WHERE shop_id = $1 AND state = 'active') t
        FULL JOIN (SELECT * FROM wallet_entries WHERE shop_id = $1 AND kind = 'topup') e ON e.entry_key = 'topup:' || t.charge_gid
      WHERE t.charge_gid IS NULL OR e.entry_id IS NULL OR e.amount_micros - e.debt_micros <> t.amount_minor * 10000`,
  },
  {
    name: 'SMS credit and debt are the sums of the entries',
    sql: `SELECT 'wallet' AS subject, w.credit_micros || ' and ' || w.debt_micros AS stored, e.credit || ' and ' || e.debt AS computed
      FROM wallets w, (SELECT coalesce(sum(credit_micros), 0) AS credit, coalesce(sum(debt_micros), 0) AS debt
        FROM wallet_entries WHERE shop_id = $1) e
      WHERE w.shop_id = $1 AND (w.credit_micros <> e.credit OR w.debt_micros <> e.debt)`,
  },
  {
    name: 'what was refunded of a top-up is taken back or owed',
    sql: `SELECT t.charge_gid AS subject, (t.refunded_minor * 10000)::text AS stored, coalesce(e.taken, 0)::text AS computed
      FROM topups t LEFT JOIN (SELECT subject, sum(debt_micros - amount_micros) AS taken FROM wallet_entries
        WHERE shop_id = $1 AND kind = 'refund_of_topup' GROUP BY 1) e ON e.subject = t.charge_gid
      WHERE t.shop_id = $1 AND t.refunded_minor * 10000 <> coalesce(e.taken, 0)`,
  },
  {
    name: 'every message of the platform that was sent is charged or reserved',
    sql: `SELECT 'campaign ' || campaign_id AS subject, coalesce(w.charged, 0)::text AS stored, m.charged::text AS computed
      FROM (SELECT campaign_id, sum(charged_micros) AS charged FROM messages
          WHERE shop_id = $1 AND campaign_id IS NOT NULL AND settled_at IS NOT NULL AND price_micros > 0 GROUP BY 1) m
        LEFT JOIN (SELECT campaign_id, -sum(amount_micros) AS charged FROM wallet_entries
          WHERE shop_id = $1 AND kind = 'charge' GROUP BY 1) w USING (campaign_id)
      WHERE coalesce(w.charged, 0) <> m.charged`,
  },
];
