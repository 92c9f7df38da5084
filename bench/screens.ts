import path from 'node:path';
import { chromium, type Browser, type Frame } from 'playwright-core';
import { launchBrowser } from '#test/support/browser.ts';
import { prepare } from '../scripts/prepare.ts';
import { openClub } from '../scripts/lib/shop-visit.ts';
import { startServices, type Services } from '../scripts/services.ts';
import type { BenchRun } from './lib/bench-server.ts';
import { BUSY_CUSTOMER, CUSTOMERS, customersWithOrders } from './lib/customer-rows.ts';
import { figure, type Figure } from './lib/figures.ts';
import { SANDBOX_SHOP } from './lib/sandbox-shop.ts';
import { withClient } from './lib/shop-rows.ts';

const ROUNDS = 7;
const SIZE = { width: 1280, height: 860 };

/** The screens a merchant opens most; each is gone to from the one before it. */
const SCREENS = {
  customers: '/app/customers',
  'customer profile': `/app/customers/${BUSY_CUSTOMER}`,
  ledger: '/app/activity/ledger',
  orders: '/app/activity/orders',
  'ways to earn': '/app/loyalty/earning',
  rewards: '/app/loyalty/rewards',
  segments: '/app/customers/segments',
  home: '/app',
} as const;

/**
 * From a click to the content of the next screen, and how much the screens move while they are drawn (CLS), in a
 * browser, on a shop with many customers.
 */
export async function benchScreens(run: BenchRun): Promise<Figure[]> {
  await prepare({ build: true });
  const { url } = await customersWithOrders(run);
  await withClient(url, (client) =>
    client.query(`UPDATE shops SET domain = $1, currency = 'IDR', figures_currency = 'IDR'`, [SANDBOX_SHOP]),
  );
  const services = await startServices({
    dataDir: path.join(run.dataDir, 'screens'),
    databaseUrl: url,
    worker: false,
  });
  const server = await launchBrowser();
  try {
    await openClub(services, SANDBOX_SHOP);
    return await visitScreens(await chromium.connect(server.wsEndpoint()), services);
  } finally {
    await server.close();
    await services.stop();
  }
}

interface Visit {
  ms: number;
  shift: number;
}

async function visitScreens(browser: Browser, { sandboxUrl }: Services): Promise<Figure[]> {
  const page = await browser.newPage({ viewport: SIZE });
  await page.goto(`${sandboxUrl}/admin/${SANDBOX_SHOP}/apps/setia/app?locale=en`);
  await page.frameLocator('iframe.app-frame').getByRole('heading', { level: 1 }).waitFor();
  const frame = page.frames().find((each) => each !== page.mainFrame() && each.url().includes('/app'));
  if (!frame) throw new Error('The app did not open in the admin.');
  const visits = new Map<string, Visit[]>();
  for (let round = 0; round <= ROUNDS; round += 1)
    for (const [name, address] of Object.entries(SCREENS)) {
      const visit = await go(frame, address);
      // The first round loads the code of each screen.
      if (round > 0) visits.set(name, [...(visits.get(name) ?? []), visit]);
    }
  return figuresOf(visits);
}

/** Clicks in the menu, and waits until the screen is drawn and has settled. */
function go(frame: Frame, address: string): Promise<Visit> {
  return frame.evaluate(async (href) => {
    const SETTLED_MS = 300;
    const PATIENCE_MS = 30_000;
    const shifts: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push(Number(Reflect.get(entry, 'value')));
    });
    observer.observe({ type: 'layout-shift' });
    const link = document.body.appendChild(Object.assign(document.createElement('a'), { href }));
    const started = performance.now();
    link.dispatchEvent(new Event('shopify:navigate', { bubbles: true }));
    link.remove();
    while (location.pathname !== href) {
      if (performance.now() - started > PATIENCE_MS) throw new Error(`${href} never came: ${location.href}`);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await new Promise(requestAnimationFrame);
    const ms = performance.now() - started;
    await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
    observer.disconnect();
    return { ms, shift: shifts.reduce((sum, value) => sum + value, 0) };
  }, address);
}

function figuresOf(visits: ReadonlyMap<string, readonly Visit[]>): Figure[] {
  const all = [...visits.values()].flat();
  const what = (name: string, unit: string, target?: string) => ({
    bench: 'screens',
    figure: `${name}, ${CUSTOMERS.toLocaleString('en')} customers`,
    unit,
    ...(target === undefined ? {} : { target }),
  });
  const medianMs = (of: readonly Visit[]) => median(of.map(({ ms }) => ms));
  return [
    figure(what('click to content: median of all', 'ms', '< 100 ms'), medianMs(all)),
    ...[...visits].map(([name, of]) => figure(what(`click to content: ${name}`, 'ms'), medianMs(of))),
    figure(
      what('layout shift of the worst visit', 'CLS', '< 0.05'),
      Math.max(...all.map(({ shift }) => shift)),
    ),
  ];
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
