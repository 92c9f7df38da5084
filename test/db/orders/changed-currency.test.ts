/** A shop's currency changes: no amount of before is taken for the new one, and figures are counted again. */
import { beforeEach, expect, test } from 'vitest';
import { installApp, sandbox, useSandbox } from '#test/support/sandbox-bed.ts';
import { pool } from '#app/db.server.ts';
import { recountFigures } from '#app/modules/audit/recount-figures.server.ts';
import { applyNow } from '#app/modules/earning/award/refresh-orders.server.ts';
import { ensureInstalled } from '#app/modules/home/install.server.ts';
import { processInbox } from '#app/modules/inbox/process-inbox.server.ts';
import { audit, balanceOf } from '#test/support/clubs.ts';
import { DEMO_SHOP, type Loose } from '#test/support/sandbox.ts';
import { givenEvent } from '#test/support/shops.ts';

useSandbox();

let shopId: bigint;
let customer: number;
beforeEach(async () => {
  shopId = await installApp(DEMO_SHOP);
  const { body } = await sandbox.control('GET', `/_control/customers?shop=${DEMO_SHOP}`);
  customer = body.customers[0].id;
});

async function buys(price: string): Promise<Loose> {
  const lines = [{ title: 'Kain', price }];
  const { body } = await sandbox.control('POST', '/_control/orders', { customer, lines });
  await givenEvent(shopId, 'orders/paid', body.order);
  await processInbox();
  return body.order;
}
const points = () => balanceOf({ shopId, domain: DEMO_SHOP }, customer);
const proves = () => audit({ shopId, domain: DEMO_SHOP });
const spend = async () =>
  (
    await pool.query('SELECT spend_minor FROM customer_stats WHERE shop_id = $1 AND customer_id = $2', [
      shopId,
      customer,
    ])
  ).rows[0];
async function changeCurrency(currency: string): Promise<void> {
  sandbox.world.shop(DEMO_SHOP).shop.currency = currency;
  await ensureInstalled(DEMO_SHOP);
}

test('opening the app again switches off whatever has an amount of before; points and the rest stay', async () => {
  await pool.query(
    `UPDATE club_settings SET offers_active = true, payout_active = true, tiers_active = true, join_at_spend_minor = 5`,
  );
  await pool.query(
    `INSERT INTO programs (shop_id, name, kind, unit, rule) VALUES ($1, 'Printed', 'printed', 'POINTS', '{"kind": "printed", "unitsPerPoint": "1"}')`,
    [shopId],
  );
  await buys('500000.00');
  const before = await points();
  expect(before).toBeGreaterThan(0n);
  await changeCurrency('USD');
  expect(
    (await pool.query('SELECT kind, status FROM programs WHERE shop_id = $1 ORDER BY kind', [shopId])).rows,
  ).toEqual([
    { kind: 'printed', status: 'active' },
    { kind: 'spend', status: 'paused' },
  ]);
  const { rows } = await pool.query(
    'SELECT redemption_enabled, payout_active, offers_active, tiers_active, join_at_spend_minor FROM club_settings WHERE shop_id = $1',
    [shopId],
  );
  expect(rows).toEqual([
    {
      redemption_enabled: false,
      payout_active: false,
      offers_active: false,
      tiers_active: false,
      join_at_spend_minor: null,
    },
  ]);
  await buys('50.00');
  expect(await points()).toBe(before);
});

test('figures are counted again in the new currency, once, and again when it changes back', async () => {
  await buys('500000.00');
  expect(await recountFigures()).toBe(1);
  expect(await recountFigures()).toBe(0);
  expect(await spend()).toEqual({ spend_minor: 50_000_000n });
  await changeCurrency('USD');
  expect(await recountFigures()).toBe(1);
  expect(await spend()).toEqual({ spend_minor: 0n });
  await buys('50.00');
  expect(await spend()).toEqual({ spend_minor: 5_000n });
  expect(await proves()).toEqual([]);
  await changeCurrency('IDR');
  expect(await recountFigures()).toBe(1);
  expect(await spend()).toEqual({ spend_minor: 50_000_000n });
  expect(await proves()).toEqual([]);
});

test('an order in the new currency that came before the app knew of it earns by "apply now"', async () => {
  sandbox.world.shop(DEMO_SHOP).shop.currency = 'USD';
  const early = await buys('50.00');
  expect(await points()).toBe(0n);
  await ensureInstalled(DEMO_SHOP);
  await recountFigures();
  // The merchant has looked at the amounts: $1 gives 1 point.
  await pool.query(
    `UPDATE programs SET status = 'active', rule = rule || '{"stepMinor": "100", "units": "1"}' WHERE shop_id = $1`,
    [shopId],
  );
  await applyNow({ shopId, domain: DEMO_SHOP }, [BigInt(early.id)]);
  expect(await points()).toBe(50n);
  expect(await spend()).toEqual({ spend_minor: 5_000n });
  expect(await proves()).toEqual([]);
});
