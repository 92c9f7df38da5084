/** Invitations with the sign-in link: who gets one, what became of it, and the link. */
import { beforeEach, describe, expect, it } from 'vitest';
import { club, sandbox, select, useSandboxShop } from '#test/support/sandbox-bed.ts';
import { adminArgs, answerOf, givenSession, thrownBy } from '#test/support/route-requests.ts';
import { DEMO_SHOP } from '#test/support/sandbox.ts';
import { givenShop } from '#test/support/shops.ts';
import { pool } from '#app/db.server.ts';
import { sendMails } from '#app/modules/mail/send-mails.server.ts';
import * as invitations from '#app/routes/app.resellers.invitations.tsx';
import * as link from '#app/routes/i.$code.tsx';

useSandboxShop({ hasOrders: false });

const OTHER = 'other.myshopify.com';
const SIGN_IN = `${sandbox.origin}/store/${DEMO_SHOP}/account`;
const received = () => sandbox.world.state.mails ?? [];
const post = async (json: Record<string, unknown>, shop = DEMO_SHOP) =>
  answerOf(
    invitations.action(adminArgs(shop, '/app/resellers/invitations', { json: { locale: 'en', ...json } })),
  );
const read = (search = '', shop = DEMO_SHOP) =>
  invitations.loader(adminArgs(shop, `/app/resellers/invitations${search}`));
const linkArgs = (code: string, method = 'GET') => ({
  request: new Request(`http://127.0.0.1:3000/i/${code}`, { method }),
  params: { code },
  context: {},
});
const later = () => pool.query(`UPDATE invitations SET invited_at = invited_at - interval '1 hour'`);
const codes = async () =>
  (await select('SELECT code FROM invitations WHERE shop_id = $1 ORDER BY customer_id')).map(({ code }) =>
    String(code),
  );

beforeEach(async () => {
  await givenShop({ domain: OTHER });
  await givenSession(OTHER);
  await pool.query('SELECT seed_club($1, 10000)', [club.shopId]);
  await pool.query(`UPDATE shops SET name = 'Toko Ibu Sari' WHERE shop_id = $1`, [club.shopId]);
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id, first_name, email, state, category_id)
     SELECT $1, 8000 + n, 'P' || n, CASE WHEN n < 4 THEN 'p' || n || '@example.com' END, CASE WHEN n = 3 THEN 'deleted' ELSE 'active' END,
       (SELECT category_id FROM categories WHERE shop_id = $1 AND key = 'reseller') FROM generate_series(1, 4) n`,
    [club.shopId],
  );
});

const some = { selection: { ids: ['8001', '8002', '8003', '8004'] } };

describe('Inviting', () => {
  it('sends each one with an address their own link; who has none, and who is gone, is left out', async () => {
    expect(await post(some)).toEqual({
      status: 200,
      data: { ok: true, invited: 2, withoutEmail: 1, justInvited: 0, left: 0 },
    });
    await sendMails();
    expect(
      received()
        .map(({ to }) => to)
        .toSorted(),
    ).toEqual(['p1@example.com', 'p2@example.com']);
    const links = received().map(({ text }) => /\/i\/(\S+)/.exec(text)?.[1]);
    expect(new Set(links)).toEqual(new Set(await codes()));
    expect(received()[0]!.text).toContain('P1');
  });

  it('pressed twice sends once; an hour later it sends again, with the same link', async () => {
    await Promise.all([post(some), post(some)]);
    expect(await post(some)).toMatchObject({ data: { invited: 0, justInvited: 2 } });
    await sendMails();
    expect(received()).toHaveLength(2);
    const before = await codes();
    await later();
    expect(await post(some)).toMatchObject({ data: { invited: 2 } });
    await sendMails();
    expect(received()).toHaveLength(4);
    expect(await codes()).toEqual(before);
    expect((await read()).lines.map(({ times }) => times)).toEqual([2, 2]);
  });

  it('a category is invited, those who were invited before left out', async () => {
    await post({ selection: { ids: ['8001'] } });
    const { categories } = await read();
    expect(categories).toMatchObject([{ name: expect.any(String), customers: 1 }]);
    expect(await post({ intent: 'category', categoryId: String(categories[0]!.categoryId) })).toMatchObject({
      data: { ok: true, invited: 1, withoutEmail: 1 },
    });
    expect((await read()).categories).toEqual([]);
    expect(await post({ intent: 'category', categoryId: '' })).toMatchObject({ status: 422 });
  });

  it('of another shop’s customers is out of reach', async () => {
    expect(await post(some, OTHER)).toMatchObject({ data: { ok: true, invited: 0 } });
    expect(await post({ selection: { ids: [] } })).toMatchObject({ status: 422 });
  });
});

describe('The link', () => {
  it('leads to the shop’s sign-in and notes it once; a program that only fetches it changes nothing', async () => {
    await post({ selection: { ids: ['8001'] } });
    const [code] = await codes();
    expect(await link.loader(linkArgs(code!))).toEqual({ shop: 'Toko Ibu Sari', signIn: SIGN_IN });
    expect((await read()).lines[0]).toMatchObject({ state: 'invited', seenAt: null });
    const answer = await link.action(linkArgs(code!, 'POST'));
    expect([answer.status, answer.headers.get('location')]).toEqual([302, SIGN_IN]);
    const seen = (await read()).lines[0]!.seenAt;
    await link.action(linkArgs(code!, 'POST'));
    expect((await read()).lines[0]).toMatchObject({ state: 'seen', seenAt: seen });
  });

  it.each(['none', '1-abc', `1-${'x'.repeat(22)}`, `zzzzzzzzzzzz-${'x'.repeat(22)}`])(
    '%j is none',
    async (code) => {
      expect((await thrownBy(link.loader(linkArgs(code)))).status).toBe(404);
      expect((await thrownBy(link.action(linkArgs(code, 'POST')))).status).toBe(404);
    },
  );
});

it('the list says who ordered since, by tabs', async () => {
  await post(some);
  await pool.query(
    `INSERT INTO customer_stats (shop_id, customer_id, last_order_at) VALUES ($1, 8001, clock_timestamp()), ($1, 8002, clock_timestamp() - interval '1 day')
     ON CONFLICT (shop_id, customer_id) DO UPDATE SET last_order_at = excluded.last_order_at`,
    [club.shopId],
  );
  expect((await read()).counts).toEqual({ all: 2, invited: 1, seen: 0, ordered: 1 });
  expect((await read('?tab=ordered')).lines.map(({ customerId }) => customerId)).toEqual([8001n]);
  expect((await read('?tab=seen')).lines).toEqual([]);
  const first = await read();
  expect(first.after).toBeNull();
  expect((await read('', OTHER)).lines).toEqual([]);
});
