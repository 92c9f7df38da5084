/** What the checkout extension asks about rewards and gifts, with really signed tokens. */
import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { pool } from '#app/db.server.ts';
import { moveClaim } from '#app/modules/redemptions/claims/move-claim.server.ts';
import { setRewardStatus } from '#app/modules/redemptions/rewards/reward-rows.server.ts';
import { useClubDoor } from '#test/support/club-door.ts';
import { givePoints } from '#test/support/redemptions.ts';
import { givenReward } from '#test/support/rewards.ts';
import { customerToken, sessionToken } from '#test/support/session-token.ts';
import { givenShop } from '#test/support/shops.ts';

const SHOP = 'one.myshopify.com';
const OTHER = 'other.myshopify.com';
const CUSTOMER = 7_100_000_000_001;
let shop: { shopId: bigint; domain: string };
let gift: bigint;
let percent: bigint;

beforeAll(async () => {
  shop = await givenShop({ domain: SHOP });
  await givenShop({ domain: OTHER });
  gift = await givenReward(shop, { name: 'Phone', kind: 'other', units: 100n, limitPerCustomer: 2 });
  percent = await givenReward(shop, { name: 'Ten off', units: 50n, minimumCartMinor: 200_00n });
});

// Minutes pass between tests: none of them waits for the turn of an earlier one.
beforeAll(() => void vi.useFakeTimers({ toFake: ['performance'] }));
beforeEach(() => void vi.advanceTimersByTime(300_000));

const { call } = useClubDoor(() => customerToken(SHOP, CUSTOMER));

const postClaim = (body: unknown, token?: string | null) =>
  call('/api/claims', { method: 'POST', body, ...(token === undefined ? {} : { token }) });
const postReward = (change: Record<string, unknown> = {}) =>
  call('/api/redemptions', {
    method: 'POST',
    body: {
      kind: 'reward',
      key: randomUUID(),
      rewardId: String(percent),
      cartAmount: '250.00',
      currency: 'USD',
      ...change,
    },
  });
const readClub = async (token?: string) =>
  (await call('/api/club?cartAmount=150.00&currency=USD', token === undefined ? {} : { token })).json();

