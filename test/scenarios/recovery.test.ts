/**
 * What the product does by itself when its parts die while orders keep coming: PostgreSQL crashes, the worker is killed,
 * web is restarted. In the end every order has earned exactly once (Rp 100,000 gives 10 points) and the audit is clean.
 */
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApp } from '../../scripts/lib/shop-visit.ts';
import { startApp, type TestApp } from '#test/support/app.ts';

const SHOP = 'setia-demo.myshopify.com';
const ORDERS = 60;
const POINTS_PER_ORDER = 10;
const SETTLE_TIMEOUT_MS = 60_000;

let app: TestApp;

beforeAll(async () => {
  app = await startApp({ ownPostgres: true });
  await openApp(app, SHOP);
});
afterAll(() => app?.stop());

test('PostgreSQL crashes, the worker is killed, web restarts: nothing is lost and nothing counts twice', async () => {
  const { customers } = await app.control<{ customers: { id: number }[] }>('GET', `customers?shop=${SHOP}`);
  const customer = customers[0]!.id;
  const before = await pointsOf(customer);

  const placing = (async () => {
    for (let placed = 0; placed < ORDERS; placed += 1) {
      const lines = [{ title: 'Kain', price: '100000.00', quantity: 1 }];
      await app.control('POST', 'orders', { shop: SHOP, customer, lines, paid: true });
      await sleep(50);
    }
  })();
  await sleep(500);
  await app.killWorker();
  app.startWorker();
  await sleep(500);
  await app.stopPostgres('crash');
  await sleep(300);
  await app.startPostgres();
  await sleep(500);
  await app.restartWeb();
  await app.killWorker();
  app.startWorker();
  await placing;

  const wanted = before + ORDERS * POINTS_PER_ORDER;
  const deadline = Date.now() + SETTLE_TIMEOUT_MS;
  while ((await pointsOf(customer)) < wanted && Date.now() < deadline) await sleep(200);
  expect(await pointsOf(customer)).toBe(wanted);
  // Ends with another code than 0, and so throws, when any figure does not follow from the entries.
  execFileSync(process.execPath, ['scripts/ops.ts', 'audit'], { env: { ...process.env, ...app.env } });
});

async function pointsOf(customer: number): Promise<number> {
  const client = new pg.Client({ connectionString: app.databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ points: string }>(
      'SELECT coalesce(sum(amount), 0) AS points FROM ledger_entries WHERE customer_id = $1',
      [customer],
    );
    return Number(rows[0]!.points);
  } finally {
    await client.end();
  }
}
