import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatMicroMoney } from '#app/lib/format.ts';
import { formatMicros, minorToMicros, parseMicros } from '#app/lib/micros.ts';

test('micros are written and read without loss', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 999_999_999_999_999n }), (micros) => {
      expect(parseMicros(formatMicros(micros))).toBe(micros);
    }),
  );
});

test.each([
  ['0.0075', 7_500n],
  [' 1 ', 1_000_000n],
  ['0.0000001', null],
  ['1,5', null],
  ['-1', null],
  ['', null],
])('"%s" is %s', (text, micros) => expect(parseMicros(text)).toBe(micros));

test('cents, yen and fils have their own digits', () => {
  expect(['USD', 'JPY', 'KWD'].map((currency) => minorToMicros(5n, currency))).toEqual([
    50_000n,
    5_000_000n,
    5_000n,
  ]);
});

test('money shows its usual digits, and more only where they say something', () => {
  expect(
    [45_000n, 7_900n, 12_500_000n, -1_234n].map((micros) => formatMicroMoney(micros, 'USD', 'en')),
  ).toEqual(['$0.045', '$0.0079', '$12.50', '-$0.001234']);
});
