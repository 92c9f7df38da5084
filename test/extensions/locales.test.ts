// @vitest-environment node
/** Every extension says the same in every language: the same keys, the same values in the texts, and no unknown kind. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ADJUST_REASONS } from '#app/modules/ledger/rules/adjustment.ts';
import explain from '#app/i18n/en/explain.json' with { type: 'json' };

const FOLDER = path.resolve(import.meta.dirname, '../../extensions');
const read = (name: string, file: string) =>
  JSON.parse(fs.readFileSync(path.join(FOLDER, name, 'locales', file), 'utf8'));
const PLURALS = ['zero', 'one', 'two', 'few', 'many', 'other'];

/** Each text by its key; the forms of a plural are one. */
function textsOf(catalogue: object, prefix = ''): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [key, value] of Object.entries(catalogue)) {
    const name = PLURALS.includes(key) ? prefix : prefix === '' ? key : `${prefix}.${key}`;
    if (typeof value === 'string') {
      if (key !== 'one') texts.set(name, value);
    } else for (const [below, text] of textsOf(value, name)) texts.set(below, text);
  }
  return texts;
}

const valuesOf = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g) ?? [])].sort();
const names = fs
  .readdirSync(FOLDER)
  .filter((name) => fs.existsSync(path.join(FOLDER, name, 'locales/id.json')));

test.each(names)('%s has every text in Indonesian, with the same values', (name) => {
  const [en, id] = [textsOf(read(name, 'en.default.json')), textsOf(read(name, 'id.json'))];
  expect([...id.keys()].sort()).toEqual([...en.keys()].sort());
  for (const [key, text] of en) expect([key, valuesOf(id.get(key) ?? '')]).toEqual([key, valuesOf(text)]);
});

test('the admin’s extensions know every reason and every cause of the app', () => {
  for (const name of ['admin-adjust', 'admin-bulk']) {
    const { reason } = read(name, 'en.default.json');
    for (const each of ADJUST_REASONS.filter((one) => name === 'admin-adjust' || one !== 'forgotten_order'))
      expect([name, Object.hasOwn(reason, each) ? each : '']).toEqual([name, each]);
  }
  for (const name of ['admin-order', 'admin-apply', 'pos-club'])
    expect(Object.keys(read(name, 'en.default.json').nothing).sort()).toEqual(
      Object.keys(explain.nothing).sort(),
    );
  const silent = Object.keys(read('admin-order', 'en.default.json').silent);
  expect(silent).toEqual(expect.arrayContaining(Object.keys(explain.silent)));
});
