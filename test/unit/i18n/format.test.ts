import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { foldDigits } from '#app/lib/digits.ts';
import {
  formatAgo,
  formatFixed,
  formatMoment,
  formatMoney,
  formatMoneyInput,
  formatNames,
  formatNumber,
  formatPercent,
  formatPercentInput,
  formatSigned,
  formatTimeOfDay,
} from '#app/lib/format.ts';
import { parseMoneyInput, parsePercentInput, parseWholeInput } from '#app/lib/typed-number.ts';
import { currencyDigits } from '#app/lib/money.ts';

const NBSP = '\u00A0';
const currency = fc.constantFrom('IDR', 'USD', 'JPY', 'KWD', 'IRR', 'EUR');
const locale = fc.constantFrom('en', 'id');
const amount = fc.bigInt({ min: 0n, max: 10n ** 14n });

test.each([
  [250n, 2, 'en', '2.5'],
  [250n, 2, 'id', '2,5'],
  [5n, 2, 'en', '0.05'],
  [1_234_500n, 1, 'id', '123.450'],
])('%s with %s places is written %s: %s', (value, digits, language, text) => {
  expect(formatFixed(value, digits, language)).toBe(text);
});

test.each([
  ['09:00', 'en', '9:00 AM'],
  ['20:30', 'en', '8:30 PM'],
  ['09:00', 'id', '09.00'],
  ['20:30', 'id', '20.30'],
])('%s in %s is %s', (time, language, text) => {
  expect(formatTimeOfDay(time, language).replaceAll('\u202F', ' ')).toBe(text);
});

describe('money', () => {
  it.each([
    [10_000_000n, 'IDR', 'id', `Rp${NBSP}100.000`],
    [10_000_050n, 'IDR', 'id', `Rp${NBSP}100.000,50`],
    [10_000_000n, 'IDR', 'en', `Rp${NBSP}100,000`],
    [-10_000_000n, 'IDR', 'id', `-Rp${NBSP}100.000`],
    [1_999n, 'USD', 'en', '$19.99'],
    [2_000n, 'USD', 'en', '$20.00'],
    [1_500n, 'JPY', 'en', '¥1,500'],
  ])('%d %s in %s is %s', (minor, code, language, text) => {
    expect(formatMoney(minor, code, language)).toBe(text);
  });

  it('keeps every digit, also beyond what a float holds', () => {
    const digitsOf = (text: string) => text.replace(/\D/g, '').replace(/^0+(?=\d)/, '');
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 30n }), currency, locale, (minor, code, language) => {
        const stripped = 10n ** BigInt(currencyDigits(code));
        const shown = digitsOf(formatMoney(minor, code, language));
        expect([minor.toString(), (minor / stripped).toString()]).toContain(shown);
      }),
    );
  });

  it('reads back what it wrote, with and without a currency mark', () => {
    fc.assert(
      fc.property(amount, currency, locale, (minor, code, language) => {
        expect(parseMoneyInput(formatMoneyInput(minor, code, language), code, language)).toBe(minor);
        if (code === 'IDR')
          expect(parseMoneyInput(formatMoney(minor, code, language), code, language)).toBe(minor);
      }),
    );
  });

  it.each([
    ['100.000', 'IDR', 'id', 10_000_000n],
    ['Rp 100.000', 'IDR', 'id', 10_000_000n],
    ['rp100000', 'IDR', 'id', 10_000_000n],
    ['100.000,5', 'IDR', 'id', 10_000_050n],
    ['١٠٠٠', 'USD', 'en', 100_000n],
    ['$1,000.25', 'USD', 'en', 100_025n],
    ['0', 'USD', 'en', 0n],
    // Another language's separators, where the shape leaves no doubt.
    ['100,000', 'IDR', 'id', 10_000_000n],
    ['100.000', 'IDR', 'en', 10_000_000n],
    ['1.250.000,50', 'IDR', 'en', 125_000_050n],
    ['2.5', 'USD', 'id', 250n],
    ['2,5', 'USD', 'en', 250n],
    ['12,345', 'JPY', 'id', 12_345n],
    ['1 250 000', 'IDR', 'en', 125_000_000n],
    ['1’250.50', 'CHF', 'en', 125_050n],
    ['100.000 IDR', 'IDR', 'en', 10_000_000n],
    ['۱۲۵۰٬۰۰۰', 'IRR', 'en', null],
    ['۱٬۲۵۰٬۰۰۰ ریال', 'IRR', 'en', 125_000_000n],
    ['฿๑,๒๕๐', 'THB', 'en', 125_000n],
    // Three decimals: the language decides.
    ['1.250', 'KWD', 'en', 1_250n],
    ['1.250', 'KWD', 'id', 1_250_000n],
    ['0.250', 'KWD', 'id', 250n],
  ])('reads %s (%s, %s)', (text, code, language, minor) => {
    expect(parseMoneyInput(text, code, language)).toBe(minor);
  });

  it.each([
    ['1.00.000', 'IDR', 'id'],
    ['1,00.000', 'IDR', 'id'],
    ['0.500', 'USD', 'en'],
    ['1.234,567,890', 'USD', 'en'],
    ['1-000', 'USD', 'en'],
    ['-5', 'USD', 'en'],
    ['', 'USD', 'en'],
    ['abc', 'USD', 'en'],
    ['1e5', 'USD', 'en'],
    ['1.5', 'JPY', 'en'],
    ['5.', 'USD', 'en'],
    ['1234567890123456', 'USD', 'en'],
  ])('refuses %s (%s, %s) instead of guessing', (text, code, language) => {
    expect(parseMoneyInput(text, code, language)).toBeNull();
  });

  it('never throws on what a person types', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), currency, locale, (text, code, language) => {
        const minor = parseMoneyInput(text, code, language);
        expect(minor === null || minor >= 0n).toBe(true);
      }),
    );
  });
});

