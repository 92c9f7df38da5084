/** The form of members-only products. Browser and server. */
import { z } from 'zod';
import { LOCALES, type Locale } from '#app/i18n/locales.ts';
import { fieldErrors, type FieldErrors } from '#app/lib/field-errors.ts';
import { idText, listText } from '#app/lib/form-fields.ts';

export const ACCESS_RULES_MAX = 200;
/** It stands in the cart of a phone. */
export const ACCESS_TEXT_MAX = 250;
const TITLE_MAX = 255;

export const ACCESS_KINDS = ['product', 'collection'] as const;
export type AccessKind = (typeof ACCESS_KINDS)[number];

/** What is said to a guest, and to those for whom the product isn't. Empty: the app's own words. */
export interface AccessTexts {
  guest: string;
  other: string;
}

/** A rule as the form sends it; ids are texts of digits. */
export interface AccessRuleValue {
  kind: AccessKind;
  id: string;
  title: string;
  categories: string[];
  tiers: string[];
}

export interface AccessInput {
  version: number;
  isOn: boolean;
  rules: { kind: AccessKind; targetId: bigint; title: string; categoryIds: bigint[]; tierIds: bigint[] }[];
  texts: Record<Locale, AccessTexts>;
}

const rule = z.object({
  kind: z.enum(ACCESS_KINDS),
  id: idText(),
  title: z.string().max(TITLE_MAX),
  categories: z.array(idText()),
  tiers: z.array(idText()),
});
const text = z.string().trim().max(ACCESS_TEXT_MAX, 'too_long').default('');
const schema = z.object({
  version: z.coerce.number().int().catch(0),
  isOn: z.boolean(),
  rules: listText(rule, ACCESS_RULES_MAX),
  guest_en: text,
  other_en: text,
  guest_id: text,
  other_id: text,
});

/** Reads the form, or says what is wrong by field. A rule that lets no one buy is named by its place. */
export function readAccessForm(
  values: unknown,
): { ok: true; input: AccessInput } | { ok: false; errors: FieldErrors } {
  const form = schema.safeParse(values);
  if (!form.success) return { ok: false, errors: fieldErrors(form.error) };
  const { version, isOn, rules, ...texts } = form.data;
  const empty = rules.findIndex(({ categories, tiers }) => categories.length + tiers.length === 0);
  if (empty !== -1) return { ok: false, errors: { [`rules.${empty}`]: { code: 'required' } } };
  const byTarget = new Map(
    rules.map(({ kind, id, title, categories, tiers }) => [
      `${kind} ${id}`,
      { kind, targetId: id, title, categoryIds: [...new Set(categories)], tierIds: [...new Set(tiers)] },
    ]),
  );
  return {
    ok: true,
    input: {
      version,
      isOn,
      rules: [...byTarget.values()],
      texts: {
        en: { guest: texts.guest_en, other: texts.other_en },
        id: { guest: texts.guest_id, other: texts.other_id },
      },
    },
  };
}

const sent = z.array(
  z.object({
    kind: z.enum(ACCESS_KINDS),
    id: z.string(),
    title: z.string(),
    categories: z.array(z.string()),
    tiers: z.array(z.string()),
  }),
);

/** The rules in a field of the form; none for a text that is no list. */
export function rulesIn(value: string | boolean | undefined): AccessRuleValue[] {
  try {
    return sent.parse(JSON.parse(String(value)));
  } catch {
    return [];
  }
}

const stored = z
  .object({ guest: z.string().catch(''), other: z.string().catch('') })
  .catch({ guest: '', other: '' });

/** The shop's own texts as they are stored. */
export function textsIn(value: unknown): Record<Locale, AccessTexts> {
  const byLocale = z.record(z.string(), stored).catch({}).parse(value);
  const empty = { guest: '', other: '' };
  const [en, id] = LOCALES.map((locale) => byLocale[locale] ?? empty);
  return { en: en ?? empty, id: id ?? empty };
}
