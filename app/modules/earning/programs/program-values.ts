/** A program as its form shows it: numbers as the language writes them, lists as JSON text. */
import { formatMoneyInput, formatNumber } from '#app/lib/format.ts';
import { firstClub } from '#app/modules/shops/rules/first-club.ts';
import type { FormSetting, Picked, ProgramValues, TypedRow } from './program-form.ts';
import { localDay } from '#app/lib/calendar-days.ts';
import { PLAIN_TERMS, type EarnProgram, type Exclusions, type ProgramKind } from '../rules/program.ts';
import type { Unit } from '#app/lib/units.ts';

const DEFAULT_LIFETIME_DAYS = 365;

/** The form of a saved program. */
export function valuesOf(program: EarnProgram, setting: FormSetting): ProgramValues {
  const { rule, unit, startsAt, endsAt } = program;
  const { locale, currency, timeZone } = setting;
  const unitsText = (units: bigint) => unitsAsTyped(units, unit, setting);
  return {
    ...newValues(rule.kind, program.name, setting),
    version: String(program.version),
    unit,
    startPaused: false,
    ...(rule.kind === 'spend'
      ? { stepMinor: formatMoneyInput(rule.stepMinor, currency, locale), units: unitsText(rule.units) }
      : {}),
    ...(rule.kind === 'printed' ? { unitsPerPoint: unitsText(rule.unitsPerPoint) } : {}),
    ...(rule.kind === 'product'
      ? {
          rows: JSON.stringify(
            rule.rows.map(({ productId, variantId, title, quantity, units }): TypedRow => ({
              productId: String(productId),
              variantId: variantId === null ? null : String(variantId),
              title,
              quantity: formatNumber(quantity, locale),
              units: unitsText(units),
            })),
          ),
        }
      : {}),
    earnAt: rule.earnAt,
    pendingDays: String(rule.pendingDays),
    lifetime: rule.lifetimeDays === null ? 'never' : 'days',
    lifetimeDays: String(rule.lifetimeDays ?? DEFAULT_LIFETIME_DAYS),
    includeTax: rule.includeTax,
    includeShipping: rule.includeShipping,
    membersOnly: rule.membersOnly,
    ...choiceValues('categories', 'categoryIds', rule.categoryIds),
    ...choiceValues('tiers', 'tierIds', rule.tierIds),
    period: startsAt || endsAt ? 'range' : 'always',
    startsOn: startsAt ? localDay(startsAt, timeZone) : '',
    // The end is exclusive: the last day is that of the moment before.
    endsOn: endsAt ? localDay(new Date(endsAt.getTime() - 1), timeZone) : '',
    ...exclusionValues(rule.excluded),
  };
}

/** The form of a new program: for total spend what a new club starts with, otherwise empty where only the shop knows. */
export function newValues(
  kind: ProgramKind,
  name: string,
  { locale, currency }: Pick<FormSetting, 'locale' | 'currency'>,
): ProgramValues {
  const { stepMinor, units } = firstClub(currency);
  return {
    version: '',
    kind,
    name,
    unit: 'POINTS',
    startPaused: false,
    stepMinor: formatMoneyInput(stepMinor, currency, locale),
    units: formatNumber(units, locale),
    rows: '[]',
    unitsPerPoint: '1',
    earnAt: PLAIN_TERMS.earnAt,
    pendingDays: '0',
    lifetime: 'never',
    lifetimeDays: String(DEFAULT_LIFETIME_DAYS),
    includeTax: true,
    includeShipping: false,
    membersOnly: false,
    categories: 'all',
    categoryIds: '[]',
    tiers: 'all',
    tierIds: '[]',
    period: 'always',
    startsOn: '',
    endsOn: '',
    excludedProducts: '[]',
    excludedCollections: '[]',
    excludedTags: '',
  };
}

function unitsAsTyped(units: bigint, unit: Unit, { locale, currency }: FormSetting): string {
  return unit === 'CREDIT' ? formatMoneyInput(units, currency, locale) : formatNumber(units, locale);
}

function choiceValues(
  mode: 'categories' | 'tiers',
  field: 'categoryIds' | 'tierIds',
  ids: readonly bigint[] | null,
): Record<string, string> {
  return { [mode]: ids ? 'chosen' : 'all', [field]: JSON.stringify((ids ?? []).map(String)) };
}

function exclusionValues({ productIds, collectionIds, tags, titles = {} }: Exclusions) {
  const picked = (what: string, ids: readonly bigint[]): string =>
    JSON.stringify(
      ids.map((id): Picked => ({ id: String(id), title: titles[`${what}:${id}`] ?? String(id) })),
    );
  return {
    excludedProducts: picked('product', productIds),
    excludedCollections: picked('collection', collectionIds),
    excludedTags: tags.join(', '),
  };
}
