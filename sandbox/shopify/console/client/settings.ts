import { createHostI18n, type Catalogue, type HostI18n } from '../../extensions/client/i18n.ts';

/** What the page hands its script. */
interface ConsoleSettings {
  shop: string;
  locale: string;
  texts: Catalogue;
  /** Which faults apply to which endpoint. */
  faultKinds: Record<string, string[]>;
}

function readSettings(): ConsoleSettings {
  const settings: ConsoleSettings = JSON.parse(
    document.getElementById('console-settings')?.textContent ?? '{}',
  );
  return settings;
}

/** The settings of this page. */
export const settings = readSettings();

/** Texts and formats in the language of the page. */
export const words: HostI18n = createHostI18n(settings.locale, [settings.texts]);

/** A text of the console. */
export const t = words.translate;

/** Formats a timestamp as time of day with seconds; with the date when it isn't today's. */
export function time(instant: string): string {
  const date = new Date(instant);
  const isToday = date.toDateString() === new Date().toDateString();
  return words.formatDate(
    date,
    isToday ? { timeStyle: 'medium' } : { dateStyle: 'short', timeStyle: 'medium' },
  );
}

/** Decimal text of the API as money, with the digits that the API gives. */
export function money(amount: string, currency: string): string {
  const digits = amount.split('.')[1]?.replace(/^0+$/, '').length ?? 0;
  return words.formatCurrency(Number(amount), {
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: currency === 'IDR' ? digits : 2,
    maximumFractionDigits: 2,
  });
}
