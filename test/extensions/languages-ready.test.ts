// @vitest-environment node
/**
 * Thai and Persian are a file of texts an extension, and nothing else: no word is in the code, every text is under a key, and
 * plural forms and numbers follow the language.
 */
import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { createHostI18n, type Catalogue } from '#sandbox/shopify/extensions/client/i18n.ts';
import { wordsOf } from '../../extensions/theme-scripts/texts.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../extensions');
/** Attributes that people read. */
const READ = new Set([
  ...[
    'heading',
    'subheading',
    'label',
    'details',
    'error',
    'placeholder',
    'title',
    'alt',
    'prefix',
    'suffix',
  ],
  ...['accessibilityLabel', 'collapsedSummary', 'summary', 'aria-label'],
]);
const hasWord = (text: string): boolean => /\p{L}{2,}/u.test(text);

/** What of a source would be shown whatever the language is. */
function wordsIn(file: string, source: string): string[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isJsxText(node) && hasWord(node.text)) found.push(node.text.trim());
    if (ts.isJsxAttribute(node) && READ.has(node.name.getText())) {
      const { initializer } = node;
      if (initializer && ts.isStringLiteral(initializer) && hasWord(initializer.text))
        found.push(initializer.getText());
    }
    const isShown =
      ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent) && node.expression !== undefined;
    if (isShown && ts.isStringLiteralLike(node.expression) && hasWord(node.expression.text))
      found.push(node.expression.text);
    ts.forEachChild(node, look);
  };
  look(tree);
  return found;
}

const extensions = fs.readdirSync(FOLDER).filter((name) => fs.existsSync(path.join(FOLDER, name, 'locales')));
const sources = extensions.flatMap((name) => {
  const folder = path.join(FOLDER, name, 'src');
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.tsx'))
    .map((file) => path.join(name, 'src', file));
});

describe('no word is in the code', () => {
  test.each(sources)('%s', (file) => {
    expect(wordsIn(file, fs.readFileSync(path.join(FOLDER, file), 'utf8'))).toEqual([]);
  });

  test.each([
    '<s-text>Points</s-text>',
    '<s-section heading="Your points" />',
    `<s-text>{'Points'}</s-text>`,
  ])('%s is found', (jsx) => {
    expect(wordsIn('a.tsx', `const a = ${jsx};`)).toHaveLength(1);
  });
});

type Forms = Record<string, string>;
const FORMS = ['zero', 'one', 'two', 'few', 'many', 'other'];
/** A text's plural forms; a list of reasons may have an "other" as well. */
const isPlural = (value: Catalogue): value is Forms => Object.keys(value).every((key) => FORMS.includes(key));

/** The texts of a file that have plural forms, by key. */
function pluralsOf(catalogue: Catalogue, prefix = ''): [string, Forms][] {
  return Object.entries(catalogue).flatMap(([key, value]): [string, Forms][] => {
    if (typeof value === 'string') return [];
    return isPlural(value) ? [[`${prefix}${key}`, value]] : pluralsOf(value, `${prefix}${key}.`);
  });
}

const files = extensions.flatMap((name) =>
  fs
    .readdirSync(path.join(FOLDER, name, 'locales'))
    .map((file) => ({ name, file, language: file.slice(0, 2) })),
);
const read = (name: string, file: string): Catalogue =>
  JSON.parse(fs.readFileSync(path.join(FOLDER, name, 'locales', file), 'utf8'));

test.each(files)('$name/$file has the plural forms of its language', ({ name, file, language }) => {
  const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
  for (const [key, forms] of pluralsOf(read(name, file)))
    expect([key, Object.keys(forms).toSorted()]).toEqual([key, pluralCategories.toSorted()]);
});

test.each(extensions)('%s: the form for one is not "1", which Persian also uses for 0', (name) => {
  for (const [key, { one = '' }] of pluralsOf(read(name, 'en.default.json')))
    expect([key, /\b1\b/.test(one)]).toEqual([key, false]);
});

describe.each(['th', 'fa'])('%s', (language) => {
  test('is a file with the keys of English: nothing falls back to it', () => {
    // As a translation would be made: every text is another, every plural has the forms of the language.
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const translated = (value: Catalogue | string): Catalogue | string => {
      if (typeof value === 'string') return value.replace(/[A-Za-z]+(?![^{]*\}\})/g, '×');
      if (!isPlural(value))
        return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, translated(each)]));
      return Object.fromEntries(forms.map((form) => [form, translated(value.other ?? '')]));
    };
    for (const name of extensions) {
      const english = read(name, 'en.default.json');
      const own = translated(english) as Catalogue;
      const { translate } = createHostI18n(language, [own, english]);
      for (const [key] of pluralsOf(english))
        for (const count of [0, 1, 2, 5])
          expect([
            name,
            key,
            /[A-Za-z]{2,}/.test(translate(key, { count }).replace(/\{\{\s*\w+\s*\}\}/g, '')),
          ]).toEqual([name, key, false]);
    }
  });

  test('has its own digits in a theme, where the language has some', () => {
    const { units, money, number } = wordsOf({ points: { other: '{{ number }} ×' } }, language, 'IDR', 2);
    const expected = new Intl.NumberFormat(language).format(12_345);
    expect(number('12345')).toBe(expected);
    expect(units('POINTS', '12345')).toBe(`${expected} ×`);
    expect(money('1234500')).toContain(expected);
  });
});
