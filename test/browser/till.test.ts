/**
 * The till in a real browser, in Indonesian and at the width of a phone: a walk-in joins by phone, buys, earns; pays with
 * points, takes them off, uses them, and pays. The extension runs as at Shopify: bundled, in a worker, with a staff token.
 * `SHOTS=<folder>` keeps pictures.
 */
import path from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openClub } from '../../scripts/lib/shop-visit.ts';
import texts from '../../extensions/pos-club/locales/id.json' with { type: 'json' };
import words from '#sandbox/shopify/ui/texts/id.json' with { type: 'json' };
import { openPage, overflow, textOf, unexpected, WIDTHS, type WatchedPage } from './pages.ts';
import { useSuite } from './suite.ts';

const suite = useSuite();
const [, PHONE] = WIDTHS;
const NUMBER = '0812-9876-5432';
/** Between a payment and its points, on a busy machine. */
const POINTS_VISIBLE_MS = 60_000;

let watched: WatchedPage;
let page: Page;

beforeAll(async () => {
  await openClub(suite.app, suite.shop);
  watched = await openPage(suite.browser, PHONE, 'id');
  page = watched.page;
});
afterAll(() => watched.context.close());
beforeEach(() => page.goto(till()));

const till = (rest = '') => `${suite.app.sandboxUrl}/pos/${suite.shop}${rest}`;
const modal = (): FrameLocator => page.frameLocator('.pos-modal iframe');
const tile = (): FrameLocator => page.frameLocator('.pos-tiles iframe');
const block = (): FrameLocator => page.frameLocator('.pos-sell .card iframe');
const total = () => textOf(page, '[data-sum="total"]');
const press = (frame: FrameLocator, name: string | RegExp) => frame.getByRole('button', { name }).click();

async function shot(name: string): Promise<void> {
  expect(await overflow(page)).toBe(0);
  const folder = process.env.SHOTS;
  if (folder) await page.screenshot({ path: path.join(folder, `till-${name}.png`), fullPage: true });
}

async function sell(title: string): Promise<void> {
  await page.locator('.pos-product', { hasText: title }).click();
  await page.locator('[data-part="cart"]', { hasText: title }).waitFor();
}

async function takePayment(): Promise<void> {
  await page.getByRole('button', { name: /^Terima pembayaran/ }).click();
  await page.getByRole('heading', { name: words.pos.paid }).waitFor();
}

const earned = (points: string) =>
  block()
    .getByText(texts.earned.earned.replace('{{units}}', `${points} poin`))
    .waitFor({ timeout: POINTS_VISIBLE_MS });

test('a walk-in joins by phone, and the purchase earns', async () => {
  await sell('Kain Tenun Sumba');
  await press(tile(), new RegExp(texts.tile.find));
  await modal().getByLabel(texts.find.phone).fill(NUMBER);
  await press(modal(), texts.find.search);
  await modal().getByText(texts.welcome.text).waitFor();
  await shot('welcome');
  await modal().getByLabel(texts.welcome.firstName).fill('Rama');
  await press(modal(), texts.welcome.join);
  await modal().getByText(texts.standing.empty).waitFor();
  await page.getByRole('button', { name: words.pos.close }).click();
  await page.locator('[data-customer]', { hasText: 'Rama' }).waitFor();
  await takePayment();
  await earned('150');
  await block().getByText('Saldo: 150 poin').waitFor();
  await shot('paid');
  expect(unexpected(watched.problems)).toEqual([]);
});

test('points go on the cart, off again with the balance as before, and on for good', async () => {
  await sell('Tas Anyaman Rotan');
  await press(tile(), new RegExp(texts.tile.find));
  await modal().getByLabel(texts.find.phone).fill(NUMBER);
  await press(modal(), texts.find.search);
  await press(modal(), /^Rama/);
  await modal().getByText('150 poin').first().waitFor();
  await shot('club');
  const before = await total();

  await modal().getByLabel(texts.spend.points).fill('50');
  await press(modal(), texts.spend.use);
  await modal()
    .getByText(/Potongan .* dengan 50 poin/)
    .waitFor();
  await expect.poll(total).not.toBe(before);
  await shot('applied');

  await press(modal(), texts.open.remove);
  await modal()
    .getByText(/^150 poin/)
    .first()
    .waitFor();
  await expect.poll(total).toBe(before);

  await modal().getByLabel(texts.spend.points).fill('50');
  await press(modal(), texts.spend.use);
  await modal()
    .getByText(/Potongan .* dengan 50 poin/)
    .waitFor();
  await page.getByRole('button', { name: words.pos.close }).click();
  await takePayment();
  // Rp 325,000 less Rp 5,000 are 3 full steps.
  await earned('30');
  await block().getByText('Saldo: 130 poin').waitFor({ timeout: POINTS_VISIBLE_MS });
  await page
    .frameLocator('.pos-receipt iframe')
    .getByText(/Saldo klub sebelum pembelian ini/)
    .waitFor();
  expect(unexpected(watched.problems)).toEqual([]);
});

test('a code that is taken off by hand gives its points back', async () => {
  await sell('Tas Anyaman Rotan');
  await press(tile(), new RegExp(texts.tile.find));
  await modal().getByLabel(texts.find.phone).fill(NUMBER);
  await press(modal(), texts.find.search);
  await press(modal(), /^Rama/);
  await modal().getByLabel(texts.spend.points).fill('20');
  await press(modal(), texts.spend.use);
  await modal()
    .getByText(/Potongan .* dengan 20 poin/)
    .waitFor();
  await page.getByRole('button', { name: words.pos.close }).click();
  const released = page.waitForResponse(/\/api\/staff\/redemptions\/.*\/release$/);
  await page.getByRole('button', { name: words.pos.removeDiscounts }).click();
  await released;
  await page.locator('[data-customer]').click();
  await block()
    .getByText(/^130 poin/)
    .waitFor({ timeout: POINTS_VISIBLE_MS });
  expect(unexpected(watched.problems)).toEqual([]);
});

test('without a connection, and without permission, the till says so and sells on', async () => {
  await page.goto(till());
  await page.getByLabel(words.pos.permission).uncheck();
  await page.goto(till());
  await tile().getByText(texts.tile.noPermission).waitFor();
  expect(await tile().getByRole('button').isDisabled()).toBe(true);
  await page.locator('[data-customer]').click();
  await block().getByText(texts.cause.no_permission).waitFor();
  await page.getByLabel(words.pos.permission).check();
  await page.getByLabel(words.pos.offline).check();
  await block().getByText(texts.offline).waitFor();
  await page.goto(till());
  expect(await tile().getByRole('button').isDisabled()).toBe(true);
  await shot('offline');
  await takePayment();
  await page.getByLabel(words.pos.offline).uncheck();
});
