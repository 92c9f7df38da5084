/** Style sheets and blocks name no side of the screen: right-to-left languages are the same sheet. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** What `left` and `right` mean is the same in every language; `start` and `end` follow it. */
const SIDES = [
  /(?:^|[\s;{"])(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right)\b/,
  /(?:^|[\s;{"])(?:left|right)\s*:/,
  /border-(?:top|bottom)-(?:left|right)-radius/,
  /(?:text-align|float|clear|background-position|object-position|transform-origin)\s*:[^;}]*\b(?:left|right)\b/,
  /translateX\(/,
];
/** `margin: a b c d` and the like, where b is the one side and d the other. */
const FOUR_VALUES = /(?:^|[\s;{"])(?:margin|padding|inset|border-width|border-radius)\s*:\s*([^;}"]+)/g;

/** The declarations that name a side. */
function sided(css: string): string[] {
  const plain = css.replace(/\/\*[\s\S]*?\*\//g, '');
  const lines = plain.split('\n').filter((line) => SIDES.some((side) => side.test(line)));
  const shorthands = Array.from(plain.matchAll(FOUR_VALUES), ([text, values = '']) => ({
    text: text.trim(),
    values: values
      .replace(/\([^()]*(?:\([^()]*\)[^()]*)*\)/g, '()')
      .trim()
      .split(/\s+/),
  })).filter(({ values }) => values.length === 4 && values[1] !== values[3]);
  return [...lines.map((line) => line.trim()), ...shorthands.map(({ text }) => text)];
}

const filesBelow = (folder: string, ending: RegExp): string[] =>
  fs
    .readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name) && !name.includes('node_modules') && !name.includes('dist'))
    .map((name) => path.join(folder, name));

const files = [...filesBelow('app', /\.css$/), ...filesBelow('extensions', /\.(?:css|liquid)$/)];

test('there are some to look at', () => {
  expect(files.some((file) => file.endsWith('admin.css'))).toBe(true);
  expect(files.some((file) => file.endsWith('club.css'))).toBe(true);
  expect(files.filter((file) => file.endsWith('.liquid')).length).toBeGreaterThan(7);
});

test.each(files)('%s', (file) => {
  expect(sided(fs.readFileSync(path.join(ROOT, file), 'utf8'))).toEqual([]);
});

test.each([
  'a { margin-left: 1px }',
  'a { padding: 0 1px 0 var(--a, 2px) }',
  'a{right:0}',
  '<p style="left: 2px">',
  'a { text-align: right; }',
  'a { border-top-left-radius: 2px }',
  'a { transform: translateX(2px) }',
])('%s is found', (css) => {
  expect(sided(css)).toHaveLength(1);
});

test.each([
  'a { padding: 0 1px 0 1px }',
  'a { inset-inline: 0 }',
  'a { margin: 1px 2px 3px }',
  'a { color: bright }',
])('%s is not', (css) => {
  expect(sided(css)).toEqual([]);
});
