/** The forms of offers and their groups. Run on both sides: the preview reads what is typed too. */
import { z } from 'zod';
import { fieldErrors, type FieldErrors } from '#app/lib/field-errors.ts';
import { moneyText, percentText, wholeText } from '#app/lib/form-fields.ts';
import type { EarnOffer } from '../rules/program.ts';

export const NAME_CHARACTERS_MAX = 80;
const FROM_DAYS_MAX = 365;
const UNTIL_DAYS_MAX = 3_650;

/** An offer as the browser holds it. `until` says whether `untilDays` counts. */
export interface OfferValues {
  [field: string]: string | boolean;
  version: string;
  name: string;
  minimumMinor: string;
  percent: string;
  unit: string;
  fromDays: string;
  until: string;
  untilDays: string;
  isActive: boolean;
}

/** What the form means. */
export interface OfferDraft extends Pick<
  EarnOffer,
  'name' | 'unit' | 'minimumMinor' | 'percentBp' | 'fromDays' | 'untilDays'
> {
  isActive: boolean;
}

const nameText = () => z.string().trim().min(1, 'required').max(NAME_CHARACTERS_MAX, 'too_long');

function offerSchema(locale: string, currency: string) {
  const common = z.object({
    name: nameText(),
    minimumMinor: moneyText(locale, currency, 0n),
    percent: percentText(),
    unit: z.enum(['POINTS', 'CREDIT']),
    fromDays: wholeText(locale, 0, FROM_DAYS_MAX).transform(Number),
    isActive: z.boolean(),
  });
  const until = z.discriminatedUnion('until', [
    z.object({ until: z.literal('never') }),
    z.object({ until: z.literal('days'), untilDays: wholeText(locale, 0, UNTIL_DAYS_MAX).transform(Number) }),
  ]);
  return { common, until };
}

export type OfferFormRead = { ok: true; draft: OfferDraft } | { ok: false; errors: FieldErrors };

/** Reads the form of an offer. Returns what is wrong at which field when something is. */
export function readOfferForm(input: unknown, locale: string, currency: string): OfferFormRead {
  const schema = offerSchema(locale, currency);
  const common = schema.common.safeParse(input);
  const until = schema.until.safeParse(input);
  if (!common.success || !until.success) {
    const errors: FieldErrors = {};
    for (const part of [common, until]) if (!part.success) Object.assign(errors, fieldErrors(part.error));
    return { ok: false, errors };
  }
  const { percent: percentBp, ...rest } = common.data;
  const untilDays = until.data.until === 'days' ? until.data.untilDays : null;
  // An end before the beginning would be value that can never be used.
  if (untilDays !== null && untilDays < rest.fromDays) {
    return { ok: false, errors: { untilDays: { code: 'too_small', limit: String(rest.fromDays) } } };
  }
  return { ok: true, draft: { ...rest, percentBp, untilDays } };
}

/** Reads the name of a group. */
export function readGroupName(
  name: unknown,
): { ok: true; name: string } | { ok: false; errors: FieldErrors } {
  const read = z.object({ groupName: nameText() }).safeParse({ groupName: name });
  return read.success
    ? { ok: true, name: read.data.groupName }
    : { ok: false, errors: fieldErrors(read.error) };
}

/** The switches above the groups. */
export const offerSettingsForm = z.object({
  isActive: z.boolean(),
  includeTax: z.boolean(),
  includeShipping: z.boolean(),
});
