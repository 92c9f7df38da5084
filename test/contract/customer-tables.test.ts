/** Every table that names a customer is decided on: what a merge, an export and an erasure do with its rows. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { TABLES_TO_MERGE } from '#app/modules/crm/merge/customer-tables.ts';
import type { CustomerData } from '#app/modules/customers/customer-data.ts';
import { CUSTOMER_TABLES, EXPORT_SECTIONS, KEPT_COLUMNS } from '#app/modules/privacy/customer-tables.ts';

const MODULES = path.resolve(import.meta.dirname, '../../app/modules');

async function columns(): Promise<Map<string, string[]>> {
  const { rows } = await pool.query<{ name: string; columns: string[] }>(
    `SELECT table_name::text AS name, array_agg(column_name::text) AS columns FROM information_schema.columns
       JOIN information_schema.tables USING (table_schema, table_name)
      WHERE table_schema = 'public' AND table_type = 'BASE TABLE' GROUP BY 1 ORDER BY 1`,
  );
  return new Map(rows.map((row) => [row.name, row.columns]));
}

const NAMING = /^(customer_id|claimed_by|merged_into)$/;

test('each table that names a customer is registered once, and nothing else is', async () => {
  const tables = await columns();
  const naming = [...tables].filter(([, names]) => names.some((name) => NAMING.test(name)));
  const registered = CUSTOMER_TABLES.map(({ table }) => table);
  expect(naming.length).toBeGreaterThan(20);
  expect(naming.map(([table]) => table).filter((table) => !registered.includes(table))).toEqual([]);
  expect(registered.filter((table) => !tables.has(table))).toEqual([]);
  expect(registered.filter((table, index) => registered.indexOf(table) !== index)).toEqual([]);
});

test('what a module registers is gathered; above the merge it may only stay', async () => {
  const folders = fs
    .readdirSync(MODULES)
    .filter((name) => fs.existsSync(path.join(MODULES, name, 'customer-data.ts')));
  expect(folders.length).toBeGreaterThan(8);
  const written = await Promise.all(
    folders.map(
      async (name): Promise<{ CUSTOMER_DATA: readonly CustomerData[] }> =>
        import(`../../app/modules/${name}/customer-data.ts`),
    ),
  );
  const all = written.flatMap(({ CUSTOMER_DATA }) => CUSTOMER_DATA);
  expect(all.filter((data) => !CUSTOMER_TABLES.includes(data))).toEqual([]);
  const above = CUSTOMER_TABLES.filter((data) => !TABLES_TO_MERGE.includes(data));
  expect(above.filter(({ onMerge }) => !(typeof onMerge === 'object' && 'stays' in onMerge))).toEqual([]);
});

test('what a merge hands over and an erasure deletes by customer_id has that column', async () => {
  const tables = await columns();
  const byCustomer = CUSTOMER_TABLES.filter(
    ({ onMerge, onExport, onErase }) =>
      onMerge === 'hand-over' ||
      onErase === 'delete' ||
      ('section' in onExport && onExport.where === undefined),
  ).map(({ table }) => table);
  expect(byCustomer.filter((table) => !tables.get(table)?.includes('customer_id'))).toEqual([]);
});

test('each statement of the registration runs', async () => {
  const tx = await pool.connect();
  try {
    await tx.query('BEGIN');
    for (const { onMerge, onErase } of CUSTOMER_TABLES) {
      if (typeof onMerge === 'object' && 'run' in onMerge)
        for (const statement of onMerge.run) await tx.query(statement, [0n, 1n, 2n]);
      if (typeof onErase === 'object' && 'run' in onErase) await tx.query(onErase.run, [0n, [1n]]);
    }
    for (const { table, where = 'customer_id = ANY($2)' } of EXPORT_SECTIONS)
      await tx.query(`SELECT FROM ${table} WHERE shop_id = $1 AND (${where})`, [0n, [1n]]);
  } finally {
    await tx.query('ROLLBACK');
    tx.release();
  }
});

test('every reason says something, and sections have names of their own', () => {
  const reasons = CUSTOMER_TABLES.flatMap((data) =>
    [data.onMerge, data.onExport, data.onErase].flatMap((answer) => {
      if (typeof answer === 'string') return [];
      if ('by' in answer) return [answer.by];
      if ('stays' in answer) return [answer.stays];
      return 'leftOut' in answer ? [answer.leftOut] : [];
    }),
  );
  expect(reasons.filter((reason) => reason.trim() === '')).toEqual([]);
  const sections = EXPORT_SECTIONS.map(({ section }) => section);
  expect(new Set(sections).size).toBe(sections.length);
});

test('the columns that outlive an erasure exist', async () => {
  const customers = (await columns()).get('customers') ?? [];
  expect(KEPT_COLUMNS.filter((name) => !customers.includes(name))).toEqual([]);
});
