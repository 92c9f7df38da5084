/**
 * `node scripts/place-pictures.ts`: takes the pictures of Home's card "Show the club in your store" again, of the sandbox's own
 * pages, into app/modules/home/ui/pictures.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import words from '../sandbox/shopify/ui/texts/en.json' with { type: 'json' };
import { BLOCKS } from '../sandbox/shopify/theme/placed-blocks.ts';
import { launchBrowser } from '../test/support/browser.ts';
import { control, openClub } from './lib/shop-visit.ts';
import { prepare } from './prepare.ts';
import { startServices, type Services } from './services.ts';

const SHOP = 'setia-demo.myshopify.com';
const EMAIL = 'siti.rahmawati@example.com';
const FOLDER = path.resolve(import.meta.dirname, '../app/modules/home/ui/pictures');
const VIEW = { width: 780, height: 520 };
const POLL_MS = 200;
/** Twice what Home shows, for sharp screens. */
const PICTURE = { width: 240, height: 160 };
const WITHIN_MS = 30_000;
/** The worker looks once a minute for shops whose theme shows the club. */
const KNOWN_WITHIN_MS = 180_000;

/** What is placed and known before the tour, beyond the demo's own data. */
const FACTS = [
  `UPDATE club_settings SET banner_text = 'Double points this weekend' WHERE shop_id = $1`,
  `INSERT INTO standing_settings (shop_id) VALUES ($1) ON CONFLICT (shop_id) DO UPDATE SET program_checked_at = NULL`,
  `UPDATE categories SET discount_bp = 1000, minimum_quantity = 5 WHERE shop_id = $1 AND key = 'reseller'`,
  `UPDATE customers SET category_id = (SELECT category_id FROM categories WHERE shop_id = $1 AND key = 'reseller')
    WHERE shop_id = $1 AND email = '${EMAIL}'`,
  `INSERT INTO application_settings (shop_id, is_open) VALUES ($1, true) ON CONFLICT (shop_id) DO UPDATE SET is_open = true`,
  `INSERT INTO price_settings (shop_id, is_on) VALUES ($1, true) ON CONFLICT (shop_id) DO UPDATE SET is_on = true`,
];

class Tour {
  readonly #services: Services;
  readonly #page: Page;

  constructor(services: Services, page: Page) {
    this.#services = services;
    this.#page = page;
  }

  async goto(address: string): Promise<Page> {
    await this.#page.goto(`${this.#services.sandboxUrl}${address}`, { waitUntil: 'networkidle' });
    return this.#page;
  }

