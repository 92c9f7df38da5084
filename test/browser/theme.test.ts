/**
 * The club in the theme, in a real browser: a shopper uses points in the cart without the checkout's block (every plan has
 * that), orders, and takes points back; in a theme with a page for the cart and in one with a drawer; what pages without a
 * block of ours cost. `SHOTS=<folder>` keeps pictures.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import textsEn from '../../extensions/theme-club/locales/en.default.json' with { type: 'json' };
import textsId from '../../extensions/theme-club/locales/id.json' with { type: 'json' };
import { BLOCKS } from '#sandbox/shopify/theme/placed-blocks.ts';
import sandboxId from '#sandbox/shopify/ui/texts/id.json' with { type: 'json' };
import { useAdminScreens } from './admin-screens.ts';
import { openPage, overflow, textOf, WIDTHS, type WatchedPage } from './pages.ts';

const screens = useAdminScreens();
const SITI = 'Siti Rahmawati';
/** A value that was taken for nothing is back. */
const BACK_WITHIN_MS = 1_000;
/** What a page without one of our blocks in view may run. */
const LOADER_BYTES_MAX = 2_000;
const ALL = Object.keys(BLOCKS);

let watched: WatchedPage;
const store = (rest = '') => `${screens.app.sandboxUrl}/store/${screens.shop}${rest}`;
const setTheme = (theme: object) => screens.app.control('POST', 'theme', { shop: screens.shop, ...theme });

/** One shopper asks here as often as many do: what a page may ask is given back by one a second. */
const READS_BACK_MS = 3_500;

beforeEach(() => sleep(READS_BACK_MS));
beforeEach(() => setTheme({ name: 'dasar', blocks: ALL, hasActions: true, hasEvents: true }));

async function openStore(size: { width: number; height: number }, locale: string): Promise<Page> {
  watched = await openPage(screens.browser, size, locale);
  return watched.page;
}

async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env.SHOTS;
  if (folder !== undefined)
    await page.screenshot({ path: path.join(folder, `theme-${name}.png`), fullPage: true });
}

async function signIn(page: Page, name = SITI): Promise<void> {
  await page.goto(store('/sign-in'));
  await page.getByRole('button', { name }).click();
  await page.waitForURL(store());
}

async function putIntoCart(page: Page, title: string): Promise<void> {
  await page.goto(store());
  await page.locator('.product').filter({ hasText: title }).getByRole('button').click();
  await page.waitForURL('**/cart');
}

const plain = async (locator: Locator): Promise<string> =>
  (await locator.first().innerText()).replace(/[\u00a0\u202f]/g, ' ');

/** Layout that moved by itself since the page was opened. */
const shifted = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries())
            if (!('hadRecentInput' in entry && entry.hadRecentInput) && 'value' in entry)
              sum += Number(entry.value);
        }).observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => resolve(sum), 300);
      }),
  );

async function available(): Promise<number> {
  const [row] = await screens.query<{ available: string }>(
    `SELECT (sum(l.remaining) - min(a.held) - min(a.debt))::text AS available
     FROM customers c JOIN ledger_accounts a USING (shop_id, customer_id) JOIN ledger_lots l USING (shop_id, customer_id, unit)
     WHERE a.shop_id = $1 AND c.first_name = 'Siti' AND a.unit = 'POINTS' AND l.valid_from <= now()
       AND (l.expires_at IS NULL OR l.expires_at > now())`,
  );
  return Number(row?.available ?? 0);
}

