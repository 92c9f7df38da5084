/**
 * The texts on screen: both languages have the same keys and placeholders, every key is used and every used key exists,
 * and no component holds a literal that should have been a text.
 */
import fs from 'node:fs';
import path from 'node:path';
import polarisEnglish from '@shopify/polaris/locales/en.json' with { type: 'json' };
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import en from '#app/i18n/en.ts';
import id from '#app/i18n/id.ts';
import polarisIndonesian from '#app/i18n/polaris-id.json' with { type: 'json' };
import { i18nFor } from '#app/i18n/i18n.ts';
import { localeOfRequest } from '#app/i18n/locales.ts';

const APP = path.resolve(import.meta.dirname, '../../../app');

type Tree = { [key: string]: string | Tree };

function flatten(tree: Tree, prefix = ''): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') texts.set(prefix + key, value);
    else for (const [inner, text] of flatten(value, `${prefix}${key}.`)) texts.set(inner, text);
  }
  return texts;
}

/** Plural forms differ between languages: `_one` and `_other` count as one key. */
const withoutPlural = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/, '');
const placeholders = (text: string, format: RegExp) => [...new Set(text.match(format) ?? [])].sort();
const DOUBLE = /\{\{\w+\}\}/g;
const SINGLE = /\{\w+\}/g;

/** Words that Indonesian writes as English does. */
const SAME_IN_BOTH = new Set([
  '“{{text}}”',
  // Networks have one name; sentences made of sentences.
  'Instagram',
  'Facebook',
  'TikTok',
  'LINE',
  'WhatsApp',
  'Telegram',
  'X',
  '{{heading}}: “{{written}}”. {{why}}',
  '{{heading}}: {{why}}',
  'Shopify',
  'Checkout',
  // What Indonesia calls its villages, in English too.
  'Kelurahan / desa',
  'Set A',
  'Set B',
  'SKU',
  'cm',
  'kg',
  '{{order}}: {{outcome}}',
  '{{field}} ({{amount}})',
  '{{quantity}} × {{title}}',
  'Email',
  'Member',
  'Membership',
  'Program',
  'Template',
  'template',
  'File',
  'Filter',
  '{{field}}: {{value}}',
  'Status',
  'Tag',
  'Tip',
  'Total',
  'Valid',
  '{{unit}} {{name}}',
  'program',
  'tag',
  '{{title}}: {{times}} × {{each}}',
  '{{units}}: {{gift}}',
  '{{name}}, {{timestamp}}',
  '{{name}} ({{customers}})',
  '{{customers}}: {{reason}}',
  'Thai',
  'Excel (.xlsx)',
  'CSV (.csv)',
  '{{scope}} · {{format}} · {{size}}',
  '{{scope}} · {{format}}',
  'Instagram',
  'Facebook',
  'TikTok',
  'Telegram',
  'X (Twitter)',
  '{{of}}, {{percent}}',
  '{{rule}}: {{amount}}',
  '{{from}} → {{to}}',
]);

const english = flatten(en);
const indonesian = flatten(id);

function sources(): { file: string; source: ts.SourceFile }[] {
  const files = fs
    .readdirSync(APP, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name));
  return files.map((file) => {
    const text = fs.readFileSync(path.join(APP, file), 'utf8');
    return { file, source: ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX) };
  });
}

function visit(node: ts.Node, look: (node: ts.Node) => void): void {
  look(node);
  node.forEachChild((child) => visit(child, look));
}

/** What `t(...)` is called with: whole keys, and the beginnings of keys that end in a variable. */
function usedKeys(): { keys: Set<string>; beginnings: Set<string> } {
  const keys = new Set<string>();
  const beginnings = new Set<string>();
  for (const { source } of sources()) {
    visit(source, (node) => {
      if (!ts.isCallExpression(node) || node.expression.getText(source) !== 't') return;
      const [key] = node.arguments;
      if (key && ts.isStringLiteralLike(key)) keys.add(key.text);
      else if (key && ts.isTemplateExpression(key)) beginnings.add(key.head.text);
    });
  }
  return { keys, beginnings };
}

