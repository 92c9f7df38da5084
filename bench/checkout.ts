import { randomInt, randomUUID } from 'node:crypto';
import { signedSearch } from '../sandbox/shopify/theme/app-proxy.ts';
import { signSessionToken } from '../sandbox/shopify/session-token.ts';
import { prepare } from '../scripts/prepare.ts';
import { control } from '../scripts/lib/shop-visit.ts';
import { DEMO_APP, type Services } from '../scripts/services.ts';
import { startServer } from './lib/app-process.ts';
import type { BenchRun } from './lib/bench-server.ts';
import { figure, type Figure } from './lib/figures.ts';
import { load, type LoadResult, type WireRequest } from './lib/load.ts';
import { alternate, medianOf } from './lib/measure.ts';
import { SANDBOX_SHOP } from './lib/sandbox-shop.ts';
import { withClient } from './lib/shop-rows.ts';
import { withInstalledShop } from './lib/with-shop.ts';

const CUSTOMERS = Number(process.env.BENCH_CUSTOMERS ?? 1_000_000);
const FIRST_CUSTOMER = 9_100_000_000_000;
/** The buyers must exist at Shopify, too: a code is bound to its customer. Each may have 20 open codes. */
const BUYERS = 400;
const POINTS_EACH = 1_000;

const CONNECTIONS = 16;
const WARM_UP_SECONDS = 2;
/** `BENCH_CUSTOMERS=60000 BENCH_SECONDS=1 BENCH_ROUNDS=1 npm run bench -- checkout` is a small run. */
const SECONDS = Number(process.env.BENCH_SECONDS ?? 4);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const READERS = 4_000;
/** A customer's pages may ask sixty times in a row, and once a second after that. */
const PAGE_READERS = 20_000;
const CART = 'cartAmount=150000.00&currency=IDR';

/**
 * How quickly the checkout block gets a balance and a reservation while the tables hold a million customers; the balance
 * beside a bare server that checks the token and runs one statement on the same database.
 */
export async function benchCheckout(run: BenchRun): Promise<Figure[]> {
  await prepare({ build: true });
  return withInstalledShop(run, async (services) => {
    const buyers = await givenCustomers(run, services);
    const bare = await startServer(run, {
      name: 'bare',
      file: 'bench/references/bare-balance.ts',
      databaseUrl: services.databaseUrl,
      readyPath: '/',
    });
    const port = Number(new URL(services.appUrl).port);
    try {
      const results = await alternate(ROUNDS, {
        balance: () => measure(run, 'balance', port, balanceRequests()),
        proxy: () => measure(run, 'proxy', port, proxyRequests()),
        bare: () => measure(run, 'bare', bare.port, balanceRequests()),
        reserve: () => measure(run, 'reserve', port, reserveRequests(buyers)),
      });
      return figuresOf(results);
    } finally {
      await bare.stop();
    }
  });
}

async function measure(
  run: BenchRun,
  what: string,
  port: number,
  next: () => WireRequest,
): Promise<LoadResult> {
  const result = await load({
    port,
    connections: CONNECTIONS,
    warmUpSeconds: WARM_UP_SECONDS,
    seconds: SECONDS,
    next,
  });
  const statuses = [...result.statuses.keys()];
  if (statuses.some((status) => status !== 200)) throw new Error(`${what} answered ${statuses.join(', ')}`);
  run.tell(`  ${what}: ${Math.round(result.perSecond)}/s, p99 ${result.p99Ms.toFixed(1)} ms`);
  return result;
}

function figuresOf(results: ReadonlyMap<string, readonly LoadResult[]>): Figure[] {
  const rate = (name: string) => medianOf(results, name, ({ perSecond }) => perSecond);
  const p50 = (name: string) => medianOf(results, name, ({ p50Ms }) => p50Ms);
  const p99 = (name: string) => medianOf(results, name, ({ p99Ms }) => p99Ms);
  const bare = (value: number) => ({ value, name: 'bare http + token + one statement' });
  const of = (name: string, unit: string, target?: string) => ({
    bench: 'checkout',
    figure: `${name}, ${CONNECTIONS} connections, ${CUSTOMERS.toLocaleString('en')} customers`,
    unit,
    ...(target === undefined ? {} : { target }),
  });
  return [
    figure(of('balance: rate', 'requests/s', '>= 1500, ratio >= 0.5'), rate('balance'), bare(rate('bare'))),
    figure(of('balance: p99', 'ms', '< 40 ms'), p99('balance'), bare(p99('bare'))),
    figure(of('balance: median', 'ms'), p50('balance'), bare(p50('bare'))),
    figure(of('balance through the app proxy: rate', 'requests/s', '>= 1200'), rate('proxy')),
    figure(of('balance through the app proxy: p99', 'ms', '< 40 ms'), p99('proxy')),
    figure(of('reserve: rate', 'requests/s'), rate('reserve')),
    figure(of('reserve: p99', 'ms', '< 120 ms'), p99('reserve')),
    figure(of('reserve: median', 'ms'), p50('reserve')),
  ];
}

/** Creates buyers at Shopify, and gives them and a million others an account with one lot. */
async function givenCustomers(run: BenchRun, services: Services): Promise<number[]> {
  const buyers: number[] = [];
  for (let count = 0; count < BUYERS; count += 1) {
    const body = { shop: SANDBOX_SHOP, firstName: 'Buyer', lastName: String(count) };
    const { customer } = await control<{ customer: { id: number } }>(services, 'POST', 'customers', body);
    buyers.push(customer.id);
  }
  run.tell(`  ${CUSTOMERS} accounts ...`);
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
      [SANDBOX_SHOP, FIRST_CUSTOMER, CUSTOMERS, buyers, POINTS_EACH],
    );
    await client.query(`SELECT setval('ledger_entries_entry_id_seq', $1)`, [CUSTOMERS + BUYERS]);
    await client.query('VACUUM ANALYZE');
  });
  return buyers;
}

/** Balances of random customers among the million. */
function balanceRequests(): () => WireRequest {
  const heads = Array.from({ length: READERS }, () => {
    const customer = FIRST_CUSTOMER + randomInt(1, CUSTOMERS);
    return `GET /api/club?${CART} HTTP/1.1\r\n${commonHeaders(customer)}\r\n\r\n`;
  });
  let count = 0;
  return () => ({ head: heads[count++ % heads.length] ?? '', body: null });
}

/** The same as a shop's page asks, signed as Shopify forwards it. */
function proxyRequests(): () => WireRequest {
  const heads = Array.from({ length: PAGE_READERS }, () => {
    const customer = FIRST_CUSTOMER + randomInt(1, CUSTOMERS);
    const search = signedSearch(new URLSearchParams(CART), DEMO_APP.apiSecret, {
      shop: SANDBOX_SHOP,
      logged_in_customer_id: String(customer),
      path_prefix: '/apps/setia',
      timestamp: String(Math.floor(Date.now() / 1_000)),
    });
    return `GET /proxy/club?${search} HTTP/1.1\r\nHost: bench\r\n\r\n`;
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
      kind: 'pay',
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
  const token = signSessionToken(DEMO_APP, { surface: 'checkout', shop: SANDBOX_SHOP, customer });
  return [
    'host: 127.0.0.1',
    'user-agent: Mozilla/5.0 (X11; Linux x86_64) Setia-Bench',
    'accept: application/json',
    'origin: https://extensions.shopifycdn.com',
    `authorization: Bearer ${token}`,
  ].join('\r\n');
}
