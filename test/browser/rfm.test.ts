/** RFM groups: from the map to a list that is saved as a segment. */
import { test } from 'vitest';
import { useAdminScreens } from './admin-screens.ts';

const screens = useAdminScreens();

/** Twenty customers with orders, the demo's own aside: too few would have no groups. */
const ORDERED = `
  WITH made AS (INSERT INTO customers (shop_id, customer_id, first_name) SELECT $1, 990000 + n, 'Rank ' || n FROM generate_series(1, 20) n
    RETURNING shop_id, customer_id)
  SELECT count(*) FROM made`;
const FIGURES = `
  UPDATE customer_stats SET orders_all = customer_id - 990000, orders_valid = customer_id - 990000,
    spend_minor = (customer_id - 990000) * 10000000, first_order_at = ledger_now() - interval '300 days',
    last_order_at = ledger_now() - (1011 - (customer_id - 990000) - 990) * interval '5 days'
  WHERE shop_id = $1 AND customer_id BETWEEN 990001 AND 990020`;

test('a group of the map opens as a list, and is saved as a segment by its name', async () => {
  const { screen } = screens;
  await screens.query(ORDERED);
  await screens.query(FIGURES);
  await screens.open('/customers/segments');
  await screen.getByRole('link', { name: 'RFM groups' }).or(screens.button('RFM groups')).first().click();
  await screen.getByRole('heading', { level: 1, name: 'RFM groups' }).waitFor();
  await screens.button('Update scores').click();
  await screens.toast('Scores updated').waitFor();
  await screen.getByText('How scores are made').waitFor();
  await screen.getByRole('list').getByRole('link', { name: 'Champions' }).click();
  await screen.getByText('Rank 20').first().waitFor();
  await screens.button('Save as segment').click();
  await screen.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await screens.toast('Saved').waitFor();
  await screen.getByRole('heading', { level: 1, name: 'Champions' }).waitFor();
  await screen.getByText('Customers where RFM group is Champions').waitFor();
});
