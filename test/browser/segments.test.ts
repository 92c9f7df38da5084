/** Segments, as staff make and use them. */
import { expect, test } from 'vitest';
import { useAdminScreens } from './admin-screens.ts';

const screens = useAdminScreens();

test('a search is saved as a segment, renamed, copied and deleted; its members are the full list', async () => {
  const { screen } = screens;
  await screens.open('/customers?tab=new');
  await screens.button('Save as segment').click();
  await screens.field('Name').fill('Fresh');
  await screen.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await screens.toast('Saved').waitFor();
  await screen.getByRole('heading', { level: 1, name: 'Fresh' }).waitFor();
  await screen.getByText('2 customers', { exact: true }).waitFor();
  await screen.getByText('Customers where').waitFor();
  // Ticking a member offers the list's own actions.
  await screen
    .getByRole('row')
    .nth(1)
    .click({ position: { x: 20, y: 20 } });
  await screen.getByRole('button', { name: 'Add tag' }).first().waitFor();

  await screens.open('/customers/segments');
  await screens.button('Add Lapsed customers').click();
  await screens.toast('Segment added').waitFor();
  await screens.button('Rename Fresh').click();
  await screens.field('Name').fill('Lapsed customers');
  await screen.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await screen.getByText('This name is already used').waitFor();
  expect(await screens.field('Name').inputValue()).toBe('Lapsed customers');
  await screens.field('Name').fill('Newest');
  await screen.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await screens.button('Delete Newest').click();
  await screen.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await screens.toast('Segment deleted').waitFor();
  await expect.poll(() => screens.button('Delete Newest').count()).toBe(0);
  await screens.button('Delete Lapsed customers').waitFor();
});

test('what another person changed meanwhile is said, and what was typed stays', async () => {
  await screens.query(
    `INSERT INTO segments (shop_id, name, rule, created_by, updated_by)
     VALUES ($1, 'Both', '{"kind": "condition", "code": "member", "values": {"op": "yes"}}', 'staff:1', 'staff:1')`,
  );
  await screens.open('/customers/segments');
  await screens.button('Rename Both').click();
  await screens.query(`UPDATE segments SET version = version + 1 WHERE shop_id = $1`);
  await screens.field('Name').fill('Mine');
  await screens.screen.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await screens.screen.getByText('Someone else saved this since you opened it').waitFor();
  expect(await screens.field('Name').inputValue()).toBe('Mine');
});
