/** Someone applies as a reseller in the theme, is approved, gets the e-mail, and buys; members-only products at the cart. */
import path from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import reseller from '../../extensions/account-reseller/locales/id.json' with { type: 'json' };
import themeEn from '../../extensions/theme-club/locales/en.default.json' with { type: 'json' };
import themeId from '../../extensions/theme-club/locales/id.json' with { type: 'json' };
import apply from '#app/i18n/id/apply.json' with { type: 'json' };
import texts from '#sandbox/shopify/ui/texts/id.json' with { type: 'json' };
import { waitUntil } from '#test/support/figures.ts';
import { useAdminScreens } from './admin-screens.ts';
import { openPage, overflow, WIDTHS } from './pages.ts';

const { club } = themeId;
const { club: clubEn } = themeEn;
const screens = useAdminScreens();

const box = (label: string) => screens.screen.getByRole('checkbox', { name: label, exact: true });
const EMAIL = 'dewi.reseller@example.com';

const store = (rest = '') => `${screens.app.sandboxUrl}/store/${screens.shop}${rest}`;

/** `SHOTS=<folder>` keeps pictures. */
async function shot(page: Page, name: string): Promise<void> {
  expect(await overflow(page)).toBe(0);
  const folder = process.env.SHOTS;
  if (folder !== undefined)
    await page.screenshot({ path: path.join(folder, `apply-${name}.png`), fullPage: true });
}

interface Mail {
  to: string;
  subject: string;
  text: string;
}
const mailsTo = async (to: string): Promise<Mail[]> =>
  (await screens.app.control<{ mails: Mail[] }>('GET', `mails?to=${encodeURIComponent(to)}`)).mails;

describe('A reseller', () => {
  test('applies in the theme with a picture, is approved with a percent, signs in by the link, and buys by a pasted list', async () => {
    await openForm({ file: 'Required' });
    await screens.open('/resellers/settings');
    await box('Apply prices at checkout').check();
    await screens.save();
    await screens.screen.getByText('Works', { exact: true }).waitFor();
    await screens.app.control('POST', 'theme', { shop: screens.shop, blocks: ['reseller-form'] });

    const { page, context } = await openPage(screens.browser, WIDTHS[1], 'id-ID');
    try {
      await page.goto(store('/pages/reseller?locale=id'));
      const form = page.locator('.setia--apply');
      await form.getByText('Jual batik kami di kota Anda.').waitFor();
      await shot(page, 'form');
      await form.getByLabel(apply.field.name).fill('Dewi Lestari');
      await form.getByLabel(apply.field.email, { exact: true }).fill(EMAIL);
      await form.getByLabel(apply.field.phone).fill('0812 3333 4444');
      await form.getByLabel(apply.field.business).fill('Toko Dewi');
      // Faster than a person: the shop asks to look again.
      const sending = form.getByRole('button', { name: apply.send });
      await sending.click();
      await form.getByText(apply.notice.too_fast).waitFor();
      expect(await form.getByLabel(apply.field.name).inputValue()).toBe('Dewi Lestari');
      await page.waitForTimeout(3_000);
      await sending.click();
      await form.getByText(apply.file.required).waitFor();
      await form.getByLabel(apply.field.id_card).setInputFiles(await picture());
      await form.getByLabel(apply.field.phone).fill('12');
      await sending.click();
      await form.locator('#setia-apply-phone-error').waitFor();
      expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('alert');
      await shot(page, 'wrong');
      // The picture need not be chosen again.
      await form.getByLabel(apply.field.phone).fill('0812 3333 4444');
      await page.route('**/apply/form*', (route) => route.abort());
      await sending.click();
      await form.getByText(club.apply_not_sent).waitFor();
      await page.unroute('**/apply/form*');
      await sending.click();
      await form.getByRole('status').waitFor();
      await shot(page, 'done');
    } finally {
      await context.close();
    }

    await approve('Dewi Lestari');
    await waitUntil('the e-mail was sent', async () => (await mailsTo(EMAIL)).length === 1);
    const [mail] = await mailsTo(EMAIL);
    expect(mail!.text).toContain('Selamat bergabung!');
    const [link] = /https?:\S+\/i\/\S+/.exec(mail!.text) ?? [];
    await buysByList(link!);

    await screens.open('/resellers/invitations');
    const row = screens.screen.getByRole('row').filter({ hasText: EMAIL });
    await row.getByText('Ordered').waitFor();
    await row.getByText('Sent', { exact: true }).waitFor();
    const [customer] = await screens.query<{ bp: number }>(
      `SELECT person_discount_bp AS bp FROM customers WHERE shop_id = $1 AND email = '${EMAIL}'`,
    );
    expect(customer).toEqual({ bp: 1250 });
  });

  test('applies without scripts, on the page of the form', async () => {
    await openForm({ file: 'Optional' });
    const context = await screens.browser.newContext({ javaScriptEnabled: false, locale: 'id-ID' });
    try {
      const page = await context.newPage();
      await page.goto(store('/apps/setia/apply'));
      await page.getByLabel(apply.field.name).fill('Rina Wati');
      await page.getByLabel(apply.field.email, { exact: true }).fill('rina@example.com');
      await page.getByLabel(apply.field.phone).fill('0812 5555 6666');
      await page.getByLabel(apply.field.id_card).setInputFiles(await picture());
      await page.waitForTimeout(3_000);
      await page.getByRole('button', { name: apply.send }).click();
      await page.getByRole('status').waitFor();
    } finally {
      await context.close();
    }
    await screens.open('/resellers/applications');
    await screens.screen.getByRole('link', { name: 'Rina Wati' }).waitFor();
  });

  test('finds the form closed, and away, in the theme', async () => {
    await openForm({ isOpen: false });
    await screens.app.control('POST', 'theme', { shop: screens.shop, blocks: ['reseller-form'] });
    const { page, context } = await openPage(screens.browser, WIDTHS[0], 'en-US');
    try {
      await page.route('**/apply/form*', (route) => route.abort());
      await page.goto(store('/pages/reseller?locale=en'));
      const form = page.locator('.setia--apply');
      await form.getByText(clubEn.apply_unreachable).waitFor();
      await form.getByRole('link', { name: clubEn.apply_open }).waitFor();
      await page.unroute('**/apply/form*');
      await form.getByRole('button', { name: clubEn.try_again }).click();
      await form.getByText('isn’t taking applications').waitFor();
      expect(await form.locator('form').count()).toBe(0);
      await shot(page, 'closed');
    } finally {
      await context.close();
    }
  });
});

