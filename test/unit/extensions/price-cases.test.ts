/** The cases of the price Function (fixtures/function-cases.json), on its source; test/contract has them on the bundle. */
import { expect, test } from 'vitest';
import { cartLinesDiscountsGenerateRun } from '../../../extensions/category-price/src/index.ts';
import { type PriceInput } from '../../../extensions/shared/price/input.ts';
import file from '../../fixtures/function-cases.json' with { type: 'json' };
import { comparable } from '../../support/price-input.ts';

test('there are 53 cases', () => {
  expect(file.cases).toHaveLength(53);
});

test.each(file.cases)('$kind: $name', ({ input, expected }) => {
  expect(comparable(cartLinesDiscountsGenerateRun(input as PriceInput))).toEqual(comparable(expected));
});
