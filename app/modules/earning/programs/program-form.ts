/** The Program form: what the browser holds, and the program that it means. Runs on both sides: the preview uses it too. */
import { z } from 'zod';
import { fieldErrors, type FieldErrors } from '#app/lib/field-errors.ts';
import { dayText, idText, listText, moneyText, wholeText } from '#app/lib/form-fields.ts';
import { addDays, startOfDay } from '#app/lib/calendar-days.ts';
import type { EarnProgram, EarnTerms, Exclusions, ProgramRule } from '../rules/program.ts';
import type { Unit } from '#app/lib/units.ts';

export const NAME_CHARACTERS_MAX = 80;
const UNITS_MAX = 1_000_000_000;
const PENDING_DAYS_MAX = 365;
const LIFETIME_DAYS_MAX = 3_650;
const ROWS_MAX = 100;
const ROW_QUANTITY_MAX = 10_000;
const CHOICES_MAX = 200;
const EXCLUDED_MAX = 250;
const TITLE_CHARACTERS_MAX = 255;
const TAG_CHARACTERS_MAX = 255;

/** The form as typed. Lists are JSON text, so that each field is one value; `lifetimeDays` counts if `lifetime` says so. */
export interface ProgramValues {
  [field: string]: string | boolean;
  /** Version of the program that the form was filled from; empty for a new one. */
  version: string;
  kind: string;
  name: string;
  unit: string;
  startPaused: boolean;
  stepMinor: string;
  /** Points for one step, or money when the unit is credit. */
  units: string;
  /** `TypedRow[]` */
  rows: string;
  unitsPerPoint: string;
  earnAt: string;
  pendingDays: string;
  lifetime: string;
  lifetimeDays: string;
  includeTax: boolean;
  includeShipping: boolean;
  membersOnly: boolean;
  categories: string;
  /** Ids. */
  categoryIds: string;
  tiers: string;
  tierIds: string;
  period: string;
  startsOn: string;
  /** The last day. */
  endsOn: string;
  /** `Picked[]` */
  excludedProducts: string;
  excludedCollections: string;
  /** Between commas. */
  excludedTags: string;
}

/** A product row as typed. */
export interface TypedRow {
  productId: string;
  variantId: string | null;
  title: string;
  quantity: string;
  units: string;
}

/** Something of the shop that the merchant picked. */
export interface Picked {
  id: string;
  title: string;
}

/** What the form means. */
export interface ProgramDraft extends Pick<EarnProgram, 'name' | 'unit' | 'rule' | 'startsAt' | 'endsAt'> {
  startPaused: boolean;
}

/** Where and in which language the form was typed. */
export interface FormSetting {
  locale: string;
  currency: string;
  timeZone: string;
}

/** A list in the form; empty when the text is none. For lists that this code wrote itself. */
function listIn<T>(text: string, isItem: (value: unknown) => value is T): T[] {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.filter(isItem) : [];
  } catch {
    return [];
  }
}

const isText = (value: unknown): value is string => typeof value === 'string';
const typedRow = z.object({
  productId: z.string(),
  variantId: z.string().nullable(),
  title: z.string(),
  quantity: z.string(),
  units: z.string(),
});
const picked = z.object({ id: z.string(), title: z.string() });

/** The product rows that a form holds. */
export const rowsIn = (text: string): TypedRow[] =>
  listIn(text, (value): value is TypedRow => typedRow.safeParse(value).success);

/** The products or collections that a form holds. */
export const pickedIn = (text: string): Picked[] =>
  listIn(text, (value): value is Picked => picked.safeParse(value).success);

/** The ids that a form holds. */
export const idsIn = (text: string): string[] => listIn(text, isText);

function ruleSchema(unit: Unit, { locale, currency }: FormSetting) {
  const units = unit === 'CREDIT' ? moneyText(locale, currency, 1n) : wholeText(locale, 1, UNITS_MAX);
  const row = z.object({
    productId: idText(),
    variantId: idText().nullable(),
    title: z.string().transform((text) => text.slice(0, TITLE_CHARACTERS_MAX)),
    quantity: wholeText(locale, 1, ROW_QUANTITY_MAX).transform(Number),
    units,
  });
  return z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('spend'), stepMinor: moneyText(locale, currency, 1n), units }),
    z.object({ kind: z.literal('product'), rows: listText(row, ROWS_MAX).refine(isFilled, 'required') }),
    z.object({ kind: z.literal('printed'), unitsPerPoint: units }),
  ]);
}

const isFilled = (list: readonly unknown[]): boolean => list.length > 0;

function termsSchema({ locale }: FormSetting) {
  const plain = {
    name: z.string().trim().min(1, 'required').max(NAME_CHARACTERS_MAX, 'too_long'),
    startPaused: z.boolean(),
    earnAt: z.enum(['paid', 'fulfilled']),
    pendingDays: wholeText(locale, 0, PENDING_DAYS_MAX).transform(Number),
    includeTax: z.boolean(),
    includeShipping: z.boolean(),
  };
  const lifetime = z.discriminatedUnion('lifetime', [
    z.object({ lifetime: z.literal('never') }),
    z.object({
      lifetime: z.literal('days'),
      lifetimeDays: wholeText(locale, 1, LIFETIME_DAYS_MAX).transform(Number),
    }),
  ]);
  return { plain: z.object(plain), lifetime };
}

