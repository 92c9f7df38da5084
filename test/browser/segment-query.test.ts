/** A rule as text: pasted from Shopify, mended, saved as a segment, edited on either side, saved by two people. */
import path from 'node:path';
import { expect, test } from 'vitest';
import { useAdminScreens } from './admin-screens.ts';
import { WIDTHS } from './pages.ts';

const screens = useAdminScreens();

/** `SHOTS=<folder>` before the command keeps pictures to look at. */
async function picture(name: string): Promise<void> {
  const folder = process.env.SHOTS;
  if (folder) await screens.page.screenshot({ path: path.join(folder, `query-${name}.png`) });
}

const overflow = () =>
  screens.screen.locator('html').evaluate((html: HTMLElement) => Math.max(0, html.scrollWidth - innerWidth));
const query = () => screens.field('Query');
const said = (text: string) => screens.screen.getByText(text);

test.each(WIDTHS)('a query is pasted, saved as a segment and edited ($name)', async (size) => {
  const { screen } = screens;
  await screens.resize(size);
  await screens.open('/customers');
  await screens.openAdvancedSearch();
  await screens.button('Query text').click();

  // An error is said with its place, marked, and found again by keyboard.
  await query().fill("number_of_orders >= 1\nAND customer_tag CONTAINS 'vip'");
  await said(
    'Line 2, column 5: There’s no condition called customer_tag. Did you mean customer_tags?',
  ).waitFor();
  expect(await query().getAttribute('aria-invalid')).toBe('true');
  expect(await screen.locator('.code-wrong').innerText()).toBe('customer_tag');
  await picture(`${size.name}-error`);
  await screens.button('Show in the text').press('Enter');
  expect(
    await query().evaluate((field: HTMLTextAreaElement) =>
      field.value.slice(field.selectionStart, field.selectionEnd),
    ),
  ).toBe('customer_tag');
  // Nothing is used while the text can't be read.
  await screens.button('Show customers').click();
  await said('Did you mean customer_tags?').waitFor();

  await query().fill('number_of_orders >= 1 AND amount_spent > 10 AND has_phone = true');
  await said('Only in Setia, not in Shopify: has_phone.').waitFor();
  await said('Customers where number of valid orders is at least 1').waitFor();
  expect(await screen.locator('.code-special').innerText()).toBe('has_phone = true');
  expect(await overflow()).toBe(0);
  await picture(`${size.name}-text`);

  // The other side follows, and the text follows it.
  await screens.button('Conditions').click();
  await screen
    .getByRole('group', { name: 'Number of valid orders', exact: true })
    .getByLabel('Value')
    .fill('2');
  await screens.button('Remove Phone number on file').click();
  await screens.button('Query text').click();
  await expect.poll(() => query().inputValue()).toBe('number_of_orders >= 2\nAND amount_spent > 10');
  await said('Shopify can ask all of this.').waitFor();
  await query().fill('number_of_orders >= 1\nAND amount_spent > 10');
  await screens.button('Show customers').click();
  await said('Number of valid orders is at least 1').waitFor();

  await screens.button('Save as segment').click();
  await screens.field('Name').fill(`Spenders ${size.name}`);
  await screen.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await screen.getByRole('heading', { level: 1, name: `Spenders ${size.name}` }).waitFor();

  // Its rule is edited, meanwhile someone else saves it: what was typed stays, and can replace theirs.
  await screens.open('/customers/segments');
  await screen.getByRole('link', { name: `Edit rule of Spenders ${size.name}` }).click();
  await screen.getByRole('heading', { level: 1, name: `Edit Spenders ${size.name}` }).waitFor();
  await screens.button('Query text').click();
  await query().fill('number_of_orders >= 1 AND amount_spent >');
  await screens.page.locator('.save-bar').getByRole('button', { name: 'Save' }).click();
  await said('Complete the marked conditions, or correct the query text.').waitFor();
  await query().fill('number_of_orders >= 1 AND amount_spent > 20');
  await screens.query(`UPDATE segments SET version = version + 1, name = name || ' II' WHERE shop_id = $1`);
  await screens.page.locator('.save-bar').getByRole('button', { name: 'Save' }).click();
  await said('Someone else saved this segment since you opened it').waitFor();
  expect(await query().inputValue()).toBe('number_of_orders >= 1 AND amount_spent > 20');
  await picture(`${size.name}-conflict`);
  await said(`Saved version of “Spenders ${size.name} II”`).waitFor();
  expect(await overflow()).toBe(0);
  await screens.save();
  await screen.getByRole('heading', { level: 1, name: `Spenders ${size.name} II` }).waitFor();
  const [row] = await screens.query(`SELECT rule FROM segments WHERE shop_id = $1`);
  expect(JSON.stringify(row)).toContain('2000');

  // The other one is kept, mine becomes another.
  await screens.open(`/customers/segments`);
  await screen.getByRole('link', { name: `Edit rule of Spenders ${size.name} II` }).click();
  await screens.button('Query text').click();
  await query().fill('member = true');
  await screens.button('Save as new segment').click();
  await screens.field('Name').last().fill(`Members ${size.name}`);
  await screen.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await screen.getByRole('heading', { level: 1, name: `Members ${size.name}` }).waitFor();
  await screens.query('DELETE FROM segments WHERE shop_id = $1');
});

test('names of the shop are understood, by looking them up', async () => {
  const [category] = await screens.query(`SELECT name FROM categories WHERE shop_id = $1 ORDER BY 1 LIMIT 1`);
  const name = String(category?.name);
  await screens.open('/customers');
  await screens.openAdvancedSearch();
  await screens.button('Query text').click();
  await query().fill(`category = '${name.toLowerCase()}'`);
  await said(`Customers where category is ${name}.`).waitFor();
  await query().fill("category = 'Nonsense'");
  await said('Nothing in your store is called “Nonsense”.').waitFor();
});

test('groups are part of the address', async () => {
  const { screen } = screens;
  await screens.open('/customers');
  await screen.getByLabel('Group by').selectOption({ label: 'Gender' });
  await screen.getByRole('heading', { name: 'Customers by gender' }).waitFor();
  expect(await screen.locator('html').evaluate(() => location.search)).toContain('group=gender');
  await screens.open('/customers?group=gender&sort=name+asc');
  await screen.getByRole('heading', { name: 'Customers by gender' }).waitFor();
});

test('what is deleted is asked about with its uses', async () => {
  await screens.query(
    `INSERT INTO segments (shop_id, name, rule, created_by, updated_by)
     VALUES ($1, 'Unused', '{"kind": "condition", "code": "member", "values": {"op": "yes"}}', 'staff:1', 'staff:1')`,
  );
  await screens.open('/customers/segments');
  await screens.button('Delete Unused').click();
  await screens.screen.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await screens.toast('Segment deleted').waitFor();
});
