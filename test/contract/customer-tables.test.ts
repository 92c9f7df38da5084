/** Every table that names a customer is decided on: what of it is handed over, and what becomes of it when they are erased. */
import { expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import {
  DELETED_ROWS,
  ERASED_OTHERWISE,
  EXPORTED,
  KEPT,
  NOT_EXPORTED,
} from '#app/modules/privacy/customer-tables.ts';

async function tablesWithCustomers(): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT DISTINCT table_name AS name FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
      WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND column_name = 'customer_id' ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

test('each is in the export, or it is written down why not', async () => {
  const tables = await tablesWithCustomers();
  const decided = [...EXPORTED.map(({ table }) => table), ...Object.keys(NOT_EXPORTED)];
  expect(tables.length).toBeGreaterThan(20);
  expect(tables.filter((table) => !decided.includes(table))).toEqual([]);
});

test('each is erased, or it is written down what of it may stay', async () => {
  const tables = await tablesWithCustomers();
  const decided = [...DELETED_ROWS, ...Object.keys(ERASED_OTHERWISE), ...Object.keys(KEPT)];
  expect(tables.filter((table) => !decided.includes(table))).toEqual([]);
  expect(decided.filter((table) => !tables.includes(table))).toEqual([]);
  expect(decided.filter((table, index) => decided.indexOf(table) !== index)).toEqual([]);
});
