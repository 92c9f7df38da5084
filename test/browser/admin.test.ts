/** The merchant's journeys through the admin, in a real browser inside the sandbox's admin frame. */
import pg from 'pg';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { seed } from '../../prisma/seed.ts';
import { startApp, type TestApp } from '#test/support/app.ts';
import { launchBrowser } from '#test/support/browser.ts';
import { sessionToken } from '#test/support/session-token.ts';
import { openPage, USER_AGENT, type WatchedPage } from './pages.ts';

const SHOP = 'setia-demo.myshopify.com';

let browser: Browser;
let app: TestApp;
let watched: WatchedPage;
let page: Page;
let screen: FrameLocator;

beforeAll(async () => {
  [browser, app] = await Promise.all([launchBrowser(), startApp()]);
  await seed(app);
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});
beforeEach(async () => {
  watched = await openPage(browser);
  page = watched.page;
  screen = page.frameLocator('iframe.app-frame');
});
afterEach(async () => {
  await watched.context.close();
});

/** Opens a screen of the app in Shopify's admin and waits until it can be used. */
async function open(path: string, locale = 'en'): Promise<void> {
  const separator = path.includes('?') ? '&' : '?';
  await page.goto(`${app.sandboxUrl}/admin/${SHOP}/apps/setia/app${path}${separator}locale=${locale}`);
  await screen.getByRole('heading', { level: 1 }).waitFor();
  // Hydrated: React has put its keys on the elements.
  await screen.locator('body').evaluate(
    (body) =>
      new Promise<void>((resolve) => {
        const look = () =>
          Object.keys(body.querySelector('h1') ?? {}).some((key) => key.startsWith('__react'))
            ? resolve()
            : setTimeout(look, 20);
        look();
      }),
  );
}

const field = (label: string) => screen.getByLabel(label, { exact: true });
const saveBar = () => page.locator('.save-bar');
const toast = (text: string) => page.locator('.toast').filter({ hasText: text });

async function query<T extends pg.QueryResultRow>(sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: app.databaseUrl });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('Settings', () => {
  test('what is wrong is said at its field, which gets the focus; mended, it is saved', async () => {
    await open('/settings');
    await field('Club title').fill('Klub Setia');
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
    await open('/settings');
    expect(await field('Club title').inputValue()).toBe('Klub Setia');
    expect(await field('Code lifetime').inputValue()).toBe('45');
  });
});

describe('a save that does not reach the server', () => {
  test('is told, and keeps what was typed until it works', async () => {
    await open('/settings');
    await field('Club title').fill('Typed on a train');
    await page.route('**/app/settings.data**', (route) => route.abort());
    await saveBar().getByRole('button', { name: 'Save' }).click();
    await screen.getByText('What you typed is still here').waitFor();
    expect(await field('Club title').inputValue()).toBe('Typed on a train');
    await page.unroute('**/app/settings.data**');
    await saveBar().getByRole('button', { name: 'Save' }).click();
    await toast('Saved').waitFor();
    expect(await screen.getByText('What you typed is still here').count()).toBe(0);
  });
});

describe('a refused session token', () => {
  test('lets App Bridge ask again with a new one, for what is read and for what is saved', async () => {
    const now = Math.floor(Date.now() / 1000);
    const headers = {
      authorization: `Bearer ${sessionToken(SHOP, { exp: now - 60, nbf: now - 120 })}`,
      'user-agent': USER_AGENT,
    };
    for (const method of ['GET', 'POST']) {
      const answer = await fetch(`${app.appUrl}/app/settings.data`, { method, headers });
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
    expect(await screen.getByRole('row').count()).toBe(2);
    await search.fill('nobody at all');
    await screen.getByText('Nobody found').waitFor();
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
    await screen.getByText(/holds \d+ × Rp/).waitFor();
    expect(watched.problems).toEqual([]);
  });

  test("the language stays through the app's own links", async () => {
    await open('/customers', 'id');
    await screen.getByRole('link', { name: 'Siti Rahmawati' }).click();
    await screen.getByRole('heading', { level: 1, name: 'Siti Rahmawati' }).waitFor();
    await screen.getByRole('tab', { name: 'Poin', exact: true }).click();
    await screen.getByText('Mutasi', { exact: true }).waitFor();
    await page.locator('nav').getByRole('link', { name: 'Pengaturan' }).click();
    await screen.getByRole('heading', { level: 1, name: 'Pengaturan' }).waitFor();
    expect(watched.problems).toEqual([]);
  });
});

describe('Failed events', () => {
  test('show what went wrong and what Shopify sent, and are retried one by one or all', async () => {
    await query(`INSERT INTO webhook_events (shop_id, webhook_id, topic, headers, body, state, attempts, last_error)
      SELECT 1, 'browser-' || n, 'orders/paid', '{}', '{"id":"broken"}', 'dead', 8, 'order.id: expected an id' FROM generate_series(1, 3) n`);
    await open('');
    await screen.getByText('Needs you').waitFor();
    await screen.getByRole('link', { name: 'See failed events' }).click();
    await screen.getByRole('heading', { level: 1, name: 'Failed events' }).waitFor();
    expect(await screen.getByText('Given up').count()).toBe(3);

    await screen.getByRole('link', { name: 'orders/paid' }).first().click();
    await screen.getByText('"id": "broken"').waitFor();
    await screen.getByText('order.id: expected an id').waitFor();
    await screen.getByRole('button', { name: 'Retry' }).click();
    await toast('1 event will be tried again').waitFor();

    await open('/events');
    await screen.getByRole('button', { name: 'Retry all' }).click();
    await toast('2 events will be tried again').waitFor();
    await screen.getByText('Given up').first().waitFor({ state: 'detached' });
    await query(`DELETE FROM webhook_events WHERE webhook_id LIKE 'browser-%'`);
    expect(watched.problems).toEqual([]);
  });
});
