/** Orders as a merchant meets them: handed over in parts, refunded, explained, applied now; merged customers. */
import { expect, test } from 'vitest';
import { waitUntil } from '#test/support/figures.ts';
import { useAdminScreens } from './admin-screens.ts';

const screens = useAdminScreens();

interface Placed {
  order: { id: number; name: string };
}

async function placeOrder(extra: Record<string, unknown> = {}): Promise<Placed['order']> {
  const { order } = await screens.app.control<Placed>('POST', 'orders', {
    shop: screens.shop,
    customer: 'budi.santoso@example.com',
    lines: [{ title: 'Batik', price: '100000', quantity: 4 }],
    ...extra,
  });
  return order;
}

/** Waits until the ledger holds this for the order. */
async function earned(order: { id: number }, amount: number): Promise<void> {
  await waitUntil(`order ${order.id} has ${amount}`, async () => {
    const [row] = await screens.query<{ sum: string }>(
      'SELECT coalesce(sum(amount), 0) AS sum FROM ledger_entries WHERE shop_id = $1 AND order_id = $2 AND rule IS NOT NULL',
      [order.id],
    );
    return Number(row?.sum) === amount;
  });
}

async function shown(selector: string): Promise<string> {
  const text = await screens.screen.locator(selector).innerText();
  return text.replace(/[\u00a0\u202f]/g, ' ');
}

test('what is handed over in parts earns in parts, a refund takes back, and the page says why', async () => {
  await screens.query(
    `UPDATE programs SET rule = jsonb_set(rule, '{earnAt}', '"fulfilled"') WHERE shop_id = $1`,
  );
  const order = await placeOrder();
  await waitUntil('the order is known', async () => {
    const rows = await screens.query('SELECT 1 FROM orders WHERE shop_id = $1 AND order_id = $2', [order.id]);
    return rows.length === 1;
  });
  await screens.open(`/activity/orders/${order.id}`);
  expect(await shown('body')).toContain('Nothing has been fulfilled yet.');

  const { page } = screens;
  await page.goto(`${screens.app.sandboxUrl}/admin/${screens.shop}/orders/${order.id}`);
  await page.locator('form[action$="/fulfill"] input').first().fill('3');
  await page.locator('form[action$="/fulfill"] button').first().click();
  await page.getByText('Partly fulfilled').waitFor();
  await earned(order, 30);
  await screens.app.control('POST', 'refunds', {
    shop: screens.shop,
    order: order.id,
    lines: [{ line: 0, quantity: 2 }],
  });
  await earned(order, 20);

  await screens.open(`/activity/orders/${order.id}`);
  const text = await shown('body');
  expect(text).toContain('This order earns 20 points.');
  expect(text).toContain('2 items');
  expect(text).toContain('Only paid and fulfilled items count.');
  expect(text).toContain(`Taken back: order ${order.name} was refunded`);
  await screens.query(`UPDATE programs SET rule = jsonb_set(rule, '{earnAt}', '"paid"') WHERE shop_id = $1`);
});

test('orders that trial mode held back are applied now, ticked and all', async () => {
  const trial = (isOn: boolean) =>
    screens.query('UPDATE club_settings SET trial_mode = $2 WHERE shop_id = $1', [isOn]);
  await trial(true);
  const ticked = await placeOrder();
  const other = await placeOrder();
  const rest = await placeOrder();
  await waitUntil('the orders are known', async () => {
    const rows = await screens.query(
      'SELECT 1 FROM orders WHERE shop_id = $1 AND order_id = ANY($2::bigint[])',
      [[ticked.id, other.id, rest.id]],
    );
    return rows.length === 3;
  });
  await trial(false);
  await screens.open('/activity/orders?tab=unprocessed');
  const row = screens.screen.getByRole('row').filter({ hasText: ticked.name });
  await row.getByRole('checkbox').click();
  await screens.screen.getByRole('button', { name: 'Apply now' }).first().click();
  await screens.screen.getByText(`${ticked.name}: 40 points given`).waitFor();

  await screens.open(`/activity/orders/${other.id}`);
  await screens.button('Apply now').click();
  await screens.screen.getByText(`${other.name}: 40 points given`).waitFor();

  await screens.open('/activity/orders?tab=unprocessed');
  await screens.button('Apply to all').click();
  await screens.screen.getByRole('dialog').getByRole('button', { name: 'Apply now' }).click();
  await screens.screen.getByText('Processing 1 order').waitFor();
  await earned(rest, 40);
});

test("a guest's order waits in the list until its customer appears, and can be searched for", async () => {
  const order = await placeOrder({ customer: null, phone: '0813 1111 2222', sourceName: 'pos' });
  await waitUntil('the order is known', async () => {
    const rows = await screens.query('SELECT 1 FROM orders WHERE shop_id = $1 AND order_id = $2', [order.id]);
    return rows.length === 1;
  });
  await screens.open('/activity/orders');
  await screens.field('Search orders').fill(order.name);
  const row = screens.screen.getByRole('row').filter({ hasText: order.name });
  await row.getByText('Point of sale · waiting for a customer').waitFor();
  await screens.app.control('POST', 'customers', {
    shop: screens.shop,
    firstName: 'Wati',
    phone: '+6281311112222',
  });
  await earned(order, 40);
  await screens.open(`/activity/orders?q=${encodeURIComponent(order.name)}`);
  await row.getByText('Point of sale · matched by phone or email').waitFor();
  expect(screens.watched.problems).toEqual([]);
});
