import { isSupportedCountry, parsePhoneNumberFromString, type PhoneNumber } from 'libphonenumber-js/max';
import { foldDigits } from './digits.ts';
import { readPlainMobile } from './plain-phone.ts';

/** A number in E.164 as people read it: "+62 812-3456-7890"; other text stays as it is. */
export function readablePhone(e164: string): string {
  return parsePhoneNumberFromString(e164)?.formatInternational() ?? e164;
}

/** A row of a list with its number as people read it. */
export function withReadablePhone<T extends { phone: string | null }>(row: T): T {
  return row.phone === null ? row : { ...row, phone: readablePhone(row.phone) };
}

export type PhoneRead = { ok: true; phone: string } | { ok: false; reason: 'not_a_phone' | 'phone_unclear' };

const NONE: PhoneRead = { ok: false, reason: 'not_a_phone' };
/** It is a number of the country and one from abroad. */
const UNCLEAR: PhoneRead = { ok: false, reason: 'phone_unclear' };
/** "+62 (0)812": the zero is only dialled within the country. */
const ZERO_IN_BRACKETS = /\(0\)/g;

/**
 * Reads a phone number as people write it: with or without plus, 00 or 0 before it, in digits of any script. `countries`
 * (two letters) are those whose numbers need no country code, the likeliest first. Only a number that is valid in its
 * country is one, and only if no other number is written like it.
 */
export function readPhone(written: string, countries: readonly (string | null)[]): PhoneRead {
  const text = foldDigits(written).replace(ZERO_IN_BRACKETS, '').trim();
  const plain = readPlainMobile(text, countries[0] ?? null);
  if (plain !== null) return { ok: true, phone: plain };
  if (text.startsWith('+')) return toRead(parseValid(text));
  const abroad = text.startsWith('00')
    ? parseValid(`+${text.slice(2)}`)
    : text.startsWith('0')
      ? null
      : parseValid(`+${text}`);
  for (const country of countries) {
    const home = parseValid(text, country);
    if (home) return abroad && abroad.number !== home.number ? choose(text, home, abroad) : toRead(home);
  }
  return toRead(abroad);
}

/** As `readPhone`; null for what is not clearly a valid number. */
export function toE164(written: string, country: string | null): string | null {
  const read = readPhone(written, [country]);
  return read.ok ? read.phone : null;
}

function parseValid(text: string, country: string | null = null): PhoneNumber | null {
  const defaultCountry = country !== null && isSupportedCountry(country) ? country : undefined;
  if (country !== null && defaultCountry === undefined) return null;
  const options = { extract: false, ...(defaultCountry ? { defaultCountry } : {}) };
  const phone = parsePhoneNumberFromString(text, options);
  return phone?.isValid() && !phone.ext ? phone : null;
}

function toRead(phone: PhoneNumber | null): PhoneRead {
  return phone ? { ok: true, phone: phone.number } : NONE;
}

/** Of digits without plus and 0 that can be read in two ways, the one that people write so; unclear when both are. */
function choose(text: string, home: PhoneNumber, abroad: PhoneNumber): PhoneRead {
  const isMobile = (phone: PhoneNumber) => phone.getType() === 'MOBILE';
  // Where a 0 belongs before national numbers, people leave it out before mobile ones only.
  const needsZero = /^\(?0/.test(home.formatNational());
  const beginsWithCode = text.replace(/\D/g, '').startsWith(home.countryCallingCode);
  if (needsZero && beginsWithCode && !isMobile(home)) return toRead(abroad);
  return isMobile(home) && !isMobile(abroad) ? toRead(home) : UNCLEAR;
}

/**
 * Checks a number that was stored earlier. A number that begins with its country code twice was once read without its
 * plus ("62811..." stored as "+6262811..."). Null for one that is right, else the number that was probably meant, or
 * null where nothing valid can be made of it.
 */
export function findPhoneRepair(
  stored: string,
  countries: readonly (string | null)[],
): { proposal: string | null } | null {
  const phone = parseValid(stored);
  if (!phone) {
    const read = readPhone(stored.replace(/^\+/, ''), countries);
    return { proposal: read.ok ? read.phone : null };
  }
  if (phone.getType() === 'MOBILE' || !phone.nationalNumber.startsWith(phone.countryCallingCode)) return null;
  const meant = parseValid(`+${phone.nationalNumber}`);
  return meant && { proposal: meant.number };
}

/** The country of a number in E.164, two letters; null where several share its code and its digits don't tell. */
export function countryOfPhone(e164: string): string | null {
  return parsePhoneNumberFromString(e164)?.country ?? null;
}
