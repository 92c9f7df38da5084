/**
 * The main job in a real browser, in English on a desk and in Indonesian on a phone: a shopper buys, the points stand in
 * the merchant's admin, the shopper pays with points through the real extension, a refund brings the value back.
 * `SHOTS=<folder>` keeps a picture of every step.
 */
import path from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import extensionEn from '../../extensions/checkout-redeem/locales/en.default.json' with { type: 'json' };
import extensionId from '../../extensions/checkout-redeem/locales/id.json' with { type: 'json' };
import { openClub } from '../../scripts/lib/shop-visit.ts';
import appEn from '#app/i18n/en.ts';
import appId from '#app/i18n/id.ts';
import sandboxEn from '#sandbox/shopify/ui/texts/en.json' with { type: 'json' };
import sandboxId from '#sandbox/shopify/ui/texts/id.json' with { type: 'json' };
import { openPage, overflow, textOf, WIDTHS, type WatchedPage } from './pages.ts';
import { useSuite } from './suite.ts';

/** "Seconds later": what the issue promises between an order and its points in the admin. */
const POINTS_VISIBLE_MS = 60_000;

const LANGUAGES = [
  {
    locale: 'en',
    size: WIDTHS[0],
    customer: 'Siti Rahmawati',
    texts: sandboxEn,
    ext: extensionEn,
    app: appEn,
  },
  { locale: 'id', size: WIDTHS[1], customer: 'Budi Santoso', texts: sandboxId, ext: extensionId, app: appId },
];

const suite = useSuite();
let watched: WatchedPage;
let page: Page;

beforeAll(() => openClub(suite.app, suite.shop));

