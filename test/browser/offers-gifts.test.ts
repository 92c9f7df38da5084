/** Offers, gifts and planned messages in a real browser, as a merchant goes through them. */
import { expect, test } from 'vitest';
import { useAdminScreens } from './admin-screens.ts';
import { WIDTHS } from './pages.ts';

const admin = useAdminScreens();

test('a group, an offer with its preview, the switch; then the group goes with its offers', async () => {
  await admin.open('/loyalty/offers');
  await admin.screen.getByText('No offers yet').waitFor();
  await admin.button('Create group').first().click();
  await admin.field('Group name').fill('Autumn');
  await admin.button('Save').click();
  await admin.toast('Saved').waitFor();
  await admin.screen.getByRole('link', { name: 'Create offer in Autumn' }).click();

  await admin.screen.getByRole('heading', { level: 1, name: 'New offer' }).waitFor();
  await admin.field('Offer name').fill('Half a million');
  await admin.field('Orders above').fill('500,000');
  await admin.field('Percentage of the order').fill('2.5');
  await admin.field('An order of').fill('500,000');
  const preview = admin.screen.locator('.preview');
  await preview.getByText('Half a million doesn’t apply because the order isn’t above Rp 500,000.').waitFor();
  await admin.field('An order of').fill('1,000,000');
  await preview.getByText('Half a million applies: 2.5% is Rp 25,000.').waitFor();
  await preview.getByText('Advanced offers are off').waitFor();
  await admin.field('Percentage of the order').fill('many');
  await admin.page.locator('.save-bar').getByRole('button', { name: 'Save' }).click();
  await admin.screen.getByText('Enter a percentage').waitFor();
  await admin.field('Percentage of the order').fill('2.5');
  await admin.save();
  await admin.screen.getByRole('heading', { level: 1, name: 'Half a million' }).waitFor();

  await admin.open('/loyalty/offers');
  await admin.field('Advanced offers are active').check();
  await admin.save();
  await admin.screen.getByText('Above Rp 500,000').waitFor();
  await admin.button('Remove Autumn').click();
  await admin.screen.getByText('Its offer ends, and new orders get nothing from it.').waitFor();
  await admin.button('Remove').last().click();
  await admin.toast('Group removed').waitFor();
  await admin.screen.getByText('No offers yet').waitFor();
  const [row] = await admin.query('SELECT status, percent_bp FROM offers WHERE shop_id = $1');
  expect(row).toEqual({ status: 'ended', percent_bp: 250 });
  // The field that was wrong was refused by the server, as it should be.
  expect(admin.watched.problems.filter((problem) => !problem.includes('422'))).toEqual([]);
});

test('a birthday gift is switched on, and who lacks a date is a click away', async () => {
  await admin.open('/loyalty/occasions');
  const birthday = admin.screen.getByRole('region', { name: 'Birthday' });
  await birthday.getByLabel('Give birthday gifts').check();
  await birthday.getByText('Percentage of the customer’s balance').click();
  await birthday.getByLabel('Percentage', { exact: true }).fill('10');
  await birthday.getByText('gets 10% of their balance').waitFor();
  await admin.save();
  const [row] = await admin.query(
    `SELECT is_active, amount_mode, percent_bp FROM gift_settings WHERE shop_id = $1 AND kind = 'birthday'`,
  );
  expect(row).toEqual({ is_active: true, amount_mode: 'percent', percent_bp: 1_000 });
  await birthday.getByRole('link', { name: /customers?$/ }).click();
  await admin.screen.getByRole('heading', { level: 1, name: 'Customers' }).waitFor();
  await admin.screen.getByText('Without birth date').waitFor();
  expect(admin.watched.problems).toEqual([]);
});

test('planned messages say what a customer will be told; every screen fits a phone, in Indonesian too', async () => {
  await admin.query(
    `INSERT INTO planned_messages (shop_id, customer_id, kind, message_key, details, due_at)
     SELECT shop_id, customer_id, 'expiry_reminder', 'expiry:test', '{"unit": "POINTS", "amount": "42", "day": "2026-12-01", "days": 7}', '2026-11-24T02:00:00Z'
     FROM customers WHERE shop_id = $1 LIMIT 1`,
  );
  await admin.open('/messages/planned');
  await admin.screen.getByText('42 points expire after Dec 1, 2026: reminder 7 days before').waitFor();
  await admin.screen.getByRole('tab', { name: 'Balance changes' }).click();
  await admin.screen.getByText('No planned messages').waitFor();
  await admin.resize(WIDTHS[1]);
  for (const path of ['/loyalty/offers', '/loyalty/occasions', '/messages/planned']) {
    await admin.open(path, 'id');
    const wider = await admin.screen
      .locator('html')
      .evaluate((html) => Math.max(0, html.scrollWidth - html.clientWidth));
    expect({ path, wider }).toEqual({ path, wider: 0 });
  }
  expect(admin.watched.problems).toEqual([]);
});
