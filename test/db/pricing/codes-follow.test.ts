/** What a code of the club combines with follows the switch of prices and codes, also when it is open already (F139). */
import { beforeEach, expect, test } from 'vitest';
import { club, fault, sandbox } from '#test/support/sandbox-bed.ts';
import { siti, useRedemptions } from '#test/support/redemption-bed.ts';
import { givePoints, reserved } from '#test/support/redemptions.ts';
import { DEMO_SHOP } from '#test/support/sandbox.ts';
import { pool } from '#app/db.server.ts';
import { updateCodes } from '#app/modules/redemptions/update-codes.server.ts';

useRedemptions();

let budi: number;

/** Whether the newest code combines with product discounts at Shopify. */
const combinesNow = (code: string): boolean =>
  sandbox.world.shop(DEMO_SHOP).discounts.find((each) => each.code === code)!.combinesWith.productDiscounts;

const setPrices = (values: { isOn?: boolean; combination?: string }) =>
  pool.query(
    `INSERT INTO price_settings (shop_id, is_on, combination) VALUES ($1, $2, $3)
     ON CONFLICT (shop_id) DO UPDATE SET is_on = $2, combination = $3`,
    [club.shopId, values.isOn ?? true, values.combination ?? 'stack'],
  );

async function take(customer: number): Promise<string> {
  await givePoints(club, customer, 100n);
  return (await reserved(club, customer, 100n)).code;
}

beforeEach(async () => {
  budi = sandbox.world.shop(DEMO_SHOP).customers.find(({ id }) => id !== siti)!.id;
  await pool.query('SELECT seed_club($1, 10000)', [club.shopId]);
  await pool.query(`UPDATE categories SET discount_bp = 1000 WHERE shop_id = $1 AND key = 'reseller'`, [
    club.shopId,
  ]);
  await pool.query(
    'INSERT INTO customers (shop_id, customer_id) VALUES ($1, $2), ($1, $3) ON CONFLICT DO NOTHING',
    [club.shopId, siti, budi],
  );
  await pool.query(
    `UPDATE customers SET category_id = (SELECT category_id FROM categories WHERE shop_id = $1 AND key = 'reseller')
     WHERE shop_id = $1 AND customer_id = $2`,
    [club.shopId, siti],
  );
  await pool.query('UPDATE club_settings SET combines_with_product = true WHERE shop_id = $1', [club.shopId]);
});

test('a reseller’s code stands alone while the lower of the two counts; other customers’ are as the shop says', async () => {
  await setPrices({ combination: 'lowest' });
  expect(combinesNow(await take(siti))).toBe(false);
  expect(combinesNow(await take(budi))).toBe(true);
});

test('open codes are changed with the switch, and back when prices are turned off', async () => {
  await pool.query('UPDATE club_settings SET combines_with_product = false WHERE shop_id = $1', [
    club.shopId,
  ]);
  await setPrices({ combination: 'stack' });
  const [hers, his] = [await take(siti), await take(budi)];
  expect([combinesNow(hers), combinesNow(his)]).toEqual([true, false]);
  await setPrices({ combination: 'lowest' });
  expect(await updateCodes()).toBe(1);
  expect([combinesNow(hers), combinesNow(his)]).toEqual([false, false]);
  expect(await updateCodes()).toBe(0);
  await setPrices({ combination: 'stack' });
  expect(await updateCodes()).toBe(1);
  expect(combinesNow(hers)).toBe(true);
  await setPrices({ isOn: false });
  expect(await updateCodes()).toBe(1);
  expect(combinesNow(hers)).toBe(false);
});

test('what Shopify doesn’t answer follows later', async () => {
  await setPrices({ combination: 'lowest' });
  const code = await take(siti);
  await setPrices({ combination: 'stack' });
  await fault('status500', { operation: 'ChangeCombination', times: 20 });
  await updateCodes();
  expect(combinesNow(code)).toBe(false);
  await sandbox.control('DELETE', '/_control/faults');
  await pool.query('DELETE FROM shop_task_failures');
  expect(await updateCodes()).toBe(1);
  expect(combinesNow(code)).toBe(true);
});
