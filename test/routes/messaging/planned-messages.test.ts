/** The list of planned messages with really signed requests. */
import { beforeAll, describe, expect, it } from 'vitest';
import { pool } from '#app/db.server.ts';
import { loader as customer } from '#app/routes/app.customers.$id.contacts.tsx';
import { loader as messages } from '#app/routes/app.messages.planned.tsx';
import { givenClub, type TestClub } from '#test/support/clubs.ts';
import { adminArgs, givenSession, thrownBy } from '#test/support/route-requests.ts';

const SHOP = 'offers.myshopify.com';
const OTHER = 'others.myshopify.com';

let club: TestClub;
let other: TestClub;
beforeAll(async () => {
  club = await givenClub({ domain: SHOP });
  other = await givenClub({ domain: OTHER });
  await Promise.all([givenSession(SHOP), givenSession(OTHER)]);
  await pool.query('UPDATE programs SET status = $1', ['paused']);
});

describe('Planned messages', () => {
  beforeAll(async () => {
    await pool.query(
      `INSERT INTO customers (shop_id, customer_id, first_name) VALUES ($1, 201, 'Eka'), ($1, 202, 'Fajar'), ($2, 203, 'Gita')`,
      [club.shopId, other.shopId],
    );
    const message = `INSERT INTO planned_messages (shop_id, customer_id, kind, message_key, details, due_at)`;
    await pool.query(
      `${message} SELECT $1, 201, 'expiry_reminder', 'expiry:' || n, '{"unit": "POINTS", "amount": "42", "day": "2026-12-01", "days": 7}', now()
         FROM generate_series(1, 30) AS n`,
      [club.shopId],
    );
    await pool.query(
      `${message} VALUES ($1, 202, 'change', 'change:1', '{"unit": "POINTS", "amount": "-5", "balance": "37", "entry": "1", "entryKind": "redeem"}', now()),
         ($1, 202, 'greeting', 'greeting:1', '{}', now())`,
      [club.shopId],
    );
    await pool.query(`${message} VALUES ($1, 203, 'change', 'change:1', '{}', now())`, [other.shopId]);
  });

  const list = (query: string) => messages(adminArgs(SHOP, `/app/messages/planned${query}`));

  it('are listed newest first, by pages, only those of the shop', async () => {
    const { page } = await list('');
    expect(page.messages).toHaveLength(25);
    expect(page.messages.slice(0, 3)).toMatchObject([
      { kind: 'greeting', firstName: 'Fajar', unit: null, amount: null },
      { kind: 'change', amount: -5n, balance: 37n, unit: 'POINTS' },
      { kind: 'expiry_reminder', firstName: 'Eka', amount: 42n, day: '2026-12-01', days: 7 },
    ]);
    const rest = (await list(`?before=${page.olderThan}`)).page;
    expect(rest.messages).toHaveLength(7);
    expect(rest.olderThan).toBeNull();
  });

  it('are narrowed to a kind and to a customer', async () => {
    expect((await list('?kind=change')).page.messages.map(({ kind }) => kind)).toEqual(['change']);
    expect((await list('?customer=202')).page.messages).toHaveLength(2);
    expect((await list('?customer=203')).page.messages).toEqual([]);
    expect((await list('?kind=nonsense&customer=x')).page.messages).toHaveLength(25);
  });

  it('stand on the page of their customer', async () => {
    const { view } = await customer(
      adminArgs(SHOP, '/app/customers/201/contacts', { params: { id: '201' } }),
    );
    expect(view.planned.messages.map(({ customerId }) => customerId)).toEqual(Array(25).fill(201n));
  });
});

it.each(Object.entries({ messages }))('%s is closed without a token', async (_name, loader) => {
  const answer = await thrownBy(
    Promise.resolve(loader(adminArgs(SHOP, '/app', { token: 'no.token.atall' }))),
  );
  expect(answer.status).toBe(401);
});
