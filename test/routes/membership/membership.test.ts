/** Membership, tiers and details of customers through their loaders and actions, with really signed requests. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pool } from '#app/db.server.ts';
import { action as actOn, loader as customer } from '#app/routes/app.customers.$id._index.tsx';
import { action as actOnMembership, loader as membership } from '#app/routes/app.loyalty.membership.tsx';
import type { TypedTier } from '#app/modules/membership/membership-form.ts';
import { useClubDoor } from '#test/support/club-door.ts';
import { adminArgs, givenSession } from '#test/support/route-requests.ts';
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
  // The shops' programs give 10 points for 10.00.
  await pool.query('UPDATE club_settings SET redemption_rate_minor = 1');
});

beforeEach(async () => {
  await pool.query('DELETE FROM customers');
  await pool.query('DELETE FROM tier_changes');
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id, first_name, last_name) VALUES ($1, $2, 'Siti', 'Rahma'), ($3, $4, 'Ben', 'Other')`,
    [shopId, SITI, otherId, THEIRS],
  );
  await pool.query('DELETE FROM tiers WHERE shop_id = $1', [shopId]);
  await pool.query('SELECT seed_club($1, 10000)', [shopId]);
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

describe('A customer in the club', () => {
  const act = async (json: Record<string, unknown>, id = SITI) =>
    (await actOn(adminArgs(SHOP, `/app/customers/${id}`, { json, params: { id: String(id) } }))).data;
  const view = async (id = SITI) =>
    (await customer(adminArgs(SHOP, `/app/customers/${id}`, { params: { id: String(id) } }))).view.club;
  it('joins and leaves', async () => {
    expect(await act({ intent: 'join' })).toEqual({ ok: true });
    expect((await view()).standing).toMatchObject({ memberVia: 'staff', memberSince: expect.any(Date) });
    expect(await act({ intent: 'leave' })).toEqual({ ok: true });
    expect((await view()).standing.memberSince).toBeNull();
  });

  it('is called no member only where an active program is for members alone', async () => {
    expect((await view()).isForMembers).toBe(false);
    const restrict = (status: string) =>
      pool.query(
        `INSERT INTO programs (shop_id, name, kind, unit, status, rule)
         SELECT shop_id, 'Khusus member', kind, unit, $2, rule || '{"membersOnly": true}' FROM programs WHERE shop_id = $1 LIMIT 1`,
        [shopId, status],
      );
    await restrict('paused');
    expect((await view()).isForMembers).toBe(false);
    await restrict('active');
    expect((await view()).isForMembers).toBe(true);
    await pool.query(`DELETE FROM programs WHERE shop_id = $1 AND name = 'Khusus member'`, [shopId]);
  });

  it('becomes a test customer and an ordinary one again', async () => {
    expect(await act({ intent: 'trial', isTrial: 'true' })).toEqual({ ok: true });
    expect((await view()).details.isTrial).toBe(true);
    expect(await act({ intent: 'trial', isTrial: 'false' })).toEqual({ ok: true });
    expect((await view()).details.isTrial).toBe(false);
    expect(await act({ intent: 'trial' })).toEqual({ ok: false, errors: { form: { code: 'invalid' } } });
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
    for (const intent of ['join', 'leave', 'trial'])
      expect(await act({ intent, isTrial: 'true' }, THEIRS)).toEqual({
        ok: false,
        errors: { form: { code: 'unknown_customer' } },
      });
    expect(await act({ intent: 'promote' })).toEqual({ ok: false, errors: { form: { code: 'invalid' } } });
    expect(await row('member_since, is_trial', THEIRS)).toEqual({ member_since: null, is_trial: false });
  });
});

describe('The Membership screen', () => {
  const act = async (json: Record<string, unknown>, shop = SHOP) =>
    (await actOnMembership(adminArgs(shop, '/app/loyalty/membership', { json: { locale: 'en', ...json } })))
      .data;
  const view = (shop = SHOP) => membership(adminArgs(shop, '/app/loyalty/membership'));
  const typed = (change: Partial<TypedTier> = {}): TypedTier => ({
    tierId: '',
    name: 'Retail',
    threshold: '0',
    multiplier: '100',
    discount: '0',
    ...change,
  });
  const form = (tiers: TypedTier[], change: Record<string, unknown> = {}) => ({
    intent: 'membership',
    selfJoin: false,
    joinsBySpend: true,
    joinAtSpend: '250.00',
    tiersActive: true,
    measure: 'spend',
    period: 'rolling',
    periodDays: '180',
    keep: 'days',
    keepDays: '30',
    tiers: JSON.stringify(tiers),
    ...change,
  });
  const LADDER = [
    typed(),
    typed({ name: 'Silver', threshold: '100.50', multiplier: '110', discount: '2.5' }),
  ];
  const idsOf = async () =>
    new Map((await view()).settings.tiers.map(({ name, tierId }) => [name, String(tierId)]));

  it('keeps rules and tiers of this shop alone, and evaluates every customer again', async () => {
    const theirs = await view(OTHER);
    await pool.query(`UPDATE club_settings SET tiers_evaluated_on = '2026-01-01' WHERE shop_id = $1`, [
      shopId,
    ]);
    expect(await act(form(LADDER))).toEqual({ ok: true });
    const { settings: saved } = await view();
    expect(saved).toMatchObject({
      selfJoin: false,
      joinAtSpendMinor: 25_000n,
      tiersActive: true,
      rule: { measure: 'spend', period: 'rolling', periodDays: 180, keep: 'days', keepDays: 30 },
    });
    expect(saved.tiers).toMatchObject([
      { name: 'Retail', threshold: 0n, multiplierPercent: 100, memberDiscountBp: 0 },
      { name: 'Silver', threshold: 10_050n, multiplierPercent: 110, memberDiscountBp: 250 },
    ]);
    const { rows } = await pool.query(
      'SELECT tiers_evaluated_on AS on FROM club_settings WHERE shop_id = $1',
      [shopId],
    );
    expect(rows).toEqual([{ on: null }]);
    expect(await view(OTHER)).toEqual(theirs);
  });

  it('a removed tier moves its customers to the next lower one and stays in the history', async () => {
    await act(form([...LADDER, typed({ name: 'Gold', threshold: '500' })]));
    const ids = await idsOf();
    await pool.query('UPDATE customers SET tier_id = $2 WHERE shop_id = $1', [shopId, ids.get('Gold')]);
    expect((await view()).inTier.get(BigInt(ids.get('Gold')!))).toBe(1);
    const without = LADDER.map((tier) => ({ ...tier, tierId: ids.get(tier.name)! }));
    expect(await act(form(without))).toEqual({ ok: true });
    expect((await view()).inTier).toEqual(new Map([[BigInt(ids.get('Silver')!), 1]]));
    const { rows } = await pool.query(
      'SELECT tier_id::text AS tier, reason FROM tier_changes WHERE shop_id = $1',
      [shopId],
    );
    expect(rows).toEqual([{ tier: ids.get('Silver'), reason: 'tier_removed' }]);
    // A colleague who still has the old form open.
    const stale = form([typed({ tierId: ids.get('Gold')! })]);
    expect(await act(stale)).toEqual({ ok: false, errors: { form: { code: 'changed_meanwhile' } } });
    const theirs = String((await view(OTHER)).settings.tiers[0]!.tierId);
    expect(await act(form([typed({ tierId: theirs })]))).toMatchObject({
      errors: { form: { code: 'changed_meanwhile' } },
    });
  });

  it.each([
    ['joinAtSpend', { joinAtSpend: '0' }, { code: 'too_small' }],
    ['joinAtSpend', { joinAtSpend: '' }, { code: 'required' }],
    ['periodDays', { periodDays: '0' }, { code: 'too_small', limit: '1' }],
    ['keepDays', { keepDays: 'long' }, { code: 'not_a_number' }],
    ['measure', { measure: 'visits' }, { code: 'invalid' }],
    ['tiers', { tiers: 'x' }, { code: 'invalid' }],
    [
      'tiers',
      {
        tiers: JSON.stringify(
          Array.from({ length: 11 }, (_x, at) => typed({ name: `T${at}`, threshold: String(at) })),
        ),
      },
      { code: 'too_many' },
    ],
    ['tiers.0.name', { tiers: JSON.stringify([typed({ name: ' ' })]) }, { code: 'required' }],
    [
      'tiers.1.name',
      { tiers: JSON.stringify([typed(), typed({ name: 'retail', threshold: '5' })]) },
      { code: 'name_taken' },
    ],
    [
      'tiers.1.threshold',
      { tiers: JSON.stringify([typed({ threshold: '5' }), typed({ name: 'B', threshold: '5' })]) },
      { code: 'not_ascending' },
    ],
    [
      'tiers.0.threshold',
      { measure: 'points', tiers: JSON.stringify([typed({ threshold: '1.50' })]) },
      { code: 'not_a_number' },
    ],
    [
      'tiers.0.multiplier',
      { tiers: JSON.stringify([typed({ multiplier: '99' })]) },
      { code: 'too_small', limit: '100' },
    ],
    [
      'tiers.0.discount',
      { tiers: JSON.stringify([typed({ discount: '101' })]) },
      { code: 'too_large', limit: '100' },
    ],
  ])('%s is named when it is wrong: %j', async (field, change, error) => {
    expect(await act(form(LADDER, change))).toEqual({ ok: false, errors: { [field]: error } });
  });

  it('what a choice does not ask for need not be right', async () => {
    const change = {
      joinsBySpend: false,
      joinAtSpend: 'x',
      period: 'calendar',
      periodDays: '',
      keep: 'none',
      keepDays: '',
    };
    expect(await act(form([], change))).toEqual({ ok: true });
    expect((await view()).settings).toMatchObject({ joinAtSpendMinor: null, tiers: [] });
  });
});

describe('The shopper', () => {
  const { call } = useClubDoor(() => customerToken(SHOP, SITI));
  const club = async () => (await call('/api/club?cartAmount=10.00&currency=USD')).json();
  const join = (token?: string) =>
    call('/api/membership', { method: 'POST', ...(token === undefined ? {} : { token }) });

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
    const joined = await join();
    expect([joined.status, await joined.json()]).toEqual([200, { ok: true }]);
    expect(joined.headers.get('access-control-allow-origin')).toBe('*');
    expect((await club()).membership).toEqual({ isMember: true, mayJoin: false });
  });

  it('is told when the shop lets nobody in', async () => {
    await pool.query('UPDATE club_settings SET self_join = false WHERE shop_id = $1', [shopId]);
    expect((await club()).membership).toEqual({ isMember: false, mayJoin: false });
    expect((await club()).tier).toBeNull();
    const refused = await join();
    expect([refused.status, await refused.json()]).toEqual([409, { ok: false, reason: 'closed' }]);
  });

  it('needs a token of their own', async () => {
    expect((await join(sessionToken(SHOP))).status).toBe(401);
    expect((await call('/api/membership')).status).toBe(405);
  });
});