  /** Takes the picture of a place, with what shows it in the middle. */
  async take(name: string, selector: string): Promise<void> {
    const shown = this.#page.locator(selector).first();
    await shown.waitFor({ timeout: WITHIN_MS });
    await shown.evaluate((element) => element.scrollIntoView({ block: 'center' }));
    await sleep(500);
    await sharp(await this.#page.screenshot())
      .resize(PICTURE)
      .webp({ quality: 72 })
      .toFile(path.join(FOLDER, `${name}.webp`));
    process.stdout.write(`${name}\n`);
  }

  async signIn(): Promise<void> {
    const page = await this.goto(`/store/${SHOP}/account/sign-in?locale=en`);
    await page.locator('input[type="email"]').fill(EMAIL);
    await page.locator('main form button').last().click();
    const code = await page.locator('[data-code]').innerText();
    await page.locator('main input').last().fill(code);
    await page.locator('main form button').last().click();
    await page.waitForURL('**/account');
  }
}

async function inStore(tour: Tour): Promise<void> {
  const store = `/store/${SHOP}`;
  const page = await tour.goto(`${store}/products/tas-anyaman-rotan`);
  await tour.take('product-points', 'setia-part.setia--product');
  await page.locator('.product-form button').click();
  await page.waitForURL('**/cart');
  await page.locator('setia-part[data-kind="cart"] input[name="units"]').waitFor();
  await tour.take('cart-redeem', 'setia-part[data-kind="cart"]');
  await tour.goto(`${store}/pages/club`);
  await tour.take('club-page', '.setia--page');
  await tour.take('reseller-form', '.setia--apply form');
  await tour.goto(store);
  await tour.take('banner', '.setia--banner');
  await page.locator('setia-part[data-kind="launcher"] [data-open]').click();
  await page.locator('.setia-panel input, .setia-panel .setia__balance').first().waitFor();
  await tour.take('launcher', '.setia-panel');
}

async function inDrawer(services: Services, tour: Tour): Promise<void> {
  await control(services, 'POST', 'theme', { shop: SHOP, name: 'ruang' });
  const page = await tour.goto(`/store/${SHOP}/products/tas-anyaman-rotan`);
  await page.locator('form button').first().click();
  await page.locator('setia-part[data-kind="drawer"] [data-open]').waitFor();
  await tour.take('cart-drawer', 'setia-part[data-kind="drawer"]');
}

async function inAccount(tour: Tour): Promise<void> {
  const store = `/store/${SHOP}`;
  const page = await tour.goto(`${store}/checkout`);
  await tour.take('checkout', '.extension-frame');
  await page.getByRole('button', { name: words.checkout.placeOrder }).click();
  await page.waitForURL('**/orders/**');
  await sleep(5_000);
  await tour.take('thank-you', '.extension-frame');
  await tour.goto(`${store}/account`);
  await tour.take('account-orders', '.extension-frame');
  const order = page.locator('main a[href*="/account/orders/"]').first();
  await order.click();
  await tour.take('order-status', '.extension-frame');
  await tour.goto(`${store}/account/profile`);
  await tour.take('account-profile', '.extension-frame');
  await tour.goto(`${store}/account/pages/account-club`);
  await tour.take('account-page', 'h1, .extension-frame');
  await tour.goto(`${store}/account/pages/account-reseller`);
  await tour.take('reseller-page', 'h1, .extension-frame');
}

async function withStaff(tour: Tour): Promise<void> {
  const page = await tour.goto(`/pos/${SHOP}?locale=en`);
  await tour.take('till', '.pos-tiles');
  await tour.goto(`/admin/${SHOP}/customers?locale=en`);
  await page.locator('a', { hasText: 'Siti' }).first().click();
  await tour.take('admin-customer', '.extension-blocks');
  await tour.goto(`/admin/${SHOP}/orders`);
  await page.locator('main a[href*="/orders/"]').first().click();
  await tour.take('admin-order', '.extension-blocks');
}

/** A product that is for agents only, as the merchant locks it. */
async function withLock(services: Services, tour: Tour): Promise<void> {
  await control(services, 'POST', 'theme', { shop: SHOP, name: 'dasar' });
  const page = await tour.goto(`/admin/${SHOP}/apps/setia/app/resellers/members-only?locale=en`);
  const screen = page.frameLocator('iframe.app-frame');
  await screen.getByRole('checkbox', { name: 'Only let chosen customers buy these products' }).check();
  await screen.getByRole('button', { name: 'Add products', exact: true }).click();
  const dialog = screen.getByRole('dialog');
  await dialog.getByRole('checkbox').first().check();
  await dialog.getByRole('button', { name: /^Add/ }).click();
  await screen.getByRole('checkbox', { name: 'Agen' }).check();
  await page.locator('.save-bar').getByRole('button', { name: 'Save' }).click();
  await screen.getByText('1 product is locked.').waitFor({ timeout: KNOWN_WITHIN_MS });
  await tour.goto(`/store/${SHOP}`);
  for (const address of await page
    .locator('a[href*="/products/"]')
    .evaluateAll((links) => [...new Set(links.map((link) => link.getAttribute('href') ?? ''))])) {
    await tour.goto(address);
    if ((await page.locator('.setia--members').count()) > 0)
      return tour.take('members-only', '.setia--members');
  }
  throw new Error('no product is for members only');
}

async function makeKnown(services: Services): Promise<void> {
  const client = new pg.Client({ connectionString: services.databaseUrl });
  await client.connect();
  const idOf = 'SELECT shop_id FROM shops WHERE domain = $1';
  const until = async (sql: string, values: unknown[]): Promise<void> => {
    const end = Date.now() + KNOWN_WITHIN_MS;
    while ((await client.query(sql, values)).rowCount === 0) {
      if (Date.now() > end) throw new Error(`never: ${sql}`);
      await sleep(POLL_MS);
    }
  };
  try {
    await until(`SELECT FROM customers WHERE shop_id = (${idOf}) AND email = $2`, [SHOP, EMAIL]);
    const lines = [{ title: 'Kain Tenun Sumba', price: '1500000.00', quantity: 2 }];
    await control(services, 'POST', 'orders', { shop: SHOP, customer: EMAIL, lines, paid: true });
    await until(`SELECT FROM ledger_entries WHERE shop_id = (${idOf})`, [SHOP]);
    const { rows } = await client.query<{ shop_id: string }>(idOf, [SHOP]);
    for (const sql of FACTS) await client.query(sql, [rows[0]?.shop_id]);
    await until(
      `SELECT FROM standing_settings WHERE shop_id = (${idOf}) AND program ->> 'banner' IS NOT NULL`,
      [SHOP],
    );
  } finally {
    await client.end();
  }
}

async function main(): Promise<void> {
  await prepare({ build: true });
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'place-pictures-'));
  const services = await startServices({ dataDir, durable: false });
  const server = await launchBrowser();
  const browser = await chromium.connect(server.wsEndpoint());
  try {
    await openClub(services, SHOP);
    await control(services, 'POST', 'theme', { shop: SHOP, name: 'dasar', blocks: Object.keys(BLOCKS) });
    await makeKnown(services);
    const page = await browser.newPage({ viewport: VIEW, locale: 'en-US' });
    const tour = new Tour(services, page);
    await tour.signIn();
    await inStore(tour);
    await inAccount(tour);
    await inDrawer(services, tour);
    await withStaff(tour);
    await withLock(services, tour);
  } finally {
    await browser.close();
    await server.close();
    await services.stop();
    fs.rmSync(dataDir, { recursive: true, force: true });
  }
}

fs.mkdirSync(FOLDER, { recursive: true });
await main();
process.exit(0);