test('in Indonesian on a phone: points in the cart, an order, and points taken back', async () => {
  const page = await openStore(WIDTHS[1], 'id-ID');
  const t = textsId.club;
  await signIn(page);
  await putIntoCart(page, 'Tas Anyaman Rotan');
  const wallet = page.locator('setia-part[data-kind="cart"]');
  await wallet.locator('input[name="units"]').waitFor();
  // Express buttons skip the cart: shoppers are told before.
  await wallet.getByText(t.express_note).waitFor();
  expect(await shifted(page)).toBe(0);
  expect(await overflow(page)).toBe(0);
  await shot(page, 'cart-id-390');
  const before = await available();
  const total = await textOf(page, '[data-cart-total]');
  expect(total).toBe('Rp 325.000');

  await wallet.locator('input[name="units"]').fill('seribu');
  await wallet.getByRole('button', { name: t.use, exact: true }).click();
  await wallet.getByText(t.problem_not_a_number).waitFor();
  expect(await wallet.locator('input[name="units"]').getAttribute('aria-invalid')).toBe('true');
  await wallet.locator('input[name="units"]').fill('50');
  await wallet.getByRole('button', { name: t.use, exact: true }).click();
  await wallet.getByRole('button', { name: t.remove }).waitFor();
  await expect.poll(() => textOf(page, '[data-cart-total]')).toBe('Rp 320.000');
  expect(page.url()).toBe(store('/cart'));
  expect(await available()).toBe(before - 50);
  await shot(page, 'cart-applied-id-390');

  await wallet.getByRole('button', { name: t.remove }).click();
  await wallet.getByText(t.returned).waitFor();
  await expect.poll(() => textOf(page, '[data-cart-total]')).toBe('Rp 325.000');
  await expect.poll(available).toBe(before);

  await wallet.locator('input[name="units"]').fill('50');
  await page.keyboard.press('Enter');
  await expect.poll(() => textOf(page, '[data-cart-total]')).toBe('Rp 320.000');
  await page.getByRole('link', { name: sandboxId.store.checkOut }).click();
  await page.waitForURL('**/checkout');
  expect(await textOf(page, '#discounts')).toContain('SETIA-');
  await page.getByRole('button', { name: sandboxId.checkout.placeOrder }).click();
  await page.waitForURL('**/orders/**');
  // The order settles it: the points are spent, and the ones that it earns arrive.
  await expect
    .poll(
      async () =>
        (await screens.query(`SELECT FROM redemptions WHERE shop_id = $1 AND state = 'settled'`)).length,
    )
    .toBe(1);
  await putIntoCart(page, 'Tas Anyaman Rotan');
  await wallet.locator('input[name="units"]').waitFor();
  expect(watched.problems).toEqual([]);
  await watched.context.close();
});

test('a code that another keeps from taking anything off gives the points back at once, with the reason', async () => {
  const page = await openStore(WIDTHS[0], 'en-US');
  await signIn(page);
  await putIntoCart(page, 'Tas Anyaman Rotan');
  const wallet = page.locator('setia-part[data-kind="cart"]');
  await wallet.locator('input[name="units"]').waitFor();
  const before = await available();
  await screens.app.control('POST', 'discounts', { shop: screens.shop, code: 'HALF', percent: 50 });
  await page.evaluate(async (root) => {
    await fetch(`${root}/cart/update.js`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"discount":"HALF"}',
    });
  }, store());
  await wallet.locator('input[name="units"]').fill('10');
  await wallet.getByRole('button', { name: textsEn.club.use, exact: true }).click();
  await page.getByText(textsEn.club.problem_not_applicable).waitFor();
  await expect.poll(available, { timeout: BACK_WITHIN_MS, interval: 50 }).toBe(before);
  const codes = await page.evaluate(
    async (root) => (await (await fetch(`${root}/cart.js`)).json()).discount_codes,
    store(),
  );
  expect(codes).toEqual([{ code: 'HALF', applicable: true }]);
  await watched.context.close();
});

