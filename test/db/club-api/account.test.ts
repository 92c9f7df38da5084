/** What the customer account asks of the club, with really signed tokens and Shopify beside it. */
import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { club, sandbox, select, shop, useSandboxShop } from '#test/support/sandbox-bed.ts';
import { pool, withTransaction } from '#app/db.server.ts';
import { upsertCustomers } from '#app/modules/customers/upsert-customers.server.ts';
import { useClubDoor } from '#test/support/club-door.ts';
import { balanceOf, entriesOf, setClub } from '#test/support/clubs.ts';
import { givePoints, reserved } from '#test/support/redemptions.ts';
import { givenReward } from '#test/support/rewards.ts';
import { DEMO_SHOP, type Loose } from '#test/support/sandbox.ts';
import { customerToken } from '#test/support/session-token.ts';

useSandboxShop({ hasOrders: false });

// Minutes pass between tests: none of them waits for the turn of an earlier one.
beforeAll(() => void vi.useFakeTimers({ toFake: ['performance'] }));

let siti: number;
let budi: number;
const { call } = useClubDoor(() => customerToken(DEMO_SHOP, siti));

const held = (email: string): Loose => sandbox.world.findCustomer(DEMO_SHOP, email);
const get = async (path: string, token?: string): Promise<Loose> =>
  (await call(path, token === undefined ? {} : { token })).json();
const post = async (path: string, body: unknown, token?: string | null) => {
  const answer = await call(path, { method: 'POST', body, ...(token === undefined ? {} : { token }) });
  const json: Loose = await answer.json();
  return { status: answer.status, body: json };
};

/** The customers, as webhooks told of them. */
async function toldOf(...customers: Loose[]): Promise<void> {
  await sandbox.webhooks.idle();
  sandbox.receiver.received.length = 0;
  for (const { id, firstName } of customers)
    await sandbox.control('POST', `/_control/customers/${String(id)}`, { firstName });
  await sandbox.webhooks.idle();
  const events = sandbox.receiver.received
    .filter(({ topic }) => topic === 'customers/update')
    .map(({ topic, headers, payload }) => ({
      shopId: club.shopId,
      topic,
      triggeredAt: new Date(headers['x-shopify-triggered-at'] ?? ''),
      payload,
    }));
  await withTransaction((tx) => upsertCustomers(tx, events).then(() => undefined));
}

beforeEach(async () => {
  vi.advanceTimersByTime(900_000);
  await pool.query('SELECT seed_club($1, 10000)', [club.shopId]);
  siti = held('siti.rahmawati@example.com').id;
  budi = held('budi.santoso@example.com').id;
  await toldOf(held('siti.rahmawati@example.com'), held('budi.santoso@example.com'));
});

describe('GET /api/account', () => {
  test('lots with their last day, what happened, and own data; without the notes of staff', async () => {
    await givePoints(club, siti, 100n, new Date('2099-12-30T17:00:00Z'));
    await givePoints(club, siti, 30n);
    const account = await get('/api/account');
    expect(account.lots).toMatchObject([
      { unit: 'POINTS', remaining: '100', lastDay: '2099-12-30', isPending: false },
      { unit: 'POINTS', remaining: '30', lastDay: null },
    ]);
    expect(account.history.entries.map(({ amount, line }: Loose) => [amount, line])).toEqual([
      ['30', 'manual_add'],
      ['100', 'manual_add'],
    ]);
    expect(account.profile).toMatchObject({ birthDate: null, hasEmail: true, hasPhone: true });
    const shown = 'amount at code id lastDay line order program reward unit usableFrom';
    expect(Object.keys(account.history.entries[0]).sort().join(' ')).toBe(shown);
  });

  test('a customer who is not known yet has an empty account', async () => {
    const account = await get('/api/account', customerToken(DEMO_SHOP, 999));
    expect(account).toEqual({ lots: [], moreLots: 0, history: { entries: [], next: null }, profile: null });
  });

  test("another customer's token shows nothing of this one", async () => {
    await givePoints(club, siti, 100n);
    const account = await get('/api/account', customerToken(DEMO_SHOP, budi));
    expect(account.lots).toEqual([]);
    expect(account.history.entries).toEqual([]);
  });

  test('the history is read in pages, and by sign', async () => {
    for (let index = 0; index < 23; index += 1) await givePoints(club, siti, BigInt(index + 1));
    const { history } = await get('/api/account');
    expect(history.entries).toHaveLength(20);
    const rest = await get(`/api/account/history?before=${String(history.next)}`);
    expect(rest.entries.map(({ amount }: Loose) => amount)).toEqual(['3', '2', '1']);
    expect(rest.next).toBeNull();
    expect((await get('/api/account/history?filter=spent')).entries).toEqual([]);
    expect((await get('/api/account/history?filter=earned&before=x')).entries).toHaveLength(20);
  });
});

