/** From what someone typed into the form to an application. Messages are the codes of `field-errors.ts`. */
import { z } from 'zod';
import { fieldErrors, type FieldErrors } from '#app/lib/field-errors.ts';
import { readPhone } from '#app/lib/phone.ts';
import {
  ASKED_FIELDS,
  askingOf,
  LINE_MAX,
  LONG_FIELDS,
  TEXT_MAX,
  type ApplicationSettings,
  type AskedField,
} from './application-fields.ts';

export interface Application {
  name: string;
  /** Lower case. */
  email: string;
  /** E.164; null where none was asked or given. */
  phone: string | null;
  /** The other fields, those that were filled in. */
  answers: Partial<Record<AskedField, string>>;
}

const NAME_MAX = 120;
const LOWER_EMAIL_MAX = 255;

const name = z.string().trim().min(1, 'required').max(NAME_MAX, 'too_long');
const email = z
  .string()
  .trim()
  .toLowerCase()
  .min(1, 'required')
  .max(LOWER_EMAIL_MAX, 'too_long')
  .pipe(z.email('not_an_email'));

/**
 * Reads what was typed, by the shop's settings; fields that it doesn't ask are not looked at.
 * @param country of the shop, two letters: its phone numbers need no country code
 */
export function readApplication(
  typed: Readonly<Record<string, string>>,
  settings: ApplicationSettings,
  country: string | null,
): { ok: true; application: Application } | { ok: false; errors: FieldErrors } {
  const asked = ASKED_FIELDS.filter((field) => askingOf(settings, field) !== 'off');
  const schema = z.object({
    name,
    email,
    ...Object.fromEntries(asked.map((field) => [field, textOf(field, settings, country)])),
  });
  const form = schema.safeParse({
    name: '',
    email: '',
    ...Object.fromEntries(asked.map((field) => [field, ''])),
    ...typed,
  });
  if (!form.success) return { ok: false, errors: fieldErrors(form.error) };
  const { name: readName, email: readEmail, ...rest } = form.data;
  const texts = z.record(z.string(), z.string()).parse(rest);
  const answers: Application['answers'] = {};
  for (const field of asked) if (field !== 'phone' && texts[field]) answers[field] = texts[field];
  return { ok: true, application: { name: readName, email: readEmail, phone: texts.phone || null, answers } };
}

function textOf(field: AskedField, settings: ApplicationSettings, country: string | null) {
  const isRequired = askingOf(settings, field) === 'required';
  const max = LONG_FIELDS.has(field) ? TEXT_MAX : LINE_MAX;
  return z
    .string()
    .trim()
    .max(max, 'too_long')
    .transform((text, context): string => {
      if (text === '' && isRequired) context.addIssue('required');
      if (field !== 'phone' || text === '') return text;
      const read = readPhone(text, [country]);
      if (read.ok) return read.phone;
      context.addIssue(read.reason);
      return z.NEVER;
    });
}

/** First and last name of what was typed as one: the last word, where there are several. */
export function splitName(whole: string): { firstName: string; lastName: string | null } {
  const words = whole.trim().split(/\s+/);
  const last = words.length > 1 ? words.at(-1) : undefined;
  return last === undefined
    ? { firstName: words.join(' '), lastName: null }
    : { firstName: words.slice(0, -1).join(' '), lastName: last };
}
