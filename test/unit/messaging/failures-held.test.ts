/** docs/message-failures.md: all 37 reports, each with a test that is there, or what is missing. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const text = fs.readFileSync(path.join(ROOT, 'docs/message-failures.md'), 'utf8');
const rows = text
  .split('\n')
  .filter((line) => /^\| \d+ \|/.test(line))
  .map((line) => {
    const cells = line.split(' | ');
    return { number: Number(cells[0]?.slice(2)), held: cells.at(-1)?.replace(/ \|$/, '') ?? '' };
  });

test('all 37 are here', () => {
  expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 37 }, (_, index) => index + 1));
});

test.each(rows)('$number is held', ({ held }) => {
  if (held.startsWith('Open: ')) return;
  const tests = Array.from(held.matchAll(/`(test\/[^`]+)` "([^"]+)"/g), ([, file = '', words = '']) => ({
    file,
    words,
  }));
  expect(tests.length).toBeGreaterThan(0);
  for (const { file, words } of tests)
    expect(fs.readFileSync(path.join(ROOT, file), 'utf8'), file).toContain(words);
});
