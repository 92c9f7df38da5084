/** The statement of a wallet, the newest first. */
import { pool } from '#app/db.server.ts';
import type { Movement } from './post-wallet.server.ts';

const ENTRIES_A_PAGE = 25;

export interface WalletEntry {
  entryId: bigint;
  kind: Movement['kind'];
  amountMicros: bigint;
  balanceAfterMicros: bigint;
  creditMicros: bigint;
  debtMicros: bigint;
  messages: number | null;
  campaignId: bigint | null;
  campaign: string | null;
  note: string | null;
  actor: string | null;
  createdAt: Date;
}

/** A page of the statement: movements before this one. */
export async function listWalletEntries(
  shopId: bigint,
  before: bigint | null,
  limit: number = ENTRIES_A_PAGE,
): Promise<{ entries: WalletEntry[]; olderThan: bigint | null }> {
  const { rows } = await pool.query<WalletEntry>(
    `SELECT e.entry_id AS "entryId", e.kind, e.amount_micros AS "amountMicros", e.balance_after_micros AS "balanceAfterMicros",
       e.credit_micros AS "creditMicros", e.debt_micros AS "debtMicros", e.messages, e.campaign_id AS "campaignId",
       c.name AS campaign, e.note, e.actor, e.created_at AS "createdAt"
      FROM (SELECT * FROM wallet_entries WHERE shop_id = $1 AND ($2::bigint IS NULL OR entry_id < $2)
        ORDER BY entry_id DESC LIMIT ${limit + 1}) e
      LEFT JOIN campaigns c USING (shop_id, campaign_id) ORDER BY e.entry_id DESC`,
    [shopId, before],
  );
  const entries = rows.slice(0, limit);
  return { entries, olderThan: rows.length > limit ? (entries.at(-1)?.entryId ?? null) : null };
}
