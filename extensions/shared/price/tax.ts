/** Prices shown without the tax that they include. Display only: at checkout the tax stays Shopify's. */
import { readVersion1 } from './rules.ts';

const WHOLE_BP = 10_000n;

/** An amount without the tax in it, rounded half up; `taxBp` is hundredths of a percent, 1,100 for 11 %. */
export function withoutTax(amountMinor: bigint, taxBp: number): bigint {
  const divisor = WHOLE_BP + BigInt(taxBp);
  return (amountMinor * WHOLE_BP * 2n + divisor) / (divisor * 2n);
}

/**
 * The tax to leave out of prices that are shown to a customer.
 * @param rules the value of `$app:rules`
 * @param person the value of `$app:price`
 * @returns hundredths of a percent; 0: prices are shown as the store has them
 */
export function taxLeftOut(rules: unknown, person: unknown): number {
  const shop = readVersion1(rules);
  const key = readVersion1(person)?.cat;
  const cats = shop?.cats;
  if (!shop || typeof key !== 'string' || typeof cats !== 'object' || cats === null) return 0;
  const category: unknown = Object.hasOwn(cats, key)
    ? Object.entries(cats).find(([each]) => each === key)?.[1]
    : null;
  const isNet =
    typeof category === 'object' && category !== null && 'net' in category && category.net === true;
  const { tax } = shop;
  return isNet && typeof tax === 'number' && Number.isInteger(tax) && tax > 0 && tax <= 10_000 ? tax : 0;
}
