/** A locale file of an extension: texts by key, nested, with plural forms as objects of `one`, `other`, ... */
export interface Catalogue {
  [key: string]: string | Catalogue;
}

/** Values for the placeholders of a text; `count` also chooses the plural form. */
type Values = Record<string, string | number>;

/** The `shopify.i18n` that the checkout gives an extension, for one language. */
export interface HostI18n {
  translate: (key: string, values?: Values) => string;
  formatNumber: (number: number | bigint, options?: Intl.NumberFormatOptions) => string;
  formatCurrency: (number: number | bigint, options?: Intl.NumberFormatOptions) => string;
  formatDate: (date: Date, options?: Intl.DateTimeFormatOptions) => string;
}

/**
 * Builds `shopify.i18n`. A key that neither catalogue has comes back as it is, as at Shopify.
 * @param locale BCP 47 tag for formats and plural rules
 * @param catalogues of the language, then of the default language
 */
export function createHostI18n(locale: string, catalogues: Catalogue[]): HostI18n {
  const plurals = new Intl.PluralRules(locale);
  return {
    translate: (key, values = {}) => {
      for (const catalogue of catalogues) {
        const text = textOf(find(catalogue, key), values, plurals);
        if (text !== null) return fill(text, values);
      }
      return key;
    },
    formatNumber: (number, options) => new Intl.NumberFormat(locale, options).format(number),
    formatCurrency: (number, options) =>
      new Intl.NumberFormat(locale, { style: 'currency', ...options }).format(number),
    formatDate: (date, options) => new Intl.DateTimeFormat(locale, options).format(date),
  };
}

function find(catalogue: Catalogue, key: string): string | Catalogue | undefined {
  let found: string | Catalogue | undefined = catalogue;
  for (const part of key.split('.')) {
    if (found === undefined || typeof found === 'string') return undefined;
    found = found[part];
  }
  return found;
}

function textOf(
  found: string | Catalogue | undefined,
  values: Values,
  plurals: Intl.PluralRules,
): string | null {
  if (typeof found === 'string') return found;
  if (found === undefined || values['count'] === undefined) return null;
  const form = found[plurals.select(Number(values['count']))] ?? found['other'];
  return typeof form === 'string' ? form : null;
}

function fill(text: string, values: Values): string {
  return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (placeholder, name: string) =>
    String(values[name] ?? placeholder),
  );
}