async function openForm({ file, isOpen = true }: { file?: string; isOpen?: boolean }): Promise<void> {
  await screens.open('/resellers/applications/settings');
  await box('Take applications').setChecked(isOpen);
  if (file !== undefined) await screens.field('Identity card').selectOption({ label: file });
  await screens.field('Introduction').fill(`Jual batik kami di kota Anda. ${file ?? ''}`);
  await screens.save();
}

async function picture() {
  const buffer = await sharp({ create: { width: 80, height: 50, channels: 3, background: '#c46' } })
    .jpeg()
    .toBuffer();
  return { name: 'ktp.jpg', mimeType: 'image/jpeg', buffer };
}

async function approve(name: string): Promise<void> {
  await screens.open('/resellers/applications');
  await screens.screen.getByRole('link', { name }).click();
  await screens.screen.getByText('Toko Dewi').waitFor();
  await screens.screen.getByRole('img', { name: 'Identity card' }).waitFor();
  await screens.button('Approve').click();
  const dialog = screens.screen.getByRole('dialog');
  await dialog.getByLabel('Personal discount').fill('12.5');
  await dialog.getByLabel('A word to the reseller').fill('Selamat bergabung!');
  await dialog.getByRole('button', { name: 'Approve' }).click();
  await screens.toast('Application approved').waitFor();
  // Who looked at the identity card is written down.
  await screens.page.reload();
  await screens.screen.getByText('Viewed the identity card of a reseller application').waitFor();
}