describe('a reward becomes a code', () => {
  test('of the same rules as at checkout: seen there, given back here, and only once', async () => {
    await givePoints(club, siti, 100n);
    const rewardId = await givenReward(club, { units: 50n });
    const body = { key: randomUUID(), rewardId: String(rewardId) };
    const first = await post('/api/account/codes', body);
    const again = await post('/api/account/codes', body);
    expect(first.status).toBe(200);
    expect(again.body.redemption.code).toBe(first.body.redemption.code);
    expect((await get('/api/club?cartAmount=500000.00&currency=IDR')).open.code).toBe(
      first.body.redemption.code,
    );
    expect((await get('/api/club')).wallets[0].available).toBe('50');
    const released = await post(`/api/redemptions/${String(first.body.redemption.id)}/release`, {});
    expect(released.body).toEqual({ ok: true });
    expect((await get('/api/club')).wallets[0].available).toBe('100');
  });

  test('what was begun at checkout is given back here', async () => {
    await givePoints(club, siti, 100n);
    const redemption = await reserved(club, siti, 50n);
    expect((await get('/api/club')).open.code).toBe(redemption.code);
    await post(`/api/redemptions/${redemption.redemptionId}/release`, {});
    expect((await get('/api/club')).wallets[0].available).toBe('100');
  });

  test.each([
    [{ key: 'x', rewardId: '1' }, 'key'],
    [{ key: randomUUID(), rewardId: '-1' }, 'rewardId'],
    ['{', 'body'],
  ])('bad input %j names the field', async (body, field) => {
    expect(await post('/api/account/codes', body)).toMatchObject({ status: 400, body: { field } });
  });
});

describe('own data', () => {
  test('a birthday is set once, at Shopify too, and a consent follows', async () => {
    const saved = await post('/api/account/profile', { birthDate: '1990-05-17', email: 'subscribed' });
    expect(saved).toMatchObject({
      status: 200,
      body: { profile: { birthDate: '1990-05-17', email: 'subscribed' } },
    });
    expect(held('siti.rahmawati@example.com').emailConsent.state).toBe('SUBSCRIBED');
    const [row] = await select(
      `SELECT email_consent_source AS source FROM customers WHERE shop_id = $1 AND customer_id = ${siti}`,
    );
    expect(row.source).toBe('website');
    const changed = await post('/api/account/profile', { birthDate: '1991-05-17' });
    expect(changed).toMatchObject({ status: 409, body: { reason: 'already_set', field: 'birthDate' } });
    const back = await post('/api/account/profile', { email: 'unsubscribed' });
    expect(back.body.profile.email).toBe('unsubscribed');
  });

  test.each([
    [{ birthDate: '1990-02-30' }, 400, 'birthDate'],
    [{ birthDate: '2999-01-01' }, 409, 'birthDate'],
    [{ sms: 'maybe' }, 400, 'sms'],
    [{ weight: '80' }, 400, 'body'],
  ])('%j: %d, names %s', async (body, status, field) => {
    expect(await post('/api/account/profile', body)).toMatchObject({ status, body: { ok: false, field } });
  });

  test('a wedding day only where the shop asks', async () => {
    const ignored = await post('/api/account/profile', { weddingDate: '2015-06-01' });
    expect(ignored.body.profile.weddingDate).toBeNull();
    await setClub(club, { sensitive_fields: true });
    const saved = await post('/api/account/profile', { weddingDate: '2015-06-01' });
    expect(saved.body.profile).toMatchObject({ asksWeddingDate: true, weddingDate: '2015-06-01' });
  });

  test('leaves the club and keeps the points', async () => {
    await givePoints(club, siti, 100n);
    await post('/api/membership', {});
    expect((await get('/api/club')).membership.isMember).toBe(true);
    expect((await post('/api/membership/leave', {})).body).toEqual({ ok: true });
    expect((await get('/api/club')).membership.isMember).toBe(false);
    expect(await balanceOf(club, siti)).toBe(100n);
  });
});