describe.each([
  { hasActions: true, hasEvents: true },
  { hasActions: true, hasEvents: false },
])('a theme with a drawer, with events: $hasEvents', (switches) => {
  test('shows our line when the drawer opens, above it, and the new total without a reload', async () => {
    await setTheme({ name: 'ruang', ...switches });
    const page = await openStore(WIDTHS[1], 'id-ID');
    await signIn(page);
    await page.goto(store('/products/tas-anyaman-rotan'));
    const line = page.locator('setia-part[data-kind="drawer"]');
    expect(await line.isVisible()).toBe(false);
    await page.getByRole('button', { name: sandboxId.store.add }).click();
    await line.getByRole('button', { name: textsId.club.open_panel }).click();
    const panel = line.locator('dialog');
    await panel.locator('input[name="units"]').fill('20');
    await shot(page, `drawer-id-390-${switches.hasEvents}`);
    await panel.getByRole('button', { name: textsId.club.use, exact: true }).click();
    await panel.getByRole('button', { name: textsId.club.remove }).waitFor();
    await expect.poll(() => plain(page.locator('.r-drawer [data-total]'))).toBe('Rp 323.000');
    await panel.getByRole('button', { name: textsId.club.remove }).click();
    await panel.getByText(textsId.club.returned).waitFor();
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => document.activeElement?.hasAttribute('data-open'))).toBe(true);
    expect(watched.problems).toEqual([]);
    await watched.context.close();
  });

  test('a standing that is older than the balance is corrected as soon as the block is in view', async () => {
    const page = await openStore(WIDTHS[0], 'en-US');
    await signIn(page);
    await putIntoCart(page, 'Tas Anyaman Rotan');
    await page.locator('setia-part[data-kind="cart"] input[name="units"]').waitFor();
    const old = await available();
    const says = async (points: number): Promise<boolean> =>
      (await (await page.goto(store()))?.text())?.includes(`(${points} points)`) ?? false;
    await expect.poll(() => says(old)).toBe(true);
    // No entry tells of it, as of points whose first day begins: what is at Shopify stays as it is for a while.
    await screens.query(
      `WITH siti AS (SELECT customer_id FROM customers WHERE shop_id = $1 AND first_name = 'Siti'),
         account AS (UPDATE ledger_accounts SET balance = balance + 7 WHERE shop_id = $1 AND unit = 'POINTS' AND customer_id IN (SELECT customer_id FROM siti))
       UPDATE ledger_lots SET amount = amount + 7, remaining = remaining + 7 WHERE shop_id = $1 AND entry_id = (SELECT min(entry_id)
         FROM ledger_lots JOIN siti USING (customer_id) WHERE shop_id = $1 AND unit = 'POINTS' AND remaining > 0)`,
    );
    expect(await says(old)).toBe(true);
    await page.goto(store('/cart'));
    await page
      .locator('setia-part[data-kind="cart"]')
      .getByText(`You have ${old + 7} points`)
      .waitFor();
    await watched.context.close();
  });
});

test('in a theme without a drawer the line is there once something went into the cart', async () => {
  const page = await openStore(WIDTHS[1], 'id-ID');
  await signIn(page);
  await page.goto(store('/products/tas-anyaman-rotan'));
  const line = page.locator('setia-part[data-kind="drawer"]');
  expect(await line.isVisible()).toBe(false);
  // As quick-add buttons do, without leaving the page: a request is noted once its answer was read.
  await page.evaluate(async (root) => {
    const id = document.querySelector<HTMLInputElement>('form [name="id"]')?.value;
    const answer = await fetch(`${root}/cart/add.js`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id, quantity: 1 }),
    });
    await answer.json();
  }, store());
  await line.getByRole('button', { name: textsId.club.open_panel }).click();
  await line.locator('dialog input[name="units"]').waitFor();
  expect(watched.problems).toEqual([]);
  await watched.context.close();
});

test('a code of another that combines stays: both are listed with their amounts, and reach the checkout', async () => {
  const page = await openStore(WIDTHS[0], 'en-US');
  await signIn(page);
  await putIntoCart(page, 'Tas Anyaman Rotan');
  await screens.app.control('POST', 'discounts', {
    ...{ shop: screens.shop, code: 'HEMAT', amount: 10_000 },
    combinesWith: ['order', 'product', 'shipping'],
  });
  await screens.query(`UPDATE club_settings SET combines_with_order = true WHERE shop_id = $1`);
  await page.evaluate(async (root) => {
    await fetch(`${root}/cart/update.js`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"discount":"HEMAT"}',
    });
  }, store());
  await page.reload();
  const wallet = page.locator('setia-part[data-kind="cart"]');
  await wallet.locator('input[name="units"]').fill('10');
  await wallet.getByRole('button', { name: textsEn.club.use, exact: true }).click();
  await wallet.getByRole('button', { name: textsEn.club.remove }).waitFor();
  await expect.poll(() => textOf(page, '[data-cart-total]')).toBe('Rp 314,000');
  await page.getByRole('link', { name: 'Check out' }).click();
  await page.waitForURL('**/checkout');
  const discounts = await textOf(page, '#discounts');
  expect(discounts).toContain('HEMAT');
  expect(discounts).toMatch(/SETIA-/);
  expect(discounts).toMatch(/10,000/);
  expect(discounts).toMatch(/1,000/);
  await page.goto(store('/cart'));
  await wallet.getByRole('button', { name: textsEn.club.remove }).click();
  await wallet.getByText(textsEn.club.returned).waitFor();
  await watched.context.close();
});

