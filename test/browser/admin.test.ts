/** The merchant's journeys through the admin, in a real browser inside the sandbox's admin frame. */
import type { FrameLocator, Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { sessionToken } from '#test/support/session-token.ts';
import { useAdminScreens } from './admin-screens.ts';
import { USER_AGENT } from './pages.ts';

const screens = useAdminScreens();
let page: Page;
let screen: FrameLocator;

beforeEach(() => {
  ({ page, screen } = screens);
});

const open = (path: string, locale?: string) => screens.open(path, locale);
const field = (label: string) => screen.getByLabel(label, { exact: true });
const saveBar = () => page.locator('.save-bar');
const toast = (text: string) => page.locator('.toast').filter({ hasText: text });

describe('Settings', () => {
  test('what is wrong is said at its field, which gets the focus; mended, it is saved', async () => {
    await open('/settings/checkout');
    await field('Minimum points per payment').fill('7');
    await field('Code lifetime').fill('5');
    await saveBar().getByRole('button', { name: 'Save' }).click();
    await screen.getByText('At least 10').waitFor();
    const lifetime = field('Code lifetime');
    expect(await lifetime.getAttribute('aria-invalid')).toBe('true');
    expect(await lifetime.evaluate((element) => element === document.activeElement)).toBe(true);

    await lifetime.fill('45');
    expect(await screen.getByText('At least 10').count()).toBe(0);
    // By keyboard, as a form is sent.
    await lifetime.press('Enter');
    await toast('Saved').waitFor();
    await open('/settings/checkout');
    expect(await field('Minimum points per payment').inputValue()).toBe('7');
    expect(await field('Code lifetime').inputValue()).toBe('45');
    await field('Minimum points per payment').fill('1');
    await screens.save();
  });
});

describe('a save that does not reach the server', () => {
  test('is told, and keeps what was typed until it works', async () => {
    await open('/settings');
    await field('Club title').fill('Typed on a train');
    await page.route('**/app/settings.data**', (route) => route.abort());
    await saveBar().getByRole('button', { name: 'Save' }).click();
    await screen.getByText('Your changes are still here').waitFor();
    expect(await field('Club title').inputValue()).toBe('Typed on a train');
    await page.unroute('**/app/settings.data**');
    await saveBar().getByRole('button', { name: 'Save' }).click();
    await toast('Saved').waitFor();
    expect(await screen.getByText('Your changes are still here').count()).toBe(0);
  });
});

describe('credit of a former currency', () => {
  test('is held with the choice on Home, which is asked once more and then made', async () => {
    await screens.query("UPDATE shops SET credit_currency = 'USD' WHERE shop_id = $1");
    await open('');
    await screens.button('Keep the numbers').click();
    await screen.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await screen.getByRole('dialog').waitFor({ state: 'detached' });
    await screens.button('Keep the numbers').click();
    await screen.getByRole('dialog').getByRole('button', { name: 'Keep the numbers' }).click();
    await expect.poll(() => screens.button('Keep the numbers').count()).toBe(0);
    const shops = await screens.query('SELECT credit_currency FROM shops WHERE shop_id = $1');
    expect(shops).toEqual([{ credit_currency: null }]);
  });
});

describe('a refused session token', () => {
  test('lets App Bridge ask again with a new one, for what is read and for what is saved', async () => {
    const now = Math.floor(Date.now() / 1000);
    const headers = {
      authorization: `Bearer ${sessionToken(screens.shop, { exp: now - 60, nbf: now - 120 })}`,
      'user-agent': USER_AGENT,
    };
    for (const method of ['GET', 'POST']) {
      const answer = await fetch(`${screens.app.appUrl}/app/settings.data`, { method, headers });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('x-shopify-retry-invalid-session-request')).toBe('1');
    }
  });
});

