/** What the filtered ledger adds up to, and filters that are saved; through loader and action with signed requests. */
import { beforeAll, describe, expect, it } from 'vitest';
import { pool } from '#app/db.server.ts';
import { action as ledgerAction, loader as ledger } from '#app/routes/app.activity.ledger._index.tsx';
import { loader as totals } from '#app/routes/app.activity.ledger.totals.tsx';
import { award, givenClub, orderEvent } from '#test/support/clubs.ts';
import { adminArgs, givenSession, thrownBy } from '#test/support/route-requests.ts';

const SHOP = 'ledger-totals.myshopify.com';
const OTHER = 'ledger-totals-other.myshopify.com';
const SITI = 71;
const BUDI = 72;

const today = () => new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Jakarta' }).format(new Date());
const list = (query: string, shop = SHOP) => ledger(adminArgs(shop, `/app/activity/ledger${query}`));

beforeAll(async () => {
  const [club, other] = [await givenClub({ domain: SHOP }), await givenClub({ domain: OTHER })];
  await Promise.all([givenSession(SHOP), givenSession(OTHER)]);
  await award(
    orderEvent(club, { id: 1001, customer: SITI, lines: [{ price: 200_000 }] }),
    orderEvent(club, { id: 1002, customer: BUDI, lines: [{ price: 500_000 }] }),
    orderEvent(other, { id: 1001, customer: SITI, lines: [{ price: 900_000 }] }),
  );
  for (const [customer, name] of [
    [SITI, 'Siti'],
    [BUDI, 'Budi'],
  ])
    await pool.query(
      `INSERT INTO customers (shop_id, customer_id, first_name, last_name) VALUES ($1, $2, $3, 'Rahayu')
       ON CONFLICT (shop_id, customer_id) DO UPDATE SET first_name = excluded.first_name, last_name = excluded.last_name`,
      [club.shopId, customer, name],
    );
  await pool.query(
    `INSERT INTO ledger_entries (shop_id, customer_id, unit, amount, kind, source, actor, reason, idempotency_key, input_hash, balance_after, effective_at)
     VALUES ($1, $2, 'POINTS', -5, 'manual_deduct', 'staff', 'staff:42', 'deduct', 'k', '', 0, now())`,
    [club.shopId, SITI],
  );
});

it.each(Object.entries({ ledger, totals }))('%s is closed without a token', async (_name, loader) => {
  const answer = await thrownBy(
    Promise.resolve(loader(adminArgs(SHOP, '/app', { token: 'no.token.atall' }))),
  );
  expect(answer.status).toBe(401);
});

it('adds up exactly what is filtered, by unit', async () => {
  const sums = async (query: string, shop = SHOP) =>
    (await totals(adminArgs(shop, `/app/activity/ledger/totals${query}`))).sums;
  for (const query of ['', '?kind=order_spend', `?customerId=${SITI}`, '?staff=staff:43', '?customer=siti']) {
    const shown = (await list(query)).view.lines.map(({ amount }) => amount);
    const added = shown.reduce((sum, amount) => (amount > 0n ? sum + amount : sum), 0n);
    const removed = shown.reduce((sum, amount) => (amount < 0n ? sum + amount : sum), 0n);
    expect([query, await sums(query)]).toEqual([
      query,
      shown.length === 0 ? [] : [{ unit: 'POINTS', entries: shown.length, added, removed }],
    ]);
  }
  expect(await sums('?customer=rahayu')).toEqual([]);
  expect(await sums('', OTHER)).toMatchObject([{ entries: 1, added: 90n }]);
});

describe('saved filters', () => {
  const post = async (json: Record<string, unknown>, shop = SHOP) =>
    (await ledgerAction(adminArgs(shop, '/app/activity/ledger?index', { json }))).data;
  const saved = async (shop = SHOP) => (await list('', shop)).saved;

  it('are kept for the whole shop under a name, without what could be a name of a customer', async () => {
    const query = `kind=manual_add&customer=siti&nonsense=1&from=${today()}`;
    expect(await post({ intent: 'save_filter', name: ' By hand ', query })).toEqual({ ok: true });
    const [filter] = await saved();
    expect(filter).toMatchObject({ name: 'By hand' });
    expect(Object.fromEntries(new URLSearchParams(filter!.query))).toEqual({
      kind: 'manual_add',
      from: today(),
    });
    expect(await saved(OTHER)).toEqual([]);
  });

  it('refuse an empty name, a name that is taken in any writing, and a filter that filters nothing', async () => {
    expect(await post({ intent: 'save_filter', name: ' ', query: 'unit=POINTS' })).toMatchObject({
      errors: { name: { code: 'required' } },
    });
    expect(await post({ intent: 'save_filter', name: 'by HAND', query: 'unit=POINTS' })).toMatchObject({
      errors: { name: { code: 'name_taken' } },
    });
    expect(await post({ intent: 'save_filter', name: 'All', query: 'customer=siti' })).toMatchObject({
      ok: false,
    });
    expect((await thrownBy(post({ intent: 'else' }))).status).toBe(404);
  });

  it('are removed by their own shop only', async () => {
    const [filter] = await saved();
    const removal = { intent: 'remove_filter', filterId: String(filter!.filterId) };
    await post(removal, OTHER);
    expect(await saved()).toHaveLength(1);
    expect(await post(removal)).toEqual({ ok: true });
    expect(await saved()).toEqual([]);
  });
});
