/** What was typed into a form is lost on no way out of its screen without a question. */
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
  '/loyalty/offers',
  '/loyalty/offers/new?group=:group',
  '/loyalty/offers/:offer',
  '/loyalty/rewards/new?program=:program',
  '/loyalty/rewards/:reward',
  '/loyalty/occasions',
  '/loyalty/products',
  '/activity/adjust?customer=:customer',
  '/messages/campaigns/new',
  '/messages/templates/new',
  '/resellers/categories/:category',
  '/resellers/applications/settings',
  '/resellers/members-only',
  '/resellers/price-lists?category=:listed',
  '/resellers/settings',
  '/resellers/rules/:moveRule',
  '/settings',
  '/settings/checkout',
  '/settings/refunds',
  '/settings/groups',
  '/settings/messaging',
  '/settings/messaging/sending',
];

const IDS: Record<string, string> = {
  customer: `SELECT customer_id AS id FROM customers WHERE shop_id = $1 AND first_name = 'Siti'`,
  program: `SELECT program_id AS id FROM programs WHERE shop_id = $1 ORDER BY program_id LIMIT 1`,
  group: `INSERT INTO offer_groups (shop_id, name) VALUES ($1, 'Ramadan') RETURNING group_id AS id`,
  offer: `WITH g AS (INSERT INTO offer_groups (shop_id, name) VALUES ($1, 'Lebaran') RETURNING group_id)
    INSERT INTO offers (shop_id, group_id, name, unit, minimum_minor, percent_bp) SELECT $1, group_id, '2 %', 'CREDIT', 500000000, 200 FROM g
    RETURNING offer_id AS id`,
  reward: `INSERT INTO rewards (shop_id, program_id, name, kind, unit, units, percent_bp)
    SELECT $1, min(program_id), '5 %', 'percent', 'POINTS', 100, 500 FROM programs WHERE shop_id = $1 RETURNING reward_id AS id`,
  listed: `WITH v AS (INSERT INTO listed_variants (shop_id, variant_id, product_id, title, sku, price_minor)
      VALUES ($1, 4711, 4711, 'Kopi Gayo', 'KOPI', 8500000) RETURNING variant_id)
    INSERT INTO list_prices (shop_id, category_id, variant_id, quantity, price_minor)
    SELECT $1, c.category_id, v.variant_id, 1, 7900000 FROM v, categories c WHERE c.shop_id = $1 AND c.key = 'reseller' RETURNING category_id AS id`,
  category: `SELECT category_id AS id FROM categories WHERE shop_id = $1 AND key = 'reseller'`,
  moveRule: `INSERT INTO category_rules (shop_id, from_id, to_id, measure, threshold)
    SELECT $1, f.category_id, t.category_id, 'orders', 1 FROM categories f JOIN categories t ON t.shop_id = f.shop_id AND t.key = 'customer'
     WHERE f.shop_id = $1 AND f.key = 'leads' RETURNING rule_id AS id`,
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
async function staysAt(
  stays: () => Promise<boolean>,
  way: string,
  leave: () => Promise<unknown>,
): Promise<void> {
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
  expect([way, await stays()]).toEqual([way, true]);
}

/** Types into the form's first field, or switches the first of a form that has only switches; returns whether that is so. */
async function touch(): Promise<() => Promise<boolean>> {
  const form = screens.screen.locator('form');
  const text = form.locator('input[type=text]:enabled, textarea:enabled').filter({ visible: true });
  const box = form.locator('input[type=checkbox]').filter({ visible: true });
  await text.or(box).first().waitFor();
  if ((await text.count()) === 0) {
    const wasOn = await box.first().isChecked();
    await box.first().setChecked(!wasOn);
    return async () => (await box.first().isChecked()) !== wasOn;
  }
  await text.first().fill(TYPED);
  return async () => (await text.first().inputValue()) === TYPED;
}

let questions = 0;

test.each(FORMS)('%s', async (path) => {
  await screens.untilKnown();
  screens.page.on('dialog', (dialog) => {
    questions += 1;
    void dialog.dismiss();
  });
  await screens.open(await addressOf(path));
  const stays = await touch();
  const back = screens.screen
    .locator('a[aria-label^="Back"], .Polaris-Page-Header__BreadcrumbWrapper a')
    .first();
  if ((await back.count()) > 0) await staysAt(stays, 'the page’s back arrow', () => back.click());
  const link = screens.screen.locator('.sections a:not([aria-current])').first();
  if ((await link.count()) > 0) await staysAt(stays, 'a link', () => link.click());
  const entry = screens.page.locator('.app-nav a:not([aria-current])').first();
  await staysAt(stays, 'the menu', () => entry.evaluate((element: HTMLElement) => element.click()));
  for (const [way, leave] of Object.entries(WAYS)) await staysAt(stays, way, leave);
});

test('what was typed into a dialog is asked about, and no longer once it was sent', async () => {
  screens.page.on('dialog', (dialog) => {
    questions += 1;
    void dialog.dismiss();
  });
  await screens.open('/customers/tags');
  await screens.button('Add tag').first().click();
  const name = screens.screen.getByRole('dialog').getByRole('textbox').first();
  await name.fill(TYPED);
  const stays = async () => (await name.inputValue()) === TYPED;
  const entry = screens.page.locator('.app-nav a:not([aria-current])').first();
  await staysAt(stays, 'the menu', () => entry.evaluate((element: HTMLElement) => element.click()));
  for (const [way, leave] of Object.entries(WAYS)) await staysAt(stays, way, leave);
  await name.press('Enter');
  await screens.screen.getByRole('dialog').waitFor({ state: 'detached' });
  await entry.evaluate((element: HTMLElement) => element.click());
  await screens.screen.getByRole('heading', { level: 1, name: 'Tags' }).waitFor({ state: 'detached' });
});

test('who means to leave, leaves', async () => {
  await screens.open('/loyalty/programs/new');
  await screens.screen.locator('form input[type=text]').first().fill(TYPED);
  screens.page.once('dialog', (dialog) => void dialog.accept());
  await screens.screen.locator('.Polaris-Page-Header__BreadcrumbWrapper a').first().click();
  await screens.page.waitForURL(/\/loyalty\/programs(\?|$)/);
});
