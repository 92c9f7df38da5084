/** Texts of the theme extension's own locale files, with plural forms, as the filter `t` finds them in its blocks. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Catalogue, createHostI18n } from '../extensions/client/i18n.ts';
import type { Locale } from '../ui/i18n.ts';

export const THEME_EXTENSION = join(import.meta.dirname, '../../../extensions/theme-club');

function readCatalogue(file: string): Catalogue {
  const texts: Catalogue = JSON.parse(readFileSync(join(THEME_EXTENSION, 'locales', file), 'utf8'));
  return texts;
}

/** Returns what translates a key of the extension; a missing one is shown as Shopify shows it. */
export function blockTexts(locale: Locale): (key: string, values: Record<string, unknown>) => string {
  const fallback = readCatalogue('en.default.json');
  const { translate } = createHostI18n(locale, [
    locale === 'en' ? fallback : readCatalogue(`${locale}.json`),
    fallback,
  ]);
  return (key, values) => {
    const shown = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        typeof value === 'number' ? value : String(value ?? ''),
      ]),
    );
    const text = translate(key, shown);
    return text === key ? `Translation missing: ${locale}.${key}` : text;
  };
}
