/** What is wrong with a row, as sentences for the merchant. */
import type { TFunction } from 'i18next';
import type { RowProblem } from '../rules/import-fields.ts';

/** Returns a problem with its column, what was written there, and why it cannot be. */
export function textOfProblem(problem: RowProblem, heading: string, t: TFunction): string {
  const { code, written, limit = '' } = problem;
  const why = t(`imports.problems.${code}`, { limit });
  return written === ''
    ? t('imports.problem_empty', { heading, why })
    : t('imports.problem', { heading, written, why });
}

/** Fields that Shopify or the run names, as the merchant calls them. */
const REFUSED_FIELDS = new Map([
  ['email', 'email'],
  ['phone', 'phone'],
  ['firstName', 'firstName'],
  ['lastName', 'lastName'],
  ['note', 'note'],
  ['address1', 'street'],
  ['address2', 'street'],
  ['city', 'city'],
  ['province', 'province'],
  ['provinceCode', 'province'],
  ['country', 'country'],
  ['countryCode', 'country'],
  ['zip', 'postalCode'],
  ['tags', 'tags'],
  ['smsConsent', 'smsConsent'],
  ['emailConsent', 'emailConsent'],
] as const);

const REASONS = [
  'taken',
  'too_long',
  'required',
  'invalid',
  'lost',
  'no_answer',
  'unknown_customer',
  'needs_phone',
  'needs_email',
  'too_many_tags',
] as const;

/** Returns why a row was refused when it ran. */
export function textOfRefusal(
  { field, reason }: { field: string | null; reason: string },
  t: TFunction,
): string {
  const why = t(`imports.refusals.${REASONS.find((known) => known === reason) ?? 'invalid'}`);
  const name = [...REFUSED_FIELDS].find(([theirs]) => theirs === field)?.[1];
  return name === undefined ? why : `${t(`imports.fields.${name}`)}: ${why}`;
}
