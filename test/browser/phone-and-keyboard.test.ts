/** Lists on a phone, and where the focus is after a dialog. */
import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { useAdminScreens } from './admin-screens.ts';
import { WIDTHS } from './pages.ts';

const screens = useAdminScreens();
const [, PHONE] = WIDTHS;

const focused = () =>
  screens.screen.locator('body').evaluate(() => document.activeElement?.textContent ?? '');

test('a phone shows each customer with points and last order, and folds the controls', async () => {
  await screens.resize(PHONE);
  await screens.open('/customers');
  const row = screens.screen.getByRole('row').filter({ hasText: 'Siti' });
  await row.waitFor();
  const box = await row.boundingBox();
  // Three lines at most: several customers are in sight at once.
  expect(box!.height).toBeLessThan(110);
  expect(box!.width).toBeLessThanOrEqual(PHONE.width);
  const labels = await row.locator('td').evaluateAll((cells) =>
    cells
      .filter((cell) => cell.getClientRects().length > 0)
      .map((cell) => getComputedStyle(cell, '::before').content.replaceAll('"', ''))
      .filter((label) => label !== 'none'),
  );
  expect(labels).toEqual(['Last order', 'Balance']);
  const points = row.getByText(/^\d[\d,]*$/).first();
  const place = await points.boundingBox();
  // Beside the name, not below it.
  expect(place!.y).toBeLessThan(box!.y + box!.height / 2);

  const sort = screens.screen.getByLabel('Sort by');
  expect(await sort.isVisible()).toBe(false);
  const toggle = screens.button('Filters and columns');
  expect(await toggle.getAttribute('aria-expanded')).toBe('false');
  await toggle.click();
  await sort.waitFor();
  expect(await toggle.getAttribute('aria-expanded')).toBe('true');
});

test('what can be done with ticked customers is in sight on a phone, wherever the list is scrolled to', async () => {
  await screens.resize(PHONE);
  await screens.open('/customers');
  const row = screens.screen.getByRole('row').filter({ hasText: 'Siti' });
  await row.getByRole('checkbox').click();
  const bar = screens.screen.locator('.Polaris-IndexTable__BulkActionsWrapperVisible');
  const inSight = async () => {
    const box = (await bar.boundingBox())!;
    const frame = (await screens.page.locator('iframe.app-frame').boundingBox())!;
    return (
      box.height > 0 &&
      box.y >= frame.y &&
      Math.round(box.y + box.height) <= Math.round(frame.y + frame.height)
    );
  };
  await expect.poll(inSight).toBe(true);
  await screens.screen.locator('html').evaluate((html) => html.scrollTo(0, html.scrollHeight));
  expect(await inSight()).toBe(true);
  await bar.getByRole('button').last().click();
  for (const name of ['Add tag', 'Send SMS', 'Invite', 'Export'])
    await screens.screen.locator('.Polaris-Popover').getByText(name, { exact: false }).first().waitFor();
  await screens.screen.locator('.Polaris-Popover').getByText('Personal discount', { exact: true }).click();
  await screens.screen.getByRole('heading', { name: /^Personal discount for/ }).waitFor();
});

test('a desk has no toggle and all columns', async () => {
  await screens.open('/customers');
  const row = screens.screen.getByRole('row').filter({ hasText: 'Siti' });
  await row.waitFor();
  expect(await screens.button('Filters and columns').isVisible()).toBe(false);
  expect(await row.locator('td:visible').count()).toBeGreaterThan(8);
});

test('the open section stays in sight when the window gets as narrow as a phone', async () => {
  await screens.open('/messages/wallet');
  const current = screens.screen.locator('.section-tabs [aria-current]');
  await current.waitFor();
  await screens.resize(PHONE);
  await expect
    .poll(async () => {
      const box = (await current.boundingBox())!;
      return box.x >= 0 && box.x + box.width <= PHONE.width;
    })
    .toBe(true);
});

test('after a dialog the focus is where it was opened', async () => {
  await screens.open('/customers');
  const exporting = screens.button('Export');
  await exporting.click();
  await screens.screen.getByRole('dialog').waitFor();
  await screens.page.keyboard.press('Escape');
  await screens.screen.getByRole('dialog').waitFor({ state: 'detached' });
  await expect.poll(focused).toBe('Export');

  await screens.open('/activity/ledger?kind=order_spend');
  await screens.button('Save this filter').press('Enter');
  const dialog = screens.screen.getByRole('dialog');
  await dialog.waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'detached' });
  await expect.poll(focused).toBe('Save this filter');
});

/** Screens whose menu of actions asks with a dialog, and what in the menu asks. */
const MENUS: [screen: string, action: string, id: string][] = [
  [
    '/customers/:id',
    'Remove',
    `SELECT customer_id::text AS id FROM customers WHERE shop_id = $1 AND first_name = 'Siti'`,
  ],
  ['/loyalty/programs/:id', 'Pause', `SELECT min(program_id)::text AS id FROM programs WHERE shop_id = $1`],
  ['/loyalty/programs/:id', 'End', `SELECT min(program_id)::text AS id FROM programs WHERE shop_id = $1`],
  [
    '/loyalty/rewards/:id',
    'Pause',
    `INSERT INTO rewards (shop_id, program_id, name, kind, unit, units, percent_bp)
     SELECT $1, min(program_id), '5 %', 'percent', 'POINTS', 100, 500 FROM programs WHERE shop_id = $1 RETURNING reward_id::text AS id`,
  ],
  ['/activity/orders', 'Export', `SELECT '' AS id WHERE $1::bigint > 0`],
];