test('without Shopify’s actions the cart page is loaded again with the code', async () => {
  await setTheme({ hasActions: false });
  const page = await openStore(WIDTHS[0], 'en-US');
  await signIn(page);
  await putIntoCart(page, 'Tas Anyaman Rotan');
  const wallet = page.locator('setia-part[data-kind="cart"]');
  await wallet.locator('input[name="units"]').fill('10');
  await wallet.getByRole('button', { name: textsEn.club.use, exact: true }).click();
  await expect.poll(() => textOf(page, '[data-cart-total]')).toBe('Rp 324,000');
  await wallet.getByRole('button', { name: textsEn.club.remove }).click();
  await expect.poll(() => textOf(page, '[data-cart-total]')).toBe('Rp 325,000');
  await watched.context.close();
});

describe('pages', () => {
  test.each(['', '/collections/all', '/products/tas-anyaman-rotan'])(
    '%j: with our embeds and nothing of ours in view no request more, and no layout that moves',
    async (address) => {
      const page = await openStore(WIDTHS[1], 'en-US');
      await signIn(page);
      const requests: string[] = [];
      page.on('request', (request) => requests.push(new URL(request.url()).pathname));
      const visit = async (blocks: string[]): Promise<string[]> => {
        await setTheme({ blocks });
        requests.length = 0;
        await page.goto(store(address), { waitUntil: 'networkidle' });
        return [...requests];
      };
      const without = await visit([]);
      const embeds = await visit(['launcher', 'cart-drawer']);
      expect(embeds.filter((each) => !without.includes(each))).toEqual([]);
      expect(await shifted(page)).toBe(0);
      const ours = page.locator('setia-part + style + script');
      const bytes = await ours.evaluateAll((scripts) => scripts.map(({ innerHTML }) => innerHTML.length));
      expect(bytes.length).toBeGreaterThan(0);
      for (const each of bytes) expect(each).toBeLessThan(LOADER_BYTES_MAX);
      await watched.context.close();
    },
  );

  test.each([320, 768, 1280])(
    'at %i pixels nothing of ours is behind a sticky bar or out of reach',
    async (width) => {
      await setTheme({ name: 'ruang' });
      const page = await openStore({ width, height: 800 }, 'id-ID');
      await signIn(page);
      await page.goto(store('/pages/club'));
      const button = page.locator('setia-part[data-kind="launcher"] [data-open]');
      await button.waitFor();
      await shot(page, `club-id-${width}`);
      expect(await overflow(page)).toBe(0);
      await button.click();
      const panel = page.locator('setia-part[data-kind="launcher"] dialog');
      await panel
        .getByText(textsId.club.balance.other.split('{{')[0]!.trim(), { exact: false })
        .first()
        .waitFor();
      await shot(page, `launcher-id-${width}`);
      await panel.getByRole('button', { name: textsId.club.close }).click();
      expect(await page.evaluate(() => document.activeElement?.hasAttribute('data-open'))).toBe(true);
      await watched.context.close();
    },
  );

  test('a product says what its variant earns; a guest is asked to sign in, and sees no price of anyone', async () => {
    const page = await openStore(WIDTHS[0], 'en-US');
    // The club's facts are published once a page has asked for the club.
    await signIn(page);
    await putIntoCart(page, 'Tas Anyaman Rotan');
    await page.locator('setia-part[data-kind="cart"] input[name="units"]').waitFor();
    await expect
      .poll(
        async () =>
          (await screens.query('SELECT FROM standing_settings WHERE shop_id = $1 AND program IS NOT NULL'))
            .length,
      )
      .toBe(1);
    await page.goto(store('/products/tas-anyaman-rotan'));
    await expect.poll(() => textOf(page, '[data-points]')).toMatch(/^Earns \d+ points$/);
    await page.goto(store('/sign-in'));
    await page.locator('button.person').last().click();
    await page.goto(store('/cart'));
    await page
      .locator('setia-part[data-kind="cart"]')
      .getByText(/Sign in: this order earns \d+ points/)
      .waitFor();
    await shot(page, 'guest-cart-en-1280');
    expect(watched.problems).toEqual([]);
    await watched.context.close();
  });

  test('the standing is on the page before anything is asked, seconds after an entry', async () => {
    const page = await openStore(WIDTHS[0], 'en-US');
    await signIn(page);
    await putIntoCart(page, 'Tas Anyaman Rotan');
    await page.locator('setia-part[data-kind="cart"] input[name="units"]').waitFor();
    const points = await available();
    await expect
      .poll(async () => {
        // As the store sends it, in the browser's language.
        const response = await page.goto(store());
        return (await response?.text())?.includes(`(${points} points)`);
      })
      .toBe(true);
    await watched.context.close();
  });
});
