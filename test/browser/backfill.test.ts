/** Past orders through the admin: collected, looked at, given, taken back; also on a phone and in Indonesian. */
import { beforeAll, expect, test } from 'vitest';
import { useAdminScreens } from './admin-screens.ts';

const screens = useAdminScreens();
const ORDERS = 3;

async function control(path: string, body: object): Promise<void> {
  const response = await fetch(`${screens.app.sandboxUrl}/_control/${path}`, {
    method: 'POST',
    body: JSON.stringify({ shop: screens.shop, ...body }),
  });
  expect(response.status).toBeLessThan(300);
}

/** Orders of which no webhook came: as those of before the app was there. */
beforeAll(async () => {
  await control('faults', { target: 'webhook', kind: 'drop', times: ORDERS * 3 });
  for (let at = 0; at < ORDERS; at++)
    await control('orders', {
      customer: 'siti.rahmawati@example.com',
      lines: [{ title: 'Kain', price: '250000' }],
    });
  await fetch(`${screens.app.sandboxUrl}/_control/faults`, { method: 'DELETE' });
});

test('orders older than 60 days: the merchant grants access on the spot, and they are imported', async () => {
  await screens.open('/loyalty/past-orders');
  await screens.field('Orders from').fill('2026-01-01');
  await screens.screen.getByText('Shopify only shares orders from').waitFor();
  screens.page.once('dialog', (dialog) => void dialog.accept());
  await screens.button('Request access to all orders').click();
  await screens.screen.getByText('Shopify only shares orders from').waitFor({ state: 'hidden' });
  const readRuns = () =>
    screens.query<{ run: number }>(`SELECT run FROM sync_runs WHERE shop_id = $1 AND kind = 'orders'`);
  await expect.poll(readRuns).toEqual([{ run: 2 }]);
});

test('collect, look, give, take back', async () => {
  await screens.open('/loyalty/past-orders');
  await screens.field('Orders from').fill('');
  await screens.button('Collect orders').click();
  await screens.screen.getByText('Enter a value').waitFor();
  await screens.field('Orders from').fill('2026-01-01');
  await screens.button('Collect orders').click();

  await screens.screen.getByText('Ready for review').first().waitFor();
  const [dryRun] = await screens.query<{ points: string }>(
    `SELECT totals->>'points' AS points FROM backfills WHERE shop_id = $1`,
  );
  const points = dryRun?.points ?? '';
  expect(Number(points)).toBeGreaterThan(0);
  await screens.screen.getByText(points, { exact: true }).waitFor();
  await screens.screen.getByText('Already counted').waitFor();
  await screens.button('Award now').click();
  const dialog = screens.screen.getByRole('dialog');
  await dialog.getByText(`1 customer gets ${points} points.`).waitFor();
  await dialog.getByRole('button', { name: 'Award now' }).click();
  await screens.screen.getByText(/^These orders have earned/).waitFor();
  await dialog.waitFor({ state: 'hidden' });

  await screens.open('/loyalty/past-orders', 'id');
  await screens.resize({ width: 390, height: 844 });
  await screens.button('Urungkan proses ini').click();
  await screens.screen
    .getByRole('dialog')
    .getByText(`${points} poin seluruhnya ditarik kembali dari 1 pelanggan`)
    .waitFor();
  await screens.screen.getByRole('dialog').getByRole('button', { name: 'Urungkan proses ini' }).click();
  await screens.screen.getByText('Yang diberikan proses ini sudah ditarik kembali.').waitFor();
  const [left] = await screens.query<{ sum: string }>(
    `SELECT sum(e.amount)::text AS sum FROM ledger_entries e JOIN orders o USING (shop_id, order_id) WHERE shop_id = $1 AND o.backfill_id IS NOT NULL`,
  );
  expect(left?.sum).toBe('0');
});
