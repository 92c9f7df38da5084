/** Settings, membership, tiers and categories through their loaders and actions, with really signed requests. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pool } from '#app/db.server.ts';
import { action as joinAction, loader as joinPreflight } from '#app/routes/api.membership.tsx';
import { loader as clubLoader } from '#app/routes/api.club.tsx';
import { action as actOn, loader as customer } from '#app/routes/app.customers.$id.tsx';
import { action as saveSettings, loader as settings } from '#app/routes/app.settings.tsx';
import { action as changeTesters, loader as suggest } from '#app/routes/app.test-customers.tsx';
import { loader as layout } from '#app/routes/app.tsx';
import { readNationalId } from '#app/modules/customers/national-id.server.ts';
import { adminArgs, givenSession, thrownBy } from '#test/support/route-requests.ts';
import { customerToken, sessionToken } from '#test/support/session-token.ts';
import { givenShop } from '#test/support/shops.ts';

const SHOP = 'one.myshopify.com';
const OTHER = 'other.myshopify.com';
const SITI = 7_100_000_000_001n;
const THEIRS = 7_100_000_000_002n;
let shopId: bigint;
let otherId: bigint;

beforeAll(async () => {
  ({ shopId } = await givenShop({ domain: SHOP }));
  ({ shopId: otherId } = await givenShop({ domain: OTHER }));
  await givenSession(SHOP);
  await givenSession(OTHER);
  await pool.query(`SELECT seed_club($1, 10000), seed_club($2, 10000)`, [shopId, otherId]);
});

beforeEach(async () => {
  await pool.query('DELETE FROM customers');
  await pool.query('DELETE FROM tier_changes');
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id, first_name, last_name) VALUES ($1, $2, 'Siti', 'Rahma'), ($3, $4, 'Ben', 'Other')`,
    [shopId, SITI, otherId, THEIRS],
  );
  await pool.query(
    `UPDATE club_settings SET trial_mode = false, sensitive_fields = false, tiers_active = false, self_join = true`,
  );
});

async function row(columns: string, id = SITI): Promise<Record<string, unknown>> {
  const { rows } = await pool.query<Record<string, unknown>>(
    `SELECT ${columns} FROM customers WHERE customer_id = $1`,
    [id],
  );
  return rows[0]!;
}

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
    });
    expect(await settings(adminArgs(OTHER, '/app/settings'))).toEqual(before);
  });

  it('show the banner of trial mode on every screen of this shop', async () => {
    await save({});
    expect((await layout(adminArgs(SHOP, '/app'))).shop.trialMode).toBe(true);
    expect((await layout(adminArgs(OTHER, '/app'))).shop.trialMode).toBe(false);
  });

  it.each([
    ['clubTitle', 'x'.repeat(41), { code: 'too_long' }],
    ['bannerText', 'x'.repeat(201), { code: 'too_long' }],
    ['startsOn', '31-01-2026', { code: 'not_a_day' }],
    ['redemptionRateUnits', '0', { code: 'too_small', limit: '1' }],
    ['redemptionRateMinor', 'lots', { code: 'not_an_amount' }],
    ['redemptionTtlMinutes', '5', { code: 'too_small', limit: '10' }],
    ['restoreMinimumDays', 'ten', { code: 'not_a_number' }],
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

describe('A customer in the club', () => {
  const act = async (json: Record<string, unknown>, id = SITI) =>
    (await actOn(adminArgs(SHOP, `/app/customers/${id}`, { json, params: { id: String(id) } }))).data;
  const view = async (id = SITI) =>
    (await customer(adminArgs(SHOP, `/app/customers/${id}`, { params: { id: String(id) } }))).view.club;
  const details = {
    intent: 'details',
    categoryId: '',
    birthDate: '1990-02-28',
    weddingDate: '2015-06-01',
    nationalId: '3174-0961-1290-0001',
    removeNationalId: false,
    isTrial: true,
  };

  it('joins and leaves', async () => {
    expect(await act({ intent: 'join' })).toEqual({ ok: true });
    expect((await view()).standing).toMatchObject({ memberVia: 'staff', memberSince: expect.any(Date) });
    expect(await act({ intent: 'leave' })).toEqual({ ok: true });
    expect((await view()).standing.memberSince).toBeNull();
  });

  it('gets details; what the shop does not ask for is neither kept nor shown', async () => {
    expect(await act(details)).toEqual({ ok: true });
    expect(await row('birth_date::text, wedding_date::text, national_id_cipher, is_trial')).toEqual({
      birth_date: '1990-02-28',
      wedding_date: null,
      national_id_cipher: null,
      is_trial: true,
    });
    await pool.query('UPDATE club_settings SET sensitive_fields = true WHERE shop_id = $1', [shopId]);
    expect(await act(details)).toEqual({ ok: true });
    const { cipher } = await row('national_id_cipher AS cipher');
    expect(readNationalId(shopId, SITI, String(cipher))).toBe('3174096112900001');
    expect((await view()).details).toMatchObject({
      weddingDate: '2015-06-01',
      maskedNationalId: '••••••••••••0001',
    });
    // What is not typed again stays; only the button removes it.
    await act({ ...details, nationalId: '' });
    expect((await view()).details.maskedNationalId).not.toBeNull();
    await pool.query('UPDATE club_settings SET sensitive_fields = false WHERE shop_id = $1', [shopId]);
    expect((await view()).details).toMatchObject({ weddingDate: null, maskedNationalId: null });
    await pool.query('UPDATE club_settings SET sensitive_fields = true WHERE shop_id = $1', [shopId]);
    await act({ ...details, nationalId: '', removeNationalId: true });
    expect(await row('national_id_cipher, national_id_hash')).toEqual({
      national_id_cipher: null,
      national_id_hash: null,
    });
  });

  it.each([
    ['birthDate', '1990-02-30', 'not_a_day'],
    ['birthDate', '1890-01-01', 'not_a_day'],
    ['birthDate', '2190-01-01', 'in_future'],
    ['nationalId', 'no id', 'invalid'],
    ['categoryId', '999999', 'invalid'],
    ['isTrial', 'yes', 'invalid'],
  ])('details with %s = %j are wrong at that field', async (field, value, code) => {
    expect(await act({ ...details, [field]: value })).toEqual({ ok: false, errors: { [field]: { code } } });
  });

  it('is put into a tier with a reason', async () => {
    await pool.query('UPDATE club_settings SET tiers_active = true WHERE shop_id = $1', [shopId]);
    const { all } = (await view()).standing.tiers!;
    const gold = String(all.find(({ name }) => name === 'Gold')!.tierId);
    expect(await act({ intent: 'tier', tierId: gold, reason: ' ' })).toEqual({
      ok: false,
      errors: { reason: { code: 'required' } },
    });
    expect(await act({ intent: 'tier', tierId: gold, reason: 'Tamu lama' })).toEqual({ ok: true });
    const club = await view();
    expect(club.standing.tiers).toMatchObject({
      current: { name: 'Gold' },
      next: { tier: { name: 'Platinum' } },
    });
    expect(club.history).toMatchObject([{ tierName: 'Gold', reason: 'Tamu lama' }]);
  });

  it('is one of this shop, and what is asked is something', async () => {
    for (const intent of ['join', 'leave', 'details'])
      expect(await act({ ...details, intent }, THEIRS)).toEqual({
        ok: false,
        errors: { form: { code: 'unknown_customer' } },
      });
    expect(await act({ intent: 'promote' })).toEqual({ ok: false, errors: { form: { code: 'invalid' } } });
    expect(await row('member_since, birth_date', THEIRS)).toEqual({ member_since: null, birth_date: null });
  });
});

describe('The shopper', () => {
  const args = (path: string, method = 'GET', token = customerToken(SHOP, SITI)) => ({
    request: new Request(`http://127.0.0.1:3000${path}`, {
      method,
      headers: {
        'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Setia-Test',
        origin: 'https://extensions.shopifycdn.com',
        authorization: `Bearer ${token}`,
      },
    }),
    params: {},
    context: {},
  });
  const club = async () => (await clubLoader(args('/api/club?cartAmount=10.00&currency=USD'))).json();

  it('reads membership, tier and promotion, and joins', async () => {
    await pool.query(
      `UPDATE club_settings SET tiers_active = true, banner_text = 'Gratis ongkir' WHERE shop_id = $1`,
      [shopId],
    );
    expect(await club()).toMatchObject({
      membership: { isMember: false, mayJoin: true },
      tier: { name: null, next: { name: 'Retail', measure: 'spend', missing: '0' } },
      banner: 'Gratis ongkir',
    });
    const joined = await joinAction(args('/api/membership', 'POST'));
    expect([joined.status, await joined.json()]).toEqual([200, { ok: true }]);
    expect(joined.headers.get('access-control-allow-origin')).toBe('*');
    expect((await club()).membership).toEqual({ isMember: true, mayJoin: false });
  });

  it('is told when the shop lets nobody in', async () => {
    await pool.query('UPDATE club_settings SET self_join = false WHERE shop_id = $1', [shopId]);
    expect((await club()).membership).toEqual({ isMember: false, mayJoin: false });
    expect((await club()).tier).toBeNull();
    const refused = await joinAction(args('/api/membership', 'POST'));
    expect([refused.status, await refused.json()]).toEqual([409, { ok: false, reason: 'closed' }]);
  });

  it('needs a token of their own', async () => {
    expect(
      (await thrownBy(Promise.resolve(joinAction(args('/api/membership', 'POST', sessionToken(SHOP))))))
        .status,
    ).toBe(403);
    expect((await joinPreflight(args('/api/membership'))).status).toBe(405);
  });
});
