/** What staff read of countries says the same as what campaigns go by. */
import { expect, test } from 'vitest';
import {
  isClosedCountry,
  KNOWN_COUNTRIES,
  rulesOfCountry,
} from '#app/modules/messaging/limits/rules/countries.ts';
import { CLOSED_COUNTRIES, factsOfCountry } from '#app/modules/messaging/limits/rules/country-facts.ts';

test('each country with rules of its own has facts, and only those', () => {
  expect(KNOWN_COUNTRIES.filter((country) => factsOfCountry(country) === null)).toEqual([]);
  expect(factsOfCountry('FR')).toBeNull();
});

test('a rule about links has its first day, a country without one has none', () => {
  for (const country of KNOWN_COUNTRIES)
    expect([country, factsOfCountry(country)!.linksSince !== null]).toEqual([
      country,
      rulesOfCountry(country).links !== 'free',
    ]);
});

test('the countries that are not served are those that campaigns leave out', () => {
  expect(CLOSED_COUNTRIES.every(({ country }) => isClosedCountry(country))).toBe(true);
  expect(CLOSED_COUNTRIES).toHaveLength(3);
});
