import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';

/** A number in E.164 as people read it: "+62 812-3456-7890"; what is none stays as it is. */
export function readablePhone(e164: string): string {
  return parsePhoneNumberFromString(e164)?.formatInternational() ?? e164;
}

/**
 * A phone number in E.164, however it was written: "0812-3456-7890" of a shop in Indonesia is "+6281234567890".
 * `country` (two letters) is whose numbers need no country code. Null when it is no possible number there.
 */
export function toE164(written: string, country: string | null): string | null {
  const home = country !== null && isSupportedCountry(country) ? country : undefined;
  const phone = parsePhoneNumberFromString(written, home);
  return phone?.isPossible() ? phone.number : null;
}
