/** The parts of a posting plan beside its entries: lots, consumptions, debts, holds and the sums of accounts. */
import { prepared, type Transaction } from '#app/db.server.ts';
import { bigintArray, timestampArray } from '#app/lib/pg-arrays.ts';
import { preparedForAccounts } from './account-statement.ts';
import { accountKeyText, type Account } from './rules/account.ts';
import type { PostingPlan } from './rules/posting-plan.ts';
import { EARNED_KINDS, SPENT_KINDS, type PlannedEntry } from './rules/posting-types.ts';

/** The entry's id in the database for a planned one. */
export type ResolveId = (plannedId: bigint) => bigint;

/** Writes the lots of a plan: new ones, and what is left of the others. */
export async function writeLots(tx: Transaction, plan: PostingPlan, idOf: ResolveId): Promise<void> {
  const added: { account: Account; lot: Account['lots'][number] }[] = [];
  const changed: typeof added = [];
  for (const account of plan.accounts) {
    for (const lot of account.lots)
      if (lot.changed) (lot.entryId < 0n ? added : changed).push({ account, lot });
  }
  if (added.length > 0) {
    await tx.query(
      `INSERT INTO ledger_lots (shop_id, entry_id, customer_id, unit, amount, remaining, valid_from, expires_at, order_id, rule)
       SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::bigint[], $6::bigint[], $7::timestamptz[],
         $8::timestamptz[], $9::bigint[], $10::text[])`,
      [
        bigintArray(added.map(({ account }) => account.shopId)),
        bigintArray(added.map(({ lot }) => idOf(lot.entryId))),
        bigintArray(added.map(({ account }) => account.customerId)),
        added.map(({ account }) => account.unit),
        bigintArray(added.map(({ lot }) => lot.amount)),
        bigintArray(added.map(({ lot }) => lot.remaining)),
        timestampArray(added.map(({ lot }) => lot.validFrom)),
        timestampArray(added.map(({ lot }) => lot.expiresAt)),
        bigintArray(added.map(({ lot }) => lot.orderId)),
        added.map(({ lot }) => lot.rule ?? null),
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

/** Writes which lots gave how much, and what of it came back. */
export async function writeConsumptions(tx: Transaction, plan: PostingPlan, idOf: ResolveId): Promise<void> {
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

/** Writes debts that a plan made or paid. */
export async function writeDebts(tx: Transaction, plan: PostingPlan, idOf: ResolveId): Promise<void> {
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

const INSERT_HOLD = prepared(
  'ledger-hold-insert',
  'INSERT INTO ledger_holds (shop_id, redemption_id, customer_id, unit, amount, created_at) VALUES ($1, $2, $3, $4, $5, ledger_now())',
);

const END_HOLDS = prepared(
  'ledger-holds-end',
  `UPDATE ledger_holds h SET ended_at = ledger_now() FROM unnest($1::bigint[], $2::uuid[]) AS n (shop_id, redemption_id)
   WHERE h.shop_id = n.shop_id AND h.redemption_id = n.redemption_id`,
);

const UPDATE_ACCOUNTS = preparedForAccounts(
  'ledger-accounts-update',
  (sums) =>
    `UPDATE ledger_accounts a SET balance = k.balance, held = k.held, debt = k.debt, earned = a.earned + k.earned,
       spent = a.spent + k.spent, updated_at = clock_timestamp()
     FROM ${sums} WHERE a.shop_id = k.shop_id AND a.customer_id = k.customer_id AND a.unit = k.unit
       AND (a.balance, a.held, a.debt, 0, 0) IS DISTINCT FROM (k.balance, k.held, k.debt, k.earned, k.spent)`,
  ['balance', 'held', 'debt', 'earned', 'spent'],
);

/** Writes the holds that a plan made, moved or ended. */
export async function writeHolds(tx: Transaction, plan: PostingPlan): Promise<void> {
  for (const hold of plan.holds)
    await tx.query(INSERT_HOLD([hold.shopId, hold.redemptionId, hold.customerId, hold.unit, hold.amount]));
  for (const hold of plan.movedHolds) {
    await tx.query('UPDATE ledger_holds SET customer_id = $3 WHERE shop_id = $1 AND redemption_id = $2', [
      hold.shopId,
      hold.redemptionId,
      hold.customerId,
    ]);
  }
  if (plan.endedHolds.length === 0) return;
  await tx.query(
    END_HOLDS([plan.endedHolds.map((hold) => hold.shopId), plan.endedHolds.map((hold) => hold.redemptionId)]),
  );
}

/** Writes the sums of the accounts that a plan changed. */
export async function updateAccounts(tx: Transaction, plan: PostingPlan): Promise<void> {
  const totals = totalsOf(plan.entries);
  const changed = new Set(plan.changedAccounts());
  // What is given and taken back in one plan leaves a balance as it was.
  const accounts = [...plan.accounts].filter(
    (account) => changed.has(account) || totals.has(accountKeyText(account)),
  );
  if (accounts.length === 0) return;
  const totalOf = (account: Account) => totals.get(accountKeyText(account));
  await tx.query(
    UPDATE_ACCOUNTS(
      accounts,
      accounts.map((account) => account.balance),
      accounts.map((account) => account.held),
      accounts.map((account) => account.debt),
      accounts.map((account) => totalOf(account)?.earned ?? 0n),
      accounts.map((account) => totalOf(account)?.spent ?? 0n),
    ),
  );
}

/** What entries add to the totals of their accounts. */
function totalsOf(entries: readonly PlannedEntry[]): Map<string, { earned: bigint; spent: bigint }> {
  const totals = new Map<string, { earned: bigint; spent: bigint }>();
  for (const entry of entries) {
    const key = accountKeyText(entry);
    const { earned, spent } = totals.get(key) ?? { earned: 0n, spent: 0n };
    if (EARNED_KINDS.includes(entry.kind)) totals.set(key, { earned: earned + entry.amount, spent });
    else if (SPENT_KINDS.includes(entry.kind)) totals.set(key, { earned, spent: spent - entry.amount });
  }
  return totals;
}
