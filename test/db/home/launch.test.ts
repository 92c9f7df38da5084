/** A new club is a draft: only test customers earn and see it, until it is launched. */
import { beforeEach, describe, expect, test } from 'vitest';
import { givenSandboxSession, installApp, sandbox, useSandbox } from '#test/support/sandbox-bed.ts';
import { pool, withTransaction } from '#app/db.server.ts';
import { readClub } from '#app/modules/club-api/read-club.server.ts';
import { storeTestMark } from '#app/modules/customers/store-own-fields.server.ts';
import { awardOrders } from '#app/modules/earning/award/award-orders.server.ts';
import { ensureInstalled } from '#app/modules/home/install.server.ts';
import { launchFromHome } from '#app/modules/home/launch-from-home.server.ts';
import { readHome } from '#app/modules/home/read-home.server.ts';
import { launchClub, readClubMode } from '#app/modules/shops/launch.server.ts';
import { saveSettings } from '#app/modules/shops/settings.server.ts';
import { DEMO_SHOP } from '#test/support/sandbox.ts';

const BUDI = 'budi.santoso@example.com';
let shopId: bigint;

useSandbox();
beforeEach(async () => {
  await givenSandboxSession(DEMO_SHOP);
  await ensureInstalled(DEMO_SHOP);
  const { rows } = await pool.query<{ id: bigint }>('SELECT shop_id AS id FROM shops WHERE domain = $1', [
    DEMO_SHOP,
  ]);
  shopId = rows[0]!.id;
});

/** Rp 250,000 of Budi, and its webhook. */
async function buys(): Promise<bigint> {
  const { body } = await sandbox.control('POST', '/_control/orders', {
    customer: BUDI,
    lines: [{ title: 'Something', price: '250000.00', quantity: 1 }],
  });
  const payload = body.order;
  const triggeredAt = new Date(payload.updated_at);
  await withTransaction((tx) => awardOrders(tx, [{ shopId, topic: 'orders/paid', triggeredAt, payload }]));
  return BigInt(payload.customer.id);
}
const entries = async () =>
  (
    await pool.query<{ line: string }>(
      `SELECT kind || ' ' || amount AS line FROM ledger_entries ORDER BY entry_id`,
    )
  ).rows.map(({ line }) => line);
const seen = (customerId: bigint) => readClub({ shopDomain: DEMO_SHOP, customerId, cart: null });
const launch = () => launchFromHome({ shopId }, { intent: 'launch' });

test('a draft owes nothing: an order earns nothing, then or later, and no shopper sees a club', async () => {
  expect(await readClubMode(shopId)).toMatchObject({ isDraft: true, launchedAt: null, trialMode: true });
  const budi = await buys();
  expect(await entries()).toEqual([]);
  expect(await seen(budi)).toBeNull();

  expect(await launch()).toEqual({ ok: true });
  expect(await entries()).toEqual([]);
  expect(await seen(budi)).toMatchObject({ wallets: [{ balance: '0' }] });
  await buys();
  expect(await entries()).toEqual(['order_spend 20']);
});

test('test customers earn in a draft, see it, and keep what they earned', async () => {
  const budi = await buys();
  await storeTestMark(pool, { shopId, customerId: budi }, true);
  await buys();
  expect(await entries()).toEqual(['order_spend 20']);
  expect(await seen(budi)).toMatchObject({ wallets: [{ balance: '20' }] });
  await launch();
  expect(await seen(budi)).toMatchObject({ wallets: [{ balance: '20' }] });
});

describe('launching', () => {
  test('happens once, and makes tiers due for everyone', async () => {
    await pool.query(`UPDATE club_settings SET tiers_evaluated_on = '2026-01-01'`);
    expect(await launchClub(pool, shopId)).toBe(true);
    const mode = await readClubMode(shopId);
    expect(mode).toMatchObject({ isDraft: false, trialMode: false });
    expect(await launchClub(pool, shopId)).toBe(false);
    expect(await readClubMode(shopId)).toEqual(mode);
    const { rows } = await pool.query('SELECT tiers_evaluated_on AS on FROM club_settings');
    expect(rows).toEqual([{ on: null }]);
    expect(await launch()).toEqual({ ok: true });
  });

  test('is refused while no program would earn anything', async () => {
    await pool.query(`UPDATE programs SET status = 'paused'`);
    expect(await launch()).toEqual({ ok: false, errors: { form: { code: 'nothing_earns' } } });
    expect(await readClubMode(shopId)).toMatchObject({ isDraft: true });
    expect(await launchFromHome({ shopId }, { intent: 'other' })).toBeNull();
  });

  test('is the only way out of a draft: trial mode can’t be turned off before', async () => {
    const shop = { shopId, currency: 'IDR' };
    const refused = { ok: false, errors: { form: { code: 'is_draft' } } };
    for (const trialMode of [true, false])
      expect(await saveSettings(shop, 'trial', { trialMode }, 'en')).toEqual(refused);
    await launch();
    const turnOn = () => saveSettings(shop, 'trial', { trialMode: true }, 'en');
    expect(await turnOn()).toEqual({ ok: false, errors: { trialMode: { code: 'needs_test_customer' } } });
    await storeTestMark(pool, { shopId, customerId: await buys() }, true);
    expect(await turnOn()).toEqual({ ok: true });
    expect(await readClubMode(shopId)).toMatchObject({ isDraft: false, trialMode: true });
  });

  test('stays when the app is opened again after an uninstall', async () => {
    await launch();
    await pool.query('UPDATE shops SET uninstalled_at = clock_timestamp()');
    await ensureInstalled(DEMO_SHOP);
    expect(await readClubMode(shopId)).toMatchObject({ isDraft: false });
    expect(await installApp(DEMO_SHOP)).toBe(shopId);
  });
});

test('Home shows what an ordinary order would earn, and figures that add up', async () => {
  const home = () =>
    readHome({
      shopId,
      scopes: '',
      timeZone: 'Asia/Jakarta',
      unknownTimeZone: null,
      currency: 'IDR',
      creditCurrency: null,
    });
  const example = {
    orderMinor: 32_500_000n,
    points: 30n,
    creditMinor: 0n,
    worthMinor: 300_000n,
    shareBp: 92,
  };
  expect((await home()).launch).toMatchObject({ isDraft: true, hasTestCustomer: false, example });
  await launch();
  await buys();
  for (const { issued, spent, expired, takenBack, outstanding } of (await home()).totals) {
    expect(issued).toBeGreaterThan(0n);
    expect(issued - spent - expired - takenBack).toBe(outstanding);
  }
});
