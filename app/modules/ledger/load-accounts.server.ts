/** Reads what a posting may touch of locked accounts: their debts, lots and expired parts. */
import type { Transaction } from '#app/db.server.ts';
import { ACCOUNT_KEYS, accountKeyArrays, preparedForAccounts } from './account-statement.ts';
import { accountKeyText, type Account, type AccountKey, type ExpiredPart } from './rules/account.ts';
import type { Unit } from '#app/lib/units.ts';

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

const LOAD_DEBTS = preparedForAccounts(
  'ledger-debts',
  (keys) =>
    `SELECT d.shop_id, d.customer_id, d.unit, d.entry_id, d.amount, d.remaining FROM ledger_debts d JOIN ${keys}
     USING (shop_id, customer_id, unit) WHERE d.remaining > 0 ORDER BY d.entry_id`,
);

const LOAD_LOTS = preparedForAccounts(
  'ledger-lots',
  (keys) =>
    `SELECT l.shop_id, l.customer_id, l.unit, l.entry_id, l.amount, l.remaining, l.valid_from, l.expires_at, l.order_id, l.rule
     FROM ledger_lots l JOIN ${keys} USING (shop_id, customer_id, unit) WHERE l.remaining > 0`,
);

/** Adds their open debts to the accounts, oldest first. */
export async function loadDebts(
  tx: Transaction,
  accounts: Map<string, Account>,
  keys: readonly AccountKey[],
): Promise<void> {
  if (keys.length === 0) return;
  const { rows } = await tx.query<KeyColumns & { entry_id: bigint; amount: bigint; remaining: bigint }>(
    LOAD_DEBTS(keys),
  );
  for (const row of rows) {
    const { entry_id: entryId, amount, remaining } = row;
    accounts
      .get(accountKeyText(accountKeyOf(row)))
      ?.debts.push({ entryId, amount, remaining, changed: false });
  }
}

/** Adds what still can be taken from to the accounts: their open lots. */
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
    } & LotColumns
  >(LOAD_LOTS(keys));
  for (const row of lots.rows) {
    accounts.get(accountKeyText(accountKeyOf(row)))?.lots.push({
      entryId: row.entry_id,
      amount: row.amount,
      remaining: row.remaining,
      validFrom: row.valid_from,
      expiresAt: row.expires_at,
      orderId: row.order_id,
      rule: row.rule,
      changed: false,
    });
  }
}

interface LotColumns {
  order_id: bigint | null;
  rule: string | null;
  valid_from: Date;
  expires_at: Date | null;
}

/** Adds what expired of the accounts' lots, which taking back may have to give back. */
export async function loadExpired(
  tx: Transaction,
  accounts: Map<string, Account>,
  keys: readonly AccountKey[],
): Promise<void> {
  if (keys.length === 0) return;
  // OFFSET 0 keeps the order of the joins: from few accounts over few expiries, whatever the planner's statistics say.
  const expired = await tx.query<
    KeyColumns & Pick<ExpiredPart, 'spendEntry' | 'lotEntry' | 'left'> & LotColumns
  >(
    `SELECT k.shop_id, k.customer_id, k.unit, c.spend_entry AS "spendEntry", c.lot_entry AS "lotEntry", l.*, c.left FROM ${ACCOUNT_KEYS}
     JOIN LATERAL (SELECT k.customer_id AS owner UNION ALL SELECT c.customer_id FROM customers c
       WHERE c.shop_id = k.shop_id AND c.merged_into = k.customer_id OFFSET 0) o ON true
     JOIN LATERAL (SELECT e.entry_id FROM ledger_entries e WHERE e.shop_id = k.shop_id AND e.customer_id = o.owner AND e.unit = k.unit
       AND e.kind = 'expire' AND e.amount < 0 OFFSET 0) e ON true
     JOIN LATERAL (SELECT c.spend_entry, c.lot_entry, c.amount - c.restored AS left FROM ledger_consumptions c
       WHERE c.shop_id = k.shop_id AND c.spend_entry = e.entry_id AND c.amount > c.restored OFFSET 0) c ON true
     JOIN LATERAL (SELECT l.order_id, l.rule, l.valid_from, l.expires_at FROM ledger_lots l
       WHERE l.shop_id = k.shop_id AND l.entry_id = c.lot_entry OFFSET 0) l ON true`,
    accountKeyArrays(keys),
  );
  for (const row of expired.rows) {
    const {
      spendEntry,
      lotEntry,
      rule,
      left,
      order_id: orderId,
      valid_from: validFrom,
      expires_at: expiresAt,
    } = row;
    const part = { spendEntry, lotEntry, orderId, rule, validFrom, expiresAt, left };
    accounts.get(accountKeyText(accountKeyOf(row)))?.expired.push(part);
  }
}
