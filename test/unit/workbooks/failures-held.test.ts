/** docs/import-failures.md: all 47 reports, each with a test that is there. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const text = fs.readFileSync(path.join(ROOT, 'docs/import-failures.md'), 'utf8');
const rows = text
  .split('\n')
  .filter((line) => /^\| \d+ \|/.test(line))
  .map((line) => {
    const cells = line.split(' | ');
    return { number: Number(cells[0]?.slice(2)), held: cells.at(-1)?.replace(/ \|$/, '') ?? '' };
  });

test('all 47 are here', () => {
  expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 47 }, (_, index) => index + 1));
});

test.each(rows)('$number is held', ({ held }) => {
  const tests = Array.from(held.matchAll(/`(test\/[^`]+)` "([^"]+)"/g), ([, file = '', words = '']) => ({
    file,
    words,
  }));
  if (held.startsWith('bench: ')) return;
  expect(tests.length).toBeGreaterThan(0);
  for (const { file, words } of tests)
    expect(fs.readFileSync(path.join(ROOT, file), 'utf8'), file).toContain(words);
});
