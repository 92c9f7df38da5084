/** What documents name, is there: they are read when the code has moved on. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => fs.readFileSync(path.join(ROOT, file), 'utf8');
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && fs.existsSync(path.join(ROOT, file)));

test('each decision has a number of its own, which its title repeats', () => {
  const decisions = files.filter((file) => file.startsWith('docs/decisions/'));
  const numbers = decisions.map((file) => path.basename(file).slice(0, 4));
  expect(numbers.length).toBeGreaterThan(30);
  expect(numbers.filter((number, index) => numbers.indexOf(number) !== index)).toEqual([]);
  expect(decisions.map((file) => read(file).slice(0, 7))).toEqual(numbers.map((number) => `# ${number} `));
});

test('links between documents lead to files', () => {
  const broken = files
    .filter((file) => file.endsWith('.md'))
    .flatMap((file) =>
      Array.from(read(file).matchAll(/\]\((?!https?:)([^)#\s]+)[^)]*\)/g), ([, link = '']) => link)
        .filter((link) => !fs.existsSync(path.join(ROOT, path.dirname(file), link)))
        .map((link) => `${file}: ${link}`),
    );
  expect(broken).toEqual([]);
});

test('the first live run names files and constants that there are', () => {
  const text = read('docs/first-live-run.md').replaceAll(/```[\s\S]*?```/g, '');
  const quoted = Array.from(text.matchAll(/`([^`]+)`/g), ([, name = '']) => name);
  const named = quoted.filter((name) => /^[\w./-]+\.(?:ts|tsx|toml|json|md)$/.test(name));
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((name) => !files.some((file) => `/${file}`.endsWith(`/${name}`)))).toEqual([]);

  const code = files
    .filter((file) => /^(?:app|sandbox|extensions)\/.*\.tsx?$/.test(file) && !file.endsWith('.d.ts'))
    .map(read)
    .join('\n');
  const constants = quoted.filter((name) => /^[A-Z]+_[A-Z_]+$/.test(name) && !FROM_SHOPIFY.has(name));
  expect(constants.length).toBeGreaterThan(5);
  expect(constants.filter((name) => !new RegExp(`\\b${name}\\b`).test(code))).toEqual([]);
});

/** Of its documentation, or of the shell. */
const FROM_SHOPIFY = new Set(['APP_URL', 'CREDIT_LIMIT_EXCEEDED']);
