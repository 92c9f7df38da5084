import type { ClubRewardTerms, ClubUnit, ClubView } from './club-api.ts';
import { type FormatCurrency, formatMinor } from './money.ts';

/** The part of `shopify.i18n` used here. */
export interface Translator {
  translate: (key: string, values?: Record<string, string | number>) => string;
  formatNumber: (number: number | bigint) => string;
  formatCurrency: FormatCurrency;
  formatDate: (date: Date, options?: Intl.DateTimeFormatOptions) => string;
}

/** Words of an extension for one club. Its locale file has the keys `units`, `reward.percent` and `reward.amount`. */
export interface Texts {
  translate: Translator['translate'];
  /** Minor units as money. */
  money: (minor: bigint) => string;
  /** "50 points", or credit as money. */
  units: (units: bigint, unit: ClubUnit) => string;
  /** "+50 points", "−50 points". */
  signed: (units: bigint, unit: ClubUnit) => string;
  /** Hundredths of a percent as "12.5%". */
  percent: (percentBp: number) => string;
  /** What a reward gives: "10% off", "Rp 20,000 off", or the gift's name. */
  gift: (reward: ClubRewardTerms) => string;
  /** The day of a moment. */
  day: (iso: string) => string;
  /** A day of the calendar, as in 2026-11-30. */
  date: (day: string) => string;
  /** Time of day, with the date when it is not today. */
  time: (iso: string, now: Date) => string;
}

/** Hundredths of a percent in a percent. */
const PERCENT_BP = 100;

/** Builds the words for a club's currency in the shopper's language. */
export function createTexts(i18n: Translator, club: Pick<ClubView, 'currency' | 'currencyDigits'>): Texts {
  const money = (minor: bigint) =>
    formatMinor(minor, club.currency, club.currencyDigits, (amount, options) =>
      i18n.formatCurrency(amount, options),
    );
  const units = (amount: bigint, unit: ClubUnit) =>
    unit === 'CREDIT'
      ? i18n.translate('units.credit', { money: money(amount) })
      : i18n.translate('units.points', { count: Number(amount), number: i18n.formatNumber(amount) });
  return {
    translate: (key, values) => i18n.translate(key, values),
    money,
    units,
    signed: (amount, unit) => (amount < BigInt(0) ? `−${units(-amount, unit)}` : `+${units(amount, unit)}`),
    percent: (percentBp) => `${i18n.formatNumber(percentBp / PERCENT_BP)}%`,
    gift: ({ kind, percentBp, amountMinor, mostOffMinor, name }) => {
      if (kind === 'percent') {
        const percent = i18n.formatNumber((percentBp ?? 0) / PERCENT_BP);
        if (mostOffMinor !== undefined)
          return i18n.translate('reward.percentMost', { percent, most: money(BigInt(mostOffMinor)) });
        return i18n.translate('reward.percent', { percent });
      }
      if (kind === 'amount') {
        return i18n.translate('reward.amount', { amount: money(BigInt(amountMinor ?? 0)) });
      }
      return name;
    },
    day: (iso) => i18n.formatDate(new Date(iso), { dateStyle: 'medium' }),
    date: (day) => i18n.formatDate(new Date(`${day}T00:00:00Z`), { dateStyle: 'medium', timeZone: 'UTC' }),
    time: (iso, now) => {
      const date = new Date(iso);
      const isToday = date.toDateString() === now.toDateString();
      return i18n.formatDate(
        date,
        isToday ? { timeStyle: 'short' } : { dateStyle: 'medium', timeStyle: 'short' },
      );
    },
  };
}
