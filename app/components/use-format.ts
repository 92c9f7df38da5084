import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import {
  formatAgo,
  formatDay,
  formatFileSize,
  formatFixed,
  formatList,
  formatMoment,
  formatMicroMoney,
  formatMoney,
  formatMoneyWithCode,
  formatMonth,
  formatMoneyInput,
  formatNames,
  formatNumber,
  formatPercent,
  formatPercentInput,
  formatSigned,
  formatTimeOfDay,
} from '#app/lib/format.ts';
import type { Unit } from '#app/lib/units.ts';
import { useShop } from './shop-context.tsx';

/** Numbers, money, points and moments in the user's language, the shop's currency and its time zone. */
export function useFormat() {
  const { t, i18n } = useTranslation();
  const { currency, timeZone } = useShop();
  return useMemo(() => {
    const locale = i18n.language;
    const money = (amountMinor: bigint) => formatMoney(amountMinor, currency, locale);
    return {
      locale,
      number: (value: bigint | number) => formatNumber(value, locale),
      /** Fractions of `digits` places: 250n with 2 is "2.5". */
      fixed: (value: bigint, digits: number) => formatFixed(value, digits, locale),
      signed: (value: bigint) => formatSigned(value, locale),
      money,
      /** Money that may be of another currency than the shop's: then with its code, as two dollars look the same. */
      moneyOf: (amountMinor: bigint, own: string | null) =>
        own === null || own === currency ? money(amountMinor) : formatMoneyWithCode(amountMinor, own, locale),
      /** Money in millionths of a currency. */
      micros: (micros: bigint, of: string) => formatMicroMoney(micros, of, locale),
      moneyInput: (amountMinor: bigint) => formatMoneyInput(amountMinor, currency, locale),
      /** "1,250 points", or money for credit. */
      units: (amount: bigint, unit: Unit) =>
        unit === 'CREDIT'
          ? money(amount)
          : t('units.points', { count: Number(amount), amount: formatNumber(amount, locale) }),
      /** The bare figure of a column that says its unit in the heading. */
      amount: (amount: bigint, unit: Unit) =>
        unit === 'CREDIT' ? money(amount) : formatNumber(amount, locale),
      /** Hundredths of a percent: "2.5%". */
      percent: (percentBp: number) => formatPercent(percentBp, locale),
      percentInput: (percentBp: number) => formatPercentInput(percentBp, locale),
      /** Words one after the other: "phone, city, and street". */
      list: (words: readonly string[]) => formatList(words, locale),
      names: (names: readonly string[]) => formatNames(names, locale),
      fileSize: (bytes: bigint | number) => formatFileSize(bytes, locale),
      day: (timestamp: Date) => formatDay(timestamp, locale, timeZone),
      /** A calendar day (`YYYY-MM-DD`), which is the same everywhere. */
      calendarDay: (day: string) => formatDay(new Date(`${day}T00:00:00Z`), locale, 'UTC'),
      /** The month of a calendar day: "Nov 2026". */
      month: (day: string) => formatMonth(new Date(`${day}T00:00:00Z`), locale),
      timestamp: (timestamp: Date) => formatMoment(timestamp, locale, timeZone),
      /** A time of the day (`HH:MM`), which is of no zone. */
      timeOfDay: (time: string) => formatTimeOfDay(time, locale),
      ago: (timestamp: Date, now: Date) => formatAgo(timestamp, now, locale),
    };
  }, [t, i18n.language, currency, timeZone]);
}
