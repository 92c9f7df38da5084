import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Browser, type Page } from 'playwright-core';
import pg from 'pg';
import { prepare } from '../scripts/prepare.ts';
import { control } from '../scripts/lib/shop-visit.ts';
import type { Services } from '../scripts/services.ts';
import { BLOCKS } from '../sandbox/shopify/theme/placed-blocks.ts';
import { launchBrowser } from '../test/support/browser.ts';
import type { BenchRun } from './lib/bench-server.ts';
import { figure, type Figure } from './lib/figures.ts';
import { percentile } from './lib/measure.ts';
import { SANDBOX_SHOP } from './lib/sandbox-shop.ts';
import { withInstalledShop } from './lib/with-shop.ts';

const PAGES = {
  home: '',
  collection: '/collections/all',
  product: '/products/tas-anyaman-rotan',
  cart: '/cart',
};
/** `BENCH_REDEMPTIONS=4 npm run bench -- theme` is a small run. */
const REDEMPTIONS = Number(process.env.BENCH_REDEMPTIONS ?? 40);
/** One shopper may reserve and take back ten times in a row. */
const REDEMPTIONS_A_SHOPPER = 8;
const POINTS = 100_000;
/** What a shopper's pages may ask is given back by one a second, and each redemption draws the cart twice. */
const READS_BACK_MS = 6_000;
/** Drawn in the store's own window, as embeds are: on every page, not in view. */
const EMBEDS = ['cart-drawer'];
/** Until the first sync has read the shop, and the worker has published what blocks show. */
const KNOWN_WITHIN_MS = 180_000;
const POLL_MS = 200;
const PHONE = { width: 390, height: 844 };
/** Until what moves by itself has moved. */
const SETTLE_MS = 500;

interface PageCost {
  requests: number;
  bytes: number;
  scriptBytes: number;
  shift: number;
}

/**
 * What our blocks cost a page of a store, on the sandbox's own theme: requests, bytes, layout that moves, with all blocks and
 * with an embed that is not in view; and the time from pressing "Use points" in the cart to the new total.
 */
export async function benchTheme(run: BenchRun): Promise<Figure[]> {
  await prepare({ build: true });
  const work = async (services: Services): Promise<Figure[]> => {
    const server = await launchBrowser();
    const browser = await chromium.connect(server.wsEndpoint());
    try {
      await untilKnown(services);
      const page = await signedIn(browser, services, 0);
      await untilPublished(services, page);
      return [...(await costs(run, services, page)), ...(await redemption(run, services, browser))];
    } finally {
      await browser.close();
      await server.close();
    }
  };
  return withInstalledShop(run, work, { worker: true });
}

const storeOf = ({ sandboxUrl }: Services, rest = ''): string => `${sandboxUrl}/store/${SANDBOX_SHOP}${rest}`;
const place = (services: Services, blocks: readonly string[]) =>
  control(services, 'POST', 'theme', { shop: SANDBOX_SHOP, blocks });

/** A page of one of the shop's customers, with something in the cart. */
async function signedIn(browser: Browser, services: Services, shopper: number): Promise<Page> {
  const context = await browser.newContext({ viewport: PHONE, locale: 'en-US' });
  const page = await context.newPage();
  await page.goto(storeOf(services, '/sign-in'));
  await page.locator('button.person').nth(shopper).click();
  await page.waitForURL(storeOf(services));
  await page.locator('.product').filter({ hasText: 'Tas Anyaman Rotan' }).getByRole('button').click();
  await page.waitForURL('**/cart');
  return page;
}

async function costs(run: BenchRun, services: Services, page: Page): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [name, address] of Object.entries(PAGES)) {
    await place(services, []);
    const without = await costOf(page, storeOf(services, address));
    await place(services, EMBEDS);
    const withEmbed = await costOf(page, storeOf(services, address));
    await place(services, Object.keys(BLOCKS));
    const withAll = await costOf(page, storeOf(services, address));
    run.tell(`  ${name}: ${JSON.stringify({ without, withEmbed, withAll })}`);
    const of = (what: string, unit: string, target?: string, placed = 'all blocks placed') => ({
      bench: 'theme',
      figure: `${name} page, ${placed}: ${what}`,
      unit,
      ...(target === undefined ? {} : { target }),
    });
    const beside = (value: number) => ({ value, name: 'without our blocks' });
    const embed = 'no block in view';
    figures.push(
      figure(of('requests added', 'requests', '0', embed), withEmbed.requests - without.requests),
      figure(of('bytes added', 'bytes', '< 4000 bytes', embed), withEmbed.bytes - without.bytes),
      figure(of('requests', 'requests'), withAll.requests, beside(without.requests)),
      figure(of('bytes', 'bytes'), withAll.bytes, beside(without.bytes)),
      figure(of('script', 'bytes'), withAll.scriptBytes, beside(without.scriptBytes)),
      figure(of('layout shift added', 'CLS', '0'), Math.max(0, withAll.shift - without.shift)),
    );
  }
  return figures;
}

