// @vitest-environment node
/** The theme extension as it is deployed: what Shopify's own checker says of it, and what its scripts weigh. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { check } from '@shopify/theme-check-node';
import { describe, expect, test } from 'vitest';
import { BLOCKS } from '../../sandbox/shopify/theme/placed-blocks.ts';
import { readBlockSchema } from '../../sandbox/shopify/theme/liquid.ts';
import { embedSnippet, themeAssets } from '../../scripts/lib/theme-assets.ts';
import { THEME_BLOCKS } from '../../app/modules/home/placements.ts';

const FOLDER = path.resolve('extensions/theme-club');
const read = (...names: string[]): string => fs.readFileSync(path.join(FOLDER, ...names), 'utf8');
const files = (folder: string): string[] => fs.readdirSync(path.join(FOLDER, folder));
const offencesIn = async (folder: string) =>
  (await check(folder, path.join(folder, '.theme-check.yml'))).map(
    ({ check: name, message, uri }) => `${name} ${path.basename(uri)}: ${message}`,
  );

/** Shopify's limit for a script of an app block, which it checks at a deploy. */
const SCRIPT_BYTES_MAX = 10_000;
/** What a page without one of our blocks in view may run. */
const LOADER_BYTES_MAX = 2_000;

test("Shopify's theme check has nothing to say", async () => {
  expect(await offencesIn(FOLDER)).toEqual([]);
});

test('it does find what is wrong: an unknown filter, a missing text, a foreign script, one that is too large', async () => {
  const copy = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'theme-')), 'x');
  fs.cpSync(FOLDER, copy, { recursive: true });
  const file = path.join(copy, 'blocks/launcher.liquid');
  const wrong = `{{ 'x' | loud }}{{ 'missing.key' | t }}<script src="https://x.example/a.js"></script>`;
  fs.writeFileSync(file, wrong + fs.readFileSync(file, 'utf8'));
  fs.writeFileSync(path.join(copy, 'assets/club.js'), 'f();'.repeat(4_000));
  const found = new Set((await offencesIn(copy)).map((line) => line.split(' ')[0]));
  fs.rmSync(copy, { recursive: true });
  for (const name of ['UnknownFilter', 'TranslationKeyExists', 'RemoteAsset', 'AssetSizeAppBlockJavaScript'])
    expect(found).toContain(name);
});

describe('scripts', () => {
  test('are those that their sources make: node scripts/build-theme.ts', async () => {
    const assets = await themeAssets();
    expect(
      files('assets')
        .filter((name) => name.endsWith('.js'))
        .toSorted(),
    ).toEqual([...assets.keys()].toSorted());
    for (const [name, text] of assets) expect(read('assets', name), name).toBe(text);
    expect(read('snippets', 'club-embed.liquid')).toBe(await embedSnippet());
  });

  test('are small: one of below 2 kB waits on each page, written into it by an embed; each is below 10 kB', () => {
    for (const name of files('assets').filter((each) => each.endsWith('.js')))
      expect(Buffer.byteLength(read('assets', name)), name).toBeLessThan(SCRIPT_BYTES_MAX);
    expect(Buffer.byteLength(read('assets', 'club.js'))).toBeLessThan(LOADER_BYTES_MAX);
    const inline = /<script>(.*)<\/script>/s.exec(read('snippets', 'club-embed.liquid'))?.[1] ?? '';
    expect(inline).toBe(read('assets', 'club.js').trim());
    const loaded = files('blocks').map((name) => readBlockSchema(read('blocks', name)));
    expect(new Set(loaded.map(({ javascript }) => javascript))).toEqual(new Set(['club.js', undefined]));
    // An embed is on every page: nothing is asked for because of it.
    for (const { target, javascript, stylesheet } of loaded)
      if (target === 'body') expect([javascript, stylesheet]).toEqual([undefined, undefined]);
  });

  test('name no foreign host', () => {
    for (const folder of ['assets', 'blocks', 'snippets'])
      for (const name of files(folder))
        expect(read(folder, name), name).not.toMatch(/(?:https?:)?\/\/[a-z0-9-]+\.[a-z]/i);
  });
});

describe('blocks', () => {
  test('stand where sandbox and Home say they do', () => {
    expect(
      files('blocks')
        .map((name) => path.parse(name).name)
        .toSorted(),
    ).toEqual(Object.keys(BLOCKS).toSorted());
    for (const [handle, where] of Object.entries(BLOCKS)) {
      const { target, enabled_on: on } = readBlockSchema(read('blocks', `${handle}.liquid`));
      expect([handle, target]).toEqual([handle, where === 'body' ? 'body' : 'section']);
      if (on) expect(on.templates).toEqual([where]);
    }
    expect(
      Object.fromEntries(THEME_BLOCKS.map(({ handle, template }) => [handle, template ?? 'body'])),
    ).toEqual(BLOCKS);
  });

  test('ask for texts in the languages that there are', () => {
    const [, listed = ''] = /assign languages = '([a-z,]+)'/.exec(read('snippets', 'club-data.liquid')) ?? [];
    const shops = files('locales').filter((name) => !name.includes('schema'));
    expect(listed.split(',').toSorted()).toEqual(shops.map((name) => name.slice(0, 2)).toSorted());
    for (const language of listed.split(',')) expect(files('assets')).toContain(`club-texts-${language}.js`);
  });
});

test('every text is there in every language, with the same placeholders', () => {
  const flat = (value: unknown, prefix = ''): [string, string[]][] =>
    typeof value === 'string'
      ? [[prefix, (value.match(/\{\{ \w+ \}\}/g) ?? []).toSorted()]]
      : Object.entries(value as object).flatMap(([key, each]) =>
          // Indonesian has one plural form.
          key === 'one' ? [] : flat(each, `${prefix}.${key}`),
        );
  for (const suffix of ['', '.schema'])
    expect(flat(JSON.parse(read('locales', `id${suffix}.json`)))).toEqual(
      flat(JSON.parse(read('locales', `en.default${suffix}.json`))),
    );
});
