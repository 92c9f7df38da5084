/** Settings and trial mode through their loaders and actions, with really signed requests. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pool } from '#app/db.server.ts';
import { action as saveSettings, loader as settings } from '#app/routes/app.settings._index.tsx';
import { action as changeTesters, loader as suggest } from '#app/routes/app.test-customers.tsx';
import { loader as layout } from '#app/routes/app.tsx';
import { adminArgs, givenSession } from '#test/support/route-requests.ts';
import { givenShop } from '#test/support/shops.ts';

const SHOP = 'one.myshopify.com';
const OTHER = 'other.myshopify.com';
const SITI = 7_100_000_000_001n;
const THEIRS = 7_100_000_000_002n;

beforeAll(async () => {
  const { shopId } = await givenShop({ domain: SHOP });
  const { shopId: otherId } = await givenShop({ domain: OTHER });
  await givenSession(SHOP);
  await givenSession(OTHER);
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id, first_name, last_name) VALUES ($1, $2, 'Siti', 'Rahma'), ($3, $4, 'Ben', 'Other')`,
    [shopId, SITI, otherId, THEIRS],
  );
});

beforeEach(async () => {
  await pool.query('UPDATE club_settings SET trial_mode = false');
});

describe('Settings', () => {
  const form = {
    clubTitle: 'Klub Setia',
    startsOn: '2026-01-31',
    messageOnChange: true,
    bannerText: 'Gratis ongkir',
    redemptionEnabled: true,
    redemptionRateUnits: '2',
    redemptionRateMinor: '1.50',
    redemptionMinimumUnits: '1,000',
    payoutActive: true,
    combinesWithOrder: true,
    combinesWithProduct: false,
    combinesWithShipping: true,
    redemptionTtlMinutes: '60',
    refundShortfall: 'write_off',
    refundTakesFromAllLots: false,
    restoreMinimumDays: '14',
    newCustomerDays: '20',
    regularDays: '45',
    lapsedOrders: '3',
    lapsedDays: '1,000',
    lifetimeMonths: '24',
    trialMode: true,
    sensitiveFields: true,
    locale: 'en',
  };
  const save = async (change: Record<string, unknown>) =>
    (await saveSettings(adminArgs(SHOP, '/app/settings', { json: { ...form, ...change } }))).data;

  it('are saved for this shop alone', async () => {
    const before = await settings(adminArgs(OTHER, '/app/settings'));
    expect(await save({})).toEqual({ ok: true });
    const { locale: _locale, ...saved } = form;
    expect((await settings(adminArgs(SHOP, '/app/settings'))).settings).toEqual({
      ...saved,
      redemptionRateUnits: 2n,
      redemptionRateMinor: 150n,
      redemptionMinimumUnits: 1_000n,
      redemptionTtlMinutes: 60,
      restoreMinimumDays: 14,
      newCustomerDays: 20,
      regularDays: 45,
      lapsedOrders: 3,
      lapsedDays: 1_000,
      lifetimeMonths: 24,
    });
    expect(await settings(adminArgs(OTHER, '/app/settings'))).toEqual(before);
  });

  it('show the banner of trial mode on every screen of this shop', async () => {
    await save({});
    expect((await layout(adminArgs(SHOP, '/app'))).shop.trialMode).toBe(true);
    expect((await layout(adminArgs(OTHER, '/app'))).shop.trialMode).toBe(false);
  });

  it('make every tier due again when trial mode changes, and only then', async () => {
    const evaluatedOn = async () =>
      (await pool.query(`SELECT tiers_evaluated_on::text AS on FROM club_settings WHERE trial_mode`)).rows;
    await save({ trialMode: true });
    await pool.query(`UPDATE club_settings SET tiers_evaluated_on = '2026-01-31'`);
    await save({ trialMode: true, clubTitle: 'Another' });
    expect(await evaluatedOn()).toEqual([{ on: '2026-01-31' }]);
    await save({ trialMode: false });
    await save({ trialMode: true });
    expect(await evaluatedOn()).toEqual([{ on: null }]);
  });

  it.each([
    ['clubTitle', 'x'.repeat(41), { code: 'too_long' }],
    ['bannerText', 'x'.repeat(201), { code: 'too_long' }],
    ['startsOn', '31-01-2026', { code: 'not_a_day' }],
    ['redemptionRateUnits', '0', { code: 'too_small', limit: '1' }],
    ['redemptionRateMinor', 'lots', { code: 'not_an_amount' }],
    ['redemptionTtlMinutes', '5', { code: 'too_small', limit: '10' }],
    ['restoreMinimumDays', 'ten', { code: 'not_a_number' }],
    ['newCustomerDays', '', { code: 'required' }],
    ['regularDays', '0', { code: 'too_small', limit: '1' }],
    ['lapsedOrders', '101', { code: 'too_large', limit: '100' }],
    ['lapsedDays', '3,651', { code: 'too_large', limit: '3650' }],
    ['lifetimeMonths', 'ever', { code: 'not_a_number' }],
    ['refundShortfall', 'forget', { code: 'invalid' }],
    ['combinesWithOrder', 'true', { code: 'invalid' }],
    ['trialMode', 1, { code: 'invalid' }],
  ])('%s = %j is wrong at that field', async (field, value, error) => {
    expect(await save({ [field]: value })).toEqual({ ok: false, errors: { [field]: error } });
  });
});

describe('Test customers', () => {
  const change = async (customerId: bigint | string, isTrial: boolean) =>
    (
      await changeTesters(
        adminArgs(SHOP, '/app/test-customers', { json: { customerId: String(customerId), isTrial } }),
      )
    ).data;

  it('are found, added and removed, each shop its own', async () => {
    const found = await suggest(adminArgs(SHOP, '/app/test-customers?q=sit'));
    expect(found.customers.map(({ customerId }) => customerId)).toEqual([SITI]);
    expect((await suggest(adminArgs(SHOP, '/app/test-customers?q='))).customers).toEqual([]);
    expect(await change(SITI, true)).toEqual({ ok: true });
    expect((await settings(adminArgs(SHOP, '/app/settings'))).testers).toMatchObject([{ customerId: SITI }]);
    expect((await settings(adminArgs(OTHER, '/app/settings'))).testers).toEqual([]);
    expect(await change(SITI, false)).toEqual({ ok: true });
    expect((await settings(adminArgs(SHOP, '/app/settings'))).testers).toEqual([]);
  });

  it('are customers of this shop', async () => {
    expect(await change(THEIRS, true)).toEqual({ ok: false, reason: 'unknown_customer' });
    expect(await change('x', true)).toEqual({ ok: false, reason: 'unknown_customer' });
  });
});
