/**
 * Rewards in a real browser: the merchant makes one of each kind, a shopper takes the percent one through the real
 * extension and asks for gifts, staff approves one and refuses another. `SHOTS=<folder>` keeps pictures.
 */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { expect, test } from 'vitest';
import { sessionToken } from '../../scripts/lib/shop-visit.ts';
import { waitUntil } from '#test/support/figures.ts';
import { useAdminScreens } from './admin-screens.ts';
import { textOf, USER_AGENT, WIDTHS } from './pages.ts';

const screens = useAdminScreens();
/** The demo's first customer, who has points of past orders. */
const SHOPPER = { name: 'Siti Rahmawati', email: 'siti.rahmawati@example.com' };

async function programId(): Promise<string> {
  const [row] = await screens.query<{ id: string }>(
    'SELECT min(program_id)::text AS id FROM programs WHERE shop_id = $1',
  );
  return row!.id;
}

async function makes(fill: () => Promise<void>): Promise<void> {
  await screens.open(`/loyalty/rewards/new?program=${await programId()}`);
  await fill();
  await screens.save();
  await screens.button('Remove').or(screens.button('More actions')).first().waitFor();
}

async function shot(name: string, locale = 'en'): Promise<void> {
  const folder = process.env.SHOTS;
  if (folder === undefined) return;
  for (const size of WIDTHS) {
    await screens.resize(size);
    await screens.page.waitForTimeout(400);
    await screens.page.screenshot({
      path: path.join(folder, `rewards-${locale}-${size.width}-${name}.png`),
      fullPage: true,
    });
  }
  await screens.resize(WIDTHS[0]);
}

async function shotsOf(address: string, name: string): Promise<void> {
  if (process.env.SHOTS === undefined) return;
  for (const locale of ['en', 'id']) {
    await screens.open(address, locale);
    await shot(name, locale);
  }
}

test('the merchant makes a reward of each kind, pauses one and removes another', async () => {
  const list = `/loyalty/rewards?program=${await programId()}`;
  await screens.open(list);
  await screens.screen.getByText('No rewards yet').waitFor();
  await shotsOf(list, 'empty');
  await screens.open(list);
  await screens.screen.getByRole('link', { name: 'Create reward' }).first().click();
  await screens.screen.getByRole('heading', { name: 'New reward', level: 1 }).waitFor();
  await screens.field('Price').fill('many');
  await screens.page.locator('.save-bar').getByRole('button', { name: 'Save' }).click();
  await screens.screen.getByText('Enter a value').waitFor();
  await screens.screen.getByText('Enter a whole number').waitFor();
  await screens.field('Reward name').fill('Ten percent');
  await screens.field('Price').fill('10');
  await screens.screen.getByText('10 points: 10% off').waitFor();
  await screens.save();
  await screens.screen.getByRole('heading', { name: 'Ten percent', level: 1 }).waitFor();

  await makes(async () => {
    await screens.field('Reward name').fill('Twenty thousand');
    await screens.screen.getByText('Amount off', { exact: true }).click();
    await screens.field('Discount').fill('20,000');
    await screens.field('Price').fill('20');
    await screens.screen.getByText(/20 points: Rp.20,000 off/).waitFor();
  });
  await makes(async () => {
    await screens.field('Reward name').fill('Phone');
    await screens.screen.getByText('Something else', { exact: true }).click();
    await screens.field('Description').fill('Black, 128 GB');
    await screens.field('Price').fill('5');
    await screens.screen.getByText('5 points: Phone').waitFor();
  });
  await screens.open(list);
  await screens.screen.getByRole('link', { name: 'Twenty thousand' }).click();
  await screens.screen.getByRole('heading', { name: 'Twenty thousand', level: 1 }).waitFor();
  for (const [action, done] of [
    ['Pause', 'Saved'],
    ['Remove', 'Reward removed'],
  ] as const) {
    await screens.button(action).first().click();
    await screens.screen.getByRole('dialog').getByRole('button', { name: action, exact: true }).click();
    await screens.toast(done).first().waitFor();
  }
  await screens.screen.getByRole('heading', { name: 'Rewards', level: 1 }).waitFor();
  await screens.screen.getByText('10 points: 10% off').waitFor();
  expect(await screens.screen.getByText('Twenty thousand').count()).toBe(0);
  await shotsOf(list, 'list');
  const [row] = await screens.query<{ id: string }>(
    `SELECT reward_id::text AS id FROM rewards WHERE shop_id = $1 AND name = 'Phone'`,
  );
  await shotsOf(`/loyalty/rewards/${row!.id}`, 'form');
  expect(screens.watched.problems.filter((problem) => !problem.includes('422'))).toEqual([]);
});

