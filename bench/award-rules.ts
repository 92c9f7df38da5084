import type { BenchRun } from './lib/bench-server.ts';
import { drainInbox, inCopy } from './lib/drain-inbox.ts';
import { figure, type Figure } from './lib/figures.ts';
import { addManyRules } from './lib/many-rules.ts';
import { alternate, medianOf } from './lib/measure.ts';
import { fillInbox } from './lib/shop-rows.ts';
import { createShopDatabase } from './lib/with-shop.ts';

const ORDERS = 10_000;
const ROUNDS = 3;

/**
 * Orders per second with 20 programs and 10 offers active, product rules and printed points among them, beside the
 * same orders under one spend program. Each order earns by four of the rules, so it posts four entries instead of
 * one.
 */
export async function benchAwardRules(run: BenchRun): Promise<Figure[]> {
  const one = await createShopDatabase(run, (client) => fillInbox(client, ORDERS));
  const many = await createShopDatabase(run, async (client) => {
    await fillInbox(client, ORDERS);
    await addManyRules(client);
  });
  await inCopy(run, many, (copy) => drainInbox(run, copy));
  const results = await alternate(ROUNDS, {
    ours: () => inCopy(run, many, (copy) => drainInbox(run, copy)),
    oneRule: () => inCopy(run, one, (copy) => drainInbox(run, copy)),
  });
  await many.drop();
  await one.drop();
  return [
    figure(
      {
        bench: 'award-rules',
        figure: '20 programs, 10 offers: inbox to ledger, one worker',
        unit: 'orders/s',
        target: 'above half of one rule',
      },
      medianOf(results, 'ours', (rate) => rate),
      { value: medianOf(results, 'oneRule', (rate) => rate), name: 'one spend program' },
    ),
  ];
}
