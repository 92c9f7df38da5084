import { z } from 'zod';
import type { BenchRun } from './lib/bench-server.ts';
import { figure, type Figure } from './lib/figures.ts';
import { copyCustomers } from './lib/sandbox-shop.ts';
import { runInSandboxShop } from './lib/with-shop.ts';

const CUSTOMERS = Number(process.env.BENCH_PRICE_CUSTOMERS ?? 30_000);
const PEOPLE = 100_000;

/** Points that a call with 25 metafields costs. */
const POINTS_A_CALL = 10;
const METAFIELDS_A_CALL = 25;

const PLANS = [
  { name: 'Standard', throttle: { maximumAvailable: 2_000, restoreRate: 100 } },
  { name: 'Plus', throttle: { maximumAvailable: 20_000, restoreRate: 1_000 } },
];

const resultSchema = z.object({ customers: z.number(), seconds: z.number(), steadyPerSecond: z.number() });

/**
 * The prices of tens of thousands of customers who changed at once, written to the sandbox as the worker writes them to
 * Shopify: customers a second once the shop's budget is used up, against what its plan allows. A fifth of it is left to others.
 */
export async function benchPriceMetafields(run: BenchRun): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { name, throttle } of PLANS) {
    const result = resultSchema.parse(
      await runInSandboxShop(
        run,
        'run-price-metafields.ts',
        (sandbox) => copyCustomers(sandbox, CUSTOMERS),
        [],
        throttle,
      ),
    );
    const allowed = (throttle.restoreRate / POINTS_A_CALL) * METAFIELDS_A_CALL;
    const what = (text: string, unit: string, target?: string) => ({
      bench: 'price-metafields',
      figure: `${name}, ${result.customers} customers: ${text}`,
      unit,
      ...(target === undefined ? {} : { target }),
    });
    figures.push(
      figure(what('a second, the budget used up', '/s', 'ratio >= 0.8'), result.steadyPerSecond, {
        value: allowed,
        name: 'the limit',
      }),
      figure(what('all', 's'), result.seconds),
      figure(what(`so ${PEOPLE} customers`, 's'), PEOPLE / result.steadyPerSecond),
    );
  }
  return figures;
}
