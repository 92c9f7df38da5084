import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  QUANTITY_MAX,
  readPastedLines,
  readQuantity,
} from '../../../extensions/account-reseller/src/pasted-lines.ts';

test.each<[string, [string, number][], number[]]>([
  ['KOPI-B, 12', [['KOPI-B', 12]], []],
  [
    'KOPI-B\t12\r\nTEH-01;3',
    [
      ['KOPI-B', 12],
      ['TEH-01', 3],
    ],
    [],
  ],
  ['  "KOPI-B" , "12"  \n\n', [['KOPI-B', 12]], []],
  ['Kopi-B 5\nKOPI-B 7', [['Kopi-B', 12]], []],
  ['A,B, 2', [['A,B', 2]], []],
  ['KOPI-B\nTEH-01, many\n, 3\nTEH-01, 0\nTEH-01, -1', [], [1, 2, 3, 4, 5]],
])('%j', (text, quantities, unreadable) => {
  const read = readPastedLines(text);
  expect([...read.quantities]).toEqual(quantities);
  expect(read.unreadable).toEqual(unreadable);
});

test('whatever is pasted, quantities are whole and within bounds, and every line is read or named', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (lines) => {
      const { quantities, unreadable } = readPastedLines(lines.join('\n'));
      for (const quantity of quantities.values()) {
        expect(Number.isInteger(quantity)).toBe(true);
        expect(quantity).toBeGreaterThan(0);
        expect(quantity).toBeLessThanOrEqual(QUANTITY_MAX);
      }
      expect(new Set(unreadable).size).toBe(unreadable.length);
    }),
  );
});

test('what is written as a list is read back', () => {
  const sku = fc.stringMatching(/^[A-Z0-9][A-Z0-9-]{0,10}[A-Z]$/);
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(sku, fc.integer({ min: 1, max: QUANTITY_MAX })), {
        selector: ([name]) => name,
      }),
      (rows) => {
        const text = rows.map(([name, quantity]) => `${name}, ${quantity}`).join('\n');
        expect([...readPastedLines(text).quantities]).toEqual(rows);
      },
    ),
  );
});

test('a typed quantity', () => {
  expect(['', ' 0 ', '12', '999999'].map(readQuantity)).toEqual([0, 0, 12, 999_999]);
  expect(['-1', '1.5', 'x', '1000000'].map(readQuantity)).toEqual([null, null, null, null]);
});
