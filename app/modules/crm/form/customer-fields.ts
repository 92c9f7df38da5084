/** The fields of a customer's form, each as it is typed and what it means. Messages are the codes of `field-errors.ts`. */
import { z } from 'zod';
import { dayText } from '#app/lib/form-fields.ts';
import { parseDecimalInput, parsePercentInput } from '#app/lib/typed-number.ts';
import { readPhone } from '#app/lib/phone.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { isStorableDay } from '#app/lib/storable.ts';
import { GENDERS, HOUSINGS, type SOCIAL_NETWORKS } from '#app/modules/customers/rules/customer-record.ts';
import { normaliseNationalId } from '#app/modules/customers/rules/national-id.ts';
import { CENTIMETRE_DIGITS, CONSENT_SOURCES, INTERESTS_MAX, KILO_DIGITS } from './form-values.ts';
import { PERCENT_NOTE_MAX } from '#app/modules/pricing/percents/percent-form.ts';
import { readHandle } from './rules/social-handle.ts';

export interface FormContext {
  /** The shop's calendar day. */
  today: string;
  /** Countries whose phone numbers need no country code, the likeliest first. */
  countries: readonly (string | null)[];
}

export const FIRST_DAY = '1900-01-01';
export const TEXT_MAX = 255;
export const NOTE_MAX = 5_000;
export const POSTAL_CODE_MAX = 20;
export const INTEREST_MAX = 40;
const REASON_MAX = 200;
export const WEIGHT_GRAMS_MAX = 500_000;
export const HEIGHT_MM_MAX = 3_000;
export const PERCENT_BP_MAX = 10_000;

const optionalText = (max: number) =>
  z
    .string()
    .trim()
    .max(max, 'too_long')
    .transform((text) => text || null);

const choiceText = <Choice extends string>(choices: readonly Choice[]) =>
  z.string().transform((text, context): Choice | null => {
    if (text === '') return null;
    const choice = choices.find((each) => each === text);
    if (choice !== undefined) return choice;
    context.addIssue('invalid');
    return z.NEVER;
  });

function dayUntil(today: string) {
  return z
    .string()
    .trim()
    .transform((day, context): string | null => {
      if (day === '') return null;
      if (!isStorableDay(day) || day < FIRST_DAY) context.addIssue('not_a_day');
      else if (day > today) context.addIssue('in_future');
      else return day;
      return z.NEVER;
    });
}

/** A decimal number above zero, in units of its last digit. */
function measureText(digits: number, max: number) {
  return z.string().transform((text, context): number | null => {
    if (text.trim() === '') return null;
    const value = parseDecimalInput(text, digits);
    if (value === null) context.addIssue('invalid');
    else if (value < 1) context.addIssue('too_small');
    else if (value > max) context.addIssue(`too_large:${max / 10 ** digits}`);
    else return value;
    return z.NEVER;
  });
}

const idOrNone = z.string().transform((text, context): bigint | null => {
  const id = text === '' ? null : readIdParam(text);
  if (text === '' || id !== null) return id;
  context.addIssue('invalid');
  return z.NEVER;
});

function phoneText(countries: FormContext['countries']) {
  return z.string().transform((text, context): string | null => {
    if (text.trim() === '') return null;
    const read = readPhone(text, countries);
    if (read.ok) return read.phone;
    context.addIssue(read.reason);
    return z.NEVER;
  });
}

const emailAddress = z.email().max(TEXT_MAX);

/** Whether a text in lower case is an e-mail address. */
export function isEmail(text: string): boolean {
  return emailAddress.safeParse(text).success;
}

const emailText = z
  .string()
  .trim()
  .toLowerCase()
  .refine((text) => text === '' || isEmail(text), { message: 'not_an_email' })
  .transform((text) => text || null);

