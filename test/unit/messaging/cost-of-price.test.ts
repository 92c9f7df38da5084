import { expect, test } from 'vitest';
import { costOfPrice } from '#app/modules/messaging/costs/rules/cost-of-price.ts';

test.each([
  ['-0.00790', 7_900n],
  ['-0.0474000', 47_400n],
  ['0', 0n],
  ['-1', 1_000_000n],
  ['-0.00000010', 1n],
  ['-12.3456780', 12_345_678n],
])('%s is %s micros', (price, micros) => {
  expect(costOfPrice(price)).toBe(micros);
});

test.each(['', 'null', '-', '0.1.2', '1e-3', '--1', '1,5'])('%j is no price', (price) => {
  expect(costOfPrice(price)).toBeNull();
});
