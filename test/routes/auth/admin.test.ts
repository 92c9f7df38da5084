/** The admin's loaders and actions with really signed requests; no Shopify is asked, so sessions are given. */
import { beforeAll, describe, expect, it } from 'vitest';
import { pool } from '#app/db.server.ts';
import { loader as home } from '#app/routes/app._index.tsx';
import { loader as customer } from '#app/routes/app.customers.$id.tsx';
import { loader as customerProfile } from '#app/routes/app.customers.$id._index.tsx';
import { loader as customerContacts } from '#app/routes/app.customers.$id.contacts.tsx';
import { loader as customerPoints } from '#app/routes/app.customers.$id.points.tsx';
import { loader as customers } from '#app/routes/app.customers._index.tsx';
import { loader as event } from '#app/routes/app.settings.failed-events.$id.tsx';
import { action as retry, loader as events } from '#app/routes/app.settings.failed-events._index.tsx';
import { loader as order } from '#app/routes/app.activity.orders.$id.tsx';
import { loader as settings } from '#app/routes/app.settings._index.tsx';
import { loader as layout } from '#app/routes/app.tsx';
import { adminArgs, givenSession, thrownBy } from '#test/support/route-requests.ts';
import { sessionToken } from '#test/support/session-token.ts';
import { givenEvent, givenShop } from '#test/support/shops.ts';

const SHOP = 'one.myshopify.com';
const OTHER = 'other.myshopify.com';
let shopId: bigint;
let otherId: bigint;

