/** From nothing to the first points: a merchant opens the app, tests the club with one customer, and launches it. */
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { openApp } from '../../scripts/lib/shop-visit.ts';
import { AdminScreens } from './admin-screens.ts';
import { openPage, WIDTHS } from './pages.ts';
import { useSuite } from './suite.ts';

const KNOWN_WITHIN = { timeout: 120_000, interval: 100 };
const suite = useSuite();
const screens = new AdminScreens(suite);

beforeAll(async () => {
  await openApp(suite.app, suite.shop);
  await screens.find();
});
beforeEach(async () => {
  screens.watched = await openPage(screens.browser);
});
afterEach(() => screens.watched.context.close());

const buys = (customer: string) =>
  suite.app.control('POST', 'orders', {
    shop: suite.shop,
    customer,
    lines: [{ title: 'Kopi', price: '250000.00', quantity: 1 }],
  });
const points = async (email: string): Promise<number> => {
  const rows = await screens.query<{ points: number }>(
    `SELECT coalesce(sum(a.balance), 0)::int AS points FROM customers c
       JOIN ledger_accounts a USING (shop_id, customer_id) WHERE shop_id = $1 AND c.email = $2`,
    [email],
  );
  return rows[0]?.points ?? 0;
};
/** The order of a customer arrived and was processed. */
const untilProcessed = (email: string, orders: number) =>
  vi.waitFor(async () => {
    const rows = await screens.query(
      `SELECT FROM orders o JOIN customers c USING (shop_id, customer_id)
       WHERE shop_id = $1 AND c.email = $2 AND NOT o.is_history AND o.snapshot_id IS NOT NULL`,
      [email],
    );
    expect(rows.length).toBe(orders);
  }, KNOWN_WITHIN);

test('a draft owes nothing; launched, the next order earns', async () => {
  const [siti, budi] = ['siti.rahmawati@example.com', 'budi.santoso@example.com'];
  await screens.open('');
  const { screen, page } = screens;
  await screen.getByRole('heading', { name: 'Launch your club' }).waitFor();
  await screen.getByText('An order of Rp 325,000 earns 30 points, worth Rp 3,000 (0.92%).').waitFor();
  await vi.waitFor(
    async () =>
      expect(
        await screens.query('SELECT FROM customers WHERE shop_id = $1 AND email = $2', [siti]),
      ).toHaveLength(1),
    KNOWN_WITHIN,
  );

  // Other screens say it, too, and lead back.
  await screens.open('/loyalty/programs');
  await screen.getByText('Your club is a draft.', { exact: false }).waitFor();

  // One customer tests it.
  await screens.open('');
  await screen.getByRole('link', { name: 'Add a test customer' }).click();
  await screens.field('Find a customer to add').fill('Siti');
  await screen
    .getByRole('button', { name: /^Add Siti/ })
    .first()
    .click();
  await screen.getByRole('button', { name: /^Remove Siti/ }).waitFor();
  await buys(siti);
  await buys(budi);
  await untilProcessed(budi, 1);
  await vi.waitFor(async () => expect(await points(siti)).toBe(20), KNOWN_WITHIN);
  expect(await points(budi)).toBe(0);

  await screens.open('');
  await screens.button('Launch club').click();
  const dialog = screen.getByRole('dialog', { name: 'Launch your club?' });
  await dialog.getByText('Orders paid before now earn nothing.', { exact: false }).waitFor();
  await dialog.getByRole('button', { name: 'Launch club' }).click();
  await screens.toast('Your club is live').waitFor();
  await screen.getByRole('heading', { name: 'Your club is live' }).waitFor();
  await screen.getByRole('link', { name: 'View past orders' }).waitFor();
  expect(await points(budi)).toBe(0);

  await buys(budi);
  await vi.waitFor(async () => expect(await points(budi)).toBe(20), KNOWN_WITHIN);
  expect(await points(siti)).toBe(20);

  // The steps are folded away.
  await page.reload();
  await screen.getByRole('heading', { name: 'Your club is live' }).waitFor();
  expect(await screen.getByText('See the first points').isVisible()).toBe(false);
  await screens.button('Show setup steps').click();
  await screen.getByText('See the first points').waitFor();
  expect(screens.watched.problems).toEqual([]);
});

test('Home fits a phone, in Indonesian too', async () => {
  await screens.resize(WIDTHS[1]);
  await screens.open('', 'id');
  await screens.screen.getByRole('heading', { name: 'Klub Anda aktif' }).waitFor();
  const wider = await screens.screen
    .locator('html')
    .evaluate((html) => Math.max(0, html.scrollWidth - html.clientWidth));
  expect(wider).toBe(0);
});
