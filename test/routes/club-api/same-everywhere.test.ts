/** One club behind all doors: what one begins, every other sees and takes back, and a reward has the same rules at each. */
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { club, sandbox, useSandboxShop } from '#test/support/sandbox-bed.ts';
import { pool } from '#app/db.server.ts';
import { staffDoor } from '#app/modules/club-api/staff/staff-door.server.ts';
import { useClubDoor } from '#test/support/club-door.ts';
import { useProxyDoor } from '#test/support/proxy-door.ts';
import { proxySearch } from '#test/support/proxy-search.ts';
import { givePoints } from '#test/support/redemptions.ts';
import { givenReward } from '#test/support/rewards.ts';
import type { Loose } from '#test/support/sandbox.ts';
import { customerToken, sessionToken } from '#test/support/session-token.ts';

useSandboxShop({ hasOrders: false });

/** Each test has a customer and a user of its own: turns are counted by both. */
let turn = 0;
let customer = 0;
const byToken = useClubDoor(() => customerToken(club.domain, customer));
const byStaff = useClubDoor(() => sessionToken(club.domain, { sub: String(500 + turn) }), staffDoor);
const byProxy = useProxyDoor();

interface Answered {
  status: number;
  json: Loose;
}
interface Surface {
  club: (cart: Cart) => Promise<Loose>;
  redeem: (wish: object, cart: Cart) => Promise<Answered>;
  release: (id: string) => Promise<Answered>;
}
interface Cart {
  cartAmount: string;
  currency: string;
}

const CART: Cart = { cartAmount: '150000.00', currency: 'IDR' };
const answered = async (response: Response): Promise<Answered> => {
  const text = await response.text();
  return { status: response.status, json: text === '' ? null : JSON.parse(text) };
};
const search = (cart: Cart) => new URLSearchParams({ ...cart }).toString();

const SURFACES: Record<string, Surface> = {
  'checkout and account': {
    club: async (cart) => (await answered(await byToken.call(`/api/club?${search(cart)}`))).json,
    redeem: async (wish, cart) =>
      answered(await byToken.call('/api/redemptions', { method: 'POST', body: { ...wish, ...cart } })),
    release: async (id) =>
      answered(await byToken.call(`/api/redemptions/${id}/release`, { method: 'POST', body: {} })),
  },
  theme: {
    club: async (cart) =>
      (await answered(await byProxy('club', proxySearch(club.domain, customer, { ...cart })))).json,
    redeem: async (wish, cart) =>
      answered(
        await byProxy('redemptions', proxySearch(club.domain, customer), {
          method: 'POST',
          body: { ...wish, ...cart },
        }),
      ),
    release: async (id) =>
      answered(
        await byProxy(`redemptions/${id}/release`, proxySearch(club.domain, customer), {
          method: 'POST',
          body: {},
        }),
      ),
  },
  till: {
    club: async (cart) =>
      (await answered(await byStaff.call(`/api/staff/customers/${customer}?${search(cart)}`))).json.club,
    redeem: async (wish, cart) =>
      answered(
        await byStaff.call('/api/staff/redemptions', {
          method: 'POST',
          body: { ...wish, ...cart, customerId: String(customer) },
        }),
      ),
    release: async (id) =>
      answered(
        await byStaff.call(`/api/staff/redemptions/${id}/release`, {
          method: 'POST',
          body: { customerId: String(customer) },
        }),
      ),
  },
};
const NAMES = Object.keys(SURFACES);
const at = (name: string): Surface => SURFACES[name]!;
const available = (view: Loose): string => view.wallets[0].available;
/** The rules of the newest code at Shopify, but for what is another's each time. */
function lastRules(): object {
  const {
    id: _id,
    redeemCodeId: _codeId,
    code: _code,
    title: _title,
    startsAt: _from,
    endsAt: _to,
    createdAt: _made,
    updatedAt: _changed,
    status: _status,
    ...rules
  } = sandbox.world.shop(club.domain).discounts.at(-1) as Loose;
  return rules;
}

beforeEach(async () => {
  turn += 1;
  customer = club.customers[turn % club.customers.length]!;
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id, first_name) VALUES ($1, $2, 'Wulan') ON CONFLICT DO NOTHING`,
    [club.shopId, customer],
  );
  await givePoints(club, customer, 200n);
});

describe.each(NAMES)('a redemption begun at: %s', (begun) => {
  it.each(NAMES)('is seen and taken back at: %s', async (seen) => {
    const { json } = await at(begun).redeem(
      { kind: 'pay', key: randomUUID(), unit: 'POINTS', units: '50' },
      CART,
    );
    expect(json.ok).toBe(true);
    const view = await at(seen).club(CART);
    expect(view.open).toMatchObject({ id: json.redemption.id, code: json.redemption.code, units: '50' });
    expect(available(view)).toBe('150');
    expect(await at(seen).release(json.redemption.id)).toEqual({ status: 200, json: { ok: true } });
    for (const name of NAMES) {
      const after = await at(name).club(CART);
      expect([name, after.open, available(after)]).toEqual([name, null, '200']);
    }
  });
});

describe('one reward', () => {
  const withMinimum = () =>
    givenReward(club, { name: 'Voucher', units: 50n, minimumCartMinor: 200_000_00n, limitPerCustomer: 1 });

  it('is offered with the same terms, and with the same obstacle', async () => {
    await withMinimum();
    await givenReward(club, { name: 'Dear', units: 5_000n });
    const views = await Promise.all(NAMES.map((name) => at(name).club(CART)));
    expect(views[0].rewards.map(({ obstacle }: Loose) => obstacle).toSorted()).toEqual([
      'below_minimum_cart',
      'insufficient',
    ]);
    for (const view of views) expect(view.rewards).toEqual(views[0].rewards);
  });

  it.each(NAMES)('below its minimum nothing is reserved, with the same reason, at: %s', async (name) => {
    const reward = await withMinimum();
    const wish = { kind: 'reward', key: randomUUID(), rewardId: String(reward) };
    const { status, json } = await at(name).redeem(wish, CART);
    expect([status, json]).toEqual([
      409,
      {
        ok: false,
        reason: 'below_minimum_cart',
        available: '200',
        minimum: '50',
        limitPerCustomer: 1,
        minimumCartMinor: '20000000',
      },
    ]);
    expect(available(await at(name).club(CART))).toBe('200');
    const { rows } = await pool.query('SELECT FROM redemptions WHERE shop_id = $1 AND customer_id = $2', [
      club.shopId,
      customer,
    ]);
    expect(rows).toEqual([]);
  });

  it('becomes a code of the same rules, and is taken once, wherever it was taken', async () => {
    const big = { ...CART, cartAmount: '250000.00' };
    const codes: object[] = [];
    for (const name of NAMES) {
      const reward = await withMinimum();
      const wish = () => ({ kind: 'reward', key: randomUUID(), rewardId: String(reward) });
      const taken = await at(name).redeem(wish(), big);
      expect([name, taken.json.ok]).toEqual([name, true]);
      codes.push(lastRules());
      await at(name).release(taken.json.redemption.id);
    }
    expect(codes).toHaveLength(NAMES.length);
    for (const rules of codes) expect(rules).toEqual(codes[0]);
  });
});