describe('numbers', () => {
  it('groups by the language', () => {
    expect(formatNumber(1_250_000n, 'en')).toBe('1,250,000');
    expect(formatNumber(1_250_000n, 'id')).toBe('1.250.000');
    expect([formatSigned(5n, 'en'), formatSigned(-5n, 'en'), formatSigned(0n, 'en')]).toEqual([
      '+5',
      '-5',
      '0',
    ]);
  });

  it('reads back whole numbers', () => {
    fc.assert(
      fc.property(amount, locale, (value, language) => {
        expect(parseWholeInput(formatNumber(value, language), language)).toBe(value);
        expect(parseWholeInput(` ${value} `, language)).toBe(value);
      }),
    );
    expect(parseWholeInput('1.5', 'en')).toBeNull();
    expect(parseWholeInput('-1', 'en')).toBeNull();
  });
});

describe('digits of other scripts', () => {
  it('become ours, and everything else stays', () => {
    expect(foldDigits('٠٨١٢ ۳۴۵ ๖๗ ０９ abc')).toBe('0812 345 67 09 abc');
  });
});

describe('moments', () => {
  const timestamp = new Date('2026-11-21T18:30:00Z');
  it("are shown in the shop's time zone", () => {
    expect(formatMoment(timestamp, 'id', 'Asia/Jakarta')).toBe('22 Nov 2026, 01.30');
    expect(formatMoment(timestamp, 'en', 'America/New_York').replace('\u202F', ' ')).toBe(
      'Nov 21, 2026, 1:30 PM',
    );
  });
  it('are told as time passed', () => {
    const ago = (seconds: number, language: string) =>
      formatAgo(timestamp, new Date(timestamp.getTime() + seconds * 1000), language);
    expect(ago(0, 'en')).toBe('now');
    expect(ago(59, 'en')).toBe('59 seconds ago');
    expect(ago(3 * 60, 'id')).toBe('3 menit yang lalu');
    expect(ago(-5, 'en')).toBe('now');
    expect(ago(26 * 3600, 'en')).toBe('yesterday');
  });
});

it('names of fields are joined as words within a sentence', () => {
  expect(formatNames(['Birth date', 'Gender', 'National ID'], 'en')).toBe(
    'Birth date, gender, and national ID',
  );
  expect(formatNames(['Telepon', 'Nomor KTP', 'SMS'], 'id')).toBe('Telepon, nomor KTP, dan SMS');
  expect(formatNames([], 'en')).toBe('');
});

it('percentages are read with the decimal mark of any language', () => {
  expect(formatPercent(250, 'en')).toBe('2.5%');
  expect(formatPercent(1_000, 'id')).toBe('10%');
  expect(formatPercentInput(1_205, 'id')).toBe('12,05');
  expect(parsePercentInput('12,05')).toBe(1_205);
  expect(parsePercentInput(' 2.5 % ')).toBe(250);
  expect(parsePercentInput('10')).toBe(1_000);
  expect(parsePercentInput('2,5 %')).toBe(250);
  expect(parsePercentInput('۲٫۵٪')).toBe(250);
  for (const text of ['', '2.555', '2,555', '2.', '-1', 'ten', '1.2.3'])
    expect(parsePercentInput(text)).toBeNull();
});
