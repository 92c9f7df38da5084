import fc from 'fast-check';
import {
  getCountries,
  getExampleNumber,
  parsePhoneNumberFromString,
  type CountryCode,
} from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/examples.mobile.json';
import { describe, expect, it } from 'vitest';
import { readPlainMobile } from '#app/lib/plain-phone.ts';

const countries = getCountries();

/** Digits near a mobile number of the country: some replaced, added or left out. */
const nearMobile = (country: CountryCode) =>
  fc
    .tuple(
      fc.array(fc.tuple(fc.nat({ max: 12 }), fc.nat({ max: 9 })), { maxLength: 6 }),
      fc.integer({ min: -2, max: 2 }),
    )
    .map(([changes, more]) => {
      const digits = [...(getExampleNumber(country, examples)?.nationalNumber ?? '8123456789')];
      for (const [at, digit] of changes) if (at < digits.length) digits[at] = String(digit);
      return digits.join('').slice(0, digits.length + Math.min(0, more)) + '7'.repeat(Math.max(0, more));
    });

const validNumber = (text: string, defaultCountry?: CountryCode) => {
  const phone = parsePhoneNumberFromString(text, {
    extract: false,
    ...(defaultCountry ? { defaultCountry } : {}),
  });
  return phone?.isValid() && !phone.ext ? phone.number : null;
};

describe('a plain mobile number', () => {
  it('is what the library says that it is, in every country', () => {
    fc.assert(
      fc.property(
        fc
          .constantFrom<CountryCode>('ID', 'TH', 'IR', 'MY', ...countries)
          .chain((country) => fc.record({ country: fc.constant(country), national: nearMobile(country) })),
        ({ country, national }) => {
          const home = readPlainMobile(`0${national}`, country);
          if (home !== null) expect(home).toBe(validNumber(`0${national}`, country));
          const code = getExampleNumber(country, examples)?.countryCallingCode ?? '62';
          const international = readPlainMobile(`+${code}${national}`, country);
          if (international !== null) expect(international).toBe(validNumber(`+${code}${national}`));
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it.each([
    ['081234567890', 'ID', '+6281234567890'],
    ['+6281234567890', 'TH', '+6281234567890'],
    ['0812345678', 'TH', '+66812345678'],
    ['09121234567', 'IR', '+989121234567'],
  ])('%s in %s needs no parser', (text, country, phone) => {
    expect(readPlainMobile(text, country)).toBe(phone);
  });

  it.each([
    ['6281234567890', 'ID'],
    ['0812-3456-7890', 'ID'],
    ['0215551234', 'ID'],
    ['+12025550123', 'US'],
    ['081234567890', null],
    ['081234567890', 'XX'],
    ['0081234567890', 'ID'],
    ['00981234567890', 'ID'],
  ])('%s in %s is left to the parser', (text, country) => {
    expect(readPlainMobile(text, country)).toBeNull();
  });
});