describe('POST /api/claims', () => {
  it.each<[string, number, string | null]>([
    ['nobody', 401, null],
    ['a token that is none', 401, 'x.y.z'],
    ["staff's token of the admin", 401, sessionToken(SHOP)],
    ['a guest', 401, customerToken(SHOP, 1, { sub: undefined })],
  ])('%s: %d, readable from anywhere', async (_who, status, token) => {
    const answer = await postClaim({ key: randomUUID(), rewardId: String(gift) }, token);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  });

  it("answers the browser's question before it", async () => {
    expect((await call('/api/claims', { token: null, method: 'OPTIONS' })).status).toBe(204);
    expect((await call('/api/claims')).status).toBe(405);
  });

  it.each([
    ['key', { key: 'no-uuid' }],
    ['rewardId', { rewardId: '-1' }],
    ['rewardId', { rewardId: 5 }],
    ['rewardId', { rewardId: '1'.repeat(20) }],
  ])('names the field %s of %j', async (field, change) => {
    const answer = await postClaim({ key: randomUUID(), rewardId: String(gift), ...change });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ ok: false, reason: 'bad_request', field });
  });

  it('refuses what is no JSON of a sane size', async () => {
    for (const body of ['', 'no json', '[]', 'null']) expect((await postClaim(body)).status).toBe(400);
  });

  it('says what is missing', async () => {
    const answer = await postClaim({ key: randomUUID(), rewardId: String(gift) });
    expect(answer.status).toBe(409);
    expect(await answer.json()).toEqual({
      ok: false,
      reason: 'insufficient',
      available: '0',
      minimum: '100',
      limitPerCustomer: 2,
      minimumCartMinor: '0',
    });
  });

  it('claims once a key, and the customer sees it with the note of the shop; nobody else does', async () => {
    await givePoints(shop, CUSTOMER, 400n);
    const key = randomUUID();
    const answers = [];
    for (let time = 0; time < 2; time++) {
      const answer = await postClaim({ key, rewardId: String(gift) });
      expect(answer.status).toBe(200);
      answers.push(await answer.json());
    }
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]).toMatchObject({
      ok: true,
      claim: { name: 'Phone', units: '100', state: 'requested', number: expect.stringMatching(/^GIFT-/) },
    });
    const { id } = answers[0].claim;
    await moveClaim({ shopId: shop.shopId, claimId: id, to: 'approved', note: 'Friday', actor: 'staff:1' });
    const view = await readClub();
    expect(view.claims).toMatchObject([{ id, state: 'approved', note: 'Friday' }]);
    expect(view.wallets[0]).toMatchObject({ available: '300' });
    expect((await readClub(customerToken(SHOP, CUSTOMER + 1))).claims).toEqual([]);
    expect((await readClub(customerToken(OTHER, CUSTOMER))).claims).toEqual([]);
    // The same key for another customer is another claim of theirs: they have nothing.
    const foreign = await postClaim({ key, rewardId: String(gift) }, customerToken(SHOP, CUSTOMER + 1));
    expect(await foreign.json()).toMatchObject({ ok: false, reason: 'insufficient' });
    const { rows } = await pool.query('SELECT count(*)::int AS n FROM claims WHERE shop_id = $1', [
      shop.shopId,
    ]);
    expect(rows).toEqual([{ n: 1 }]);
  });

  it("does not know another shop's gift, nor a code reward", async () => {
    for (const [rewardId, token] of [
      [gift, customerToken(OTHER, CUSTOMER)],
      [percent, customerToken(SHOP, CUSTOMER)],
    ] as const) {
      const answer = await postClaim({ key: randomUUID(), rewardId: String(rewardId) }, token);
      expect(await answer.json()).toMatchObject({ ok: false, reason: 'reward_gone', minimum: '0' });
    }
  });
});

describe('rewards in GET /api/club and POST /api/redemptions', () => {
  it('are listed with what stands in the way; paused ones are not', async () => {
    const view = await readClub();
    expect(view.rewards).toMatchObject([
      { id: String(percent), kind: 'percent', percentBp: 1_000, units: '50', obstacle: 'below_minimum_cart' },
      { id: String(gift), kind: 'other', units: '100', obstacle: null, missing: '0' },
    ]);
    await setRewardStatus(shop.shopId, gift, 'paused');
    expect((await readClub()).rewards).toHaveLength(1);
    await setRewardStatus(shop.shopId, gift, 'active');
  });

  it('a cart below the minimum is refused with it', async () => {
    const answer = await postReward({ cartAmount: '199.99' });
    expect(answer.status).toBe(409);
    expect(await answer.json()).toMatchObject({
      ok: false,
      reason: 'below_minimum_cart',
      minimum: '50',
      minimumCartMinor: '20000',
    });
  });

  it('a gift is no code', async () => {
    const answer = await postReward({ rewardId: String(gift) });
    expect(await answer.json()).toMatchObject({ ok: false, reason: 'reward_gone' });
  });

  it.each([
    ['key', { key: 'x' }],
    ['rewardId', { rewardId: '0' }],
    ['rewardId', { rewardId: 'abc' }],
    ['rewardId', { rewardId: '9223372036854775808' }],
    ['kind', { kind: 'gift' }],
    ['kind', { kind: undefined }],
    ['cartAmount', { cartAmount: '-1' }],
    ['currency', { currency: 'usd' }],
  ])('names the field %s of %j', async (field, change) => {
    const answer = await postReward(change);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ ok: false, reason: 'bad_request', field });
  });

  it('is pending while Shopify cannot be asked (there is no session): held once, whatever is repeated', async () => {
    const key = randomUUID();
    for (let time = 0; time < 2; time++)
      expect(await (await postReward({ key })).json()).toMatchObject({ ok: false, reason: 'pending' });
    expect((await readClub()).wallets[0]).toMatchObject({ held: '50' });
  });
});