async function givenCustomer(
  shop: bigint,
  id: bigint,
  fields: { first?: string; last?: string; email?: string; phone?: string },
  ageSeconds = 0,
) {
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id, first_name, last_name, email, phone, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, clock_timestamp() - $7 * interval '1 second')`,
    [
      shop,
      id,
      fields.first ?? null,
      fields.last ?? null,
      fields.email ?? null,
      fields.phone ?? null,
      ageSeconds,
    ],
  );
}

beforeAll(async () => {
  ({ shopId } = await givenShop({ domain: SHOP, currency: 'IDR', timeZone: 'Asia/Jakarta' }));
  ({ shopId: otherId } = await givenShop({ domain: OTHER }));
  await Promise.all([givenSession(SHOP), givenSession(OTHER)]);
});

const TABS = { customer, customerProfile, customerPoints, customerContacts };
const SCREENS = { layout, home, customers, settings, events, event, order, ...TABS };

describe('every screen', () => {
  it.each(Object.entries(SCREENS))(
    '%s is closed without a valid session token of this app',
    async (_name, loader) => {
      const now = Math.floor(Date.now() / 1000);
      const bad = [
        sessionToken(SHOP, {}, 'another secret'),
        sessionToken(SHOP, { exp: now - 60, nbf: now - 120 }),
        sessionToken(SHOP, { aud: 'another app' }),
        'no.token.atall',
      ];
      for (const token of bad) {
        const answer = await thrownBy(Promise.resolve(loader(adminArgs(SHOP, '/app', { token }))));
        expect(answer.status).toBe(401);
        // App Bridge sees this header, fetches a new token and asks again.
        expect(answer.headers.get('x-shopify-retry-invalid-session-request')).toBe('1');
      }
      const answer = await thrownBy(
        Promise.resolve(loader(adminArgs(SHOP, `/app?shop=${SHOP}`, { token: null }))),
      );
      expect(answer.status).toBe(302);
    },
  );

  it('sends a document request without a token to the page that fetches one', async () => {
    const host = Buffer.from('admin.shopify.com/store/one').toString('base64');
    const path = `/app?embedded=1&shop=${SHOP}&host=${host}`;
    const answer = await thrownBy(layout(adminArgs(SHOP, path, { token: null })));
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toContain('/auth/session-token?');
  });

  it('knows its shop', async () => {
    const { shop } = await layout(adminArgs(SHOP, '/app'));
    expect(shop).toEqual({
      domain: SHOP,
      name: SHOP,
      currency: 'IDR',
      timeZone: 'Asia/Jakarta',
      trialMode: false,
      isDraft: false,
    });
  });
});

describe('Home', () => {
  it('of an untouched shop shows zeros and what is left to do', async () => {
    const { shopId: newId } = await givenShop({ domain: 'new.myshopify.com' });
    await givenSession('new.myshopify.com');
    const view = await home(adminArgs('new.myshopify.com', '/app'));
    expect(view.totals).toMatchObject([
      { unit: 'POINTS', issued: 0n, outstanding: 0n, outstandingMinor: 0n },
    ]);
    expect(view.checklist).toEqual({
      hasOrder: false,
      hasEarning: false,
      hasBackfill: false,
      hasRedemption: false,
      isThemeOn: false,
      isProgramActive: true,
      isRedemptionOn: true,
    });
    expect(view.inbox).toEqual({ lastReceivedAt: null, waiting: 0, retrying: 0, dead: 0 });
    await givenEvent(newId, 'orders/paid', {});
    expect((await home(adminArgs('new.myshopify.com', '/app'))).inbox).toMatchObject({ waiting: 1, dead: 0 });
  });
});

describe('Customers', () => {
  beforeAll(async () => {
    await givenCustomer(
      shopId,
      1n,
      { first: 'Siti', last: 'Rahayu', email: 'siti@example.com', phone: '+6281234567801' },
      10,
    );
    await givenCustomer(shopId, 2n, { first: 'Budi', last: '100%_Sure', email: 'budi@example.com' }, 20);
    await givenCustomer(otherId, 3n, { first: 'Siti', last: 'Elsewhere' });
    for (let i = 0n; i < 60n; i++)
      await givenCustomer(shopId, 1000n + i, { first: 'Many', last: `N${i}` }, 100 + Number(i));
  });
  const search = async (query: string) => {
    const { view } = await customers(adminArgs(SHOP, `/app/customers?q=${encodeURIComponent(query)}`));
    return view.customers.map(({ customerId }) => String(customerId));
  };

  it.each([
    ['siti', ['1']],
    ['RAHAYU siti', ['1']],
    ['siti@exam', ['1']],
    ['0812-3456-7801', ['1']],
    ['+62 812 3456 7801', ['1']],
    ['100%_', ['2']],
    ['%', ['2']],
    ['elsewhere', []],
    ["'; DROP TABLE customers; --", []],
  ])('search %s finds %j', async (query, found) => {
    expect(await search(query)).toEqual(found);
  });

  it('pages forth and back over all, each once and in one order', async () => {
    const forth: bigint[] = [];
    const pages: string[] = [];
    let query = '';
    for (let guard = 0; guard < 10; guard++) {
      pages.push(query);
      const { view } = await customers(adminArgs(SHOP, `/app/customers${query}`));
      forth.push(...view.customers.map(({ customerId }) => customerId));
      if (view.after === null) break;
      query = `?after=${view.after}`;
    }
    expect(pages).toHaveLength(3);
    expect(new Set(forth).size).toBe(62);
    expect(forth.slice(0, 3)).toEqual([1059n, 1058n, 1057n]);

    const last = (await customers(adminArgs(SHOP, `/app/customers${query}`))).view;
    const middle = (await customers(adminArgs(SHOP, `/app/customers?before=${last.before}`))).view;
    expect(middle.customers.map(({ customerId }) => customerId)).toEqual(forth.slice(25, 50));
    const first = (await customers(adminArgs(SHOP, `/app/customers?before=${middle.before}`))).view;
    expect(first.customers.map(({ customerId }) => customerId)).toEqual(forth.slice(0, 25));
    expect(first.before).toBeNull();
  });

  it('takes a place in the list that is none as the beginning', async () => {
    const { view } = await customers(adminArgs(SHOP, '/app/customers?after=nonsense'));
    expect(view.customers).toHaveLength(25);
  });

  it("shows one's own customer and 404 for another shop's, an unknown one and no id", async () => {
    const mine = adminArgs(SHOP, '/app/customers/1', { params: { id: '1' } });
    expect((await customer(mine)).header).toMatchObject({ customer: { firstName: 'Siti' }, balances: [] });
    expect((await customerPoints(mine)).view).toMatchObject({ entries: [], olderThan: null });
    for (const id of ['3', '999', 'x', '99999999999999999999']) {
      const args = adminArgs(SHOP, `/app/customers/${id}`, { params: { id } });
      for (const tab of Object.values(TABS)) expect(await thrownBy(tab(args))).toMatchObject({ status: 404 });
    }
  });
});

describe('Failed events', () => {
  const dead = async (shop: bigint) => {
    const inboxId = await givenEvent(shop, 'orders/paid', '{"id": 1}');
    await pool.query(
      `UPDATE webhook_events SET state = 'dead', attempts = 8, last_error = 'id: expected an id' WHERE inbox_id = $1`,
      [inboxId],
    );
    return inboxId;
  };
  const args = (path: string, id: bigint) => adminArgs(SHOP, path, { params: { id: String(id) } });
  const press = (what: string) =>
    retry(adminArgs(SHOP, '/app/settings/failed-events?index', { json: { retry: what } }));

  it('list, show and retry one or all of the own shop only', async () => {
    const [mine, second, theirs] = [await dead(shopId), await dead(shopId), await dead(otherId)];
    const listed = await events(adminArgs(SHOP, '/app/settings/failed-events'));
    expect(listed.events.map(({ inboxId, status }) => [inboxId, status])).toEqual([
      [second, 'dead'],
      [mine, 'dead'],
    ]);

    const detail = await event(args(`/app/settings/failed-events/${mine}`, mine));
    expect(detail.event).toMatchObject({ body: '{"id": 1}', lastError: 'id: expected an id', attempts: 8 });
    expect(await thrownBy(event(args(`/app/settings/failed-events/${theirs}`, theirs)))).toMatchObject({
      status: 404,
    });

    expect(await press(String(mine))).toEqual({ retried: 1 });
    expect(await press(String(theirs))).toEqual({ retried: 0 });
    expect(await press('nonsense')).toEqual({ retried: 0 });
    expect(await press('all')).toEqual({ retried: 1 });
    expect((await events(adminArgs(OTHER, '/app/settings/failed-events'))).events).toMatchObject([
      { inboxId: theirs, status: 'dead' },
    ]);
  });
});

describe('an order explained', () => {
  it("is 404 for another shop's and for no id", async () => {
    for (const id of ['1', 'x']) {
      expect(
        await thrownBy(order(adminArgs(SHOP, `/app/activity/orders/${id}`, { params: { id } }))),
      ).toMatchObject({
        status: 404,
      });
    }
  });
});