/** The dialog's own box has no height on a phone, where what is in it stands at the bottom of the window. */
const inSight = async (button: Locator) => {
  await button.waitFor();
  const box = await button.boundingBox();
  expect(box!.y + box!.height).toBeLessThanOrEqual(PHONE.height);
};

test.each(MENUS)(
  'on a phone the dialog of the menu on %s › %s is in sight, and gives the focus back',
  async (path, action, id) => {
    const [row] = await screens.query<{ id: string }>(id);
    await screens.resize(PHONE);
    await screens.open(path.replace(':id', row!.id));
    const menu = screens.screen.getByRole('button', { name: /^View actions for/ });
    const dialog = screens.screen.getByRole('dialog');
    const cancel = dialog.getByRole('button', { name: 'Cancel' });
    /** Polaris focuses an opened menu in the next frame: what was focused before would lose it again. */
    const isInMenu = () =>
      screens
        .button(action)
        .evaluate((button) => button.closest('.Polaris-Popover')?.contains(document.activeElement));
    const isBack = () => menu.evaluate((button) => button === document.activeElement);
    // By finger, and left with a button.
    await menu.click();
    await screens.button(action).click();
    await inSight(cancel);
    await cancel.click();
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(isBack).toBe(true);
    // By keyboard alone: the menu is open again at once, and Escape leads back to it.
    await screens.page.keyboard.press('Enter');
    await expect.poll(isInMenu).toBe(true);
    await screens.button(action).focus();
    await screens.page.keyboard.press('Enter');
    await inSight(cancel);
    await screens.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(isBack).toBe(true);
  },
);

test('a filter of the ledger is saved, used from the menu and deleted', async () => {
  await screens.open('/activity/ledger?kind=order_spend');
  await screens.screen.getByText(/Points: \d+ movements?, \+\d+ added/).waitFor();
  await screens.button('Save this filter').click();
  await screens.field('Name').fill('Orders only');
  await screens.screen.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await screens.toast('Filter saved').waitFor();
  await screens.open('/activity/ledger');
  await screens.button('Saved filters').click();
  await screens.button('Use Orders only').click();
  await expect
    .poll(() => screens.screen.locator('html').evaluate(() => location.search))
    .toBe('?kind=order_spend');
  await screens.button('Saved filters').click();
  await screens.button('Delete Orders only').click();
  await screens.toast('Filter deleted').waitFor();
});

test('what the ledger is filtered by is in sight, its fields are folded, and each filter can be taken off', async () => {
  await screens.resize(PHONE);
  await screens.open('/activity/ledger?kind=order_spend&unit=POINTS&from=2020-01-01');
  const chips = screens.screen.getByRole('group', { name: 'Filtered by' });
  await chips.getByText('Kind: Order').waitFor();
  await chips.getByText('From: Jan 1, 2020').waitFor();
  expect(await screens.field('Reason').isVisible()).toBe(false);
  const row = screens.screen.getByRole('row').filter({ hasText: 'Earned with order' }).first();
  const box = await row.boundingBox();
  expect(box!.y).toBeLessThan(PHONE.height);
  await chips.getByRole('button', { name: 'Remove Unit: Points' }).click();
  await expect
    .poll(() => screens.screen.locator('html').evaluate(() => location.search))
    .toBe('?kind=order_spend&from=2020-01-01');
  await chips.getByText('Unit: Points').waitFor({ state: 'detached' });
});

test('the profile has what the club knows first, and one timeline that a kind narrows', async () => {
  const [siti] = await screens.query<{ id: string }>(
    `SELECT customer_id::text AS id FROM customers WHERE shop_id = $1 AND first_name = 'Siti'`,
  );
  await screens.open(`/customers/${siti!.id}`);
  const headings = await screens.screen.getByRole('heading', { level: 2 }).allInnerTexts();
  expect(headings.slice(0, 2)).toEqual(['In the club', 'Timeline']);
  const lines = screens.screen.getByRole('list', { name: 'Timeline' }).getByRole('listitem');
  await lines.filter({ hasText: 'Ordered' }).first().waitFor();
  await lines.filter({ hasText: 'Earned with order' }).first().waitFor();
  await screens.screen.getByLabel('Show').selectOption({ label: 'Orders' });
  await expect.poll(() => lines.filter({ hasText: 'Earned with order' }).count()).toBe(0);
  expect(await lines.filter({ hasText: 'Ordered' }).count()).toBeGreaterThan(0);
});

test('ways to earn add up to what an order gives, and a state narrows them', async () => {
  await screens.open('/loyalty/earning');
  await screens.field('An order of').fill('325000');
  await screens.screen.getByText('30 points', { exact: true }).first().waitFor();
  await screens.screen.getByText(/^Worth Rp\s3,000 at checkout, 0\.92% of the order$/).waitFor();
  const rows = screens.screen.getByRole('row');
  const all = await rows.count();
  await screens.screen.getByRole('tab', { name: /^Off/ }).click();
  await expect.poll(() => rows.count()).toBeLessThan(all);
  await screens.screen.getByText('Wedding anniversary').first().waitFor();
});
