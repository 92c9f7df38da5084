/** The worker brings customers' standing and the club's facts to Shopify, where the theme's blocks read them. */
import { beforeEach, describe, expect, test } from 'vitest';
import { club, fault, sandbox, select, useSandboxShop } from '#test/support/sandbox-bed.ts';
import { DEMO_SHOP } from '#test/support/sandbox.ts';
import { pool } from '#app/db.server.ts';
import { turnOnStanding } from '#app/modules/earning/standing/turn-on.server.ts';
import { writeStandings } from '#app/modules/earning/standing/write-standings.server.ts';
import { givePoints, reserved } from '#test/support/redemptions.ts';
import { findMetafield } from '../../../sandbox/shopify/admin-graphql/sources/metafield.ts';

useSandboxShop({ hasOrders: false });

const shopThere = () => sandbox.world.shop(DEMO_SHOP);
const standingOf = (id: number): unknown => {
  const customer = shopThere().customers.find((each) => each.id === id);
  const held = customer && findMetafield(customer, '$app', 'standing');
  return held && JSON.parse(held.value);
};
const program = (): Record<string, unknown> | undefined => {
  const held = findMetafield(shopThere().appInstallation ?? {}, 'club', 'program');
  return held && JSON.parse(held.value);
};
const setsSent = (): number =>
  sandbox.world.state.requests.filter(({ operation }) => operation === 'SetPriceMetafields').length;

let first: number;
beforeEach(async () => {
  first = club.customers[0]!;
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id, first_name) SELECT $1, unnest($2::bigint[]), 'X' ON CONFLICT DO NOTHING`,
    [club.shopId, club.customers],
  );
});

test('nothing is written, and nothing noted, for a shop whose theme does not show the club', async () => {
  await givePoints(club, first, 100n);
  expect(await writeStandings()).toBe(0);
  expect(await select('SELECT * FROM standing_changes WHERE shop_id = $1')).toEqual([]);
  expect(standingOf(first)).toBeUndefined();
});

describe('once it does', () => {
  beforeEach(async () => {
    await givePoints(club, first, 100n);
    // The module knows which shops it has turned on; the database is new for each test.
    await pool.query('INSERT INTO standing_settings (shop_id) VALUES ($1)', [club.shopId]);
    await writeStandings();
  });

  test('those who have points have their standing there, others none', () => {
    expect(standingOf(first)).toMatchObject({ v: 1, points: '100', member: false });
    expect(standingOf(club.customers[1]!)).toBeUndefined();
  });

  test('an entry, a reservation and a tier are there after the next run', async () => {
    await givePoints(club, first, 50n);
    await reserved(club, first, 30n);
    await writeStandings();
    expect(standingOf(first)).toMatchObject({ points: '120' });
    await pool.query('UPDATE customers SET member_since = now() WHERE shop_id = $1 AND customer_id = $2', [
      club.shopId,
      first,
    ]);
    await writeStandings();
    expect(standingOf(first)).toMatchObject({ member: true });
  });

  test('a second run has nothing to write', async () => {
    const before = setsSent();
    expect(await writeStandings()).toBe(0);
    expect(setsSent()).toBe(before);
  });

  test('a change that comes while Shopify does not answer is written later', async () => {
    await givePoints(club, first, 1n);
    await fault('status503', { operation: 'SetPriceMetafields', times: 10 });
    await writeStandings();
    expect(standingOf(first)).toMatchObject({ points: '100' });
    await sandbox.control('DELETE', '/_control/faults');
    await pool.query(`UPDATE standing_customers SET next_attempt_at = clock_timestamp()`);
    await pool.query(`DELETE FROM shop_task_failures`);
    await writeStandings();
    expect(standingOf(first)).toMatchObject({ points: '101' });
  });

  test('many at once take few calls', async () => {
    for (const customer of club.customers) await givePoints(club, customer, 5n);
    const before = setsSent();
    await writeStandings();
    expect(setsSent() - before).toBeLessThanOrEqual(Math.ceil(club.customers.length / 25) + 3);
    for (const customer of club.customers.slice(1))
      expect(standingOf(customer)).toMatchObject({ points: '5' });
  });

  test('the facts of the club are there for all blocks, and follow the rules', async () => {
    expect(program()).toMatchObject({
      v: 1,
      proxy: '/apps/setia',
      is_simple: true,
      spend: [{ step: 10_000_000, units: 10, tax: 0 }],
      redeem: { units: 1, worth: 10_000 },
    });
    await pool.query(`UPDATE club_settings SET banner_text = 'Double points' WHERE shop_id = $1`, [
      club.shopId,
    ]);
    await pool.query('UPDATE standing_settings SET program_checked_at = NULL');
    await writeStandings();
    expect(program()).toMatchObject({ banner: 'Double points' });
  });
});

test('turning it on again changes nothing', async () => {
  await turnOnStanding(club.shopId);
  await turnOnStanding(club.shopId);
  expect(await select('SELECT shop_id FROM standing_settings WHERE shop_id = $1')).toHaveLength(1);
});
