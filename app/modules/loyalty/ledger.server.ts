/**
 * The only code that writes the ledger's tables, beside ledger-expiry.server.ts. A use case loads the accounts it needs
 * (which locks them), plans with `PostingPlan`, and writes the plan: a handful of statements however many entries it has.
 */
import type { Transaction } from '#app/db.server.ts';
import { sha256 } from '#app/lib/ids.ts';
import { bigintArray, momentArray } from '#app/lib/pg-arrays.ts';
import {
  ACCOUNT_KEYS,
  accountKeyArrays,
  accountKeyOf,
  loadDebts,
  loadLots,
  type KeyColumns,
} from './account-parts.server.ts';
import { PLAN_CHANGE_MESSAGES, WRITTEN_COLUMNS } from './change-messages.sql.ts';
import { accountKeyText, type Account, type AccountKey } from './rules/account.ts';
import type { PlannedEntry } from './rules/planned.ts';
import { PostingPlan } from './rules/posting.ts';

function distinct(keys: Iterable<AccountKey>): AccountKey[] {
  return [...new Map([...keys].map((key) => [accountKeyText(key), key])).values()];
}

/**
 * Locks the accounts (creating empty ones) in (shop, customer, unit) order and reads what a plan over them needs.
 * `withLots` names those whose lots will be taken from; the others only earn. Returns an empty plan.
 */
export async function openPosting(
  tx: Transaction,
  keys: Iterable<AccountKey>,
  withLots: Iterable<AccountKey>,
): Promise<PostingPlan> {
  const wanted = distinct(keys);
  if (wanted.length === 0) return new PostingPlan([]);
  const accounts = new Map<string, Account>();
  // New rows are locked by whoever inserts them; only the others have to be read.
  for (const row of await insertAccounts(tx, wanted))
    accounts.set(accountKeyText(accountKeyOf(row)), accountOf(row));
  const known = wanted.filter((key) => !accounts.has(accountKeyText(key)));
  for (const row of await lockAccounts(tx, known))
    accounts.set(accountKeyText(accountKeyOf(row)), accountOf(row));
  await loadDebts(
    tx,
    accounts,
    [...accounts.values()].filter((account) => account.debt > 0n),
  );
  await loadLots(tx, accounts, distinct(withLots));
  return new PostingPlan(accounts.values());
}

type AccountRow = KeyColumns & { balance: bigint; held: bigint; debt: bigint };

function accountOf(row: AccountRow): Account {
  const { balance, held, debt } = row;
  return { ...accountKeyOf(row), balance, held, debt, lots: [], debts: [], expired: [] };
}

async function insertAccounts(tx: Transaction, keys: readonly AccountKey[]): Promise<AccountRow[]> {
  const { rows } = await tx.query<AccountRow>(
    `INSERT INTO ledger_accounts (shop_id, customer_id, unit) SELECT * FROM ${ACCOUNT_KEYS} ORDER BY 1, 2, 3 ON CONFLICT DO NOTHING
     RETURNING shop_id, customer_id, unit, balance, held, debt`,
    accountKeyArrays(keys),
  );
  return rows;
}

async function lockAccounts(tx: Transaction, keys: readonly AccountKey[]): Promise<AccountRow[]> {
  if (keys.length === 0) return [];
  const { rows } = await tx.query<AccountRow>(
    `SELECT a.shop_id, a.customer_id, a.unit, a.balance, a.held, a.debt FROM ledger_accounts a JOIN ${ACCOUNT_KEYS}
     USING (shop_id, customer_id, unit) ORDER BY a.shop_id, a.customer_id, a.unit FOR UPDATE OF a`,
    accountKeyArrays(keys),
  );
  return rows;
}

/** Writes a plan inside the transaction that opened it. Throws on a key that was posted before (unique violation). */
export async function writePosting(tx: Transaction, plan: PostingPlan): Promise<void> {
  const idOf = await allocateEntryIds(tx, plan.entries);
  await insertEntries(tx, plan.entries, idOf);
  await writeLots(tx, plan, idOf);
  await writeConsumptions(tx, plan, idOf);
  await writeDebts(tx, plan, idOf);
  await writeHolds(tx, plan);
  await updateAccounts(tx, plan);
}

type ResolveId = (plannedId: bigint) => bigint;

