import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Catalogue {
  [key: string]: string | Catalogue;
}

const EXTENSIONS = new URL('../../../extensions/', import.meta.url);
const fileOf = (name: string, file: string): URL => new URL(`${name}/locales/${file}`, EXTENSIONS);

const read = (name: string, file: string): Catalogue => {
  const catalogue: Catalogue = JSON.parse(readFileSync(fileOf(name, file), 'utf8'));
  return catalogue;
};

const translated = readdirSync(EXTENSIONS).filter((name) => existsSync(fileOf(name, 'en.default.json')));

/** Key -> placeholders; plural forms count as one key, since languages have different ones. */
function placeholders(catalogue: Catalogue, prefix = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(catalogue)) {
    const path = prefix + key;
    if (typeof value === 'string') found.set(path, (value.match(/\{\{\w+\}\}/g) ?? []).sort().join());
    else if (typeof value['other'] === 'string')
      found.set(path, (value['other'].match(/\{\{\w+\}\}/g) ?? []).join());
    else for (const [inner, names] of placeholders(value, `${path}.`)) found.set(inner, names);
  }
  return found;
}

test.each(translated)('%s: Indonesian has every text of English, with the same placeholders', (name) => {
  expect(placeholders(read(name, 'id.json'))).toEqual(placeholders(read(name, 'en.default.json')));
});
