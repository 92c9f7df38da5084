/** 46 files of 13 producers: fixtures/workbooks/README.md says what an import must make of them. */
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  CASES,
  readCases,
  readWholeTable,
  type CaseShop,
  type ReadTable,
} from '#test/support/workbook-cases.ts';

const INDONESIA: CaseShop = { country: 'ID', locale: 'id', currency: 'IDR', dateOrder: 'dmy' };
const cases = readCases();

test('all files are here', () => {
  expect(cases).toHaveLength(46);
});

async function read(file: string, shop: CaseShop): Promise<ReadTable> {
  const table = await readWholeTable(path.join(CASES, file), shop);
  if ('refused' in table) throw new Error(`refused: ${table.refused}`);
  return table;
}

describe('what cannot be imported is refused', () => {
  for (const { file, about, reason, alsoAcceptable = [] } of cases.filter(
    ({ verdict }) => verdict === 'refused',
  ))
    test(`${file}: ${about}`, async () => {
      const startedAt = performance.now();
      const table = await readWholeTable(path.join(CASES, file), INDONESIA);
      expect([reason, ...alsoAcceptable]).toContain('refused' in table ? table.refused : 'accepted');
      expect(performance.now() - startedAt).toBeLessThan(5_000);
    });
});

describe('what can be read comes out as it was meant', () => {
  for (const each of cases.filter(({ verdict }) => verdict === 'accepted'))
    test(`${each.file}: ${each.about}`, async () => {
      const { proposal, rows } = await read(each.file, each.shop ?? INDONESIA);
      expect(proposal.sheet).toBe(each.sheet);
      expect(proposal.headingRow).toBe(each.headingRow);
      const mapped = proposal.columns.filter(({ field }) => field !== null);
      expect(Object.fromEntries(mapped.map(({ column, field }) => [column, field]))).toEqual(each.mapping);
      const withValues = rows.filter(({ values }) => Object.keys(values).length > 0);
      expect(withValues.map(({ row, values }) => ({ row, values }))).toEqual(each.rows);
      const problems = rows.flatMap(({ row, problems: list }) =>
        list.map(({ column, field, code }) => ({ row, column, field, code })),
      );
      expect(problems).toEqual(each.rowErrors);
      const suggestions = rows.flatMap(({ row, suggestions: list }) => list.map((one) => ({ row, ...one })));
      expect(suggestions).toEqual(each.suggestions ?? []);
      expect(proposal.columns.filter(({ isDoubtful }) => isDoubtful)).toEqual([]);
    });
});
