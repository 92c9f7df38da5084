/** Adding a customer and changing one, as staff do it: a refusal of Shopify is shown where it belongs. */
import { expect, test } from 'vitest';
import { useAdminScreens } from './admin-screens.ts';

const screens = useAdminScreens();

test('a customer is added, refused at the phone, changed and removed', async () => {
  // The customer who has the phone already.
  await screens.untilKnown();
  await screens.open('/customers/new');
  await screens.field('First name').fill('Wayan');
  await screens.field('Phone').fill('12');
  await screens.page.locator('.save-bar').getByRole('button', { name: 'Save' }).click();
  await screens.screen.getByText('This isn’t a valid phone number').waitFor();

  // Another customer has it: shown while typing, and still refused by Shopify.
  await screens.field('Phone').fill('0812-3456-7801');
  await screens.screen.getByText('Another customer already has this').waitFor();
  await screens.screen.getByRole('link', { name: 'Siti Rahmawati' }).waitFor();
  await screens.page.locator('.save-bar').getByRole('button', { name: 'Save' }).click();
  await screens.screen.getByText('Another customer in Shopify already has this').waitFor();
  expect(await screens.field('First name').inputValue()).toBe('Wayan');

  await screens.field('Phone').fill('0812-3456-7899');
  await screens.field('Interests').fill('kopi');
  await screens.field('Interests').press('Enter');
  await screens.save();
  await screens.screen.getByRole('heading', { level: 1, name: 'Wayan' }).waitFor();
  await screens.screen.getByText('+62 812 3456 7899').first().waitFor();

  await screens.screen.getByRole('link', { name: 'Edit' }).first().click();
  await screens.field('Last name').fill('Sudirta');
  await screens.save();
  await screens.screen.getByRole('heading', { level: 1, name: 'Wayan Sudirta' }).waitFor();
  await screens.screen.getByText('was empty').first().waitFor();

  await screens.button('Remove').click();
  const dialog = screens.screen.getByRole('dialog');
  await dialog.getByText('Wayan Sudirta has nothing left to spend.').waitFor();
  await dialog.getByRole('button', { name: 'Delete customer' }).click();
  await screens.toast('Customer deleted').waitFor();
  await screens.screen.getByRole('heading', { level: 1, name: 'Customers' }).waitFor();
});