/** Opens a page afresh and adds up what it loaded and what moved. */
async function costOf(page: Page, url: string): Promise<PageCost> {
  const cost: PageCost = { requests: 0, bytes: 0, scriptBytes: 0, shift: 0 };
  const bodies: Promise<void>[] = [];
  const count = (response: import('playwright-core').Response): void => {
    cost.requests += 1;
    const isScript = response.request().resourceType() === 'script';
    bodies.push(
      response.body().then(
        (body) => {
          cost.bytes += body.length;
          if (isScript) cost.scriptBytes += body.length;
        },
        // A redirect has no body.
        () => undefined,
      ),
    );
  };
  page.on('response', count);
  await page.goto(url, { waitUntil: 'networkidle' });
  await page.waitForTimeout(SETTLE_MS);
  page.off('response', count);
  await Promise.all(bodies);
  cost.shift = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) if ('value' in entry) sum += Number(entry.value);
        }).observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => resolve(sum), 100);
      }),
  );
  return cost;
}

async function redemption(run: BenchRun, services: Services, browser: Browser): Promise<Figure[]> {
  await givePoints(services);
  await place(services, Object.keys(BLOCKS));
  const times: number[] = [];
  for (let shopper = 0; times.length < REDEMPTIONS; shopper++) {
    const page = await signedIn(browser, services, shopper);
    for (let round = 0; round < REDEMPTIONS_A_SHOPPER && times.length < REDEMPTIONS; round++) {
      times.push(await redeemOnce(page));
      await sleep(READS_BACK_MS);
    }
    await page.context().close();
  }
  run.tell(`  redemption: ${times.map((ms) => Math.round(ms)).join(' ')}`);
  const of = (what: string, target?: string) => ({
    bench: 'theme',
    figure: `using points in the cart, from the press to the new total: ${what}`,
    unit: 'ms',
    ...(target === undefined ? {} : { target }),
  });
  return [
    figure(of('median'), percentile(times, 0.5)),
    figure(of('p95', '< 400 ms'), percentile(times, 0.95)),
  ];
}

/** Uses points and takes them back; returns the ms, measured in the page, from the press to the total that the theme then shows. */
async function redeemOnce(page: Page): Promise<number> {
  const wallet = page.locator('setia-part[data-kind="cart"]');
  const field = wallet.locator('input[name="units"]');
  await field.fill('10');
  const ms = await page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const total = (): string => document.querySelector('[data-cart-total]')?.textContent ?? '';
        const before = total();
        const start = performance.now();
        document.querySelector<HTMLElement>('setia-part[data-kind="cart"] [data-key="use"]')?.click();
        const timer = setTimeout(() => reject(new Error('the total did not change')), 20_000);
        const look = (): void => {
          if (total() !== before && total() !== '') {
            clearTimeout(timer);
            resolve(performance.now() - start);
          } else requestAnimationFrame(look);
        };
        look();
      }),
  );
  await wallet.locator('[data-key="remove"]').click();
  await field.waitFor();
  return ms;
}

async function untilFound(services: Services, sql: string): Promise<void> {
  const end = Date.now() + KNOWN_WITHIN_MS;
  while ((await ask(services, sql, [SANDBOX_SHOP])) === 0) {
    if (Date.now() > end) throw new Error(`never found: ${sql}`);
    await sleep(POLL_MS);
  }
}

/** The first sync has brought the customers. */
const untilKnown = (services: Services): Promise<void> =>
  untilFound(
    services,
    `SELECT FROM customers JOIN shops USING (shop_id) WHERE domain = $1 AND first_name = 'Siti'`,
  );

/** A page has asked for the club, and the worker has published the facts that blocks show without asking. */
async function untilPublished(services: Services, page: Page): Promise<void> {
  await place(services, Object.keys(BLOCKS));
  await page.reload({ waitUntil: 'networkidle' });
  await untilFound(
    services,
    `SELECT FROM standing_settings JOIN shops USING (shop_id) WHERE domain = $1 AND program IS NOT NULL`,
  );
}

/** Runs one statement on the app's database; returns how many rows it had. */
async function ask(services: Services, sql: string, values: unknown[]): Promise<number> {
  const client = new pg.Client({ connectionString: services.databaseUrl });
  await client.connect();
  try {
    return (await client.query(sql, values)).rowCount ?? 0;
  } finally {
    await client.end();
  }
}

async function givePoints(services: Services): Promise<void> {
  await ask(
    services,
    `WITH given AS (SELECT shop_id, customer_id FROM customers JOIN shops USING (shop_id) WHERE domain = $1 AND state = 'active'),
       accounts AS (INSERT INTO ledger_accounts (shop_id, customer_id, unit, balance) SELECT shop_id, customer_id, 'POINTS', $2 FROM given
         ON CONFLICT (shop_id, customer_id, unit) DO UPDATE SET balance = EXCLUDED.balance)
     INSERT INTO ledger_lots (shop_id, entry_id, customer_id, unit, amount, remaining, valid_from, expires_at)
     SELECT shop_id, customer_id, customer_id, 'POINTS', $2, $2, now() - interval '1 day', now() + interval '1 year' FROM given`,
    [SANDBOX_SHOP, POINTS],
  );
}
