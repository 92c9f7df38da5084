/** Texts of the theme's language, and numbers and money in it. */

/** A text, or one for each plural form; `{{ name }}` is filled in. */
export type Texts = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

/** Imports the texts of a part's language; none where the asset is gone, after the app was removed for one. */
export async function loadTexts(address: string): Promise<Texts> {
  const loaded: unknown = await import(address);
  return isTexts(loaded) ? loaded.default : {};
}

function isTexts(value: unknown): value is { default: Texts } {
  return typeof value === 'object' && value !== null && 'default' in value;
}

export interface Words {
  /** A text by its key; a plural form by `count`. */
  t: (key: string, values?: Readonly<Record<string, string>>, count?: number) => string;
  number: (units: string) => string;
  /** Minor units of the currency as money. */
  money: (minor: string | bigint) => string;
  /** Points as "1,200 points", credit as money. */
  units: (unit: string, units: string | bigint) => string;
  time: (iso: string) => string;
}

/** Currencies with a minor unit that no one writes. */
const WRITTEN_WHOLE = ['IDR'];

/** Returns the words of a language for amounts of a currency. */
export function wordsOf(texts: Texts, locale: string, currency: string, digits: number): Words {
  const t: Words['t'] = (key, values = {}, count = 0) => {
    const found = texts[key] ?? '';
    const text =
      typeof found === 'string'
        ? found
        : (found[new Intl.PluralRules(locale).select(count)] ?? found.other ?? '');
    return text.replace(/\{\{ (\w+) \}\}/g, (_match, name: string) => values[name] ?? '');
  };
  const number = (units: string): string => new Intl.NumberFormat(locale).format(BigInt(units));
  const money: Words['money'] = (minor) => {
    const amount = BigInt(minor);
    const scale = 10n ** BigInt(digits);
    const isWhole = amount % scale === 0n && WRITTEN_WHOLE.includes(currency);
    return new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      minimumFractionDigits: isWhole ? 0 : digits,
      maximumFractionDigits: digits,
    }).format(Number(amount) / Number(scale));
  };
  return {
    t,
    number,
    money,
    units: (unit, units) =>
      unit === 'CREDIT'
        ? t('credit', { money: money(units) })
        : t('points', { number: number(String(units)) }, Number(units)),
    time: (iso) => new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(new Date(iso)),
  };
}
