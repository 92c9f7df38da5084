/**
 * Shopify's own admin with the app's blocks and actions, in Indonesian: staff adjust from the customer's page, see why an
 * order earned what it earned, and change many customers at once. `SHOTS=<folder>` keeps pictures.
 */
import path from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openClub } from '../../scripts/lib/shop-visit.ts';
import adjust from '../../extensions/admin-adjust/locales/id.json' with { type: 'json' };
import apply from '../../extensions/admin-apply/locales/id.json' with { type: 'json' };
import bulk from '../../extensions/admin-bulk/locales/id.json' with { type: 'json' };
import block from '../../extensions/admin-customer/locales/id.json' with { type: 'json' };
import order from '../../extensions/admin-order/locales/id.json' with { type: 'json' };
import { openPage, overflow, unexpected, WIDTHS, type WatchedPage } from './pages.ts';
import { useSuite } from './suite.ts';

const suite = useSuite();
const [DESK] = WIDTHS;
const POINTS_VISIBLE_MS = 60_000;

interface Known {
  id: number;
}

let watched: WatchedPage;
let page: Page;
let customer: Known;
let placed: Known;

beforeAll(async () => {
  await openClub(suite.app, suite.shop);
  const { shop } = suite;
  const made = await suite.app.control<{ customer: Known }>('POST', 'customers', {
    ...{ shop, firstName: 'Wulan', lastName: 'Pratiwi', phone: '+6281211110001' },
  });
  customer = made.customer;
  const lines = [{ title: 'Kain', price: '250000.00', quantity: 1 }];
  const ordered = await suite.app.control<{ order: Known }>('POST', 'orders', {
    ...{ shop, customer: customer.id, lines, discountCodes: [], paid: true },
  });
  placed = ordered.order;
  watched = await openPage(suite.browser, DESK, 'id');
  page = watched.page;
  page.setDefaultTimeout(40_000);
});
afterAll(() => watched.context.close());

const admin = (rest: string) => `${suite.app.sandboxUrl}/admin/${suite.shop}${rest}`;
const blockOf = (): FrameLocator => page.frameLocator('.extension-blocks iframe');
const modal = (): FrameLocator => page.frameLocator('.action-modal iframe');

async function shot(name: string): Promise<void> {
  expect(await overflow(page)).toBe(0);
  const folder = process.env.SHOTS;
  if (folder) await page.screenshot({ path: path.join(folder, `admin-${name}.png`), fullPage: true });
}

/** Opens a page until its block shows a text: what happened at Shopify arrives a moment later. */
async function openUntil(address: string, text: string | RegExp): Promise<void> {
  const end = Date.now() + POINTS_VISIBLE_MS;
  for (;;) {
    await page.goto(admin(address));
    const found = await blockOf()
      .getByText(text)
      .first()
      .waitFor({ timeout: 3_000 })
      .then(
        () => true,
        () => false,
      );
    if (found || Date.now() > end) return blockOf().getByText(text).first().waitFor({ timeout: 1_000 });
  }
}

test('staff adjust from the customer’s page; the block and the ledger show it with their name', async () => {
  await openUntil(`/customers/${customer.id}`, '20 poin');
  await shot('customer');
  await blockOf().getByRole('button', { name: block.adjust }).click();
  await modal().getByText('Wulan Pratiwi punya 20 poin untuk dipakai.').waitFor();
  await modal().getByLabel(adjust.amount.points).fill('25');
  await modal().getByLabel(adjust.note).fill('Terima kasih');
  await shot('adjust');
  await modal().getByRole('button', { name: adjust.add }).click();
  await page.locator('.action-modal[open]').waitFor({ state: 'hidden' });
  await blockOf().getByText('45 poin').first().waitFor();
  await blockOf()
    .getByText(/Ayu Pratiwi/)
    .waitFor();
  expect(unexpected(watched.problems)).toEqual([]);
});

test('an order explains itself; what is applied already is not offered again', async () => {
  await openUntil(`/orders/${placed.id}`, order.earns.replace('{{earned}}', '20 poin'));
  await blockOf()
    .getByText(/2 × Rp.100\.000/)
    .waitFor();
  await shot('order');
  await page.locator('.more-actions summary').click();
  expect(await page.getByRole('button', { name: apply.name }).isVisible()).toBe(false);
  expect(unexpected(watched.problems)).toEqual([]);
});

test('a link leads into the app’s own page of the record', async () => {
  await page.goto(admin(`/orders/${placed.id}`));
  await page.locator('.more-actions summary').click();
  await page.getByRole('link', { name: /Setia/ }).last().click();
  await page.waitForURL(new RegExp(`/apps/setia/app/(activity/orders/${placed.id}|open/order)`));
  await page
    .frameLocator('.app-frame')
    .getByText(/menghasilkan|mendapat/)
    .first()
    .waitFor();
});

test('many customers are changed at once', async () => {
  await page.goto(admin('/customers'));
  await page.locator(`[data-select][value$="/${customer.id}"]`).check();
  await page.locator('.more-actions summary').click();
  await page.getByRole('button', { name: bulk.name }).click();
  await modal().getByText(bulk.selected.other.replace('{{count}}', '1')).waitFor();
  await modal().getByLabel(bulk.amount).fill('5');
  await shot('bulk');
  await modal()
    .getByRole('button', { name: /^Simpan/ })
    .click();
  await modal().getByText(bulk.changed.other.replace('{{count}}', '1')).waitFor();
  await shot('bulk-done');
  await modal().getByRole('button', { name: bulk.done }).click();
  await openUntil(`/customers/${customer.id}`, '50 poin');
  expect(unexpected(watched.problems)).toEqual([]);
});
