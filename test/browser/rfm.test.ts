/** RFM groups: from the map to a list that is saved as a segment, and kept as a tag at Shopify. */
import { expect, test } from 'vitest';
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

/** A customer whom Shopify knows, too, passes them all. */
const BEST = `
  UPDATE customer_stats s SET orders_all = 50, orders_valid = 50, spend_minor = 900000000, first_order_at = ledger_now() - interval '300 days',
    last_order_at = ledger_now() FROM customers c
  WHERE s.shop_id = $1 AND c.shop_id = s.shop_id AND c.customer_id = s.customer_id AND c.first_name = 'Siti'
  RETURNING c.customer_id::text AS id`;

async function tagsAtShopify(customerId: string): Promise<string[]> {
  const body = await screens.app.control('GET', `customers?shop=${screens.shop}`);
  const { customers } = body as { customers: { id: number | string; tags: string[] | string }[] };
  return [customers.find(({ id }) => String(id).endsWith(customerId))?.tags ?? []].flat();
}

test('a group of the map opens as a list, is saved as a segment by its name, and kept as a tag at Shopify', async () => {
  const { screen } = screens;
  await screens.query(ORDERED);
  await screens.query(FIGURES);
  const [best] = await screens.query<{ id: string }>(BEST);
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

  // From the cell to a tag at Shopify.
  const menu = screen.getByRole('button', { name: 'More actions' });
  if (await menu.isVisible()) await menu.click();
  await screen.getByRole('button', { name: 'Keep as Shopify tag', exact: true }).click();
  await screen.getByRole('dialog').getByRole('button', { name: 'Keep as tag' }).click();
  await screen.getByText('Kept as the Shopify tag “Champions”').waitFor();
  await expect.poll(async () => (await tagsAtShopify(best!.id)).join()).toContain('Champions');
});
