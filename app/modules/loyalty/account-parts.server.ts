/** Reads what a posting may touch of locked accounts: their debts, lots and expired parts. */
import type { Transaction } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { accountKeyText, type Account, type AccountKey } from './rules/account.ts';
import type { Unit } from './rules/units.ts';

/** An account's key as a row gives it. */
export interface KeyColumns {
  shop_id: bigint;
  customer_id: bigint;
  unit: Unit;
}

/** The key of a row. */
export const accountKeyOf = (row: KeyColumns): AccountKey => ({
  shopId: row.shop_id,
  customerId: row.customer_id,
  unit: row.unit,
});

/** The three parallel arrays that `ACCOUNT_KEYS` takes. */
export function accountKeyArrays(keys: readonly AccountKey[]) {
  return [
    bigintArray(keys.map((key) => key.shopId)),
    bigintArray(keys.map((key) => key.customerId)),
    keys.map((key) => key.unit),
  ];
}

/** The accounts given by `accountKeyArrays` as $1 to $3. */
export const ACCOUNT_KEYS =
  'unnest($1::bigint[], $2::bigint[], $3::text[]) AS k (shop_id, customer_id, unit)';

/** Adds their open debts to the accounts, oldest first. */
export async function loadDebts(
  tx: Transaction,
  accounts: Map<string, Account>,
  keys: readonly AccountKey[],
): Promise<void> {
  if (keys.length === 0) return;
  const { rows } = await tx.query<KeyColumns & { entry_id: bigint; amount: bigint; remaining: bigint }>(
    `SELECT d.shop_id, d.customer_id, d.unit, d.entry_id, d.amount, d.remaining FROM ledger_debts d JOIN ${ACCOUNT_KEYS}
     USING (shop_id, customer_id, unit) WHERE d.remaining > 0 ORDER BY d.entry_id`,
    accountKeyArrays(keys),
  );
  for (const row of rows) {
    const { entry_id: entryId, amount, remaining } = row;
    accounts
      .get(accountKeyText(accountKeyOf(row)))
      ?.debts.push({ entryId, amount, remaining, changed: false });
  }
}

/** Adds what still can be taken from to the accounts: open lots, and what expired of closed ones. */
export async function loadLots(
  tx: Transaction,
  accounts: Map<string, Account>,
  keys: readonly AccountKey[],
): Promise<void> {
  if (keys.length === 0) return;
  const lots = await tx.query<
    KeyColumns & {
      entry_id: bigint;
      amount: bigint;
      remaining: bigint;
      valid_from: Date;
      expires_at: Date | null;
      order_id: bigint | null;
    }
  >(
    `SELECT l.shop_id, l.customer_id, l.unit, l.entry_id, l.amount, l.remaining, l.valid_from, l.expires_at, l.order_id
     FROM ledger_lots l JOIN ${ACCOUNT_KEYS} USING (shop_id, customer_id, unit) WHERE l.remaining > 0`,
    accountKeyArrays(keys),
  );
  for (const row of lots.rows) {
    accounts.get(accountKeyText(accountKeyOf(row)))?.lots.push({
      entryId: row.entry_id,
      amount: row.amount,
      remaining: row.remaining,
      validFrom: row.valid_from,
      expiresAt: row.expires_at,
      orderId: row.order_id,
      changed: false,
    });
  }
  await loadExpired(tx, accounts, keys);
}

async function loadExpired(
  tx: Transaction,
  accounts: Map<string, Account>,
  keys: readonly AccountKey[],
): Promise<void> {
  // OFFSET 0 keeps the order of the joins: from few accounts over few expiries, whatever the planner's statistics say.
  const expired = await tx.query<
    KeyColumns & { spend_entry: bigint; lot_entry: bigint; order_id: bigint | null; left: bigint }
  >(
    `SELECT k.shop_id, k.customer_id, k.unit, c.spend_entry, c.lot_entry, l.order_id, c.left FROM ${ACCOUNT_KEYS}
     JOIN LATERAL (SELECT k.customer_id AS owner UNION ALL SELECT c.customer_id FROM customers c
       WHERE c.shop_id = k.shop_id AND c.merged_into = k.customer_id OFFSET 0) o ON true
     JOIN LATERAL (SELECT e.entry_id FROM ledger_entries e WHERE e.shop_id = k.shop_id AND e.customer_id = o.owner AND e.unit = k.unit
       AND e.kind = 'expire' AND e.amount < 0 OFFSET 0) e ON true
     JOIN LATERAL (SELECT c.spend_entry, c.lot_entry, c.amount - c.restored AS left FROM ledger_consumptions c
       WHERE c.shop_id = k.shop_id AND c.spend_entry = e.entry_id AND c.amount > c.restored OFFSET 0) c ON true
     JOIN LATERAL (SELECT l.order_id FROM ledger_lots l WHERE l.shop_id = k.shop_id AND l.entry_id = c.lot_entry OFFSET 0) l ON true`,
    accountKeyArrays(keys),
  );
  for (const row of expired.rows) {
    const { spend_entry: spendEntry, lot_entry: lotEntry, order_id: orderId, left } = row;
    accounts.get(accountKeyText(accountKeyOf(row)))?.expired.push({ spendEntry, lotEntry, orderId, left });
  }
}