/** Real ids for planned ones. They are taken while the accounts are locked, so an account's ids rise with its history. */
async function allocateEntryIds(tx: Transaction, entries: readonly PlannedEntry[]): Promise<ResolveId> {
  if (entries.length === 0) return (id) => id;
  const { rows } = await tx.query<{ id: bigint }>(
    `SELECT nextval('ledger_entries_entry_id_seq') AS id FROM generate_series(1, $1::int)`,
    [entries.length],
  );
  const ids = rows.map((row) => row.id);
  return (planned) => {
    if (planned >= 0n) return planned;
    const id = ids[Number(-planned - 1n)];
    if (id === undefined) throw new RangeError(`planned entry ${planned} has no id`);
    return id;
  };
}

/** What an entry was posted for, hashed: the same key with another hash is an alarm (audit), not silence. */
function inputHash(entry: PlannedEntry): string {
  const { kind, amount, customerId, unit, orderId, redemptionId, rule, reason } = entry;
  return sha256(
    [kind, amount, customerId, unit, orderId ?? '', redemptionId ?? '', rule ?? '', reason ?? ''].join('|'),
  );
}

async function insertEntries(
  tx: Transaction,
  entries: readonly PlannedEntry[],
  idOf: ResolveId,
): Promise<void> {
  if (entries.length === 0) return;
  const column = <T>(pick: (entry: PlannedEntry) => T): T[] => entries.map(pick);
  await tx.query(
    `WITH written AS (
       INSERT INTO ledger_entries (shop_id, entry_id, customer_id, unit, amount, kind, reason, source, order_id, redemption_id,
         rule, snapshot_id, actor, note, idempotency_key, input_hash, balance_after, effective_at)
       SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::text[],
         $9::bigint[], $10::uuid[], $11::text[], $12::bigint[], $13::text[], $14::text[], $15::text[], $16::text[], $17::bigint[],
         $18::timestamptz[])
       RETURNING ${WRITTEN_COLUMNS})
     ${PLAN_CHANGE_MESSAGES}`,
    [
      bigintArray(column((entry) => entry.shopId)),
      bigintArray(column((entry) => idOf(entry.entryId))),
      bigintArray(column((entry) => entry.customerId)),
      column((entry) => entry.unit),
      bigintArray(column((entry) => entry.amount)),
      column((entry) => entry.kind),
      column((entry) => entry.reason ?? null),
      column((entry) => entry.source),
      bigintArray(column((entry) => entry.orderId ?? null)),
      column((entry) => entry.redemptionId ?? null),
      column((entry) => entry.rule ?? null),
      bigintArray(column((entry) => entry.snapshotId ?? null)),
      column((entry) => entry.actor),
      column((entry) => entry.note ?? null),
      column((entry) => entry.key),
      column(inputHash),
      bigintArray(column((entry) => entry.balanceAfter)),
      momentArray(column((entry) => entry.effectiveAt)),
    ],
  );
}

async function writeLots(tx: Transaction, plan: PostingPlan, idOf: ResolveId): Promise<void> {
  const added: { account: Account; lot: Account['lots'][number] }[] = [];
  const changed: typeof added = [];
  for (const account of plan.accounts) {
    for (const lot of account.lots)
      if (lot.changed) (lot.entryId < 0n ? added : changed).push({ account, lot });
  }
  if (added.length > 0) {
    await tx.query(
      `INSERT INTO ledger_lots (shop_id, entry_id, customer_id, unit, amount, remaining, valid_from, expires_at, order_id)
       SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::bigint[], $6::bigint[], $7::timestamptz[],
         $8::timestamptz[], $9::bigint[])`,
      [
        bigintArray(added.map(({ account }) => account.shopId)),
        bigintArray(added.map(({ lot }) => idOf(lot.entryId))),
        bigintArray(added.map(({ account }) => account.customerId)),
        added.map(({ account }) => account.unit),
        bigintArray(added.map(({ lot }) => lot.amount)),
        bigintArray(added.map(({ lot }) => lot.remaining)),
        momentArray(added.map(({ lot }) => lot.validFrom)),
        momentArray(added.map(({ lot }) => lot.expiresAt)),
        bigintArray(added.map(({ lot }) => lot.orderId)),
      ],
    );
  }
  const columns = changed.map(({ account, lot }) => ({
    shopId: account.shopId,
    entryId: lot.entryId,
    remaining: lot.remaining,
  }));
  await updateRemaining(tx, 'ledger_lots', columns);
}

async function updateRemaining(
  tx: Transaction,
  table: 'ledger_lots' | 'ledger_debts',
  rows: readonly { shopId: bigint; entryId: bigint; remaining: bigint }[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `UPDATE ${table} t SET remaining = n.remaining FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS n (shop_id, entry_id, remaining)
     WHERE t.shop_id = n.shop_id AND t.entry_id = n.entry_id`,
    [rows.map((row) => row.shopId), rows.map((row) => row.entryId), rows.map((row) => row.remaining)],
  );
}

