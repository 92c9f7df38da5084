/** A rule in the staff's language: as one sentence, and each condition as a few words. Pure. */
import { lowerInitial } from '#app/lib/format.ts';
import { expiringValues } from '../conditions/club/expiring.ts';
import { dateValues, type DateValues } from '../conditions/kinds/date.ts';
import { numberValues } from '../conditions/kinds/number.ts';
import { textValues } from '../conditions/kinds/text.ts';
import { yearlyValues, type YearlyValues } from '../conditions/kinds/yearly.ts';
import { boughtValues, type BoughtValues } from '../conditions/products/bought.ts';
import { CONDITIONS, type ConditionNode } from '../conditions/registry.ts';
import type { SegmentNode } from '../tree/tree.ts';
import { boughtAmount, daysText, dayText, listText, measured, monthDayText, monthText } from './amounts.ts';
import { choiceName, nameOf, type RuleWords } from './names.ts';

/** A rule as a sentence: "Customers where city is Bandung and number of orders is at least 3." */
export function describeRule(rule: SegmentNode | null, words: RuleWords): string {
  const { t } = words;
  if (rule === null) return t('segments.sentence.everyone');
  return t('segments.sentence.where', { rule: describeNode(rule, words, true) });
}

/** A part of a rule as a few words that begin with a capital letter, for a chip. */
export function describePart(part: SegmentNode, words: RuleWords): string {
  const text = part.kind === 'condition' ? describeCondition(part, words) : describeNode(part, words, true);
  return text.charAt(0).toLocaleUpperCase(words.locale) + text.slice(1);
}

function describeNode(node: SegmentNode, words: RuleWords, isAlone: boolean): string {
  const { t } = words;
  if (node.kind === 'condition') return inSentence(node, words);
  if (node.kind === 'not') return t('segments.sentence.not', { rule: describeNode(node.part, words, true) });
  const joint = node.kind === 'all' ? t('segments.sentence.and') : t('segments.sentence.or');
  const parts = node.parts.map((part) => describeNode(part, words, false));
  const text = parts.join(` ${joint} `);
  return isAlone || parts.length === 1 ? text : `(${text})`;
}

/** Conditions without a subject of their own are about the customer. */
function inSentence(node: ConditionNode, words: RuleWords): string {
  const what = describeCondition(node, words);
  const { kind } = CONDITIONS[node.code];
  const hasSubject = kind.name !== 'flag' && kind.name !== 'bought';
  return hasSubject ? what : words.t('segments.sentence.subject', { what });
}

function describeCondition(node: ConditionNode, words: RuleWords): string {
  const { t, locale } = words;
  const what = predicate(node, words);
  const { kind } = CONDITIONS[node.code];
  if (kind.name === 'flag' || kind.name === 'bought') return what;
  return `${lowerInitial(t(`segments.condition.${node.code}`), locale)} ${what}`;
}

/** What is said of the condition's subject. Values are of the kind: `readTree` has read them. */
function predicate(node: ConditionNode, words: RuleWords): string {
  const { t } = words;
  const { code, values } = node;
  const { kind } = CONDITIONS[code];
  if (kind.name === 'flag') return t(`segments.flag.${code}.${values.op}`, '');
  return t(`segments.op.${kind.name}.${values.op}`, { defaultValue: '', ...slotTexts(node, words) });
}

type Slots = Partial<Record<'value' | 'from' | 'to' | 'amount', string>>;

/** The texts for the placeholders of the operator. */
function slotTexts({ code, values }: ConditionNode, words: RuleWords): Slots {
  const { kind } = CONDITIONS[code];
  const { t, locale } = words;
  switch (kind.name) {
    case 'number': {
      const chosen = numberValues.parse(values);
      const amount = (value: string) => measured(value, kind.measure, kind.scale, words);
      if ('value' in chosen) return { value: amount(chosen.value) };
      return 'from' in chosen ? { from: amount(chosen.from), to: amount(chosen.to) } : {};
    }
    case 'date':
      return dateSlots(dateValues.parse(values), words);
    case 'yearly': {
      const chosen = yearlyValues.parse(values);
      return chosen.op === 'month' ? { value: monthText(chosen.month, locale) } : dateSlots(chosen, words);
    }
    case 'text': {
      const chosen = textValues.parse(values);
      return 'text' in chosen ? { value: t('segments.sentence.quoted', { text: chosen.text }) } : {};
    }
    case 'expiring': {
      const chosen = expiringValues.parse(values);
      return { value: measured(chosen.value, kind.measure, 0, words), to: daysText(chosen.days, words) };
    }
    case 'bought':
      return boughtSlots(boughtValues.parse(values), words);
    default: {
      if (!('list' in values)) return {};
      const texts = values.list.map((value) => choiceName(code, value, words));
      return { value: listText(texts, words, values.op === 'allOf' ? 'conjunction' : 'disjunction') };
    }
  }
}

function dateSlots(values: DateValues | YearlyValues, words: RuleWords): Slots {
  switch (values.op) {
    case 'on':
    case 'before':
    case 'after':
      return { value: dayText(values.day, words) };
    case 'between':
      return { from: dayText(values.from, words), to: dayText(values.to, words) };
    case 'dayOfYear':
      return { from: monthDayText(values.from, words), to: monthDayText(values.to, words) };
    case 'lastDays':
    case 'moreThanDaysAgo':
    case 'nextDays':
      return { value: daysText(values.days, words) };
    default:
      return {};
  }
}

function boughtSlots(values: BoughtValues, words: RuleWords): Slots {
  const { t } = words;
  const { by, list } = values.goods;
  const texts = list.map((value) => nameOf(by, value, words));
  const names = listText(texts, words, values.op === 'all' ? 'conjunction' : 'disjunction');
  const goods = by === 'product' || by === 'variant' ? names : t(`segments.goods_of.${by}`, { list: names });
  if (!('period' in values)) return { value: goods };
  const when =
    values.period === null
      ? ''
      : t(`segments.period.${values.period.op}`, { defaultValue: '', ...dateSlots(values.period, words) });
  const value = when === '' ? goods : `${goods} ${when}`;
  return 'from' in values ? { value, amount: limitsText(values, words) } : { value };
}

function limitsText(
  { op, from, to }: { op: 'times' | 'units' | 'spend'; from: string | null; to: string | null },
  words: RuleWords,
): string {
  const { t } = words;
  const lowest = from === null ? '' : boughtAmount(op, from, words);
  const highest = to === null ? '' : boughtAmount(op, to, words);
  if (to === null)
    return t('segments.amount.atLeast', { from: from === null ? boughtAmount(op, '0', words) : lowest });
  return from === null
    ? t('segments.amount.atMost', { to: highest })
    : t('segments.amount.between', { from: lowest, to: highest });
}
