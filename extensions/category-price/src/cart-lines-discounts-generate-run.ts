import { type PriceInput } from '../../shared/price/input.ts';
import { priceLines } from '../../shared/price/price-lines.ts';
import { readTerms } from '../../shared/price/terms.ts';
import { type FunctionResult, writeOperations } from './write-operations.ts';

/**
 * The target `cart.lines.discounts.generate.run`: prices each line of the cart.
 * @returns operations that lower prices and refuse codes; none where nothing applies
 */
export function cartLinesDiscountsGenerateRun(input: PriceInput): FunctionResult {
  const terms = readTerms(input);
  if (terms === null) return { operations: [] };
  return writeOperations(input, priceLines(terms, input.cart.lines));
}