async function writeConsumptions(tx: Transaction, plan: PostingPlan, idOf: ResolveId): Promise<void> {
  const arrays = (rows: PostingPlan['consumptions']) => [
    rows.map((row) => row.shopId),
    rows.map((row) => idOf(row.spendEntry)),
    rows.map((row) => idOf(row.lotEntry)),
    rows.map((row) => row.amount),
  ];
  const rowsOf = 'unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[])';
  if (plan.consumptions.length > 0) {
    await tx.query(
      `INSERT INTO ledger_consumptions (shop_id, spend_entry, lot_entry, amount) SELECT * FROM ${rowsOf}`,
      arrays(plan.consumptions),
    );
  }
  if (plan.restorations.length > 0) {
    await tx.query(
      `UPDATE ledger_consumptions c SET restored = c.restored + n.amount
       FROM (SELECT shop_id, spend_entry, lot_entry, sum(amount)::bigint AS amount FROM ${rowsOf} AS r (shop_id, spend_entry, lot_entry, amount) GROUP BY 1, 2, 3) n
       WHERE c.shop_id = n.shop_id AND c.spend_entry = n.spend_entry AND c.lot_entry = n.lot_entry`,
      arrays(plan.restorations),
    );
  }
}

async function writeDebts(tx: Transaction, plan: PostingPlan, idOf: ResolveId): Promise<void> {
  const added: { account: Account; debt: Account['debts'][number] }[] = [];
  const changed: { shopId: bigint; entryId: bigint; remaining: bigint }[] = [];
  for (const account of plan.accounts) {
    for (const debt of account.debts) {
      if (debt.entryId < 0n) added.push({ account, debt });
      else if (debt.changed)
        changed.push({ shopId: account.shopId, entryId: debt.entryId, remaining: debt.remaining });
    }
  }
  if (added.length > 0) {
    await tx.query(
      `INSERT INTO ledger_debts (shop_id, entry_id, customer_id, unit, amount, remaining)
       SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::bigint[], $6::bigint[])`,
      [
        added.map(({ account }) => account.shopId),
        added.map(({ debt }) => idOf(debt.entryId)),
        added.map(({ account }) => account.customerId),
        added.map(({ account }) => account.unit),
        added.map(({ debt }) => debt.amount),
        added.map(({ debt }) => debt.remaining),
      ],
    );
  }
  await updateRemaining(tx, 'ledger_debts', changed);
}

async function writeHolds(tx: Transaction, plan: PostingPlan): Promise<void> {
  for (const hold of plan.holds) {
    await tx.query(
      'INSERT INTO ledger_holds (shop_id, redemption_id, customer_id, unit, amount, created_at) VALUES ($1, $2, $3, $4, $5, club_now())',
      [hold.shopId, hold.redemptionId, hold.customerId, hold.unit, hold.amount],
    );
  }
  for (const hold of plan.movedHolds) {
    await tx.query('UPDATE ledger_holds SET customer_id = $3 WHERE shop_id = $1 AND redemption_id = $2', [
      hold.shopId,
      hold.redemptionId,
      hold.customerId,
    ]);
  }
  if (plan.endedHolds.length === 0) return;
  await tx.query(
    `UPDATE ledger_holds h SET ended_at = club_now() FROM unnest($1::bigint[], $2::uuid[]) AS n (shop_id, redemption_id)
     WHERE h.shop_id = n.shop_id AND h.redemption_id = n.redemption_id`,
    [plan.endedHolds.map((hold) => hold.shopId), plan.endedHolds.map((hold) => hold.redemptionId)],
  );
}

async function updateAccounts(tx: Transaction, plan: PostingPlan): Promise<void> {
  const accounts = [...plan.accounts];
  if (accounts.length === 0) return;
  await tx.query(
    `UPDATE ledger_accounts a SET balance = n.balance, held = n.held, debt = n.debt, updated_at = clock_timestamp()
     FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[])
       AS n (shop_id, customer_id, unit, balance, held, debt)
     WHERE a.shop_id = n.shop_id AND a.customer_id = n.customer_id AND a.unit = n.unit
       AND (a.balance, a.held, a.debt) IS DISTINCT FROM (n.balance, n.held, n.debt)`,
    [
      ...accountKeyArrays(accounts),
      bigintArray(accounts.map((account) => account.balance)),
      bigintArray(accounts.map((account) => account.held)),
      bigintArray(accounts.map((account) => account.debt)),
    ],
  );
}
