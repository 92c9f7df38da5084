/**
 * Habits of this code base that no linter knows (STYLE.md 3.3). Each rule walks the tracked and new source files and
 * names every place that breaks it.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const FILE_LINES_MAX = 400;
const FUNCTION_LINES_MAX = 70;

const sources = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.tsx'],
  {
    cwd: ROOT,
    encoding: 'utf8',
  },
)
  .split('\n')
  .filter((file) => file !== '' && !file.endsWith('.d.ts') && fs.existsSync(path.join(ROOT, file)))
  .map((file) => ({ file, text: fs.readFileSync(path.join(ROOT, file), 'utf8') }));

/** `file:line` of every match of `pattern` in the files that `where` selects, comments left out. */
function places(pattern: RegExp, where: (file: string) => boolean): string[] {
  return sources
    .filter(({ file }) => where(file))
    .flatMap(({ file, text }) =>
      withoutComments(text)
        .split('\n')
        .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : [])),
    );
}

/** Keeps the line breaks, so that line numbers stay right. */
function withoutComments(text: string): string {
  return text
    .replaceAll(/\/\*[\s\S]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ' '))
    .replaceAll(/(^|\s)\/\/.*$/gm, '$1');
}

const inFolder =
  (...folders: string[]) =>
  (file: string) =>
    folders.some((folder) => file.startsWith(`${folder}/`));

test('no file is longer than 400 lines: a newcomer should find his way in it', () => {
  const long = sources.flatMap(({ file, text }) => {
    const lines = text.split('\n').length;
    return lines > FILE_LINES_MAX ? [`${file}: ${lines} lines`] : [];
  });
  expect(long).toEqual([]);
});

test('no function is longer than 70 lines', () => {
  // Prettier puts the closing brace of a top-level function at the start of a line, JSX included.
  const long = sources.flatMap(({ file, text }) => {
    if (file.startsWith('test/')) return [];
    const lines = text.split('\n');
    return lines.flatMap((line, start) => {
      if (!/^(export )?(default )?(async )?function[ *]|^export default (async )?function/.test(line))
        return [];
      const end = lines.findIndex((later, index) => index > start && later.startsWith('}'));
      return end - start >= FUNCTION_LINES_MAX ? [`${file}:${start + 1}: ${end - start + 1} lines`] : [];
    });
  });
  expect(long).toEqual([]);
});

test('only app/env.server.ts reads the environment', () => {
  const elsewhere = places(/process\.env\b/, (file) => inFolder('app')(file) && file !== 'app/env.server.ts');
  expect(elsewhere).toEqual([]);
});

test('the app logs through its logger', () => {
  expect(places(/\bconsole\.\w+\(/, inFolder('app'))).toEqual([]);
});

test('rules and the ledger take time and chance from outside, so that tests can decide both', () => {
  const pure = (file: string): boolean =>
    /^app\/modules\/[^/]+\/rules\//.test(file) || /^app\/modules\/loyalty\/ledger/.test(file);
  expect(
    places(/\bnew Date\(\)|\bDate\.now\(|\bMath\.random\(|\brandomUUID\(|\bperformance\.now\(/, pure),
  ).toEqual([]);
});

test('amounts are never read as floating point numbers', () => {
  expect(places(/\bparseFloat\(|\.toFixed\(/, inFolder('app/modules', 'app/lib/money'))).toEqual([]);
});

test('GraphQL stands in integrations/shopify/operations and nowhere else', () => {
  const graphql = /#graphql|`\s*(query|mutation)\s+\w*\s*[({]/;
  const outside = (file: string): boolean =>
    file.startsWith('app/') && !file.startsWith('app/integrations/shopify/operations/');
  expect(places(graphql, outside)).toEqual([]);
});

test('imports inside the project carry their extension, as Node wants them', () => {
  const withoutExtension =
    /from '(\.{1,2}\/|#(app|sandbox|test|scripts)\/)[^']*(?<!\.(ts|tsx|js|mjs|json|css)(\?url)?)'/;
  expect(places(withoutExtension, () => true)).toEqual([]);
});

test('no test is left out or alone', () => {
  expect(places(/\b(test|it|describe)\.(only|skip|todo)\(/, inFolder('test'))).toEqual([]);
});

test('nothing is left for later in a comment', () => {
  const marks = sources.flatMap(({ file, text }) =>
    text
      .split('\n')
      .flatMap((line, index) =>
        /\b(TODO|FIXME|XXX|HACK)\b(?!\|)/.test(line) ? [`${file}:${index + 1}`] : [],
      ),
  );
  expect(marks.filter((place) => !place.startsWith('test/unit/tidy.test.ts'))).toEqual([]);
});
