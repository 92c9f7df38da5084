/**
 * What the checkout reads of a shop's rules is kept in memory as long as `shops.rules_version` is the same. So whatever
 * writes a column of those tables must change it, in the same transaction: the database does, and nothing that is read
 * comes from another table.
 */
import { beforeAll, expect, test } from 'vitest';
import { pool, withSnapshot, withTransaction, type Transaction } from '#app/db.server.ts';
import { loadRules } from '#app/modules/club-api/shop-rules.server.ts';
import { givenReward } from '#test/support/rewards.ts';
import { givenShop } from '#test/support/shops.ts';

/** Columns that no rule is read from, which change by themselves. */
const NO_RULES: Record<string, readonly string[]> = {
  shops: ['scopes', 'reconciled_until', 'customers_reconciled_until'],
  club_settings: ['updated_at', 'tiers_evaluated_on', 'reminded_on'],
  categories: [],
  tiers: [],
  rewards: ['updated_at'],
};
const TABLES = Object.keys(NO_RULES);

let shopId: bigint;
let domain: string;
beforeAll(async () => {
  ({ shopId, domain } = await givenShop());
  await pool.query('SELECT seed_club($1, 10000)', [shopId]);
  await givenReward({ shopId, domain }, { name: 'Ten off', units: 50n });
});

async function versionOf(db: Pick<Transaction, 'query'>): Promise<bigint> {
  const { rows } = await db.query<{ version: bigint }>(
    'SELECT rules_version AS version FROM shops WHERE shop_id = $1',
    [shopId],
  );
  return rows[0]!.version;
}

/** By how much the version of the shop changes by statements, which are undone. */
async function changeBy(work: (tx: Transaction) => Promise<unknown>): Promise<bigint> {
  const undo = new Error('undone');
  let change = 0n;
  await withTransaction(async (tx) => {
    const before = await versionOf(tx);
    await work(tx);
    change = (await versionOf(tx)) - before;
    throw undo;
  }).catch((error: unknown) => {
    if (error !== undo) throw error;
  });
  return change;
}

/** SQL of another value than the column has. */
const OTHER: Record<string, (column: string) => string> = {
  text: (column) => `coalesce(${column}, '') || 'x'`,
  bigint: (column) => `coalesce(${column}, 0) + 1000`,
  integer: (column) => `coalesce(${column}, 0) + 1000`,
  jsonb: (column) => `${column} || '[1]'::jsonb`,
  boolean: (column) => `NOT coalesce(${column}, false)`,
  date: (column) => `coalesce(${column}, '2020-01-01') + 1`,
  'timestamp with time zone': (column) => `coalesce(${column}, '2020-01-01') + interval '1 day'`,
};

type Statement = string | { text: string };

test('the rules are read from these tables only', async () => {
  const texts: string[] = [];
  await withSnapshot(async (tx) => {
    const query = tx.query.bind(tx) as (statement: Statement, values?: unknown[]) => Promise<unknown>;
    const recorded = (statement: Statement, values?: unknown[]) => {
      texts.push(typeof statement === 'string' ? statement : statement.text);
      return query(statement, values);
    };
    await loadRules(Object.assign(Object.create(tx) as Transaction, { query: recorded }), domain);
  });
  const tables = texts.flatMap((text) =>
    [...text.matchAll(/\b(?:FROM|JOIN)\s+(?!LATERAL\b)(\w+)/g)].map(([, table]) => table),
  );
  expect([...new Set(tables)].sort()).toEqual([...TABLES].sort());
});

test.each(TABLES)('a change of %s is one of the version, unless the column is no rule', async (table) => {
  const { rows: columns } = await pool.query<{ name: string; type: string }>(
    `SELECT column_name AS name, data_type AS type FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = $1 AND column_name NOT IN ('shop_id', 'rules_version')`,
    [table],
  );
  const { rows: checks } = await pool.query<{ name: string }>(
    `SELECT conname AS name FROM pg_constraint WHERE conrelid = $1::regclass AND contype = 'c'`,
    [table],
  );
  const wrong: string[] = [];
  for (const { name, type } of columns) {
    const change = await changeBy(async (tx) => {
      for (const check of checks) await tx.query(`ALTER TABLE ${table} DROP CONSTRAINT ${check.name}`);
      const { rowCount } = await tx.query(
        `UPDATE ${table} SET ${name} = ${OTHER[type]!(name)}
         WHERE ctid = (SELECT ctid FROM ${table} WHERE shop_id = $1 LIMIT 1)`,
        [shopId],
      );
      expect(rowCount, name).toBe(1);
    });
    if (change > 0n === NO_RULES[table]!.includes(name)) wrong.push(`${name}: ${change}`);
  }
  expect(wrong).toEqual([]);
  expect(columns.length).toBeGreaterThan(NO_RULES[table]!.length + 4);
});

test.each(TABLES.filter((table) => table !== 'shops'))(
  'so are rows of %s that go and come',
  async (table) => {
    const changes: bigint[] = [];
    await changeBy(async (tx) => {
      await tx.query(
        `CREATE TEMPORARY TABLE kept ON COMMIT DROP AS SELECT * FROM ${table} WHERE shop_id = ${shopId}`,
      );
      for (const statement of [
        `DELETE FROM ${table} WHERE shop_id = ${shopId}`,
        `INSERT INTO ${table} SELECT * FROM kept`,
      ]) {
        const before = await versionOf(tx);
        await tx.query(statement);
        changes.push((await versionOf(tx)) - before);
      }
    });
    expect(changes.every((change) => change > 0n)).toBe(true);
    expect(changes).toHaveLength(2);
  },
);