describe.each(LANGUAGES)(
  'in $locale at the width of a $size.name',
  ({ locale, size, customer, texts, ext, app: words }) => {
    beforeEach(async () => {
      watched = await openPage(suite.browser, size, locale);
      page = watched.page;
    });
    afterEach(() => watched.context.close());

    const store = (rest = '') => `${suite.app.sandboxUrl}/store/${suite.shop}${rest}`;
    const amount = (rupiah: number) => `Rp ${rupiah.toLocaleString(locale)}`;
    const extension = (): FrameLocator => page.frameLocator('.extension-frame');
    const extensionSays = (text: string) => extension().getByText(text).first().waitFor();

    test('buys, earns, spends, is refunded', async () => {
      await switchLanguage(locale);
      await guestIsAskedToSignIn();
      await signsIn();

      await putsIntoCart('Kain Tenun Sumba');
      await page.getByRole('link', { name: texts.store.checkOut }).click();
      await extensionSays(ext.empty);
      await shot('checkout-no-points');
      await placesOrder();
      await shot('thank-you');
      // Rp 1,500,000 are 15 full steps.
      await adminShows(150, 'admin-earned');

      await putsIntoCart('Tas Anyaman Rotan');
      await page.goto(store('/checkout'));
      await paysWithPoints();
      const order = await placesOrder();
      // Rp 325,000 less Rp 5,000: 50 spent, 3 full steps earn 30.
      await adminShows(130, 'admin-spent');

      await staffRefundsAll(order);
      await adminShows(150, 'admin-refunded');
      await customerPageTellsTheStory(order);
      expect(watched.problems).toEqual([]);
    });

    async function switchLanguage(wanted: string): Promise<void> {
      await page.goto(store());
      await page.locator('.languages').getByRole('link', { name: wanted.toUpperCase() }).click();
      await page.locator(`html[lang="${wanted}"]`).waitFor();
      await shot('store');
    }

    async function guestIsAskedToSignIn(): Promise<void> {
      await putsIntoCart('Teh Melati Premium');
      await shot('cart');
      await page.goto(store('/checkout'));
      await extensionSays(ext.signedOut);
      await shot('checkout-guest');
      await page.goto(store('/cart'));
      await page.getByRole('button', { name: texts.store.fewer }).click();
      await page.getByText(texts.store.cartEmpty).waitFor();
    }

    async function signsIn(): Promise<void> {
      await page.goto(store('/sign-in'));
      await page.getByRole('button', { name: customer }).click();
      await page.waitForURL(store());
    }

    async function putsIntoCart(title: string): Promise<void> {
      await page.goto(store());
      await page.locator('.product').filter({ hasText: title }).getByRole('button').click();
      await page.waitForURL('**/cart');
    }

    async function paysWithPoints(): Promise<void> {
      await extensionSays(filled(ext.balance, { available: `150 ${pointsWord()}`, worth: amount(15_000) }));
      await shot('checkout-balance');
      const total = 325_000 + 20_000;
      await expectTotal(total);
      await applies(50);
      await extensionSays(filled(ext.applied.title, { amount: amount(5_000), units: `50 ${pointsWord()}` }));
      await expectTotal(total - 5_000);
      expect(await textOf(page, '#discounts')).toContain(amount(5_000));
      expect(await overflow(page)).toBe(0);
      await shot('checkout-applied');

      await extension().getByRole('button', { name: ext.applied.undo }).click();
      await extensionSays(filled(ext.balance, { available: `150 ${pointsWord()}`, worth: amount(15_000) }));
      await expectTotal(total);
      expect(await page.locator('#discounts').innerText()).toBe('');
      await shot('checkout-undone');

      await applies(50);
      await expectTotal(total - 5_000);
    }

    async function applies(points: number): Promise<void> {
      await extension().getByLabel(ext.field.points).fill(String(points));
      await extension().getByRole('button', { name: ext.use, exact: true }).click();
    }

    async function expectTotal(rupiah: number): Promise<void> {
      const isSo = async (): Promise<string> => textOf(page, '[data-sum="total"]');
      await expect.poll(isSo).toContain(amount(rupiah));
    }

    /** Returns the order's name, such as #1001. */
    async function placesOrder(): Promise<string> {
      await page.getByRole('button', { name: texts.checkout.placeOrder }).click();
      await page.getByRole('heading', { name: texts.checkout.thanks }).waitFor();
      const [name] = /#\d+/.exec(await textOf(page, 'main')) ?? [];
      if (name === undefined) throw new Error('the page after the order does not name it');
      return name;
    }

    /** Opens the app from Shopify's menu and looks for the customer's balance, as a merchant who reloads would. */
    async function adminShows(points: number, name: string): Promise<void> {
      const start = Date.now();
      const row = admin()
        .getByRole('row')
        .filter({ hasText: customer })
        .filter({ has: page.getByText(String(points), { exact: true }) });
      do {
        if (Date.now() - start > POINTS_VISIBLE_MS) throw new Error(`${customer} has no ${points} points`);
        await page.goto(
          `${suite.app.sandboxUrl}/admin/${suite.shop}/apps/setia/app/customers?locale=${locale}`,
        );
        await admin().getByRole('heading', { name: words.customers.title, level: 1 }).waitFor();
      } while ((await row.count()) === 0);
      await shot(name);
    }

    async function staffRefundsAll(order: string): Promise<void> {
      await page.goto(`${suite.app.sandboxUrl}/admin/${suite.shop}/orders?locale=${locale}`);
      await page.getByRole('link', { name: order }).click();
      await shot('order-before-refund');
      await page.getByRole('button', { name: texts.admin.orders.refundAll }).click();
      await page.getByText(texts.status.refunded).first().waitFor();
      await shot('order-refunded');
    }

    async function customerPageTellsTheStory(order: string): Promise<void> {
      await admin().getByRole('link', { name: customer }).first().click();
      await admin().getByRole('heading', { name: customer }).waitFor();
      await admin().getByRole('tab', { name: words.customer_detail.tab.points, exact: true }).click();
      await admin().getByRole('heading', { name: words.ledger.title }).waitFor();
      expect(await admin().locator('body').innerText()).toContain(order);
      await shot('customer');
    }

    function admin(): FrameLocator {
      return page.frameLocator('iframe.app-frame');
    }

    function pointsWord(): string {
      return ext.units.points.other.replace('{{number}} ', '');
    }

    async function shot(name: string): Promise<void> {
      const folder = process.env.SHOTS;
      if (folder === undefined) return;
      await page.waitForTimeout(400);
      await page.screenshot({
        path: path.join(folder, `${locale}-${size.width}-${name}.png`),
        fullPage: true,
      });
    }
  },
);

function filled(text: string, values: Record<string, string>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_all, name: string) => values[name] ?? '');
}
