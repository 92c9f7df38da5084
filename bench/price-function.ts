/**
 * The price Function in QuickJS: instructions by the sandbox's meter, time of its own part, and the same arithmetic as the
 * app's price check. Needs no database.
 */
import { checkCart, type CheckLine } from '../extensions/shared/price/check-cart.ts';
import { createFunctionEngine, type FunctionEngine } from '../sandbox/shopify/functions/engine.ts';
import { loadFunctions, type LoadedFunction } from '../sandbox/shopify/functions/load-functions.ts';
import { largeCart } from '../test/support/function-carts.ts';
import { figure, type Figure } from './lib/figures.ts';

const BENCH = 'price-function';
const RUNS = 41;
/** Until V8 has compiled QuickJS for good, which a busy machine puts off. */
const WARM_UP_RUNS = 150;
/** Above what the Function may use, so that carts beyond it are measured, too. */
const UNLIMITED = 1_000_000_000;

const CARTS = [
  { name: 'percents, 200 lines', cart: { lines: 200 }, target: 7.5 },
  { name: 'price lists, 100 lines', cart: { lines: 100, hasLists: true }, target: 10 },
  { name: 'price lists, 115 lines', cart: { lines: 115, hasLists: true }, target: null },
  { name: 'price lists, 200 lines', cart: { lines: 200, hasLists: true }, target: null },
];

/** Instructions and time of the Function for large carts, and of the price check of 200 lines. */
export async function benchPriceFunction(): Promise<Figure[]> {
  const engine = await createFunctionEngine(UNLIMITED);
  const price = (await loadFunctions()).find(({ handle }) => handle === 'category-price');
  if (!price) throw new Error('there is no Function category-price');
  const figures = CARTS.flatMap(({ name, cart, target }) => {
    const { instructions, medianMs } = measure(engine, price, largeCart(cart));
    const within = (limit: string) => (target === null ? {} : { target: limit });
    const millions = {
      bench: BENCH,
      figure: `${name}: instructions`,
      unit: 'M',
      ...within(`<= ${target} M`),
    };
    const time = { bench: BENCH, figure: `${name}: median`, unit: 'ms', ...within('< 3 ms') };
    return [figure(millions, instructions / 1e6), figure(time, medianMs)];
  });
  const check = { bench: BENCH, figure: 'price check, 200 lines: median', unit: 'ms', target: '< 30 ms' };
  return [...figures, figure(check, checkMedianMs())];
}

function measure(
  engine: FunctionEngine,
  { code, exported }: LoadedFunction,
  input: ReturnType<typeof largeCart>,
) {
  const runs = Array.from({ length: WARM_UP_RUNS + RUNS }, () => {
    const outcome = engine.run(code, exported, input, input.cart.lines.length);
    if (!outcome.ok) throw new Error(`${outcome.reason}: ${outcome.detail}`);
    return outcome.run;
  });
  return {
    instructions: runs[0]?.instructions ?? Number.NaN,
    medianMs: median(runs.slice(WARM_UP_RUNS).map(({ durationMs }) => durationMs)),
  };
}

function checkMedianMs(): number {
  const input = largeCart({ lines: 200, hasLists: true });
  const lines = input.cart.lines.map(({ id, quantity, cost, merchandise }): CheckLine => {
    const variant = merchandise.__typename === 'ProductVariant' ? merchandise : null;
    return {
      id,
      quantity,
      productId: variant?.product.id ?? '',
      unitMinor: BigInt(cost.amountPerQuantity.amount.replace('.', '')),
      compareAtMinor: null,
      prices: variant?.metafield?.jsonValue ?? null,
      isGiftCard: false,
      isSubscription: false,
      sets: { a: true, b: false },
    };
  });
  const terms = {
    rules: input.discount.metafield?.jsonValue,
    person: input.cart.buyerIdentity?.customer?.metafield?.jsonValue,
    date: input.shop.localTime.date,
    currency: 'IDR',
    rate: '1',
  };
  const times = Array.from({ length: RUNS }, () => {
    const started = performance.now();
    checkCart(terms, lines);
    return performance.now() - started;
  });
  return median(times);
}

/** Of an odd number of values. */
function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}