const interestsText = z.string().transform((text, context): string[] => {
  const byKey = new Map<string, string>();
  for (const line of text.split('\n').map((each) => each.trim()))
    if (line !== '' && !byKey.has(line.toLowerCase())) byKey.set(line.toLowerCase(), line);
  const interests = [...byKey.values()];
  if (interests.some((interest) => interest.length > INTEREST_MAX)) context.addIssue('too_long');
  else if (interests.length > INTERESTS_MAX) context.addIssue('too_many');
  else return interests;
  return z.NEVER;
});

function percentOrNone() {
  return z.string().transform((text, context): number | null => {
    if (text.trim() === '') return null;
    const value = parsePercentInput(text);
    if (value === null) context.addIssue('not_a_percent');
    else if (value > PERCENT_BP_MAX) context.addIssue(`too_large:${PERCENT_BP_MAX / 100}`);
    else return value;
    return z.NEVER;
  });
}

function socialText(network: Exclude<(typeof SOCIAL_NETWORKS)[number], 'whatsapp'>) {
  return z.string().transform((text, context): string | null => {
    if (text.trim() === '') return null;
    const name = readHandle(network, text);
    if (name !== null) return name;
    context.addIssue('not_a_handle');
    return z.NEVER;
  });
}

/** Where staff have to say something: a consent, a tier. */
const answered = <Choice extends string>(choices: readonly Choice[]) =>
  z.string().transform((text, context): Choice => {
    const choice = choices.find((each) => each === text);
    if (choice !== undefined) return choice;
    context.addIssue(text === '' ? 'required' : 'invalid');
    return z.NEVER;
  });

/** Every field of the form. */
export function customerForm({ today, countries }: FormContext) {
  const day = dayUntil(today);
  const consentDay = day.transform((text) => text ?? today);
  const consent = answered(['subscribed', 'unsubscribed']);
  const source = answered(CONSENT_SOURCES);
  const text = optionalText(TEXT_MAX);
  return z.object({
    categoryId: idOrNone,
    firstName: text,
    lastName: text,
    gender: choiceText(GENDERS),
    phone: phoneText(countries),
    email: emailText,
    countryCode: z
      .string()
      .regex(/^(?:[A-Z]{2})?$/, 'invalid')
      .transform((code) => code || null),
    provinceCode: text,
    province: text,
    cityCode: text,
    city: text,
    districtCode: text,
    district: text,
    villageCode: text,
    village: text,
    postalCode: optionalText(POSTAL_CODE_MAX),
    // One line at Shopify, several on paper.
    street: z
      .string()
      .transform((lines) => lines.trim().replace(/\s*\n\s*/g, ', '))
      .pipe(text),
    social_instagram: socialText('instagram'),
    social_facebook: socialText('facebook'),
    social_tiktok: socialText('tiktok'),
    social_line: socialText('line'),
    social_whatsapp: phoneText(countries),
    social_telegram: socialText('telegram'),
    social_x: socialText('x'),
    birthDate: day,
    weddingDate: day,
    interests: interestsText,
    housing: choiceText(HOUSINGS),
    weight: measureText(KILO_DIGITS, WEIGHT_GRAMS_MAX),
    height: measureText(CENTIMETRE_DIGITS, HEIGHT_MM_MAX),
    nationalId: z
      .string()
      .trim()
      .refine((id) => id === '' || normaliseNationalId(id) !== null, { message: 'invalid' }),
    removeNationalId: z.boolean(),
    smsConsent: consent,
    smsConsentOn: consentDay,
    smsConsentSource: source,
    emailConsent: consent,
    emailConsentOn: consentDay,
    emailConsentSource: source,
    tierId: z.string().transform((id, issue): bigint => {
      const tierId = readIdParam(id);
      if (tierId !== null) return tierId;
      issue.addIssue('required');
      return z.NEVER;
    }),
    tierReason: z.string().trim().min(1, 'required').max(REASON_MAX, 'too_long'),
    discount: percentOrNone(),
    discountFrom: dayText(),
    discountUntil: dayText(),
    discountNote: optionalText(PERCENT_NOTE_MAX),
    note: optionalText(NOTE_MAX),
  });
}
