/** The customer of the template's example row: who is never imported. */
import { getExampleNumber, isSupportedCountry } from 'libphonenumber-js';
import examples from 'libphonenumber-js/examples.mobile.json';
import type { RowValues } from '../rules/import-fields.ts';

export const EXAMPLE_EMAIL = 'siti.contoh@example.com';
const EXAMPLE_COUNTRY = 'ID';

/** Returns the example's phone, E.164; a number of the country that stands in the documentation of phone numbers. */
export function examplePhone(country: string | null): string {
  const known = country !== null && isSupportedCountry(country) ? country : EXAMPLE_COUNTRY;
  return getExampleNumber(known, examples)?.number ?? '';
}

/** Whether a row is the template's example, also of a file that a program has saved under another form. */
export function isExample({ phone, email }: RowValues, country: string | null): boolean {
  return email === EXAMPLE_EMAIL && phone === examplePhone(country);
}