test('the shopper takes the percent reward at checkout: its whole price is spent', async () => {
  const { page } = screens;
  const store = (rest = '') => `${screens.app.sandboxUrl}/store/${screens.shop}${rest}`;
  const extension = (): FrameLocator => page.frameLocator('.extension-frame');
  await page.goto(store('/sign-in'));
  await page.getByRole('button', { name: SHOPPER.name }).click();
  await page.waitForURL(store());
  await page.locator('.product').filter({ hasText: 'Tas Anyaman Rotan' }).getByRole('button').click();
  await page.waitForURL('**/cart');
  await page.goto(store('/checkout'));
  await extension().getByText('Use a reward').waitFor();
  await shot('checkout');
  await extension().getByRole('button', { name: 'Use this reward: Ten percent' }).click();
  await extension().getByText('10% off with Ten percent (10 points)').waitFor();
  // Rp 325,000 less a tenth, and Rp 20,000 shipping.
  await expect.poll(() => textOf(page, '[data-sum="total"]')).toContain('312,500');
  await page.getByRole('button', { name: 'Place order' }).click();
  await page.getByRole('heading', { name: /thank/i }).waitFor();
  await waitUntil('the reward is settled', async () => {
    const rows = await screens.query(
      `SELECT 1 FROM redemptions WHERE shop_id = $1 AND kind = 'reward' AND state = 'settled' AND settled_units = 10 AND settled_minor = 3250000`,
    );
    return rows.length === 1;
  });
});

test('gifts are asked for at checkout; staff approves one with a note and refuses another', async () => {
  const [gift] = await screens.query<{ id: string }>(
    `SELECT reward_id::text AS id FROM rewards WHERE shop_id = $1 AND name = 'Phone'`,
  );
  const token = await sessionToken(screens.app, screens.shop, 'checkout', SHOPPER.email);
  for (let time = 0; time < 2; time++) {
    const answer = await fetch(`${screens.app.appUrl}/api/claims`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'user-agent': USER_AGENT,
      },
      body: JSON.stringify({ key: randomUUID(), rewardId: gift!.id }),
    });
    expect(answer.status).toBe(200);
  }
  await shotsOf('/activity/reward-requests', 'claims');
  await screens.open('/activity/reward-requests');
  await screens.screen.getByRole('tab', { name: 'Requested (2)' }).waitFor();
  const act = async (action: string, done: string, note: string) => {
    await screens.screen
      .getByRole('button', { name: `${action}: Phone for ${SHOPPER.name}` })
      .first()
      .click();
    const dialog = screens.screen.getByRole('dialog');
    await dialog.getByLabel('Note to customer').fill(note);
    await dialog.getByRole('button', { name: action, exact: true }).click();
    await screens.toast(done).waitFor();
  };
  await act('Approve', 'Approved', 'Ready on Friday');
  await screens.screen.getByRole('tab', { name: 'Requested (1)' }).waitFor();
  await act('Decline', 'Declined and points returned', 'Sold out');
  await screens.screen.getByText('No open requests').waitFor();
  await screens.screen.getByRole('tab', { name: 'Approved (1)' }).click();
  await screens.screen.getByText('Note: Ready on Friday').waitFor();
  const rows = await screens.query<{ state: string; back: string }>(
    `SELECT c.state, (SELECT coalesce(sum(amount), 0)::text FROM ledger_entries e WHERE e.shop_id = c.shop_id AND e.redemption_id = c.redemption_id AND kind = 'restore') AS back
     FROM claims c WHERE c.shop_id = $1 ORDER BY 1`,
  );
  expect(rows).toEqual([
    { state: 'approved', back: '0' },
    { state: 'refused', back: '5' },
  ]);
  expect(screens.watched.problems).toEqual([]);
});
