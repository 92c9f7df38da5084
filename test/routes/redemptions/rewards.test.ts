/** The screens of rewards and claims, with really signed requests; no Shopify is asked, so sessions are given. */
import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pool } from '#app/db.server.ts';
import { action as moveClaim, loader as claims } from '#app/routes/app.activity.reward-requests.tsx';
import { loader as list } from '#app/routes/app.loyalty.rewards._index.tsx';
import { action as payOut } from '#app/routes/app.payouts.$id.tsx';
import { action as saveReward, loader as reward } from '#app/routes/app.loyalty.rewards.$id.tsx';
import { action as createReward, loader as newReward } from '#app/routes/app.loyalty.rewards.new.tsx';
import { givePoints } from '#test/support/redemptions.ts';
import { claimed, givenReward } from '#test/support/rewards.ts';
import { adminArgs, givenSession, thrownBy } from '#test/support/route-requests.ts';
import { givenShop } from '#test/support/shops.ts';

const SHOP = 'one.myshopify.com';
const OTHER = 'other.myshopify.com';
const SITI = 7_001;
let shop: { shopId: bigint; domain: string };
let programId: bigint;

beforeAll(async () => {
  shop = await givenShop({ domain: SHOP, currency: 'IDR', timeZone: 'Asia/Jakarta' });
  await givenShop({ domain: OTHER });
  await Promise.all([givenSession(SHOP), givenSession(OTHER)]);
  const { rows } = await pool.query('SELECT program_id FROM programs WHERE shop_id = $1', [shop.shopId]);
  programId = rows[0].program_id;
  await pool.query(
    `INSERT INTO staff_members (shop_id, user_id, name) SELECT shop_id, 1, 'Rina' FROM shops WHERE domain = $1`,
    [SHOP],
  );
});
beforeEach(async () => {
  await pool.query('DELETE FROM rewards');
});

const FORM = {
  version: '',
  name: ' Sepuluh persen ',
  kind: 'percent',
  unit: 'POINTS',
  units: '1.000',
  percent: '12,5',
  mostOffMinor: '',
  amountMinor: '',
  description: '',
  pictureUrl: '',
  minimumCartMinor: '250.000',
  validDays: '30',
  limitPerCustomer: '',
  limitTotal: '100',
  combinesWithOrder: false,
  combinesWithProduct: true,
  combinesWithShipping: true,
  locale: 'id',
};

const create = (change: Record<string, unknown> = {}, program = programId, domain = SHOP) =>
  createReward(
    adminArgs(domain, `/app/loyalty/rewards/new?program=${program}`, { json: { ...FORM, ...change } }),
  );
const save = (rewardId: bigint, json: Record<string, unknown>, domain = SHOP) =>
  saveReward(
    adminArgs(domain, `/app/loyalty/rewards/${rewardId}`, { json, params: { id: String(rewardId) } }),
  );
const statusOf = (answer: { init: ResponseInit | null }) => answer.init?.status ?? 200;

async function created(change: Record<string, unknown> = {}, program = programId): Promise<bigint> {
  const { data } = await create(change, program);
  return BigInt((data.ok && data.goTo?.split('/').pop()) || 0);
}
const rowOf = async (rewardId: bigint) =>
  (await pool.query('SELECT * FROM rewards WHERE reward_id = $1', [rewardId])).rows[0];

