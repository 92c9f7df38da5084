/** Settings and trial mode through their loaders and actions, with really signed requests. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pool } from '#app/db.server.ts';
import { action as saveClub, loader as settings } from '#app/routes/app.settings._index.tsx';
import { action as saveCheckout } from '#app/routes/app.settings.checkout.tsx';
import { action as saveGroups } from '#app/routes/app.settings.groups.tsx';
import { action as savePrivacy } from '#app/routes/app.settings.privacy._index.tsx';
import { action as saveRefunds } from '#app/routes/app.settings.refunds.tsx';
import { action as saveTrial, loader as trial } from '#app/routes/app.settings.trial.tsx';
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
  // The club's program gives 10 points for 10.00: worth 0.10.
  await pool.query('UPDATE club_settings SET redemption_rate_minor = 1');
});

/** The sections of Settings, each a screen: its address, its action and its fields as typed. */
const SECTIONS = {
  club: {
    path: '/app/settings',
    action: saveClub,
    form: { clubTitle: 'Klub Setia', startsOn: '2026-01-31', bannerText: 'Gratis ongkir' },
  },
  checkout: {
    path: '/app/settings/checkout',
    action: saveCheckout,
    form: {
      redemptionEnabled: true,
      redemptionRateUnits: '2',
      redemptionRateMinor: '0.02',
      redemptionMinimumUnits: '1,000',
      payoutActive: true,
      tillConsent: true,
      combinesWithOrder: true,
      combinesWithProduct: false,
      combinesWithShipping: true,
      redemptionTtlMinutes: '60',
    },
  },
  refunds: {
    path: '/app/settings/refunds',
    action: saveRefunds,
    form: { refundShortfall: 'write_off', refundTakesFromAllLots: false, restoreMinimumDays: '14' },
  },
  groups: {
    path: '/app/settings/groups',
    action: saveGroups,
    form: {
      newCustomerDays: '20',
      regularDays: '45',
      lapsedOrders: '3',
      lapsedDays: '1,000',
      lifetimeMonths: '24',
    },
  },
  privacy: { path: '/app/settings/privacy?index', action: savePrivacy, form: { sensitiveFields: true } },
  trial: { path: '/app/settings/trial', action: saveTrial, form: { trialMode: true } },
} as const;
type Section = keyof typeof SECTIONS;
const NAMES = ['club', 'checkout', 'refunds', 'groups', 'privacy', 'trial'] as const;

describe('Settings', () => {
  const save = async (section: Section, change: Record<string, unknown> = {}) => {
    const { path, action, form } = SECTIONS[section];
    return (await action(adminArgs(SHOP, path, { json: { ...form, ...change, locale: 'en' } }))).data;
  };
  const read = async (shop = SHOP) => (await settings(adminArgs(shop, '/app/settings'))).settings;

  beforeEach(async () => {
    await pool.query('UPDATE customers SET is_trial = (customer_id = $1)', [SITI]);
  });

  it('are saved for this shop alone, each section by itself', async () => {
    const before = await read(OTHER);
    for (const section of NAMES) {
      const others = await read();
      expect(await save(section)).toEqual({ ok: true });
      const changed = Object.entries(await read()).filter(
        ([field, value]) => others[field as keyof typeof others] !== value,
      );
      const fields = Object.keys(SECTIONS[section].form);
      expect(changed.map(([field]) => field).filter((field) => !fields.includes(field))).toEqual([]);
    }
    expect(await read()).toEqual({
      ...Object.assign({}, ...NAMES.map((section) => SECTIONS[section].form)),
      redemptionRateUnits: 2n,
      redemptionRateMinor: 2n,
      redemptionMinimumUnits: 1_000n,
      redemptionTtlMinutes: 60,
      restoreMinimumDays: 14,
      newCustomerDays: 20,
      regularDays: 45,
      lapsedOrders: 3,
      lapsedDays: 1_000,
      lifetimeMonths: 24,
    });
    expect(await read(OTHER)).toEqual(before);
  });

  it('show the banner of trial mode on every screen of this shop', async () => {
    await save('trial');
    expect((await layout(adminArgs(SHOP, '/app'))).shop.trialMode).toBe(true);
    expect((await layout(adminArgs(OTHER, '/app'))).shop.trialMode).toBe(false);
  });

  it('ask for a test customer before trial mode is turned on', async () => {
    await pool.query('UPDATE customers SET is_trial = false');
    const errors = { trialMode: { code: 'needs_test_customer' } };
    expect(await save('trial')).toEqual({ ok: false, errors });
    expect(await save('trial', { trialMode: false })).toEqual({ ok: true });
    expect((await read()).trialMode).toBe(false);
  });

  it('make every tier due again when trial mode changes, and only then', async () => {
    const evaluatedOn = async () =>
      (await pool.query(`SELECT tiers_evaluated_on::text AS on FROM club_settings WHERE trial_mode`)).rows;
    await save('trial');
    await pool.query(`UPDATE club_settings SET tiers_evaluated_on = '2026-01-31'`);
    await save('trial');
    await save('club', { clubTitle: 'Another' });
    expect(await evaluatedOn()).toEqual([{ on: '2026-01-31' }]);
    await save('trial', { trialMode: false });
    await save('trial');
    expect(await evaluatedOn()).toEqual([{ on: null }]);
  });

  it.each<[Section, string, unknown, object]>([
    ['club', 'clubTitle', 'x'.repeat(41), { code: 'too_long' }],
    ['club', 'bannerText', 'x'.repeat(201), { code: 'too_long' }],
    ['club', 'startsOn', '31-01-2026', { code: 'not_a_day' }],
    ['checkout', 'redemptionRateUnits', '0', { code: 'too_small', limit: '1' }],
    ['checkout', 'redemptionRateMinor', 'lots', { code: 'not_an_amount' }],
    ['checkout', 'redemptionTtlMinutes', '5', { code: 'too_small', limit: '10' }],
    ['refunds', 'restoreMinimumDays', 'ten', { code: 'not_a_number' }],
    ['groups', 'newCustomerDays', '', { code: 'required' }],
    ['groups', 'regularDays', '0', { code: 'too_small', limit: '1' }],
    ['groups', 'lapsedOrders', '101', { code: 'too_large', limit: '100' }],
    ['groups', 'lapsedDays', '3,651', { code: 'too_large', limit: '3650' }],
    ['groups', 'lifetimeMonths', 'ever', { code: 'not_a_number' }],
    ['refunds', 'refundShortfall', 'forget', { code: 'invalid' }],
    ['checkout', 'combinesWithOrder', 'true', { code: 'invalid' }],
    ['trial', 'trialMode', 1, { code: 'invalid' }],
  ])('%s: %s = %j is wrong at that field', async (section, field, value, error) => {
    expect(await save(section, { [field]: value })).toEqual({ ok: false, errors: { [field]: error } });
  });
});

describe('Test customers', () => {
  beforeAll(() => pool.query('UPDATE customers SET is_trial = false'));

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
    expect((await trial(adminArgs(SHOP, '/app/settings/trial'))).testers).toMatchObject([
      { customerId: SITI },
    ]);
    expect((await trial(adminArgs(OTHER, '/app/settings/trial'))).testers).toEqual([]);
    expect(await change(SITI, false)).toEqual({ ok: true });
    expect((await trial(adminArgs(SHOP, '/app/settings/trial'))).testers).toEqual([]);
  });

  it('are customers of this shop', async () => {
    expect(await change(THEIRS, true)).toEqual({ ok: false, reason: 'unknown_customer' });
    expect(await change('x', true)).toEqual({ ok: false, reason: 'unknown_customer' });
  });
});
