/** What values of a rule are called. Browser and server. */
import type { TFunction } from 'i18next';
import { conditionsOf, type SegmentNode } from '../tree/tree.ts';
import type { ConditionCode, ConditionNode } from '../conditions/registry.ts';
import { CONDITIONS } from '../conditions/registry.ts';
import { boughtValues } from '../conditions/products/bought.ts';

/** Names by `<source>/<value>`: `city/3273` is "Bandung", `product/17` a title. Values without a name are called by themselves. */
export type RuleNames = Readonly<Record<string, string>>;

/** How texts are written: the language, the shop's currency and the names that the shop gave. */
export interface RuleWords {
  t: TFunction;
  locale: string;
  currency: string;
  names: RuleNames;
}

const WELL_KNOWN_CHANNELS = ['web', 'pos', 'shopify_draft_order'] as const;

/** What a value of a source is called. */
export function nameOf(source: string, value: string, { t, locale, names }: RuleWords): string {
  const channel = WELL_KNOWN_CHANNELS.find((one) => source === 'channel' && one === value);
  if (channel !== undefined) return t(`segments.choice.channel.${channel}`);
  if (source === 'country') return countryName(value, locale);
  return names[`${source}/${value}`] ?? value;
}

function countryName(code: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: 'region' }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** What a value of a choice or a set is called, from whatever its values come. */
export function choiceName(code: ConditionCode, value: string, words: RuleWords): string {
  const { kind } = CONDITIONS[code];
  if (kind.name !== 'choice' && kind.name !== 'set') return value;
  return kind.choices.from === 'list'
    ? listedName(code, value, words)
    : nameOf(kind.choices.from, value, words);
}

/** What a value of a fixed list is called. */
function listedName(code: ConditionCode, value: string, { t }: RuleWords): string {
  switch (code) {
    case 'gender':
      return t(`customer_detail.gender.${value}`, value);
    case 'housing':
      return t(`customer_detail.housing.${value}`, value);
    case 'email_consent':
    case 'sms_consent':
      return t(`customer_detail.consent.${value}`, value);
    case 'came_from':
      return t(`segments.choice.came_from.${value}`, value);
    case 'incomplete':
      return t(`customer_detail.field.${value}`, value);
    case 'rfm_group':
      return t(`rfm.group.${value}`, value);
    case 'lifecycle':
      return t(`segments.group.${value}`, value);
    default:
      return t(`segments.choice.joined_via.${value}`, value);
  }
}

/** The values of a rule that have names, by source, each once. */
export function namedValues(tree: SegmentNode): Map<string, string[]> {
  const found = new Map<string, Set<string>>();
  for (const condition of conditionsOf(tree))
    for (const [source, value] of valuesOf(condition)) {
      const values = found.get(source) ?? new Set();
      found.set(source, values.add(value));
    }
  return new Map([...found].map(([source, values]) => [source, [...values]]));
}

function valuesOf({ code, values }: ConditionNode): [string, string][] {
  const { kind } = CONDITIONS[code];
  if (code === 'bought') {
    const { by, list } = boughtValues.parse(values).goods;
    return list.map((value) => [by, value]);
  }
  if ((kind.name !== 'choice' && kind.name !== 'set') || kind.choices.from === 'list') return [];
  const { from } = kind.choices;
  return 'list' in values ? values.list.map((value) => [from, value]) : [];
}
