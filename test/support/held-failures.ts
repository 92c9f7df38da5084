/** The tables of failures in docs: numbered rows, the last cell of which names the tests that hold each. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');

interface HeldRow {
  number: number;
  /** The last cell, such as `test/a.test.ts` "words of its name". */
  held: string;
}

function readRows(document: string): HeldRow[] {
  return fs
    .readFileSync(path.join(ROOT, document), 'utf8')
    .split('\n')
    .filter((line) => /^\| \d+ \|/.test(line))
    .map((line) => {
      const cells = line.split(' | ');
      return { number: Number(cells[0]?.slice(2)), held: cells.at(-1)?.replace(/ \|$/, '') ?? '' };
    });
}

/** Tests that a document has this number of rows, and that each names tests that are there; `exempt` begins cells that name none. */
export function testHeldFailures(document: string, count: number, exempt?: string): void {
  const rows = readRows(document);
  test(`all ${count} are here`, () => {
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
  });
  test.each(rows)('$number is held', ({ held }) => {
    if (exempt !== undefined && held.startsWith(exempt)) return;
    const named = Array.from(held.matchAll(/`(test\/[^`]+)` "([^"]+)"/g));
    expect(named.length).toBeGreaterThan(0);
    expect(named.length).toBe(held.split('`test/').length - 1);
    for (const [, file = '', words = ''] of named)
      expect(fs.readFileSync(path.join(ROOT, file), 'utf8'), file).toContain(words);
  });
}
