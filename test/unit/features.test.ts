/** Comments refer to features and decisions by number; docs/features.md is where a reader looks them up. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const LIST = 'docs/features.md';
const rows = fs
  .readFileSync(path.join(ROOT, LIST), 'utf8')
  .split('\n')
  .filter((line) => /^\| [FC]\d/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()));
const numbers = rows.map(([, number = '']) => number);

test('every number that code, tests or documents mention is in the list', () => {
  const files = execFileSync(
    'git',
    ['ls-files', 'app', 'prisma', 'test', 'docs', 'extensions', 'sandbox', 'scripts', '*.md'],
    {
      cwd: ROOT,
      encoding: 'utf8',
    },
  )
    .split('\n')
    .filter((file) => /\.(tsx?|sql|md)$/.test(file) && file !== LIST && fs.existsSync(path.join(ROOT, file)));
  const unknown = files.flatMap((file) =>
    (fs.readFileSync(path.join(ROOT, file), 'utf8').match(/(?<![\w.#\\/-])F\d{1,3}b?(?![\w-])/g) ?? [])
      .filter((number) => !numbers.includes(number))
      .map((number) => `${file}: ${number}`),
  );
  expect(unknown).toEqual([]);
});

test('every number is there once, with a state', () => {
  expect(new Set(numbers).size).toBe(numbers.length);
  const hasState = (cells: string[]) => /^(built|planned|partly: .)/.test(cells[3] ?? '');
  expect(rows.filter((cells) => !hasState(cells))).toEqual([]);
});
