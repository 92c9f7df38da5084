/** Ends lots whose time is over. Small batches, each in its own transaction: it can stop and go on at any point. */
import { withTransaction } from '#app/db.server.ts';
import { openPosting, writePosting } from './ledger.server.ts';
import { accountKeyText, type AccountKey } from './rules/account.ts';
import { planExpiry } from './rules/expiry.ts';
import type { Unit } from './rules/units.ts';

const ACCOUNTS_A_BATCH = 1_000;

/**
 * Expires every lot that is over and returns how many. Accounts that hold value for an open redemption wait until it
 * ends: what a shopper reserved before midnight can still be spent at checkout after it.
 */
export async function expireLots(): Promise<number> {
  let expired = 0;
  for (;;) {
    const batch = await expireBatch();
    expired += batch;
    if (batch === 0) return expired;
  }
}

async function expireBatch(): Promise<number> {
  return withTransaction(async (tx) => {
    const due = await tx.query<{ shop_id: bigint; customer_id: bigint; unit: Unit; now: Date }>(
      `SELECT DISTINCT l.shop_id, l.customer_id, l.unit, n.now FROM (SELECT club_now() AS now) n, ledger_lots l
       JOIN ledger_accounts a USING (shop_id, customer_id, unit)
       WHERE l.remaining > 0 AND l.expires_at <= n.now AND a.held = 0 LIMIT $1`,
      [ACCOUNTS_A_BATCH],
    );
    const now = due.rows[0]?.now;
    if (!now) return 0;
    const keys: AccountKey[] = due.rows.map((row) => ({
      shopId: row.shop_id,
      customerId: row.customer_id,
      unit: row.unit,
    }));
    const plan = await openPosting(tx, keys, keys);
    let count = 0;
    for (const key of new Map(keys.map((key) => [accountKeyText(key), key])).values()) {
      count += planExpiry(plan, key, now);
    }
    await writePosting(tx, plan);
    return count;
  });
}
