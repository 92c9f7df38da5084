/** A customer's page on a phone: every tab, the figures' formulas by keyboard, and the list of what is missing. */
import { expect, test } from 'vitest';
import { useAdminScreens } from './admin-screens.ts';
import { WIDTHS } from './pages.ts';

const screens = useAdminScreens();

test('the tabs of a customer, and records worked off one after the other', async () => {
  // The worker may still be at the demo's orders.
  const readSiti = () =>
    screens.query<{ id: string }>(
      `SELECT c.customer_id::text AS id FROM customers c JOIN customer_stats s USING (shop_id, customer_id)
       WHERE shop_id = $1 AND first_name = 'Siti' AND s.orders_valid = 2`,
    );
  await expect.poll(readSiti).toHaveLength(1);
  const [siti] = await readSiti();
  await screens.resize(WIDTHS[1]);
  await screens.open(`/customers/${siti?.id}`);
  const { screen } = screens;
  await screens.button('How “Orders per month” is calculated').press('Enter');
  await screen.getByText('Valid orders ÷ whole months since the first order', { exact: false }).waitFor();
  await screens.page.keyboard.press('Escape');

  const tab = (name: string) => screen.getByRole('tab', { name, exact: true });
  const drawn = (chart: string) => screen.locator(`${chart} svg path`).first().waitFor({ state: 'attached' });
  await tab('Orders').click();
  await screen.getByText('4 × Teh Melati Premium').waitFor();
  await tab('Points').click();
  await screen.getByText('Balance details').waitFor();
  await drawn('.step-chart');
  await tab('Products').click();
  const favourite = (name: string) => screen.locator('tbody tr').first().filter({ hasText: name }).waitFor();
  await favourite('Teh Melati Premium');
  await drawn('.chart');
  await screen.getByLabel('Amount').check();
  await favourite('Batik Tulis Parang');
  expect(await screen.locator('html').evaluate((html) => html.scrollWidth - innerWidth)).toBeLessThanOrEqual(
    0,
  );

  await screens.open('/customers/to-complete?missing=gender');
  await screen.getByRole('link', { name: 'Start completing' }).click();
  await screen.getByText('Completing customers without: Gender').waitFor();
  const first = await screen.getByRole('heading', { level: 1 }).innerText();
  await screens.field('Gender').selectOption({ label: 'Male' });
  await screens.save();
  await expect.poll(() => screen.getByRole('heading', { level: 1 }).innerText()).not.toBe(first);
  // A customer with these fields is no longer in the list, so no one comes before.
  expect(await screens.button('Previous').isDisabled()).toBe(true);
  expect(screens.watched.problems).toEqual([]);
});
