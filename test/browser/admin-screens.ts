/** The app's screens inside the sandbox's admin frame, for journeys in a real browser. */
import pg from 'pg';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';
import { seed } from '../../prisma/seed.ts';
import { startApp, type TestApp } from '#test/support/app.ts';
import { launchBrowser } from '#test/support/browser.ts';
import { openPage, type WatchedPage } from './pages.ts';

export const DEMO_SHOP = 'setia-demo.myshopify.com';
const KNOWN_WITHIN = { timeout: 30_000, interval: 100 };

/** One app with its demo data for all tests of a file; each test has a page of its own. */
export class AdminScreens {
  app!: TestApp;
  browser!: Browser;
  watched!: WatchedPage;

  /** The admin around the app: save bar, toasts, navigation. */
  get page(): Page {
    return this.watched.page;
  }

  /** The app's own document. */
  get screen(): FrameLocator {
    return this.page.frameLocator('iframe.app-frame');
  }

  /** Opens a screen (`/programs`) and waits until it can be used: React has put its keys on the elements. */
  async open(path: string, locale = 'en'): Promise<void> {
    const separator = path.includes('?') ? '&' : '?';
    await this.page.goto(
      `${this.app.sandboxUrl}/admin/${DEMO_SHOP}/apps/setia/app${path}${separator}locale=${locale}`,
    );
    await this.screen.getByRole('heading', { level: 1 }).waitFor();
    await this.screen.locator('body').evaluate(
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

  /** Opens the next page at another size, such as a phone's. */
  async resize(size: { width: number; height: number }): Promise<void> {
    await this.page.setViewportSize(size);
  }

  field(label: string): Locator {
    return this.screen.getByLabel(label, { exact: true });
  }

  button(name: string): Locator {
    return this.screen.getByRole('button', { name, exact: true });
  }

  /** Saves with the admin's save bar and waits for the toast. */
  async save(): Promise<void> {
    await this.page.locator('.save-bar').getByRole('button', { name: 'Save' }).click();
    await this.toast('Saved').waitFor();
  }

  toast(text: string): Locator {
    return this.page.locator('.toast').filter({ hasText: text });
  }

  /** Waits until the demo's customers and their points are known: webhooks and the first sync bring them. */
  async untilKnown(): Promise<void> {
    const known = `SELECT FROM customers c JOIN shops USING (shop_id) JOIN ledger_entries e USING (shop_id, customer_id)
      WHERE domain = '${DEMO_SHOP}' AND c.first_name = 'Siti' LIMIT 1`;
    await vi.waitFor(async () => expect(await this.query(known)).toHaveLength(1), KNOWN_WITHIN);
  }

  /** Reads the app's database. */
  async query<T extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<T[]> {
    const client = new pg.Client({ connectionString: this.app.databaseUrl });
    await client.connect();
    try {
      return (await client.query<T>(sql, values)).rows;
    } finally {
      await client.end();
    }
  }
}

/** Starts everything before the tests of a file and ends it after them. */
export function useAdminScreens(): AdminScreens {
  const screens = new AdminScreens();
  beforeAll(async () => {
    [screens.browser, screens.app] = await Promise.all([launchBrowser(), startApp()]);
    await seed(screens.app);
    await screens.untilKnown();
  });
  afterAll(async () => {
    await screens.browser?.close();
    await screens.app?.stop();
  });
  beforeEach(async () => {
    screens.watched = await openPage(screens.browser);
  });
  afterEach(async () => {
    await screens.watched.context.close();
  });
  return screens;
}
