/** Every Shopify currency has Shopify's number of digits, in the app and in the sandbox. */
import { isEnumType } from 'graphql';
import { expect, test } from 'vitest';
import { currencyDigits } from '#app/lib/money.ts';
import { currencyDigits as sandboxDigits } from '#sandbox/shopify/money.ts';
import { readAdminSchema } from '#scripts/lib/admin-schema.ts';

/**
 * Where Shopify's list (github.com/Shopify/money) differs from what Intl shows: a small coin that is no longer used.
 */
const DIFFERS_FROM_INTL: Record<string, number> = {
  AFN: 2,
  ALL: 2,
  COP: 2,
  HUF: 2,
  IDR: 2,
  IQD: 3,
  IRR: 2,
  LAK: 2,
  LBP: 2,
  MMK: 2,
  MRU: 0,
  PKR: 2,
  SLL: 2,
  SOS: 2,
  STD: 2,
  SYP: 2,
  YER: 2,
};

/** Not in ISO 4217: a dollar on a blockchain. */
const UNKNOWN_TO_INTL = new Set(['USDC']);

function shopifyCurrencies(): string[] {
  const codes = readAdminSchema().getType('CurrencyCode');
  if (!isEnumType(codes)) throw new Error('the schema has no CurrencyCode');
  return codes.getValues().map(({ name }) => name);
}

function intlDigits(currency: string): number | undefined {
  if (UNKNOWN_TO_INTL.has(currency)) return 2;
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits;
}

test.each(shopifyCurrencies())('%s', (currency) => {
  const expected = DIFFERS_FROM_INTL[currency] ?? intlDigits(currency);
  expect([currencyDigits(currency), sandboxDigits(currency)]).toEqual([expected, expected]);
});
