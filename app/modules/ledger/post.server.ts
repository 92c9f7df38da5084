/**
 * The only code that posts value, beside expiry/expire-page.server.ts. A use case opens the accounts it needs (which locks
 * them), plans with `PostingPlan`, and writes the plan: a handful of statements however many entries it has.
 */
import type { Transaction } from '#app/db.server.ts';
import { sha256 } from '#app/lib/ids.ts';
import { bigintArray, timestampArray } from '#app/lib/pg-arrays.ts';
import { preparedForAccounts } from './account-statement.ts';
import { accountKeyOf, loadDebts, loadExpired, loadLots, type KeyColumns } from './load-accounts.server.ts';
import { ANNOUNCE_ENTRIES, WRITTEN_COLUMNS } from './announce-entries.sql.ts';
import { accountKeyText, type Account, type AccountKey } from './rules/account.ts';
import type { PlannedEntry } from './rules/posting-types.ts';
import { PostingPlan } from './rules/posting-plan.ts';
import {
  updateAccounts,
  writeConsumptions,
  writeDebts,
  writeHolds,
  writeLots,
  type ResolveId,
} from './write-plan-parts.server.ts';

function distinct(keys: Iterable<AccountKey>): AccountKey[] {
  return [...new Map([...keys].map((key) => [accountKeyText(key), key])).values()];
}

/**
 * Locks the accounts (creating empty ones) in (shop, customer, unit) order and reads what a plan over them needs.
 * `withLots` names those whose lots will be taken from; the others only earn. `isTakingBack` is false where nothing that
 * an order gave is taken back, so that nothing that expired is given back. Returns an empty plan.
 */
export async function openPosting(
  tx: Transaction,
  keys: Iterable<AccountKey>,
  withLots: Iterable<AccountKey>,
  { isTakingBack = true }: { isTakingBack?: boolean } = {},
): Promise<PostingPlan> {
  const wanted = distinct(keys);
  if (wanted.length === 0) return new PostingPlan([]);
  const accounts = new Map<string, Account>();
  for (const row of await lockOrInsert(tx, wanted))
    accounts.set(accountKeyText(accountKeyOf(row)), accountOf(row));
  await loadDebts(
    tx,
    accounts,
    [...accounts.values()].filter((account) => account.debt > 0n),
  );
  const takenFrom = distinct(withLots);
  await loadLots(tx, accounts, takenFrom);
  if (isTakingBack) await loadExpired(tx, accounts, takenFrom);
  return new PostingPlan(accounts.values());
}

/** One account is known nearly always. Of several, new ones are locked by their INSERT and the others afterwards. */
async function lockOrInsert(tx: Transaction, wanted: readonly AccountKey[]): Promise<AccountRow[]> {
  if (wanted.length === 1) {
    const locked = await lockAccounts(tx, wanted);
    if (locked.length === 1) return locked;
  }
  const added = await insertAccounts(tx, wanted);
  const addedKeys = new Set(added.map((row) => accountKeyText(accountKeyOf(row))));
  const known = wanted.filter((key) => !addedKeys.has(accountKeyText(key)));
  return [...added, ...(await lockAccounts(tx, known))];
}

type AccountRow = KeyColumns & { balance: bigint; held: bigint; debt: bigint };

function accountOf(row: AccountRow): Account {
  const { balance, held, debt } = row;
  return { ...accountKeyOf(row), balance, held, debt, lots: [], debts: [], expired: [] };
}

const INSERT_ACCOUNTS = preparedForAccounts(
  'ledger-accounts-insert',
  (keys) =>
    `INSERT INTO ledger_accounts (shop_id, customer_id, unit) SELECT * FROM ${keys} ORDER BY 1, 2, 3 ON CONFLICT DO NOTHING
     RETURNING shop_id, customer_id, unit, balance, held, debt`,
);

const LOCK_ACCOUNTS = preparedForAccounts(
  'ledger-accounts-lock',
  (keys) =>
    `SELECT a.shop_id, a.customer_id, a.unit, a.balance, a.held, a.debt FROM ledger_accounts a JOIN ${keys}
     USING (shop_id, customer_id, unit) ORDER BY a.shop_id, a.customer_id, a.unit FOR UPDATE OF a`,
);

async function insertAccounts(tx: Transaction, keys: readonly AccountKey[]): Promise<AccountRow[]> {
  const { rows } = await tx.query<AccountRow>(INSERT_ACCOUNTS(keys));
  return rows;
}

async function lockAccounts(tx: Transaction, keys: readonly AccountKey[]): Promise<AccountRow[]> {
  if (keys.length === 0) return [];
  const { rows } = await tx.query<AccountRow>(LOCK_ACCOUNTS(keys));
  return rows;
}

/** Writes a plan inside the transaction that opened it. Throws on a key that was posted before (unique violation). */
export async function writePosting(tx: Transaction, plan: PostingPlan): Promise<void> {
  const idOf = await allocateEntryIds(tx, plan.entries);
  // None needs what another returns, so they are sent together and run one after another.
  await Promise.all([
    insertEntries(tx, plan.entries, idOf),
    writeLots(tx, plan, idOf),
    writeConsumptions(tx, plan, idOf),
    writeDebts(tx, plan, idOf),
    writeHolds(tx, plan),
    updateAccounts(tx, plan),
  ]);
}

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
         rule, snapshot_id, actor, note, idempotency_key, input_hash, balance_after, effective_at, reverses)
       SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::text[],
         $9::bigint[], $10::uuid[], $11::text[], $12::bigint[], $13::text[], $14::text[], $15::text[], $16::text[], $17::bigint[],
         $18::timestamptz[], $19::bigint[])
       RETURNING ${WRITTEN_COLUMNS})
     ${ANNOUNCE_ENTRIES}`,
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
      timestampArray(column((entry) => entry.effectiveAt)),
      bigintArray(column((entry) => entry.reverses ?? null)),
    ],
  );
}
