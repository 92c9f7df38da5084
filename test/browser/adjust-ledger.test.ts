/** Staff adjust a customer's balance, and find it in the ledger with its explanation. */
import { expect, test } from 'vitest';
import { useAdminScreens } from './admin-screens.ts';

const screens = useAdminScreens();

test('a balance is adjusted once, seen before it is saved, and explained in the ledger', async () => {
  await screens.open('/activity/ledger');
  await screens.screen.getByRole('link', { name: 'Adjust a balance' }).first().click();
  await screens.field('Find a customer').fill('dewi');
  await screens.screen.getByRole('link', { name: /^Choose Dewi/ }).click();

  await screens.field('Note').fill('For ten years with us');
  await screens.page.locator('.save-bar').getByRole('button', { name: 'Save' }).click();
  await screens.screen.getByText('Enter a value').first().waitFor();
  await screens.field('Reason').selectOption('Loyal customer');
  await screens.field('Amount').fill('75');
  const result = screens.screen.getByRole('region', { name: 'After saving' });
  await result.getByText('75 points will be added.').waitFor();
  await screens.screen.getByText('Saved as Ayu Pratiwi').waitFor();

  // A double click posts once.
  await screens.button('Save and start another').dblclick();
  await screens.toast('75 points added').waitFor();
  await screens.screen.getByText('Whose balance do you want to change?').waitFor();
  const posted = await screens.query(
    `SELECT amount::int, reason, note FROM ledger_entries WHERE shop_id = $1 AND source = 'staff'`,
  );
  expect(posted).toEqual([{ amount: 75, reason: 'loyal_customer', note: 'For ten years with us' }]);

  await screens.screen.getByRole('link', { name: 'Ledger' }).first().click();
  await screens.button('Filter').click();
  await screens.field('Reason').selectOption('Loyal customer');
  await screens.button('Apply').click();
  const row = screens.screen.getByRole('row').filter({ hasText: 'Added by staff' });
  await row.getByText('Ayu Pratiwi').waitFor();
  await row.getByRole('link', { name: 'Added by staff' }).click();
  await screens.screen.getByText('Staff, manually').first().waitFor();
  await screens.screen.getByText('75 points of 75 points left.').waitFor();
  await screens.screen.getByText('For ten years with us').first().waitFor();
});

test('the liability report draws its months and says them in a table', async () => {
  await screens.open('/reports/liability');
  await screens.screen.getByRole('heading', { name: 'Month by month' }).waitFor();
  await screens.screen.locator('.chart svg').first().waitFor();
  await screens.screen.getByLabel('Money').check();
  await screens.screen.getByRole('row', { name: /All months.*Rp/ }).waitFor();
});