describe('texts', () => {
  it('exist in both languages', () => {
    const keysOf = (texts: Map<string, string>) => [...new Set([...texts.keys()].map(withoutPlural))].sort();
    expect(keysOf(indonesian)).toEqual(keysOf(english));
  });

  it('have the plural forms that their language needs', () => {
    for (const [texts, language] of [
      [english, 'en'],
      [indonesian, 'id'],
    ] as const) {
      const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
      const plurals = new Set([...texts.keys()].filter((key) => /_other$/.test(key)).map(withoutPlural));
      for (const key of plurals)
        for (const form of forms) expect([...texts.keys()]).toContain(`${key}_${form}`);
    }
  });

  it('have the same placeholders and are not empty', () => {
    for (const [key, text] of indonesian) {
      const other = english.get(key) ?? '';
      expect({ key, found: placeholders(text, DOUBLE) }).toEqual({ key, found: placeholders(other, DOUBLE) });
    }
    expect([...english, ...indonesian].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('are translated: few words are the same in both languages', () => {
    const same = [...english].filter(([key, text]) => indonesian.get(key) === text).map(([, text]) => text);
    expect([...new Set(same)].filter((text) => !SAME_IN_BOTH.has(text))).toEqual([]);
  });

  it('get every value that their placeholders name', () => {
    const missing: string[] = [];
    for (const { file, source } of sources()) {
      visit(source, (node) => {
        if (!ts.isCallExpression(node) || node.expression.getText(source) !== 't') return;
        const [key, values] = node.arguments;
        // A spread or a variable may hold anything.
        if (!key || !ts.isStringLiteralLike(key) || (values && !ts.isObjectLiteralExpression(values))) return;
        const properties = values ? [...values.properties] : [];
        if (properties.some((property) => ts.isSpreadAssignment(property))) return;
        const given = new Set(properties.map((property) => property.name?.getText(source)));
        const texts = [...english]
          .filter(([name]) => withoutPlural(name) === key.text)
          .map(([, text]) => text);
        for (const [name] of texts
          .flatMap((text) => placeholders(text, DOUBLE))
          .map((hit) => [hit.slice(2, -2)]))
          if (!given.has(name)) missing.push(`${file}: ${key.text} without ${name}`);
      });
    }
    expect(missing).toEqual([]);
  });

  it('are all used, and all that is used exists', () => {
    const { keys, beginnings } = usedKeys();
    const known = new Set([...english.keys()].map(withoutPlural));
    expect([...keys].filter((key) => !known.has(key))).toEqual([]);
    const isUsed = (key: string) =>
      keys.has(key) || [...beginnings].some((beginning) => key.startsWith(beginning));
    expect([...known].filter((key) => !isUsed(key))).toEqual([]);
  });
});

describe("Polaris' texts in Indonesian", () => {
  it('follow its English ones, with the same placeholders', () => {
    const theirs = flatten(polarisEnglish);
    for (const [key, text] of flatten(polarisIndonesian)) {
      expect([...theirs.keys()]).toContain(key);
      const found = placeholders(text, SINGLE);
      expect({ key, found }).toEqual({ key, found: placeholders(theirs.get(key) ?? '', SINGLE) });
    }
  });
});

describe('components', () => {
  const SHOWN_PROPS = new Set([
    'title',
    'label',
    'helpText',
    'placeholder',
    'content',
    'description',
    'suffix',
    'alt',
    'aria-label',
    'accessibilityLabel',
  ]);
  const isWord = (text: string) => /\p{L}{2,}/u.test(text) && text.trim() !== 'Setia';

  it('hold no literal that a person would read', () => {
    const found: string[] = [];
    for (const { file, source } of sources()) {
      if (!file.endsWith('.tsx')) continue;
      visit(source, (node) => {
        const isShownProp =
          ts.isJsxAttribute(node) &&
          SHOWN_PROPS.has(node.name.getText(source)) &&
          !node.parent.parent.getText(source).startsWith('<meta');
        const value = isShownProp ? node.initializer : undefined;
        if (ts.isJsxText(node) && isWord(node.text)) found.push(`${file}: ${node.text.trim()}`);
        if (value && ts.isStringLiteral(value) && isWord(value.text)) found.push(`${file}: ${value.text}`);
      });
    }
    expect(found).toEqual([]);
  });
});

describe('the language of a request', () => {
  const ask = (query: string, accept?: string) =>
    localeOfRequest(
      new Request(`https://app.test/app${query}`, { headers: accept ? { 'accept-language': accept } : {} }),
    );
  it.each([
    ['?locale=id', undefined, 'id'],
    ['?locale=id-ID', undefined, 'id'],
    ['?locale=in', undefined, 'id'],
    ['?locale=fr', 'id', 'en'],
    ['', 'fr-FR, id;q=0.8, en;q=0.5', 'id'],
    ['', undefined, 'en'],
  ])('%s with %s is %s', (query, accept, locale) => {
    expect(ask(query, accept)).toBe(locale);
  });

  it('decides what i18n says', () => {
    expect(i18nFor('id').t('nav.customers')).toBe('Pelanggan');
    expect(i18nFor('en').t('units.points', { count: 1, amount: '1' })).toBe('1 point');
    expect(i18nFor('id').t('units.points', { count: 1, amount: '1' })).toBe('1 poin');
  });
});