describe('POST /api/orders/:id/points', () => {
  const line = { productId: '1', variantId: '11', quantity: 1, gross: '300000.00', discount: '0.00' };
  const asked = { currency: 'IDR', lines: [line], codes: [] };
  const guestToken = () =>
    customerToken(DEMO_SHOP, 1, { sub: undefined, iss: undefined, ...{ sid: undefined } });

  test('before the webhook: expected, by the rules in force', async () => {
    const { body } = await post('/api/orders/12345/points', asked);
    expect(body).toMatchObject({ state: 'expected', points: '30', available: '0', used: [] });
  });

  test('unpaid, paid, refunded', async () => {
    const order = await shop.order(siti, [300_000], { paid: false });
    await shop.tell(order);
    expect((await post(`/api/orders/${order.id}/points`, asked)).body).toMatchObject({
      state: 'expected',
      points: '30',
    });
    await shop.tell(await shop.pay(order));
    expect((await post(`/api/orders/${order.id}/points`, asked)).body).toMatchObject({
      state: 'earned',
      points: '30',
      available: '30',
    });
    await shop.tell(await shop.cancel(order, true));
    expect((await post(`/api/orders/${order.id}/points`, asked)).body).toMatchObject({
      state: 'none',
      points: '0',
    });
  });

  test('what paid for it, by code at first and by the order afterwards', async () => {
    await givePoints(club, siti, 100n);
    const { code } = await reserved(club, siti, 50n);
    const early = await post('/api/orders/12345/points', { ...asked, codes: [code.toLowerCase()] });
    expect(early.body.used).toEqual([{ unit: 'POINTS', units: '50', reward: null }]);
    const order = await shop.order(siti, [300_000], { codes: [code] });
    await shop.tell(order);
    const { body } = await post(`/api/orders/${order.id}/points`, asked);
    expect(body.used).toEqual([{ unit: 'POINTS', units: '50', reward: null }]);
  });

  test('a guest gets what their own lines say, and nothing that is stored', async () => {
    const order = await shop.order(siti, [900_000]);
    await shop.tell(order);
    const { body } = await post(`/api/orders/${order.id}/points`, asked, guestToken());
    expect(body).toMatchObject({ state: 'waiting', points: '30', used: [], available: null });
  });

  test("another customer's order earns this one nothing", async () => {
    const order = await shop.order(budi, [300_000]);
    await shop.tell(order);
    expect((await post(`/api/orders/${order.id}/points`, asked)).body).toMatchObject({
      state: 'none',
      points: '0',
    });
  });

  test("a guest's order is claimed with the same address, once, and not with another", async () => {
    const order = await shop.order(null, [300_000], { email: 'wati@example.com' });
    await shop.tell(order);
    const waiting = await post(`/api/orders/${order.id}/points`, asked);
    expect(waiting.body).toMatchObject({ state: 'waiting', points: '30' });
    expect(await post(`/api/orders/${order.id}/claim`, {})).toMatchObject({
      status: 409,
      body: { reason: 'other_address' },
    });
    // She signs in with the order's address: Shopify makes the customer.
    const { body } = await sandbox.control('POST', '/_control/customers', {
      firstName: 'Wati',
      email: 'wati@example.com',
    });
    const wati: number = body.customer.id;
    await toldOf({ id: wati, firstName: 'Wati' });
    const token = customerToken(DEMO_SHOP, wati);
    for (let time = 0; time < 2; time += 1)
      expect(await post(`/api/orders/${order.id}/claim`, {}, token)).toMatchObject({
        status: 200,
        body: { ok: true },
      });
    expect(await entriesOf(club, wati)).toEqual(['order_spend 30']);
    expect((await post(`/api/orders/${order.id}/points`, asked, token)).body).toMatchObject({
      state: 'earned',
      points: '30',
    });
    expect(await post(`/api/orders/${order.id}/claim`, {})).toMatchObject({
      body: { reason: 'other_address' },
    });
    expect(await post('/api/orders/999/claim', {})).toMatchObject({ body: { reason: 'unknown_order' } });
  });

  test.each([
    [{ ...asked, currency: 'rupiah' }, 'currency'],
    [{ ...asked, lines: [{ ...line, discount: '300000.01' }] }, 'lines'],
    [{ ...asked, lines: Array.from({ length: 201 }, () => line) }, 'lines'],
    [{ ...asked, lines: [{ ...line, quantity: 0.5 }] }, 'lines'],
  ])('bad input names the field', async (body, field) => {
    expect(await post('/api/orders/1/points', body)).toMatchObject({ status: 400, body: { field } });
  });

  test('another currency: nothing is promised', async () => {
    expect((await post('/api/orders/1/points', { ...asked, currency: 'USD' })).body).toMatchObject({
      state: 'none',
      points: '0',
    });
  });
});