describe('a reward', () => {
  it('is made of what was typed in the language of the form', async () => {
    const rewardId = await created();
    expect(await rowOf(rewardId)).toMatchObject({
      shop_id: shop.shopId,
      program_id: programId,
      name: 'Sepuluh persen',
      kind: 'percent',
      units: 1_000n,
      percent_bp: 1_250,
      amount_minor: null,
      minimum_cart_minor: 250_000_00n,
      valid_days: 30,
      limit_per_customer: null,
      limit_total: 100,
      status: 'active',
    });
  });

  it('can be an amount, a gift, and cost credit', async () => {
    const amount = await created({ kind: 'amount', amountMinor: '20.000', unit: 'CREDIT', units: '15.000' });
    expect(await rowOf(amount)).toMatchObject({
      amount_minor: 20_000_00n,
      percent_bp: null,
      unit: 'CREDIT',
      units: 15_000_00n,
    });
    const gift = await created({
      kind: 'other',
      description: 'Umrah untuk dua orang',
      pictureUrl: 'https://cdn.example/umrah.jpg',
      minimumCartMinor: 'nothing that counts',
    });
    expect(await rowOf(gift)).toMatchObject({
      description: 'Umrah untuk dua orang',
      picture_url: 'https://cdn.example/umrah.jpg',
      minimum_cart_minor: 0n,
    });
  });

  it.each([
    ['name', '  ', { code: 'required' }],
    ['name', 'x'.repeat(81), { code: 'too_long' }],
    ['units', '0', { code: 'too_small', limit: '1' }],
    ['units', '1,5', { code: 'not_a_number' }],
    ['percent', '101', { code: 'too_large' }],
    ['percent', '', { code: 'required' }],
    ['minimumCartMinor', 'abc', { code: 'not_an_amount' }],
    ['validDays', '366', { code: 'too_large', limit: '365' }],
    ['limitTotal', '0', { code: 'too_small', limit: '1' }],
    ['limitPerCustomer', 'many', { code: 'not_a_number' }],
  ])('says at %s what is wrong with %j', async (field, value, error) => {
    const answer = await create({ [field]: value });
    expect(statusOf(answer)).toBe(422);
    const { data } = answer;
    expect(data.ok ? {} : data.errors).toEqual({ [field]: expect.objectContaining(error) });
    expect((await pool.query('SELECT 1 FROM rewards')).rows).toEqual([]);
  });

  it.each([
    ['amount', 'amountMinor', '0', 'too_small'],
    ['other', 'pictureUrl', 'http://cdn.example/x.jpg', 'not_a_web_address'],
    ['other', 'pictureUrl', 'javascript:alert(1)', 'not_a_web_address'],
    ['other', 'description', 'x'.repeat(501), 'too_long'],
  ])('of kind %s says at %s what is wrong with %.30s', async (kind, field, value, code) => {
    const { data } = await create({ kind, [field]: value });
    expect(data).toEqual({ ok: false, errors: { [field]: { code } } });
  });

  it('is listed, shown, saved under its version, paused, resumed and removed', async () => {
    const rewardId = await created();
    const args = adminArgs(SHOP, `/app/loyalty/rewards?program=${programId}`);
    expect((await list(args)).lists).toMatchObject([
      { program: { programId }, rewards: [{ rewardId, taken: 0 }] },
    ]);
    expect(statusOf(await save(rewardId, { ...FORM, version: '1', name: 'Baru' }))).toBe(200);
    const stale = await save(rewardId, { ...FORM, version: '1', name: 'Lain' });
    expect(stale.data).toEqual({ ok: false, errors: { form: { code: 'changed_meanwhile' } } });
    const shown = await reward(adminArgs(SHOP, '/x', { params: { id: String(rewardId) } }));
    expect(shown.view.reward).toMatchObject({ name: 'Baru', version: 2 });
    for (const [intent, status] of [
      ['pause', 'paused'],
      ['pause', 'paused'],
      ['resume', 'active'],
    ]) {
      expect((await save(rewardId, { intent })).data).toEqual({ ok: true });
      expect((await rowOf(rewardId)).status).toBe(status);
    }
    const goTo = `/app/loyalty/rewards?program=${programId}`;
    expect((await save(rewardId, { intent: 'remove' })).data).toEqual({ ok: true, goTo });
    expect((await save(rewardId, { intent: 'remove' })).data).toEqual({ ok: true, goTo });
    expect((await list(args)).lists).toMatchObject([{ rewards: [] }]);
    expect((await thrownBy(save(rewardId, { ...FORM, version: '5' }))).status).toBe(404);
  });

  it('is listed with those of all programs; an ended program counts while it has rewards', async () => {
    const { rows } = await pool.query(
      `INSERT INTO programs (shop_id, name, kind, status, unit, rule) SELECT shop_id, names.name, kind, 'ended', unit, rule
       FROM programs CROSS JOIN (VALUES ('Old with rewards'), ('Old without')) names (name) WHERE program_id = $1
       RETURNING program_id`,
      [programId],
    );
    const [ended, endedEmpty] = rows.map(({ program_id }) => program_id);
    const mine = await created();
    const old = await created({}, ended);
    const { program, lists } = await list(adminArgs(SHOP, '/app/loyalty/rewards'));
    expect(program).toBeNull();
    expect(
      lists.map((each) => [each.program.programId, each.rewards.map(({ rewardId }) => rewardId)]),
    ).toEqual([
      [programId, [mine]],
      [ended, [old]],
    ]);
    await pool.query('DELETE FROM rewards');
    await pool.query('DELETE FROM programs WHERE program_id = ANY($1)', [[ended, endedEmpty]]);
  });

  it("is not there for another shop, nor is another shop's program", async () => {
    const rewardId = await created();
    const params = { id: String(rewardId) };
    expect((await thrownBy(reward(adminArgs(OTHER, '/x', { params })))).status).toBe(404);
    const ofProgram = `/app/loyalty/rewards?program=${programId}`;
    expect((await thrownBy(list(adminArgs(OTHER, ofProgram)))).status).toBe(404);
    expect((await list(adminArgs(OTHER, '/app/loyalty/rewards'))).lists).toMatchObject([{ rewards: [] }]);
    expect((await thrownBy(save(rewardId, { intent: 'remove' }, OTHER))).status).toBe(404);
    expect(
      (
        await thrownBy(
          create({ locale: 'en', units: '1', percent: '5', minimumCartMinor: '0' }, programId, OTHER),
        )
      ).status,
    ).toBe(404);
    const address = `/app/loyalty/rewards/new?program=${programId}`;
    expect((await thrownBy(newReward(adminArgs(OTHER, address)))).status).toBe(404);
    expect((await newReward(adminArgs(SHOP, address))).view).toMatchObject({ reward: null });
    expect((await rowOf(rewardId)).status).toBe('active');
  });

  it('is closed without a session token', async () => {
    for (const path of ['/app/activity/reward-requests', `/app/loyalty/rewards/new?program=${programId}`]) {
      const loader = path === '/app/activity/reward-requests' ? claims : newReward;
      expect((await thrownBy(loader(adminArgs(SHOP, path, { token: 'no.token.atall' })))).status).not.toBe(
        200,
      );
    }
  });
});