describe('Customers', () => {
  test('are found by any part of name, e-mail and phone, and lead to why an order earned', async () => {
    await open('/customers');
    const search = screen.getByRole('searchbox', { name: 'Search customers' });
    await search.fill('0812-3456-7801');
    await screen.getByRole('link', { name: 'Dewi Lestari' }).waitFor({ state: 'detached' });
    await expect.poll(() => screen.getByRole('row').count()).toBe(2);
    await search.fill('nobody at all');
    await screen.getByText('No customers found').waitFor();
    await search.fill('siti');
    await screen.getByRole('link', { name: 'Siti Rahmawati' }).click();

    await screen.getByRole('heading', { level: 1, name: 'Siti Rahmawati' }).waitFor();
    await screen.getByRole('tab', { name: 'Points', exact: true }).click();
    await screen
      .getByText(/^Earned with order #\d+/)
      .first()
      .waitFor();
    await screen.getByRole('link', { name: 'Why did this order earn this?' }).last().click();
    await screen.getByText(/^This order earns \d+ points\.$/).waitFor();
    await screen.getByText(/contains \d+ × Rp/).waitFor();
    expect(screens.watched.problems).toEqual([]);
  });

  test("the language stays through the app's own links", async () => {
    await open('/customers', 'id');
    await screen.getByRole('link', { name: 'Siti Rahmawati' }).click();
    await screen.getByRole('heading', { level: 1, name: 'Siti Rahmawati' }).waitFor();
    await screen.getByRole('tab', { name: 'Poin', exact: true }).click();
    await screen.getByText('Riwayat poin', { exact: true }).waitFor();
    await page.locator('nav').getByRole('link', { name: 'Pengaturan' }).click();
    await screen.getByRole('heading', { level: 1, name: 'Pengaturan' }).waitFor();
    expect(screens.watched.problems).toEqual([]);
  });
});

describe('Failed events', () => {
  test('show what went wrong and what Shopify sent, and are retried one by one or all', async () => {
    await screens.query(`INSERT INTO webhook_events (shop_id, webhook_id, topic, headers, body, state, attempts, last_error)
      SELECT $1::bigint, 'browser-' || n, 'orders/paid', '{}', '{"id":"broken"}', 'dead', 8, 'malformed_payload: order: order.id: expected an id' FROM generate_series(1, 3) n`);
    await open('');
    await screen.getByText('Needs attention').waitFor();
    await screen.getByRole('link', { name: '3 failed events' }).click();
    await screen.getByRole('heading', { level: 1, name: 'Health' }).waitFor();
    expect(await screen.getByText('Given up').count()).toBe(3);

    await screen.getByText('Shopify sent something this app couldn’t read.').first().waitFor();
    await screen.getByRole('link', { name: 'Order paid' }).first().click();
    await screen.getByText('Retry it once.', { exact: false }).waitFor();
    expect(await screen.getByText('"id": "broken"').isVisible()).toBe(false);
    await screen.getByRole('button', { name: 'Technical details' }).click();
    await screen.getByText('"id": "broken"').waitFor();
    await screen.getByText('order.id: expected an id').waitFor();
    await screen.getByRole('button', { name: 'Retry' }).click();
    await toast('1 event will be retried').waitFor();

    await open('/settings/failed-events');
    await screen.getByRole('button', { name: 'Retry all' }).click();
    await toast('2 events will be retried').waitFor();
    await screen.getByText('Given up').first().waitFor({ state: 'detached' });
    await screens.query(`DELETE FROM webhook_events WHERE shop_id = $1 AND webhook_id LIKE 'browser-%'`);
    expect(screens.watched.problems).toEqual([]);
  });
});

describe('The menu', () => {
  const marked = () => page.locator('.app-nav a[aria-current]').innerText();
  const tab = (name: string) => screen.getByRole('link', { name, exact: true });

  test('opens the first section of an entry and stays marked in every section and below', async () => {
    await open('');
    await page.locator('.app-nav').getByRole('link', { name: 'Loyalty' }).click();
    await screen.getByRole('heading', { level: 1, name: 'Ways to earn' }).waitFor();
    expect(await tab('Ways to earn').getAttribute('aria-current')).toBe('page');
    expect(await tab('All ways').getAttribute('aria-current')).toBe('page');
    expect(await marked()).toBe('Loyalty');

    await tab('Rewards').focus();
    await tab('Rewards').press('Enter');
    await screen.getByRole('heading', { level: 1, name: 'Rewards' }).waitFor();
    expect(await tab('Ways to earn').getAttribute('aria-current')).toBeNull();
    expect(await marked()).toBe('Loyalty');

    await screen.getByRole('link', { name: 'Create reward' }).click();
    await screen.getByRole('heading', { level: 1, name: 'New reward' }).waitFor();
    expect(await tab('Past orders').count()).toBe(0);
    expect(await marked()).toBe('Loyalty');
    expect(screens.watched.problems).toEqual([]);
  });

  test('an old address leads to where the screen is now, in the same frame', async () => {
    await open('/orders?tab=unprocessed');
    await screen.getByRole('heading', { level: 1, name: 'Orders' }).waitFor();
    await page.waitForURL('**/app/activity/orders?tab=unprocessed**');
    expect(await marked()).toBe('Activity');
    expect(screens.watched.problems).toEqual([]);
  });

  test('on a phone the tabs scroll, and the current one is in sight', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await open('/messages/wallet');
    await expect
      .poll(async () => {
        const box = await tab('Wallet').boundingBox();
        return box !== null && box.x >= 0 && box.x + box.width <= 390;
      })
      .toBe(true);
    expect(
      await screen.locator('html').evaluate((html) => html.scrollWidth - innerWidth),
    ).toBeLessThanOrEqual(0);
  });
});
