/** Numbers, days and values of conditions in words. */
import {
  formatDay,
  formatFixed,
  formatList,
  formatMoney,
  formatNumber,
  formatPercent,
} from '#app/lib/format.ts';
import type { Shown } from '../conditions/condition.ts';
import type { Measure } from '../conditions/kind.ts';
import { CONDITIONS, type ConditionNode } from '../conditions/registry.ts';
import { choiceName, type RuleWords } from './names.ts';

/** An amount in 1 / 10^scale of a measure: "3 points", "Rp 100,000", "2.5 kg". */
export function measured(value: string, measure: Measure, scale: number, words: RuleWords): string {
  const { t, locale, currency } = words;
  const number = BigInt(value);
  const amount = number < 0n ? `-${formatFixed(-number, scale, locale)}` : formatFixed(number, scale, locale);
  const count = Math.abs(Number(number) / 10 ** scale);
  switch (measure) {
    case 'money':
      return formatMoney(number, currency, locale);
    case 'points':
      return t('units.points', { count, amount });
    case 'days':
      return t('segments.measure.days', { count, amount });
    case 'years':
      return t('segments.measure.years', { count, amount });
    case 'percent':
      return formatPercent(Number(number) * 10 ** (2 - scale), locale);
    case 'kilograms':
      return `${amount} ${t('customer_form.kilograms')}`;
    case 'centimetres':
      return `${amount} ${t('customer_form.centimetres')}`;
    case 'count':
      return amount;
  }
}

export const daysText = (days: number, { t, locale }: RuleWords): string =>
  t('segments.measure.days', { count: days, amount: formatNumber(days, locale) });

/** A calendar day (`YYYY-MM-DD`). */
export const dayText = (day: string, { locale }: RuleWords): string =>
  formatDay(new Date(`${day}T00:00:00Z`), locale, 'UTC');

/** A day of any year (`MM-DD`): "29 February". */
export const monthDayText = (monthDay: string, { locale }: RuleWords): string =>
  new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(
    new Date(`2000-${monthDay}T00:00:00Z`),
  );

/** A month from 1 to 12. */
export const monthText = (month: number, locale: string): string =>
  new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2000, month - 1, 1));

const LISTED_MAX = 5;

/** Words one after the other; of many the first, and how many more. */
export function listText(
  texts: readonly string[],
  words: RuleWords,
  type: 'conjunction' | 'disjunction' = 'disjunction',
): string {
  const { t, locale } = words;
  if (texts.length <= LISTED_MAX) return formatList(texts, locale, type);
  const first = texts.slice(0, LISTED_MAX).join(', ');
  return t('segments.sentence.more', {
    list: first,
    amount: formatNumber(texts.length - LISTED_MAX, locale),
  });
}

/** What a customer has beside a condition. */
export function shownText(shown: Shown, { code, values }: ConditionNode, words: RuleWords): string {
  const { t } = words;
  const { kind } = CONDITIONS[code];
  switch (shown.is) {
    case 'nothing':
      return t('segments.why.nothing');
    case 'flag':
      return shown.isOn ? t('segments.why.yes') : t('segments.why.no');
    case 'day':
      return dayText(shown.day, words);
    case 'texts':
      return listText(
        shown.texts.map((text) => choiceName(code, text, words)),
        words,
        'conjunction',
      );
    case 'number':
      if (kind.name === 'number') return measured(shown.value, kind.measure, kind.scale, words);
      if (kind.name === 'expiring') return measured(shown.value, kind.measure, 0, words);
      return boughtAmount(
        values.op === 'units' || values.op === 'spend' ? values.op : 'times',
        shown.value,
        words,
      );
  }
}

/** How often, how many items or for how much. */
export function boughtAmount(op: 'times' | 'units' | 'spend', value: string, words: RuleWords): string {
  const { t, locale } = words;
  if (op === 'spend') return measured(value, 'money', 0, words);
  const plural = { count: Number(value), amount: formatNumber(BigInt(value), locale) };
  return op === 'times' ? t('segments.measure.times', plural) : t('segments.measure.units', plural);
}
