import type { ClubRewardTerms, ClubUnit, ClubView } from '../../shared/club-api.ts';
import { type FormatCurrency, formatMinor } from './money.ts';

/** The part of `shopify.i18n` used here. */
export interface Translator {
  translate: (key: string, values?: Record<string, string | number>) => string;
  formatNumber: (number: number | bigint) => string;
  formatCurrency: FormatCurrency;
  formatDate: (date: Date, options?: Intl.DateTimeFormatOptions) => string;
}

/** Words of the block for one club. */
export interface Texts {
  translate: Translator['translate'];
  /** Minor units as money. */
  money: (minor: bigint) => string;
  /** "50 points", or credit as money. */
  units: (units: bigint, unit: ClubUnit) => string;
  /** What a reward gives: "10% off", "Rp 20,000 off", or the gift's name. */
  gift: (reward: ClubRewardTerms) => string;
  /** A day of the calendar. */
  day: (iso: string) => string;
  /** Time of day, with the date when it is not today. */
  time: (iso: string, now: Date) => string;
}

/** Hundredths of a percent in a percent. */
const PERCENT_BP = 100;

/** Builds the words for a club's currency in the shopper's language. */
export function createTexts(i18n: Translator, club: ClubView): Texts {
  const money = (minor: bigint) =>
    formatMinor(minor, club.currency, club.currencyDigits, (amount, options) =>
      i18n.formatCurrency(amount, options),
    );
  return {
    translate: (key, values) => i18n.translate(key, values),
    money,
    units: (units, unit) =>
      unit === 'CREDIT'
        ? i18n.translate('units.credit', { money: money(units) })
        : i18n.translate('units.points', { count: Number(units), number: i18n.formatNumber(units) }),
    gift: ({ kind, percentBp, amountMinor, name }) => {
      if (kind === 'percent') {
        const percent = i18n.formatNumber((percentBp ?? 0) / PERCENT_BP);
        return i18n.translate('reward.percent', { percent });
      }
      if (kind === 'amount') {
        return i18n.translate('reward.amount', { amount: money(BigInt(amountMinor ?? 0)) });
      }
      return name;
    },
    day: (iso) => i18n.formatDate(new Date(iso), { dateStyle: 'medium' }),
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
