/** What Shopify says about a shop itself: at install and each hour, also a time zone that is not known here. */
import { expect, test } from 'vitest';
import { installApp, sandbox, useSandbox } from '#test/support/sandbox-bed.ts';
import { pool } from '#app/db.server.ts';
import { ensureInstalled } from '#app/modules/home/install.server.ts';
import { isKnownTimeZone } from '#app/modules/shops/time-zone.server.ts';
import { refreshShops } from '#app/modules/shops/refresh-shops.server.ts';
import { DEMO_SHOP } from '#test/support/sandbox.ts';

useSandbox();

const inShop = () => sandbox.world.shop(DEMO_SHOP).shop;
const stored = async () =>
  (
    await pool.query(
      `SELECT name, country, currency, time_zone AS zone, unknown_time_zone AS unknown FROM shops WHERE domain = $1`,
      [DEMO_SHOP],
    )
  ).rows[0];

test.each([
  ['Asia/Jakarta', true],
  ['UTC', true],
  ['Mars/Olympus', false],
  ['', false],
  // PostgreSQL would take it for a zone of its own making, Node not.
  ['Foo7', false],
])('a time zone %s: known %s', async (zone, isKnown) => {
  expect(await isKnownTimeZone(zone)).toBe(isKnown);
});

test('a shop in an unknown zone is installed with days of UTC, and moves to its zone once that is known', async () => {
  inShop().timeZone = 'Mars/Olympus';
  await installApp(DEMO_SHOP);
  expect(await stored()).toMatchObject({ zone: 'UTC', unknown: 'Mars/Olympus' });
  inShop().timeZone = 'Asia/Makassar';
  await ensureInstalled(DEMO_SHOP);
  expect(await stored()).toMatchObject({ zone: 'Asia/Makassar', unknown: null });
});

test('what the merchant changes in the settings comes in each hour; an unknown zone keeps the former one', async () => {
  await installApp(DEMO_SHOP);
  await pool.query(`UPDATE sync_runs SET state = 'done'`);
  Object.assign(inShop(), {
    name: 'Toko Baru',
    timeZone: 'Asia/Jayapura',
    countryCode: 'TH',
    currency: 'THB',
  });
  await refreshShops();
  expect(await stored()).toEqual({
    name: 'Toko Baru',
    zone: 'Asia/Jayapura',
    unknown: null,
    country: 'TH',
    currency: 'THB',
  });
  // Rates and prices are those of the former currency.
  const { rows } = await pool.query('SELECT redemption_enabled AS enabled FROM club_settings');
  expect(rows).toEqual([{ enabled: false }]);
  inShop().timeZone = 'Mars/Olympus';
  await refreshShops();
  expect(await stored()).toMatchObject({ zone: 'Asia/Jayapura', unknown: 'Mars/Olympus' });
});