describe('claims', () => {
  const move = (claimId: string, to: string, note = '', domain = SHOP) =>
    moveClaim(
      adminArgs(domain, '/app/activity/reward-requests', { json: { claimId, to, note, locale: 'en' } }),
    );
  const read = async (query: string) =>
    (await claims(adminArgs(SHOP, `/app/activity/reward-requests${query}`))).view;

  it('are shown by state, moved by the signed-in staff, and refused when someone was faster', async () => {
    const gift = await givenReward(shop, { name: 'Phone', kind: 'other', units: 5n });
    await givePoints(shop, SITI, 10n);
    const claimId = await claimed(shop, SITI, gift);
    expect(await read('')).toMatchObject({
      state: 'requested',
      counts: { requested: 1, approved: 0 },
      claims: [{ claimId, name: 'Phone', customerId: BigInt(SITI), staffName: null }],
    });
    expect((await move(claimId, 'approved', ' Friday ')).data).toEqual({ ok: true, to: 'approved' });
    expect(await read('?state=approved')).toMatchObject({ claims: [{ noteToCustomer: 'Friday' }] });
    expect((await move(claimId, 'delivered')).data).toEqual({ ok: true, to: 'delivered' });
    const late = await move(claimId, 'refused');
    expect(statusOf(late)).toBe(422);
    expect(late.data).toEqual({ ok: false, reason: 'not_allowed', state: 'delivered' });
    const { rows } = await pool.query('SELECT actor FROM claims WHERE redemption_id = $1', [claimId]);
    expect(rows[0].actor).toMatch(/^staff:\d+$/);
    expect((await read('?state=nonsense')).state).toBe('requested');
  });

  it("refuse a long note, an unknown button and another shop's claim", async () => {
    const gift = await givenReward(shop, { kind: 'other', units: 5n });
    await givePoints(shop, SITI, 5n);
    const claimId = await claimed(shop, SITI, gift);
    expect((await move(claimId, 'approved', 'x'.repeat(301))).data).toMatchObject({
      reason: 'note_too_long',
    });
    for (const act of [
      () => move(claimId, 'requested'),
      () => move('no-id', 'approved'),
      () => move(claimId, 'refused', '', OTHER),
    ])
      expect((await thrownBy(act())).status).toBe(404);
    const { rows } = await pool.query('SELECT state FROM claims WHERE redemption_id = $1', [claimId]);
    expect(rows).toEqual([{ state: 'requested' }]);
  });
});

describe('payouts as store credit', () => {
  const pay = (json: Record<string, unknown>, domain = SHOP, customer: number | string = SITI) =>
    payOut(adminArgs(domain, `/app/payouts/${customer}`, { json, params: { id: String(customer) } }));
  const body = (change: Record<string, unknown> = {}) => ({
    key: randomUUID(),
    unit: 'POINTS',
    amount: '10',
    locale: 'en',
    ...change,
  });

  beforeEach(async () => {
    await pool.query(
      `INSERT INTO customers (shop_id, customer_id, first_name) VALUES ($1, $2, 'Siti') ON CONFLICT DO NOTHING`,
      [shop.shopId, SITI],
    );
  });

  it('say what is wrong with an amount, and that they are switched off', async () => {
    for (const amount of ['', 'ten', '0', '1.5'])
      expect((await pay(body({ amount }))).data).toMatchObject({ ok: false, problem: 'not_an_amount' });
    const off = await pay(body());
    expect(statusOf(off)).toBe(422);
    expect(off.data).toMatchObject({ ok: false, problem: 'disabled' });
    await pool.query('UPDATE club_settings SET payout_active = true WHERE shop_id = $1', [shop.shopId]);
    expect((await pay(body({ amount: '1,000,000' }))).data).toMatchObject({
      ok: false,
      problem: 'insufficient',
    });
  });

  it("refuse a form that no screen sends, and another shop's customer", async () => {
    for (const change of [{ key: 'x' }, { unit: 'GOLD' }, { amount: 5 }])
      expect((await thrownBy(pay(body(change)))).status).toBe(400);
    expect((await thrownBy(pay(body(), OTHER))).status).toBe(404);
    expect((await thrownBy(pay(body(), SHOP, 'nobody'))).status).toBe(404);
  });
});