const ids = listText(idText(), CHOICES_MAX);
const who = z
  .object({
    membersOnly: z.boolean(),
    categories: z.enum(['all', 'chosen']),
    categoryIds: ids,
    tiers: z.enum(['all', 'chosen']),
    tierIds: ids,
  })
  .superRefine((chosen, context) => {
    for (const [mode, field] of [
      [chosen.categories, 'categoryIds'],
      [chosen.tiers, 'tierIds'],
    ] as const)
      if (mode === 'chosen' && !isFilled(chosen[field]))
        context.addIssue({ code: 'custom', message: 'required', path: [field] });
  });

const period = z
  .object({ period: z.enum(['always', 'range']), startsOn: dayText(), endsOn: dayText() })
  .superRefine(({ period: kind, startsOn, endsOn }, context) => {
    if (kind === 'always') return;
    const isEmpty = startsOn === null && endsOn === null;
    if (isEmpty) context.addIssue({ code: 'custom', message: 'required', path: ['startsOn'] });
    if (startsOn !== null && endsOn !== null && endsOn < startsOn)
      context.addIssue({ code: 'custom', message: 'before_start', path: ['endsOn'] });
  });

const pickedSchema = listText(
  z.object({ id: idText(), title: z.string().transform((text) => text.slice(0, TITLE_CHARACTERS_MAX)) }),
  EXCLUDED_MAX,
);
const excludedSchema = z.object({
  excludedProducts: pickedSchema,
  excludedCollections: pickedSchema,
  excludedTags: z
    .string()
    .transform((text) => [...new Set(text.split(',').map((tag) => tag.trim().toLowerCase()))].filter(Boolean))
    .pipe(z.array(z.string().max(TAG_CHARACTERS_MAX, 'too_long')).max(EXCLUDED_MAX, 'too_many')),
});

/** Reads the form. Returns what is wrong at which field when something is. A row's fields are `rows.<index>.<field>`. */
export function readProgramForm(
  input: unknown,
  setting: FormSetting,
): { ok: true; draft: ProgramDraft } | { ok: false; errors: FieldErrors } {
  const unit = z.object({ unit: z.enum(['POINTS', 'CREDIT']) }).safeParse(input);
  const rule = ruleSchema(unit.data?.unit ?? 'POINTS', setting).safeParse(input);
  const { plain: plainSchema, lifetime: lifetimeSchema } = termsSchema(setting);
  const plain = plainSchema.safeParse(input);
  const lifetime = lifetimeSchema.safeParse(input);
  const chosen = who.safeParse(input);
  const dates = period.safeParse(input);
  const excluded = excludedSchema.safeParse(input);
  if (
    !plain.success ||
    !unit.success ||
    !rule.success ||
    !chosen.success ||
    !dates.success ||
    !lifetime.success ||
    !excluded.success
  ) {
    const parts = [plain, unit, rule, chosen, dates, lifetime, excluded];
    const errors = parts.flatMap((part) => (part.success ? [] : Object.entries(fieldErrors(part.error))));
    return { ok: false, errors: Object.fromEntries(errors.map(([at, error]) => [fieldOf(at), error])) };
  }
  const { name, startPaused, ...when } = plain.data;
  const terms: EarnTerms = {
    ...when,
    lifetimeDays: lifetime.data.lifetime === 'days' ? lifetime.data.lifetimeDays : null,
    membersOnly: chosen.data.membersOnly,
    categoryIds: chosen.data.categories === 'chosen' ? chosen.data.categoryIds : null,
    tierIds: chosen.data.tiers === 'chosen' ? chosen.data.tierIds : null,
    excluded: exclusionsOf(excluded.data),
  };
  return {
    ok: true,
    draft: {
      name,
      startPaused,
      unit: unit.data.unit,
      rule: { ...terms, ...rule.data } satisfies ProgramRule,
      ...momentsOf(dates.data, setting.timeZone),
    },
  };
}

/** Only product rows have fields of their own; what is wrong in another list is told at the list. */
function fieldOf(path: string): string {
  return path.startsWith('rows.') ? path : (path.split('.')[0] ?? path);
}

/** Whole days in the shop's time zone, the last one included. */
function momentsOf(
  dates: z.output<typeof period>,
  timeZone: string,
): Pick<ProgramDraft, 'startsAt' | 'endsAt'> {
  if (dates.period === 'always') return { startsAt: null, endsAt: null };
  const { startsOn, endsOn } = dates;
  return {
    startsAt: startsOn === null ? null : startOfDay(startsOn, timeZone),
    endsAt: endsOn === null ? null : startOfDay(addDays(endsOn, 1), timeZone),
  };
}

function exclusionsOf(data: z.output<typeof excludedSchema>): Exclusions {
  const { excludedProducts: products, excludedCollections: collections, excludedTags: tags } = data;
  const titles = Object.fromEntries([
    ...products.map(({ id, title }) => [`product:${id}`, title] as const),
    ...collections.map(({ id, title }) => [`collection:${id}`, title] as const),
  ]);
  return {
    productIds: products.map(({ id }) => id),
    collectionIds: collections.map(({ id }) => id),
    tags,
    ...(products.length + collections.length > 0 ? { titles } : {}),
  };
}
