import { expect, test } from 'vitest';
import { bigintArray, jsonArray, timestampArray } from '#app/lib/pg-arrays.ts';

test('ids and timestamps as PostgreSQL writes arrays', () => {
  expect(bigintArray([1n, -9_007_199_254_740_993n, null])).toBe('{1,-9007199254740993,NULL}');
  expect(timestampArray([new Date(Date.UTC(2026, 1, 4)), null])).toBe('{2026-02-04T00:00:00.000Z,NULL}');
  expect(bigintArray([])).toBe('{}');
});

test('JSON texts are quoted as elements, null is none', () => {
  expect(jsonArray([{ a: 'x' }, null])).toBe(String.raw`{"{\"a\":\"x\"}",NULL}`);
});
