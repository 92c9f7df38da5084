import fc from 'fast-check';
import { expect, test } from 'vitest';
import { currencyDigits, formatDecimal, parseMinor } from '#app/lib/money.ts';

const currency = fc.constantFrom('IDR', 'THB', 'IRR', 'USD', 'JPY', 'KWD', 'VND', 'XYZ');

test('what is written can be read back, in every currency and any size', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), currency, (minor, code) => {
      expect(parseMinor(formatDecimal(minor, code), code)).toBe(minor);
    }),
  );
});

test('the rupiah and the rial have two digits at Shopify, whatever Intl shows', () => {
  expect([
    currencyDigits('IDR'),
    currencyDigits('IRR'),
    currencyDigits('JPY'),
    currencyDigits('KWD'),
  ]).toEqual([2, 2, 0, 3]);
  expect(formatDecimal(100_000_00n, 'IDR')).toBe('100000.00');
  expect(formatDecimal(5n, 'KWD')).toBe('0.005');
  expect(formatDecimal(-5n, 'USD')).toBe('-0.05');
  expect(formatDecimal(1234n, 'JPY')).toBe('1234');
});

test.each<[string | number, string, bigint]>([
  ['199.99', 'USD', 19999n],
  [199.99, 'USD', 19999n],
  ['100000.00', 'IDR', 100_000_00n],
  ['100000', 'IDR', 100_000_00n],
  [' 7.5 ', 'USD', 750n],
  ['-5.00', 'USD', -500n],
  ['0.00', 'USD', 0n],
  ['1980.00', 'JPY', 1980n],
  ['1.005', 'USD', 101n],
  ['1.004', 'USD', 100n],
  ['1.4999', 'JPY', 1n],
  ['1.5', 'JPY', 2n],
  [0.1 + 0.2, 'USD', 30n],
  ['90071992547409931234.56', 'USD', 9007199254740993123456n],
])('%s %s is %s minor units', (text, code, minor) => {
  expect(parseMinor(text, code)).toBe(minor);
});

test.each(['', ' ', 'abc', '1,000.00', '1e3', '.5', '5.', '--1', 'NaN', 'Infinity', '٣', '1 000'])(
  '"%s" is no amount',
  (text) => {
    expect(() => parseMinor(text, 'USD')).toThrow(RangeError);
  },
);
