import { expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { bigintArray, jsonArray, timestampArray } from '#app/lib/pg-arrays.ts';

const TEXTS = [
  'plain',
  '"quoted" {and} , \\ back',
  'line\nbreak\ttab\u0001',
  'NULL',
  '',
  '😀 \ud800',
  'Rp 10.000',
];

test('PostgreSQL reads what was passed', async () => {
  const values = TEXTS.map((text) => ({ text, list: [text, null, 1.5], [text]: true }));
  const moments = [new Date(0), new Date('2026-11-21T12:34:56.789Z'), null];
  const { rows } = await pool.query<{ ids: string; moments: Date[]; json: string[] }>(
    `SELECT $1::bigint[]::text AS ids, $2::timestamptz[] AS moments,
            (SELECT array_agg(j::text) FROM unnest($3::json[]) j) AS json`,
    [bigintArray([0n, -1n, 9_223_372_036_854_775_807n, null]), timestampArray(moments), jsonArray(values)],
  );
  expect(rows[0]?.ids).toBe('{0,-1,9223372036854775807,NULL}');
  expect(rows[0]?.moments).toEqual(moments);
  expect(rows[0]?.json).toEqual(values.map((value) => JSON.stringify(value)));
});
