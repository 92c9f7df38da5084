import { randomInt, randomUUID } from 'node:crypto';
import path from 'node:path';
import { signSessionToken } from '../sandbox/shopify/session-token.ts';
import { prepare } from '../scripts/prepare.ts';
import { control, openApp } from '../scripts/lib/shop-visit.ts';
import { DEMO_APP, startServices, type Services } from '../scripts/services.ts';
import type { BenchRun } from './lib/bench-server.ts';
import { figure, type Figure } from './lib/figures.ts';
import { load, type LoadResult, type WireRequest } from './lib/load.ts';
import { alternate, medianOf } from './lib/measure.ts';
import { withClient } from './lib/shop-rows.ts';

const SHOP = 'setia-demo.myshopify.com';
const CUSTOMERS = 1_000_000;
const FIRST_CUSTOMER = 9_100_000_000_000;
/** Who reserves must be known at Shopify, too: a code is bound to its customer. May have 20 open codes each. */
const BUYERS = 400;
const POINTS_EACH = 1_000;

const CONNECTIONS = 16;
const WARM_UP_SECONDS = 1;
const SECONDS = 4;
const ROUNDS = 3;
const READERS = 4_000;
const CART = 'cartAmount=150000.00&currency=IDR';

/** Above what is ever asked for here: our time is measured, not Shopify's patience. */
const SANDBOX_RESTORE_RATE = '1000000';

/** How quickly the checkout block gets a balance and a reservation while the tables hold a million customers. */
export async function benchCheckout(run: BenchRun): Promise<Figure[]> {
  await prepare({ build: true });
  const database = await run.createMigratedDatabase();
  process.env.SANDBOX_RESTORE_RATE = SANDBOX_RESTORE_RATE;
  const services = await startServices({
    dataDir: path.join(run.dataDir, 'checkout'),
    databaseUrl: database.url,
    worker: false,
  });
  try {
    const buyers = await givenCustomers(run, services);
    const port = Number(new URL(services.appUrl).port);
    const measure = (what: string, makeNext: () => () => WireRequest) => async (): Promise<LoadResult> => {
      const result = await load({
        port,
        connections: CONNECTIONS,
        warmUpSeconds: WARM_UP_SECONDS,
        seconds: SECONDS,
        next: makeNext(),
      });
      const statuses = [...result.statuses.keys()];
      if (statuses.some((status) => status !== 200))
        throw new Error(`${what} answered ${statuses.join(', ')}`);
      run.tell(`  ${what}: ${Math.round(result.perSecond)}/s, p99 ${result.p99Ms.toFixed(1)} ms`);
      return result;
    };
    const results = await alternate(ROUNDS, {
      balance: measure('balance', balanceRequests),
      reserve: measure('reserve', () => reserveRequests(buyers)),
    });
    return [...figuresOf(results, 'balance'), ...figuresOf(results, 'reserve')];
  } finally {
    await services.stop();
    await database.drop();
  }
}

function figuresOf(
  results: ReadonlyMap<string, readonly LoadResult[]>,
  path: 'balance' | 'reserve',
): Figure[] {
  const bench = 'checkout';
  const name = `${path}, 16 connections, 1,000,000 customers`;
  return [
    figure(
      { bench, figure: `${name}: p99`, unit: 'ms' },
      medianOf(results, path, ({ p99Ms }) => p99Ms),
    ),
    figure(
      { bench, figure: `${name}: median`, unit: 'ms' },
      medianOf(results, path, ({ p50Ms }) => p50Ms),
    ),
    figure(
      { bench, figure: `${name}: rate`, unit: 'requests/s' },
      medianOf(results, path, ({ perSecond }) => perSecond),
    ),
  ];
}

/** Installs the app, makes buyers at Shopify, and gives them and a million others an account with one lot. */
async function givenCustomers(run: BenchRun, services: Services): Promise<number[]> {
  await openApp(services, SHOP);
  const buyers: number[] = [];
  for (let count = 0; count < BUYERS; count += 1) {
    const body = { shop: SHOP, firstName: 'Buyer', lastName: String(count) };
    const { customer } = await control<{ customer: { id: number } }>(services, 'POST', 'customers', body);
    buyers.push(customer.id);
  }
  run.tell(`  a million accounts ...`);
  await withClient(services.databaseUrl, async (client) => {
    await client.query(
      `WITH given AS (
         SELECT s.shop_id, c.customer_id, row_number() OVER () AS entry_id
           FROM shops s, (SELECT $2::bigint + n AS customer_id FROM generate_series(1, $3::int) AS n
                          UNION ALL SELECT unnest($4::bigint[])) AS c
          WHERE s.domain = $1),
       accounts AS (
         INSERT INTO ledger_accounts (shop_id, customer_id, unit, balance)
         SELECT shop_id, customer_id, 'POINTS', $5 FROM given)
       INSERT INTO ledger_lots (shop_id, entry_id, customer_id, unit, amount, remaining, valid_from, expires_at)
       SELECT shop_id, entry_id, customer_id, 'POINTS', $5, $5, now() - interval '1 day', now() + interval '1 year' FROM given`,
      [SHOP, FIRST_CUSTOMER, CUSTOMERS, buyers, POINTS_EACH],
    );
    await client.query(`SELECT setval('ledger_entries_entry_id_seq', $1)`, [CUSTOMERS + BUYERS]);
    await client.query('VACUUM ANALYZE');
  });
  return buyers;
}

/** Balances of customers here and there in the million. */
function balanceRequests(): () => WireRequest {
  const heads = Array.from({ length: READERS }, () => {
    const customer = FIRST_CUSTOMER + randomInt(1, CUSTOMERS);
    return `GET /api/club?${CART} HTTP/1.1\r\n${commonHeaders(customer)}\r\n\r\n`;
  });
  let count = 0;
  return () => ({ head: heads[count++ % heads.length] ?? '', body: null });
}

/** Reservations of one point, each with a key of its own, by the buyers in turn. */
function reserveRequests(buyers: readonly number[]): () => WireRequest {
  const headers = buyers.map(commonHeaders);
  let count = randomInt(0, buyers.length);
  return () => {
    const content = {
      key: randomUUID(),
      unit: 'POINTS',
      units: '1',
      cartAmount: '150000.00',
      currency: 'IDR',
    };
    const body = Buffer.from(JSON.stringify(content));
    const head = [
      'POST /api/redemptions HTTP/1.1',
      headers[count++ % headers.length] ?? '',
      'content-type: application/json',
      `content-length: ${body.length}`,
      '\r\n',
    ].join('\r\n');
    return { head, body };
  };
}

function commonHeaders(customer: number): string {
  const token = signSessionToken(DEMO_APP, { surface: 'checkout', shop: SHOP, customer });
  return [
    'host: 127.0.0.1',
    'user-agent: Mozilla/5.0 (X11; Linux x86_64) Setia-Bench',
    'accept: application/json',
    'origin: https://extensions.shopifycdn.com',
    `authorization: Bearer ${token}`,
  ].join('\r\n');
}
