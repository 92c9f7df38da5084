/** A snapshot of a segment, compared with the segment later. */
import { test } from 'vitest';
import { useAdminScreens } from './admin-screens.ts';

const screens = useAdminScreens();

const SEGMENT = `
  INSERT INTO segments (shop_id, name, rule, created_by, updated_by)
  VALUES ($1, 'Women', '{"kind": "condition", "code": "gender", "values": {"op": "anyOf", "list": ["female"]}}', 'staff:1', 'staff:1')
  RETURNING segment_id::text AS id`;
const ADD = `
  INSERT INTO customers (shop_id, customer_id, first_name, gender)
  SELECT $1, 880000 + n, 'Person ' || n, 'female' FROM generate_series(1, 3) n`;

test('who is in a segment is kept, and who joined and left since opens as a list', async () => {
  const { screen } = screens;
  await screens.query(ADD);
  const [segment] = await screens.query<{ id: string }>(SEGMENT);
  await screens.open(`/customers/segments/${segment!.id}`);
  await screens.button('Take snapshot').click();
  await screens.field('Name').fill('Spring');
  await screen.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await screens.toast('Snapshot taken').waitFor();
  await screen.getByRole('heading', { level: 1, name: 'Snapshots' }).waitFor();
  await screen.getByText('Of Women').waitFor();

  await screens.query('UPDATE customers SET gender = NULL WHERE shop_id = $1 AND customer_id = 880001');
  await screens.query(
    `INSERT INTO customers (shop_id, customer_id, first_name, gender) VALUES ($1, 880009, 'Newcomer', 'female')`,
  );
  await screens.open('/customers/segments/compare');
  await screens.field('First').selectOption({ label: 'Women' });
  await screens.field('Second').selectOption({ label: 'Spring' });
  await screen.getByRole('heading', { name: 'Only in Women' }).waitFor();
  await screen.getByRole('listitem').filter({ hasText: 'Only in Spring' }).getByRole('link').click();
  await screen.getByText('Person 1').first().waitFor();
  await screen.getByText('Not in “Women”').first().waitFor();

  await screens.open('/customers/segments/snapshots');
  await screens.button('Rename Spring').click();
  await screens.field('Name').fill('March');
  await screen.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await screens.button('Delete March').click();
  await screen.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await screens.toast('Snapshot deleted').waitFor();
  await screen.getByText('No snapshots yet').waitFor();
});
