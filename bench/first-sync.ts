import { z } from 'zod';
import type { Sandbox } from '#sandbox/sandbox.ts';
import { APP_NAMESPACE } from '../sandbox/shopify/app-namespace.ts';
import { placeOrder } from '../sandbox/shopify/orders.ts';
import type { BenchRun } from './lib/bench-server.ts';
import { figure, type Figure } from './lib/figures.ts';
import { SANDBOX_SHOP } from './lib/sandbox-shop.ts';
import { runInSandboxShop } from './lib/with-shop.ts';

const CUSTOMERS = Number(process.env.BENCH_SYNC_CUSTOMERS ?? 100_000);
const ORDERS = Number(process.env.BENCH_SYNC_ORDERS ?? 300_000);

/** What Node chooses by itself in a container of 512 MB; on a large machine it collects garbage late. */
const HEAP_MB = 256;

const resultSchema = z.object({
  customers: z.number(),
  orders: z.number(),
  seconds: z.number(),
  customersSeconds: z.number(),
  maxMb: z.number(),
});

/**
 * The first sync of a shop with a hundred thousand customers and three hundred thousand orders of two lines, from the
 * files of the sandbox's bulk operations to the tables: seconds of one worker process, and its memory. The time in which
 * Shopify collects is not counted.
 */
export async function benchFirstSync(run: BenchRun): Promise<Figure[]> {
  const flags = [`--max-old-space-size=${HEAP_MB}`];
  return figuresOf(resultSchema.parse(await runInSandboxShop(run, 'run-sync.ts', fillShop, flags)));
}

function figuresOf({
  customers,
  orders,
  seconds,
  customersSeconds,
  maxMb,
}: z.output<typeof resultSchema>): Figure[] {
  const what = (name: string, unit: string, target?: string) => ({
    bench: 'first-sync',
    figure: `${customers} customers, ${orders} orders: ${name}`,
    unit,
    ...(target === undefined ? {} : { target }),
  });
  return [
    figure(what('all', 's', '< 300 s'), seconds),
    figure(what('until the customers are there', 's'), customersSeconds),
    figure(what(`memory of the worker, heap of ${HEAP_MB} MB`, 'MB', '< 400 MB'), maxMb),
  ];
}

/** Copies of genuine ones with ids and names of their own; some customers buy often, most once or twice. */
function fillShop({ world }: Sandbox): void {
  const shop = world.shop(SANDBOX_SHOP);
  const seeds = [...shop.customers];
  const firstId = world.nextId();
  for (let at = shop.customers.length; at < CUSTOMERS; at += 1) {
    const seed = seeds[at % seeds.length];
    if (!seed) break;
    const id = firstId + at;
    const person = {
      firstName: `${seed.firstName} ${at}`,
      email: `p${at}@example.com`,
      phone: `+62812${String(at).padStart(8, '0')}`,
    };
    const metafields = at % 3 === 0 ? [birthDate(id, seed.createdAt)] : [];
    shop.customers.push({ ...seed, ...person, id, metafields });
  }
  const lines = [
    { title: 'Kain', price: 250_000_00, quantity: 1 },
    { title: 'Kopi', price: 50_000_00, quantity: 2 },
  ];
  const customerId = seeds[0]?.id ?? null;
  const placed = placeOrder(world, SANDBOX_SHOP, { customerId, lines, discountCodes: [], paid: true });
  if (!placed.ok) throw new Error(placed.reason);
  const { order } = placed;
  for (let at = 1; at < ORDERS; at += 1) {
    const id = firstId + CUSTOMERS + at * 10;
    const own = order.lines.map((line, place) => ({ ...line, id: id * 10 + place }));
    const buyer = shop.customers[Math.floor(shop.customers.length * (at / ORDERS) ** 2)];
    shop.orders.push({ ...order, id, name: `#S${at}`, customerId: buyer?.id ?? null, lines: own });
  }
}

function birthDate(id: number, at: string) {
  const key = { namespace: APP_NAMESPACE, key: 'birth_date', type: 'date' };
  return { ...key, id, value: '1990-05-17', createdAt: at, updatedAt: at };
}
