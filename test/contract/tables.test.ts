/**
 * The rule that lets the schema be distributed by shop (ARCHITECTURE.md, Database): every table starts with shop_id,
 * and every primary and unique key contains it.
 */
import { Prisma } from '@prisma/client';
import { expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';

/**
 * Tables that belong to no shop: Shopify's session table, Prisma's list of migrations, the operator's price list.
 * graphile-worker has its own schema.
 */
const NOT_OF_A_SHOP = ['Session', '_prisma_migrations', 'message_prices', 'message_packages'];
/** Each shop's domain and numeric id are unique among all shops: this table is the one that is copied everywhere. */
const REFERENCE_TABLES = ['shops'];

test('every table starts with shop_id', async () => {
  const { rows } = await pool.query<{ table: string; column: string }>(
    `SELECT table_name AS table, column_name AS column FROM information_schema.columns
      WHERE table_schema = 'public' AND ordinal_position = 1`,
  );
  const others = rows.filter(({ table, column }) => column !== 'shop_id' && !NOT_OF_A_SHOP.includes(table));
  expect(rows.length).toBeGreaterThan(10);
  expect(others).toEqual([]);
});

test('every primary and unique key contains shop_id', async () => {
  const { rows } = await pool.query<{ table: string; index: string; columns: string[] }>(
    `SELECT t.relname AS table, i.relname AS index, array_agg(a.attname::text) AS columns
       FROM pg_index x
       JOIN pg_class t ON t.oid = x.indrelid
       JOIN pg_class i ON i.oid = x.indexrelid
       JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = 'public'
       JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (x.indkey)
      WHERE x.indisunique
      GROUP BY 1, 2`,
  );
  const exempt = [...NOT_OF_A_SHOP, ...REFERENCE_TABLES];
  const withoutShop = rows.filter(
    ({ table, columns }) => !columns.includes('shop_id') && !exempt.includes(table),
  );
  expect(rows.length).toBeGreaterThan(10);
  expect(withoutShop).toEqual([]);
});

test('the migrations make the tables and columns that prisma/schema.prisma describes', async () => {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
      WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'`,
  );
  const described = Prisma.dmmf.datamodel.models.flatMap(({ name, dbName, fields }) =>
    fields
      .filter(({ kind }) => kind !== 'object')
      .map((field) => `${dbName ?? name}.${field.dbName ?? field.name}`),
  );
  expect(rows.map(({ name }) => name).toSorted()).toEqual(described.toSorted());
});