/** From the link of the e-mail to an order with their price. */
async function buysByList(link: string): Promise<void> {
  const { page, context } = await openPage(screens.browser, WIDTHS[0], 'id-ID');
  try {
    await page.goto(store('?locale=id'));
    await page.goto(link);
    await page.waitForURL(/\/account/);
    await page.goto(
      store(
        `/account/sign-in?back=${encodeURIComponent(`/store/${screens.shop}/account/pages/account-reseller`)}`,
      ),
    );
    await page.getByLabel(texts.checkout.email).fill(EMAIL);
    await page.getByRole('button', { name: texts.account.sendCode }).click();
    const code = await page.locator('[data-code]').innerText();
    await page.getByLabel(texts.account.code).fill(code);
    await page.getByRole('button', { name: texts.store.signIn }).click();
    await page.waitForURL('**/account/pages/account-reseller');
    const list = page.frameLocator('.extension-frame[data-extension="account-reseller"]');
    await list.getByLabel(reseller.paste.field).fill('KOPI-B, 4\nteh-01\t3');
    await list.getByRole('button', { name: reseller.paste.add }).click();
    // 4 x 95,000 and 3 x 45,000, less an eighth.
    await list
      .getByText(/Rp\s?450\.625/)
      .first()
      .waitFor();
    await list.getByRole('button', { name: reseller.cart.cart }).click();
    await page.waitForURL('**/cart');
    await page.goto(store('/checkout'));
    await expect.poll(() => page.locator('body').innerText()).toMatch(/−Rp\s?64\.375/);
    await page.getByRole('button', { name: texts.checkout.placeOrder }).click();
    await page.getByRole('heading', { name: texts.checkout.thanks }).waitFor();
  } finally {
    await context.close();
  }
  await waitUntil('the order has arrived', async () => {
    const rows = await screens.query(
      `SELECT FROM customers c JOIN customer_stats s USING (shop_id, customer_id) JOIN orders o USING (shop_id, customer_id)
         JOIN order_prices p USING (shop_id, order_id)
       WHERE c.shop_id = $1 AND c.email = '${EMAIL}' AND s.last_order_at IS NOT NULL`,
    );
    return rows.length === 1;
  });
}

describe('Members-only products', () => {
  test('are refused at the cart to those they aren’t for, and sold once the customer is in the category', async () => {
    await screens.open('/resellers/members-only');
    await box('Only let chosen customers buy these products').check();
    await screens.button('Add products').click();
    const dialog = screens.screen.getByRole('dialog');
    await dialog.getByRole('checkbox').first().check();
    await dialog.getByRole('button', { name: /^Add/ }).click();
    await screens.page.locator('.save-bar').getByRole('button', { name: 'Save' }).click();
    await screens.screen.getByText('Choose at least one category or tier').waitFor();
    const rule = screens.screen.getByRole('group', { name: /who can buy it$/ });
    await rule.getByRole('checkbox', { name: 'Agen' }).check();
    await screens.save();
    await screens.screen.getByText('Works', { exact: true }).waitFor();
    await screens.screen.getByText('1 product is locked.').waitFor();

    const [locked] = await screens.query<{ id: string }>(
      'SELECT product_id::text AS id FROM price_products WHERE shop_id = $1',
    );
    const [customer] = await screens.query<{ id: string; email: string }>(
      `SELECT customer_id::text AS id, email FROM customers WHERE shop_id = $1 AND state = 'active' AND email IS NOT NULL ORDER BY customer_id LIMIT 1`,
    );
    const refusals = async (): Promise<string[]> =>
      (
        await screens.app.control<{ errors: string[] }>('POST', 'carts', {
          shop: screens.shop,
          customer: customer!.email,
          lines: [{ product: locked!.id }],
        })
      ).errors;
    expect(await refusals()).toEqual([
      expect.stringMatching(/hanya untuk pelanggan tertentu|only for certain customers/),
    ]);

    await screens.app.control('POST', 'theme', { shop: screens.shop, blocks: ['members-only'] });
    const store = `${screens.app.sandboxUrl}/store/${screens.shop}`;
    const handles = await screens.page
      .goto(`${store}/collections/all`)
      .then(() =>
        screens.page
          .locator('a[href*="/products/"]')
          .evaluateAll((links) => [...new Set(links.map((link) => link.getAttribute('href') ?? ''))]),
      );
    const noticed: string[] = [];
    for (const handle of handles) {
      await screens.page.goto(`${screens.app.sandboxUrl}${handle}`);
      const button = screens.page.locator('.product-form button');
      const note = screens.page.locator('.setia--members');
      if ((await note.count()) === 0) expect(await button.isEnabled()).toBe(true);
      else {
        noticed.push(handle);
        expect(await button.isDisabled()).toBe(true);
        expect(await button.getAttribute('aria-describedby')).toBe(await note.getAttribute('id'));
      }
    }
    expect(noticed).toHaveLength(1);

    await screens.open(`/customers/${customer!.id}/edit`);
    await screens.screen.getByLabel('Category', { exact: true }).selectOption({ label: 'Agen' });
    await screens.save();
    await waitUntil('Shopify knows the category', async () => (await refusals()).length === 0);
  });
});
