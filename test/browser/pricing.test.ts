/** Prices of resellers as a merchant works with them: on at checkout, a percent for one, a category's price, and the check of it. */
import { describe, expect, test } from 'vitest';
import { waitUntil } from '#test/support/figures.ts';
import { useAdminScreens } from './admin-screens.ts';

const screens = useAdminScreens();

const box = (label: string) => screens.screen.getByRole('checkbox', { name: label, exact: true });

async function someCustomer(): Promise<{ id: string; name: string }> {
  const [customer] = await screens.query<{ id: string; name: string }>(
    `SELECT customer_id::text AS id, first_name || ' ' || last_name AS name FROM customers
     WHERE shop_id = $1 AND state = 'active' AND first_name IS NOT NULL AND last_name IS NOT NULL ORDER BY customer_id LIMIT 1`,
  );
  return customer!;
}

describe('Resellers', () => {
  test('one gets 15 % of their own, which is at Shopify within seconds, and the price check says why', async () => {
    await screens.open('/resellers/settings');
    await box('Apply prices at checkout').check();
    await screens.save();
    await screens.screen.getByText('Works', { exact: true }).waitFor();

    const { id, name } = await someCustomer();
    await screens.open(`/customers/${id}/edit`);
    await screens.screen.getByLabel('Category', { exact: true }).selectOption({ label: 'Reseller' });
    await screens.screen.getByLabel('Personal discount').fill('15');
    await screens.screen.getByLabel('Note', { exact: true }).first().fill('Toko di Pasar Baru');
    await screens.save();
    await waitUntil('Shopify has the percent', async () => {
      const rows = await screens.query<{ written: { bp?: number } | null }>(
        `SELECT written FROM price_customers WHERE shop_id = $1 AND customer_id = ${id} AND changed_at IS NULL`,
      );
      return rows[0]?.written?.bp === 1500;
    });

    await screens.open('/resellers');
    const row = screens.screen.getByRole('row').filter({ hasText: name });
    await row.getByText('15%').waitFor();
    await row.getByText('Toko di Pasar Baru').waitFor();

    await screens.open('/resellers/price-check');
    await screens.screen.getByRole('searchbox', { name: 'Find a customer' }).fill(name);
    await screens.screen.getByRole('button', { name: new RegExp(name) }).click();
    await screens.screen.getByText('Personal discount 15%').waitFor();
    await screens.button('Add products').click();
    const dialog = screens.screen.getByRole('dialog');
    await dialog.getByRole('checkbox').first().check();
    await dialog.getByRole('button', { name: /^Add/ }).click();
    await screens.screen.getByText('Category or personal discount 15%').first().waitFor();
  });

  test('a category gets a price with a break; a wrong break is named at its field', async () => {
    await screens.open('/resellers/categories');
    await screens.screen.getByRole('link', { name: 'Reseller', exact: true }).click();
    await screens.screen.getByLabel('Discount', { exact: true }).first().fill('10');
    await screens.button('Add quantity break').click();
    await screens.screen.getByLabel('From quantity').fill('10');
    await screens.screen.getByLabel('Discount', { exact: true }).last().fill('9');
    await screens.page.locator('.save-bar').getByRole('button', { name: 'Save' }).click();
    await screens.screen.getByText('This must be more than above').waitFor();
    await screens.screen.getByLabel('Discount', { exact: true }).last().fill('12');
    await screens.save();
    await screens.open('/resellers/categories');
    await screens.screen.getByText('10% off · 12% from 10 items').waitFor();
  });

  test('a category is added with the club off, and removed into another', async () => {
    await screens.open('/resellers/categories/new');
    await screens.screen.getByLabel('Category name').fill('Karyawan');
    await box('The club is on for this category').uncheck();
    await screens.page.locator('.save-bar').getByRole('button', { name: 'Save' }).click();
    await screens.screen.getByRole('heading', { level: 1, name: 'Karyawan' }).waitFor();
    await screens.open('/resellers/categories');
    const item = screens.screen.locator('li').filter({ hasText: 'Karyawan' });
    await item.getByText('Club off').waitFor();
    await item.getByRole('button', { name: 'Remove Karyawan' }).click();
    const dialog = screens.screen.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
    await dialog.getByText('Enter a value').waitFor();
    await dialog.getByLabel('Move customers to').selectOption({ label: 'Reseller' });
    await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
    await screens.toast('Category removed').waitFor();
    await item.waitFor({ state: 'detached' });
  });

  test('prices are pasted from a spreadsheet; what is wrong is said by line', async () => {
    await screens.open('/resellers/price-lists');
    await screens.button('Paste or import').click();
    const dialog = screens.screen.getByRole('dialog');
    await dialog.getByLabel('Table').fill('NIX-1\t10,000');
    await dialog.getByRole('button', { name: 'Save prices' }).click();
    await dialog.getByText('Line 1: no product has the SKU NIX-1').waitFor();
    await dialog.getByLabel('Table').fill('KOPI-B\t80,000\nKOPI-B\t24\t70,000');
    await dialog.getByRole('button', { name: 'Save prices' }).click();
    await screens.toast('2 prices saved').waitFor();
    await screens.screen.getByText('KOPI-B').first().waitFor();
    expect(await screens.screen.getByLabel(/^Price from/).count()).toBe(2);
  });

  test('their order says which price it had and how much it took off, and the category counts it', async () => {
    const { id, name } = await someCustomer();
    const placed = await screens.app.control<{ order: { id: number; name: string } }>('POST', 'orders', {
      shop: screens.shop,
      customer: Number(id),
      lines: [{ product: 'teh-melati-premium', quantity: 2 }],
    });
    const order = String(placed.order.id);
    await waitUntil('the order has its price', async () => {
      const rows = await screens.query<{ prices: unknown[] }>(
        'SELECT prices FROM order_prices WHERE shop_id = $1 AND order_id = $2',
        [order],
      );
      return rows[0]?.prices.length === 1;
    });
    await screens.open(`/activity/orders/${order}`);
    await screens.screen.getByText('Personal discount (Reseller), 15%').waitFor();
    await screens.screen.getByText('Rp 13,500 off').waitFor();
    await screens.open('/activity/orders');
    await screens.screen
      .getByRole('row')
      .filter({ hasText: placed.order.name })
      .getByText('Personal discount (Reseller), 15%: Rp 13,500 off')
      .waitFor();
    await screens.open('/resellers/categories');
    await screens.screen.getByRole('link', { name: 'Reseller', exact: true }).click();
    await screens.screen.getByRole('heading', { name: 'Sales and discounts' }).waitFor();
    await screens.screen.getByRole('cell', { name: 'Rp 13,500' }).first().waitFor();
    await screens.screen.getByText(name).first().waitFor();
  });

  test('a rule is tried, turned on, moves people, and is undone', async () => {
    await screens.open('/resellers/rules');
    await screens.screen.getByRole('link', { name: 'Add rule' }).first().click();
    await screens.screen.getByRole('heading', { level: 1, name: 'New rule' }).waitFor();
    await screens.field('From category').selectOption({ label: 'Reseller' });
    await screens.field('To category').selectOption({ label: 'Reseller' });
    await screens.page.locator('.save-bar').getByRole('button', { name: 'Save' }).click();
    await screens.screen.getByText('Choose another category than the one they come from').waitFor();
    await screens.field('To category').selectOption({ label: 'Agen' });
    await screens.page.locator('.save-bar').getByRole('button', { name: 'Save' }).click();
    await screens.screen.getByText(/Reseller → Agen: 1 customer/).waitFor();
    await screens.button('Turn on').click();
    await screens.screen.getByRole('dialog').getByRole('button', { name: 'Turn on' }).click();
    await screens.toast('Rule turned on').waitFor();
    const { id } = await someCustomer();
    const categoryOf = async () =>
      (
        await screens.query<{ name: string }>(
          'SELECT g.name FROM customers c JOIN categories g USING (shop_id, category_id) WHERE c.shop_id = $1 AND c.customer_id = $2',
          [id],
        )
      )[0]?.name;
    await waitUntil('the rule has moved the reseller', async () => (await categoryOf()) === 'Agen');
    await screens.open('/resellers/rules');
    await screens.screen.getByRole('button', { name: /^Undo Reseller → Agen/ }).click();
    await screens.screen.getByRole('dialog').getByRole('button', { name: 'Undo' }).click();
    await screens.toast('Moves undone').waitFor();
    await screens.screen.getByText(/1 undone/).waitFor();
    expect(await categoryOf()).toBe('Reseller');
  });
});
