/** RFM groups: from the map to a list that is saved as a segment, and kept as a tag at Shopify. */
import path from 'node:path';
import { expect, test } from 'vitest';
import { useAdminScreens } from './admin-screens.ts';
import { WIDTHS } from './pages.ts';

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

/** The figures are there once, for both widths. Returns the best customer's number. */
async function givenBest(): Promise<string> {
  const known = await screens.query('SELECT FROM customers WHERE shop_id = $1 AND customer_id = 990001');
  if (known.length === 0) {
    await screens.query(ORDERED);
    await screens.query(FIGURES);
  }
  const [best] = await screens.query<{ id: string }>(BEST);
  return best!.id;
}

/** What has no room beside the title is behind the title's menu. */
async function inMenu(name: string): Promise<void> {
  const { screen } = screens;
  const item = screen
    .getByRole('button', { name, exact: true })
    .or(screen.getByRole('menuitem', { name, exact: true }));
  const menu = screen.getByRole('button', { name: /^(More actions|View actions for)/ });
  await item.or(menu).first().waitFor();
  if (!(await item.first().isVisible())) await menu.click();
  await item.first().click();
}

/** `SHOTS=<folder>` before the command keeps pictures to look at. */
async function picture(name: string): Promise<void> {
  const folder = process.env.SHOTS;
  if (folder) await screens.page.screenshot({ path: path.join(folder, `rfm-${name}.png`) });
}

const hasNoSideways = async () =>
  expect(
    await screens.screen.locator('html').evaluate((html) => Math.max(0, html.scrollWidth - innerWidth)),
  ).toBe(0);

test.each(WIDTHS)(
  'a group of the map opens as a list, is saved as a segment, and kept as a tag at Shopify ($name)',
  async (size) => {
    const { screen } = screens;
    const best = await givenBest();
    await screens.resize(size);
    await screens.open('/customers/segments/rfm');
    await inMenu('Update scores');
    await screens.toast('Scores updated').waitFor();
    await screen.getByText('How scores are made').waitFor();
    await hasNoSideways();
    await picture(`map-${size.name}`);
    await screen.getByRole('list').getByRole('link', { name: 'Champions' }).click();
    await screen.getByText('Rank 20').first().waitFor();
    await screens.openListTool('Save as segment');
    const dialog = screen.getByRole('dialog');
    // It proposes the group's name.
    await expect.poll(() => dialog.getByLabel('Name').inputValue()).toBe('Champions');
    const name = `Champions of a ${size.name}`;
    await dialog.getByLabel('Name').fill(name);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await screens.toast('Saved').waitFor();
    await screen.getByRole('heading', { level: 1, name }).waitFor();
    await screen.getByText('Customers where RFM group is Champions').waitFor();
    await hasNoSideways();

    // From the cell to a tag at Shopify.
    await inMenu('Keep as Shopify tag');
    await dialog.getByRole('button', { name: 'Keep as tag' }).click();
    await screen.getByText(`Kept as the Shopify tag “${name}”`).waitFor();
    await picture(`kept-${size.name}`);
    await expect.poll(async () => (await tagsAtShopify(best)).join()).toContain(name);
    expect(screens.watched.problems).toEqual([]);
  },
);

test('the map is reached from the segments', async () => {
  const { screen } = screens;
  await screens.open('/customers/segments');
  await screen.getByRole('link', { name: 'RFM groups' }).or(screens.button('RFM groups')).first().click();
  await screen.getByRole('heading', { level: 1, name: 'RFM groups' }).waitFor();
});
