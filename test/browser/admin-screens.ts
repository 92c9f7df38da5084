/** The app's screens inside the sandbox's admin frame, for journeys in a real browser. */
import pg from 'pg';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';
import { seedShop } from '../../prisma/seed.ts';
import { openPage, type WatchedPage } from './pages.ts';
import { useSuite, type Suite } from './suite.ts';

const KNOWN_WITHIN = { timeout: 120_000, interval: 100 };

/** The file's shop with the demo's data; each test has a page of its own. */
export class AdminScreens {
  readonly #suite: Suite;
  shopId = '';
  watched!: WatchedPage;

  constructor(suite: Suite) {
    this.#suite = suite;
  }

  get app(): Suite['app'] {
    return this.#suite.app;
  }

  get browser(): Suite['browser'] {
    return this.#suite.browser;
  }

  /** The shop's domain. */
  get shop(): string {
    return this.#suite.shop;
  }

  /** The admin around the app: save bar, toasts, navigation. */
  get page(): Page {
    return this.watched.page;
  }

  /** The app's own document. */
  get screen(): FrameLocator {
    return this.page.frameLocator('iframe.app-frame');
  }

  /** Opens a screen (`/loyalty/programs`) and waits until it can be used: React has put its keys on the elements. */
  async open(path: string, locale = 'en'): Promise<void> {
    const separator = path.includes('?') ? '&' : '?';
    await this.page.goto(
      `${this.app.sandboxUrl}/admin/${this.shop}/apps/setia/app${path}${separator}locale=${locale}`,
    );
    await this.screen.getByRole('heading', { level: 1 }).waitFor();
    await this.screen.locator('body').evaluate(
      (body) =>
        new Promise<void>((resolve) => {
          const look = () =>
            [...body.querySelectorAll('h1, button, select, input, textarea')].every((element) =>
              Object.keys(element).some((key) => key.startsWith('__react')),
            )
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

  /** Presses a button above the customer list; on a phone it is behind the folded controls. */
  async openListTool(name: string): Promise<void> {
    const tool = this.button(name).first();
    await this.openListControls(tool);
    await tool.click();
  }

  /** Opens the editor of rules above the customer list. */
  openAdvancedSearch(): Promise<void> {
    return this.openListTool('Advanced search');
  }

  /** Opens the customer list's controls where a phone folds them away, as this one of them. */
  async openListControls(one: Locator): Promise<void> {
    const fold = this.button('Filters and columns');
    await fold.or(one).first().waitFor();
    if (!(await one.isVisible())) await fold.click();
  }

  /** Saves with the admin's save bar and waits for the toast. */
  async save(): Promise<void> {
    await this.page.locator('.save-bar').getByRole('button', { name: 'Save' }).click();
    await this.toast('Saved').last().waitFor();
  }

  toast(text: string): Locator {
    return this.page.locator('.toast').filter({ hasText: text });
  }

  /** Waits until the demo's customers and their points are known: webhooks and the first sync bring them. */
  async untilKnown(): Promise<void> {
    const known = `SELECT FROM customers c JOIN ledger_entries e USING (shop_id, customer_id)
      WHERE shop_id = $1 AND c.first_name = 'Siti' LIMIT 1`;
    await vi.waitFor(async () => expect(await this.query(known)).toHaveLength(1), KNOWN_WITHIN);
  }

  /** Reads the app's database; `$1` of every statement is the shop's id, the values follow from `$2` on. */
  async query<T extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<T[]> {
    const client = new pg.Client({ connectionString: this.app.databaseUrl });
    await client.connect();
    try {
      return (await client.query<T>(sql, [this.shopId, ...values])).rows;
    } finally {
      await client.end();
    }
  }

  /** Installs the app in the shop and lets the demo's past happen there. */
  async seed(): Promise<void> {
    await seedShop(this.app, this.shop);
    await this.find();
    await this.untilKnown();
  }

  /** Looks up the shop's id, once the app is installed there. */
  async find(): Promise<void> {
    const client = new pg.Client({ connectionString: this.app.databaseUrl });
    await client.connect();
    const { rows } = await client.query<{ id: string }>(
      'SELECT shop_id::text AS id FROM shops WHERE domain = $1',
      [this.shop],
    );
    await client.end();
    this.shopId = rows[0]!.id;
  }
}

/** Prepares the file's shop before its tests; each of them begins with a page of its own. */
export function useAdminScreens(): AdminScreens {
  const screens = new AdminScreens(useSuite());
  beforeAll(() => screens.seed());
  beforeEach(async () => {
    screens.watched = await openPage(screens.browser);
  });
  afterEach(async () => {
    await screens.watched.context.close();
  });
  return screens;
}
