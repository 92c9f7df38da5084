import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { startSandbox, type Sandbox } from '../sandbox/main.ts';
import { placeOrder } from '../sandbox/shopify/orders.ts';
import { signSessionToken } from '../sandbox/shopify/session-token.ts';
import { DEMO_APP } from '../scripts/services.ts';
import { appEnvironment } from './lib/app-process.ts';
import type { BenchRun } from './lib/bench-server.ts';
import { figure, type Figure } from './lib/figures.ts';
import { SHOP, SHOP_ID, insertShop, withClient } from './lib/shop-rows.ts';

const SANDBOX_SHOP = 'setia-demo.myshopify.com';
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
 * A backfill of a shop with a hundred thousand past orders of two lines: the file of the sandbox's bulk operation to
 * the dry run, the run, and undoing it; orders a second in one process, and its memory. The time in which Shopify
 * collects is not counted.
 */
export async function benchBackfill(run: BenchRun): Promise<Figure[]> {
  const database = await run.createMigratedDatabase();
  await withClient(database.url, async (client) => {
    await insertShop(client);
    await client.query('UPDATE shops SET domain = $2 WHERE domain = $1', [SHOP, SANDBOX_SHOP]);
    await client.query('SELECT seed_club($1, 10000)', [SHOP_ID]);
  });
  const { apiKey, apiSecret } = DEMO_APP;
  const sandbox = await startSandbox({ port: 0, appUrl: 'http://127.0.0.1:9', apiKey, apiSecret });
  sandbox.webhooks.close();
  try {
    fillShop(sandbox);
    const file = path.resolve(import.meta.dirname, 'run-backfill.ts');
    const env = {
      ...process.env,
      ...appEnvironment(database.url, 0),
      SHOPIFY_SANDBOX_ORIGIN: sandbox.origin,
      LOG_LEVEL: 'error',
    };
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [file, SANDBOX_SHOP, await accessToken(sandbox)],
      { env },
    );
    const result = resultSchema.parse(JSON.parse(stdout));
    return figuresOf(result);
  } finally {
    await sandbox.close();
    await database.drop();
  }
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

async function accessToken(sandbox: Sandbox): Promise<string> {
  const subject = signSessionToken(sandbox.options, { surface: 'admin', shop: SANDBOX_SHOP, customer: null });
  const response = await fetch(`${sandbox.origin}/admin/oauth/access_token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-sandbox-shop': SANDBOX_SHOP },
    body: JSON.stringify({
      client_id: sandbox.options.apiKey,
      client_secret: sandbox.options.apiSecret,
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: subject,
      subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
      requested_token_type: 'urn:shopify:params:oauth:token-type:offline-access-token',
      expiring: '1',
    }),
  });
  return z.object({ access_token: z.string() }).parse(await response.json()).access_token;
}
