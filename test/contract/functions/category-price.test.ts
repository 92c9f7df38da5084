/** The price Function as it is deployed: its query against Shopify's schema, its bundle in QuickJS within Shopify's limits. */
import { beforeAll, describe, expect, test } from 'vitest';
import {
  createFunctionEngine,
  FUNCTION_LIMITS,
  type FunctionOutcome,
} from '#sandbox/shopify/functions/engine.ts';
import {
  loadFunctions,
  type LoadedFunction,
  problemsOfQuery,
} from '#sandbox/shopify/functions/load-functions.ts';
import { queryCost } from '#sandbox/shopify/functions/query-cost.ts';
import { type PriceInput } from '../../../extensions/shared/price/input.ts';
import file from '../../fixtures/function-cases.json' with { type: 'json' };
import { largeCart } from '../../support/function-carts.ts';
import { comparable } from '../../support/price-input.ts';

let price: LoadedFunction;
let run: (input: unknown, lines?: number) => FunctionOutcome;

beforeAll(async () => {
  const engine = await createFunctionEngine();
  price = (await loadFunctions()).find(({ handle }) => handle === 'category-price')!;
  run = (input, lines = 1) => engine.run(price.code, price.exported, input, lines);
});

function outputOf(input: PriceInput): { output: unknown; instructions: number; bytes: number; logs: string } {
  const outcome = run(input, input.cart.lines.length);
  if (!outcome.ok) throw new Error(`${outcome.reason}: ${outcome.detail}`);
  const { instructions, outputBytes, logs } = outcome.run;
  return { output: outcome.output, instructions, bytes: outputBytes, logs };
}

describe('the input query', () => {
  test('is valid, costs 28 of 30 and has less than 1,000 of 3,000 bytes', () => {
    expect(problemsOfQuery(price.schema, price.queryText)).toEqual([]);
    expect(queryCost(price.schema, price.queryText)).toBe(28);
    expect(Buffer.byteLength(price.queryText)).toBeLessThan(1_000);
  });

  test('a query above the limits, or with a field that there is not, is refused as a deploy does', () => {
    const dear = `query { cart { ${Array.from({ length: 11 }, (_, index) => `m${index}: metafield(key: "a") { value }`).join(' ')} } }`;
    expect(problemsOfQuery(price.schema, dear)).toEqual(['the query costs 33, more than 30']);
    expect(problemsOfQuery(price.schema, 'query { cart { price } }')[0]).toMatch(
      /Cannot query field "price"/,
    );
  });
});

describe('the bundle', () => {
  test('is below 8 kB', () => {
    expect(price.code.length).toBeLessThan(8_000);
  });

  test.each(file.cases)('$kind: $name', ({ input, expected }) => {
    expect(comparable(outputOf(input as PriceInput).output)).toEqual(comparable(expected));
  });

  test('with percents on 200 lines it takes at most 7.5 million instructions, its input less than 90 kB', () => {
    const input = largeCart({ lines: 200 });
    const { instructions, output, bytes } = outputOf(input);
    expect(instructions).toBeLessThanOrEqual(7_500_000);
    expect(JSON.stringify(input).length).toBeLessThan(90_000);
    expect(bytes).toBeLessThan(FUNCTION_LIMITS.outputBytes);
    expect(comparable(output)).toMatchObject({ lines: { length: 200 } });
  });

  test('with price lists on 100 lines it takes at most 10 million instructions', () => {
    const { instructions } = outputOf(largeCart({ lines: 100, hasLists: true }));
    expect(instructions).toBeLessThanOrEqual(10_000_000);
  });

  test('with price lists on 200 lines its input stays below 90 kB', () => {
    expect(JSON.stringify(largeCart({ lines: 200, hasLists: true })).length).toBeLessThan(90_000);
  });
});

describe('the size of the output', () => {
  const messagesOf = (output: unknown) =>
    (comparable(output) as { lines: { message: string | null; percent: number | null }[] }).lines;

  test('100 lines with prices of their own have their labels', () => {
    const { output, bytes } = outputOf(largeCart({ lines: 100, hasLists: true }));
    expect(bytes).toBeLessThanOrEqual(20_000);
    expect(
      messagesOf(output).every(({ message, percent }) => message === 'Reseller price' && percent === null),
    ).toBe(true);
  });

  test('115 lines lose the labels first, and the log says so', () => {
    const { output, bytes, logs } = outputOf(largeCart({ lines: 115, hasLists: true }));
    expect(bytes).toBeLessThanOrEqual(20_000);
    expect(messagesOf(output).every(({ message, percent }) => message === null && percent === null)).toBe(
      true,
    );
    expect(logs).toMatch(/without labels/);
  });

  // Our meter counts more than Shopify: above about 120 lists its 11 million are not enough, the arithmetic still holds.
  test.each([
    [130, 5, 40],
    [200, 150, 180],
  ])('above it the smallest reductions of %i lines become the percent', async (count, least, most) => {
    const engine = await createFunctionEngine(100_000_000);
    const input = largeCart({ lines: count, hasLists: true });
    const outcome = engine.run(price.code, price.exported, input, count);
    if (!outcome.ok) throw new Error(outcome.detail);
    expect(outcome.run.outputBytes).toBeLessThanOrEqual(20_000);
    const lines = messagesOf(outcome.output);
    expect(lines).toHaveLength(count);
    const byPercent = lines.filter(({ percent }) => percent !== null);
    expect(byPercent.length).toBeGreaterThan(least);
    expect(byPercent.length).toBeLessThan(most);
  });

  test("a run above the instructions has no result: the cart keeps the shop's prices", () => {
    const outcome = run(largeCart({ lines: 200, hasLists: true }), 200);
    expect(outcome).toMatchObject({ ok: false, reason: 'InstructionCountLimitExceeded' });
  });

  test('labels in another script count with their bytes', () => {
    const { bytes } = outputOf(largeCart({ lines: 100, hasLists: true, label: 'قیمت نماینده فروش ویژه' }));
    expect(bytes).toBeLessThanOrEqual(20_000);
  });
});
