import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Catalogue {
  [key: string]: string | Catalogue;
}

const read = (file: string): Catalogue => {
  const path = new URL(`../../../extensions/checkout-redeem/locales/${file}`, import.meta.url);
  const catalogue: Catalogue = JSON.parse(readFileSync(path, 'utf8'));
  return catalogue;
};

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

test('Indonesian has every text of English, with the same placeholders', () => {
  expect(placeholders(read('id.json'))).toEqual(placeholders(read('en.default.json')));
});
