import { z } from 'zod';
import type { Sandbox } from '#sandbox/sandbox.ts';
import { placeOrder } from '../sandbox/shopify/orders.ts';
import type { BenchRun } from './lib/bench-server.ts';
import { figure, type Figure } from './lib/figures.ts';
import { SANDBOX_SHOP } from './lib/sandbox-shop.ts';
import { runInSandboxShop } from './lib/with-shop.ts';

const ORDERS = Number(process.env.BENCH_BACKFILL_ORDERS ?? 100_000);

const resultSchema = z.object({
  orders: z.number(),
  ready: z.number(),
  done: z.number(),
  undone: z.number(),
  collectMb: z.number(),
  maxMb: z.number(),
});

/**
 * A backfill of a shop with a hundred thousand past orders of two lines: from the file of the sandbox's bulk
 * operation to the dry run, the run, and undoing it; orders per second in one process, and its memory. The time in
 * which Shopify collects isn't counted.
 */
export async function benchBackfill(run: BenchRun): Promise<Figure[]> {
  return figuresOf(resultSchema.parse(await runInSandboxShop(run, 'run-backfill.ts', fillShop)));
}

function figuresOf({
  orders,
  ready,
  done,
  undone,
  collectMb,
  maxMb,
}: z.output<typeof resultSchema>): Figure[] {
  const what = (name: string, unit: string) => ({
    bench: 'backfill',
    figure: `${orders} orders: ${name}`,
    unit,
  });
  return [
    figure(what('file to dry run', 'orders/s'), orders / ready),
    figure(what('run', 'orders/s'), orders / done),
    figure(what('undo', 'orders/s'), orders / undone),
    figure(what('memory up to the dry run', 'MB'), collectMb),
    figure(what('memory in all', 'MB'), maxMb),
  ];
}

/** Copies of one genuine order with ids of their own, spread over the shop's customers. */
function fillShop({ world }: Sandbox): void {
  const shop = world.shop(SANDBOX_SHOP);
  const [customer] = shop.customers;
  const lines = [
    { title: 'Kain', price: 250_000_00, quantity: 1 },
    { title: 'Kopi', price: 50_000_00, quantity: 2 },
  ];
  const placed = placeOrder(world, SANDBOX_SHOP, {
    customerId: customer?.id ?? null,
    lines,
    discountCodes: [],
    paid: true,
  });
  if (!placed.ok) throw new Error(placed.reason);
  const { order } = placed;
  for (let at = 1; at < ORDERS; at += 1) {
    const id = world.nextId();
    const own = order.lines.map((line, place) => ({ ...line, id: id * 10 + place }));
    const customerId = shop.customers[at % shop.customers.length]?.id ?? null;
    shop.orders.push({ ...order, id, name: `#B${at}`, customerId, lines: own });
  }
}
