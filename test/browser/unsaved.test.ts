/** What was typed into a form is lost on no way out of its screen without a question. */
import type { Locator } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { useAdminScreens } from './admin-screens.ts';

const screens = useAdminScreens();

const TYPED = '71';
/** Says that nothing asks, not that the machine is slow. */
const ASKED_WITHIN = { timeout: 30_000, interval: 50 };

/** Every screen with a form that is saved; ids are of the demo's data. */
const FORMS = [
  '/customers/new',
  '/customers/:customer/edit',
  '/customers/:customer/notes',
  '/customers/segments/:segment/edit',
  '/loyalty/programs/new',
  '/loyalty/programs/:program',
  '/loyalty/membership',
  '/loyalty/offers/new?group=:group',
  '/loyalty/rewards/new?program=:program',
  '/loyalty/occasions',
  '/loyalty/products',
  '/activity/adjust?customer=:customer',
  '/messages/campaigns/new',
  '/resellers/categories/:category',
  '/settings',
  '/settings/messaging',
];

const IDS: Record<string, string> = {
  customer: `SELECT customer_id AS id FROM customers WHERE shop_id = $1 AND first_name = 'Siti'`,
  program: `SELECT program_id AS id FROM programs WHERE shop_id = $1 ORDER BY program_id LIMIT 1`,
  group: `INSERT INTO offer_groups (shop_id, name) VALUES ($1, 'Ramadan') RETURNING group_id AS id`,
  category: `SELECT category_id AS id FROM categories WHERE shop_id = $1 AND key = 'reseller'`,
  segment: `INSERT INTO segments (shop_id, name, rule, created_by, updated_by)
    VALUES ($1, 'Unsaved', '{"kind":"condition","code":"member","values":{"op":"yes"}}', 'staff:1', 'staff:1') RETURNING segment_id AS id`,
};

async function addressOf(path: string): Promise<string> {
  const [, name] = /:(\w+)/.exec(path) ?? [];
  if (name === undefined) return path;
  const [row] = await screens.query(IDS[name]!);
  return path.replace(`:${name}`, String(row!['id']));
}

/** The ways out that ask a question which the browser or Shopify's frame draws; each is left by staying. */
const WAYS: Record<string, () => Promise<unknown>> = {
  'the browser’s Back': () => screens.page.evaluate(() => history.back()),
  'a reload': () => screens.page.evaluate(() => location.reload()),
};

/** Stays: by the question of our own, of the frame, or because the frame refuses and shows the save bar. */
async function staysAt(field: Locator, way: string, leave: () => Promise<unknown>): Promise<void> {
  const before = questions;
  const own = screens.screen.getByRole('dialog', { name: 'Leave without saving?' });
  await leave();
  await vi.waitFor(async () => {
    const isRefused = (await screens.page.locator('.save-bar.warns').count()) > 0;
    const isOwn = await own.isVisible();
    expect([way, isRefused || isOwn || questions > before]).toEqual([way, true]);
  }, ASKED_WITHIN);
  if (await own.isVisible()) await own.getByRole('button', { name: 'Cancel' }).click();
  await own.waitFor({ state: 'hidden' });
  expect([way, await field.inputValue()]).toEqual([way, TYPED]);
}

let questions = 0;

test.each(FORMS)('%s', async (path) => {
  await screens.untilKnown();
  screens.page.on('dialog', (dialog) => {
    questions += 1;
    void dialog.dismiss();
  });
  await screens.open(await addressOf(path));
  const field = screens.screen.locator('form').locator('input[type=text], textarea').first();
  await field.fill(TYPED);
  const back = screens.screen
    .locator('a[aria-label^="Back"], .Polaris-Page-Header__BreadcrumbWrapper a')
    .first();
  if ((await back.count()) > 0) await staysAt(field, 'the page’s back arrow', () => back.click());
  const link = screens.screen.locator('.sections a:not([aria-current])').first();
  if ((await link.count()) > 0) await staysAt(field, 'a link', () => link.click());
  const entry = screens.page.locator('.app-nav a:not([aria-current])').first();
  await staysAt(field, 'the menu', () => entry.evaluate((element: HTMLElement) => element.click()));
  for (const [way, leave] of Object.entries(WAYS)) await staysAt(field, way, leave);
});

test('who means to leave, leaves', async () => {
  await screens.open('/loyalty/programs/new');
  await screens.screen.locator('form input[type=text]').first().fill(TYPED);
  screens.page.once('dialog', (dialog) => void dialog.accept());
  await screens.screen.locator('.Polaris-Page-Header__BreadcrumbWrapper a').first().click();
  await screens.page.waitForURL(/\/loyalty\/programs(\?|$)/);
});
