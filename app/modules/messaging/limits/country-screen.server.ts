/** Settings > Messaging > Countries: what each country allows, since when, and what a part costs there. */
import { pool } from '#app/db.server.ts';
import { WALLET_CURRENCY } from '#app/lib/micros.ts';
import { listCurrentPrices } from '../wallet/prices.server.ts';
import { KNOWN_COUNTRIES, rulesOfCountry } from './rules/countries.ts';
import { CLOSED_COUNTRIES, FACTS_CHECKED_ON, factsOfCountry } from './rules/country-facts.ts';

/** Reads the screen: countries with rules of their own, and those that have a price. */
export async function readCountryScreen() {
  const prices = new Map((await listCurrentPrices(pool)).map((price) => [price.country, price]));
  const countries = [...new Set([...KNOWN_COUNTRIES, ...prices.keys()])];
  return {
    checkedOn: FACTS_CHECKED_ON,
    currency: WALLET_CURRENCY,
    closed: CLOSED_COUNTRIES,
    countries: countries.map((country) => ({
      country,
      ...rulesOfCountry(country),
      facts: factsOfCountry(country),
      priceMicros: prices.get(country)?.priceMicros ?? null,
    })),
  };
}

export type CountryScreenView = Awaited<ReturnType<typeof readCountryScreen>>;
