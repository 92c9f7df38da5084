/** A ruinous rule doesn't go live with a toast, and balances are adjusted both ways. */
import { expect, test } from 'vitest';
import { useAdminScreens } from './admin-screens.ts';

const screens = useAdminScreens();

const saveBar = () => screens.page.locator('.save-bar').getByRole('button', { name: 'Save' });

test('10 points per Rp 100 are refused; 40 % is saved once its figure is typed', async () => {
  const { screen } = screens;
  await screens.open('/loyalty/programs/new?kind=spend');
  await screen.getByText('Adds up with', { exact: false }).waitFor();
  const step = screen.locator('#stepMinor');
  await step.fill('100');
  await saveBar().click();
  await screen.getByText('This would give back more than the customer pays').waitFor();
  const before = await screens.query('SELECT FROM programs WHERE shop_id = $1');

  await step.fill('100,000');
  await screen.locator('#units').fill('400');
  await saveBar().click();
  const dialog = screen.getByRole('dialog', { name: 'Give back 41% of every order?' });
  await dialog
    .getByText('An order of Rp 1,000,000 would give back up to Rp 410,000.', { exact: false })
    .waitFor();
  await dialog.getByRole('button', { name: 'Save anyway' }).click();
  await dialog.getByText('This isn’t 41').waitFor();
  expect(await screens.query('SELECT FROM programs WHERE shop_id = $1')).toHaveLength(before.length);
  await dialog.getByLabel('Type 41 to confirm').fill('41');
  await dialog.getByLabel('Type 41 to confirm').press('Enter');
  await screens.toast('Saved').waitFor();
  expect(await screens.query('SELECT FROM programs WHERE shop_id = $1')).toHaveLength(before.length + 1);
  await screens.query(`UPDATE programs SET status = 'ended' WHERE shop_id = $1 AND rule->>'units' = '400'`);
});

test('going back from the question keeps what was typed', async () => {
  const { screen } = screens;
  await screens.open('/loyalty/programs/new?kind=spend');
  await screen.locator('#units').fill('500');
  await saveBar().click();
  const dialog = screen.getByRole('dialog', { name: 'Give back 51% of every order?' });
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'hidden' });
  expect(await screen.locator('#units').inputValue()).toBe('500');
});

test('a balance is adjusted both ways, a million points only on purpose', async () => {
  const { screen, page } = screens;
  const result = screen.getByRole('region', { name: 'After saving' });
  const choose = async () => {
    await screens.open('/activity/adjust');
    await screens.field('Find a customer').fill('dewi');
    await screen.getByRole('link', { name: /^Choose Dewi/ }).click();
    await screens.field('Reason').waitFor();
  };
  await choose();
  // The first program's lifetime is the default.
  expect(await screens.field('Last day of use').count()).toBe(1);
  await screens.field('Reason').selectOption('Loyal customer');
  await screens.field('Amount').fill('1,000,000');
  await saveBar().click();
  const dialog = screen.getByRole('dialog', { name: '1,000,000 points in one go?' });
  await dialog.getByText('worth Rp 100,000,000', { exact: false }).waitFor();
  await dialog.getByLabel('Type 1,000,000 to confirm').fill('1000000');
  await dialog.getByRole('button', { name: 'Save anyway' }).click();
  await screens.toast('1,000,000 points added').waitFor();
  await page.waitForURL(/\/customers\/\d+/);

  await choose();
  await screen
    .locator('label')
    .filter({ hasText: /^Remove$/ })
    .click();
  expect(await screens.field('Last day of use').count()).toBe(0);
  expect(await screens.field('Reason').locator('option').allInnerTexts()).toEqual([
    'Choose a reason',
    'Correction',
    'Fraud',
    'Goodwill given twice',
    'Other reason',
  ]);
  await screens.field('Reason').selectOption('Correction');
  await screens.field('Amount').fill('999,990');
  await result.getByText('999,990 points will be removed.').waitFor();
  await saveBar().click();
  await screen.getByRole('dialog').getByLabel('Type 999,990 to confirm').fill('999990');
  await screen.getByRole('dialog').getByRole('button', { name: 'Save anyway' }).click();
  await screens.toast('999,990 points removed').waitFor();
  const posted = await screens.query(
    `SELECT amount::int, reason FROM ledger_entries WHERE shop_id = $1 AND source = 'staff' ORDER BY entry_id`,
  );
  expect(posted).toEqual([
    { amount: 1_000_000, reason: 'loyal_customer' },
    { amount: -999_990, reason: 'correction' },
  ]);
});
