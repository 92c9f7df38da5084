/** Rules that move people through loaders and actions, with really signed requests. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { award, givenClub, orderEvent } from '#test/support/clubs.ts';
import { adminArgs, answerOf, givenSession, thrownBy } from '#test/support/route-requests.ts';
import { pool } from '#app/db.server.ts';
import { movePeople } from '#app/modules/pricing/moves/move-people.server.ts';
import * as page from '#app/routes/app.resellers.rules.$id.tsx';
import * as list from '#app/routes/app.resellers.rules._index.tsx';

const SHOP = 'one.myshopify.com';
const OTHER = 'other.myshopify.com';
const SITI = 7n;
let shopId: bigint;
let ids: Record<string, bigint>;

beforeAll(async () => {
  ({ shopId } = await givenClub({ domain: SHOP }));
  await givenClub({ domain: OTHER });
  for (const shop of [SHOP, OTHER]) await givenSession(shop);
});

beforeEach(async () => {
  for (const table of ['category_moves', 'category_rules', 'category_queue', 'customers', 'categories'])
    await pool.query(`DELETE FROM ${table}`);
  await pool.query('SELECT seed_club(shop_id, 10000) FROM shops');
  const { rows } = await pool.query<{ key: string; id: bigint }>(
    'SELECT key, category_id AS id FROM categories WHERE shop_id = $1',
    [shopId],
  );
  ids = Object.fromEntries(rows.map(({ key, id }) => [key, id]));
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id, first_name, category_id) VALUES ($1, $2, 'Siti', $3)`,
    [shopId, SITI, ids.leads],
  );
});

const at = (id: string) => ({ params: { id } });
const read = (id: string, search = '', shop = SHOP) => page.loader(adminArgs(shop, `/x${search}`, at(id)));
const act = (id: string, json: Record<string, unknown>, shop = SHOP) =>
  answerOf(page.action(adminArgs(shop, '/x', { json: { locale: 'en', ...json }, ...at(id) })));
const readList = (shop = SHOP) => list.loader(adminArgs(shop, '/app/resellers/rules'));
const undo = (json: Record<string, unknown>, shop = SHOP) =>
  answerOf(list.action(adminArgs(shop, '/x', { json: { locale: 'en', ...json } })));

const form = (change: Record<string, unknown> = {}) => ({
  version: '0',
  fromId: String(ids.leads),
  toId: String(ids.customer),
  measure: 'spend',
  count: '',
  amount: '150,000',
  days: '90',
  goesBack: true,
  ...change,
});

/** Makes a rule on its page; returns its id. */
async function make(change: Record<string, unknown> = {}): Promise<string> {
  const { status, data } = await act('new', form(change));
  expect(status).toBe(200);
  const [, id] = /^\/app\/resellers\/rules\/(\d+)\?try=1$/.exec((data as { goTo: string }).goTo) ?? [];
  return id!;
}

const buy = () =>
  award(
    orderEvent(
      { shopId, domain: SHOP },
      { id: 1, customer: Number(SITI), lines: [{ price: 200_000, quantity: 1 }] },
    ),
  );
const categoryOf = async () => {
  const { rows } = await pool.query<{ key: string }>(
    `SELECT g.key FROM customers c JOIN categories g ON g.shop_id = c.shop_id AND (g.category_id = c.category_id OR c.category_id IS NULL AND g.is_default)
     WHERE c.shop_id = $1 AND c.customer_id = $2`,
    [shopId, SITI],
  );
  return rows[0]?.key;
};

describe('A rule', () => {
  it('is made on its page, opens with its dry run, and is read back as it was typed', async () => {
    await buy();
    expect(await read('new')).toMatchObject({ rule: null, dryRun: null });
    const id = await make();
    const { rule, dryRun, categories } = await read(id, '?try=1');
    expect(rule).toMatchObject({
      from: 'Leads',
      to: 'Customer',
      measure: 'spend',
      threshold: 15_000_000n,
      days: 90,
      goesBack: true,
      isActive: false,
    });
    expect(dryRun).toMatchObject({ on: { count: 1, people: [{ customerId: SITI, measured: 20_000_000n }] } });
    expect(categories).toHaveLength(6);
    expect((await read(id)).dryRun).toBeNull();
    expect(await categoryOf()).toBe('leads');
    expect((await readList()).rules.map(({ ruleId }) => String(ruleId))).toEqual([id]);
  });

  it('moves people once it is on, and what it did is undone from the list', async () => {
    await buy();
    const id = await make();
    expect(await movePeople()).toBe(0);
    expect(await act(id, { intent: 'on' })).toEqual({ status: 200, data: { ok: true } });
    expect(await movePeople()).toBe(1);
    const [group] = (await readList()).history;
    expect(group).toMatchObject({ from: 'Leads', to: 'Customer', moves: 1, undone: 0 });
    const asked = {
      ruleId: id,
      fromId: String(group!.fromId),
      toId: String(group!.toId),
      day: group!.day,
      isBack: 'false',
    };
    expect(await undo(asked, OTHER)).toEqual({
      status: 422,
      data: { ok: false, errors: { form: { code: 'gone' } } },
    });
    expect(await categoryOf()).toBe('customer');
    expect(await undo(asked)).toEqual({ status: 200, data: { ok: true } });
    expect(await categoryOf()).toBe('leads');
    expect((await readList()).history[0]).toMatchObject({ moves: 1, undone: 1 });
    expect((await undo(asked)).status).toBe(422);
  });

  it('that is turned off moves no one, and a removed one leaves the list', async () => {
    const id = await make();
    await act(id, { intent: 'on' });
    await act(id, { intent: 'off' });
    await buy();
    expect(await movePeople()).toBe(0);
    expect(await act(id, { intent: 'remove' })).toEqual({
      status: 200,
      data: { ok: true, goTo: '/app/resellers/rules' },
    });
    expect((await readList()).rules).toEqual([]);
    expect((await thrownBy(read(id))).status).toBe(404);
    expect((await act(id, { intent: 'on' })).status).toBe(422);
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['without a category', { fromId: '' }, { fromId: { code: 'required' } }],
    ['into the same category', { toId: '$leads' }, { toId: { code: 'same_category' } }],
    ['into one that there is not', { toId: '999999999' }, { toId: { code: 'invalid' } }],
    ['with no amount', { amount: 'much' }, { amount: { code: 'not_an_amount' } }],
    ['with an amount of 0', { amount: '0' }, { amount: { code: 'too_small' } }],
    ['with days that are none', { days: '1.5' }, { days: { code: 'not_a_number' } }],
  ])('%s is refused at its field', async (_what, change, errors) => {
    const toId = change.toId === '$leads' ? { toId: String(ids.leads) } : {};
    expect(await act('new', form({ ...change, ...toId }))).toMatchObject({
      status: 422,
      data: { ok: false, errors },
    });
    expect((await readList()).rules).toEqual([]);
  });

  it('is not overwritten from an older page', async () => {
    const id = await make();
    const { rule } = await read(id);
    const change = form({ version: String(rule!.version), amount: '200,000' });
    expect(await act(id, change)).toEqual({ status: 200, data: { ok: true } });
    expect(await act(id, { ...change, amount: '300,000' })).toEqual({
      status: 422,
      data: { ok: false, errors: { form: { code: 'changed_meanwhile' } } },
    });
    expect((await read(id)).rule).toMatchObject({ threshold: 20_000_000n });
  });

  it('of another shop is out of reach, and so is what is no id', async () => {
    const id = await make();
    expect((await thrownBy(read(id, '', OTHER))).status).toBe(404);
    for (const intent of ['on', 'off', 'remove', 'save']) await act(id, { ...form(), intent }, OTHER);
    expect((await read(id)).rule).toMatchObject({ isActive: false, version: 1 });
    expect((await readList(OTHER)).rules).toEqual([]);
    for (const none of ['0x1', '-1', '99999999999999999999'])
      expect((await thrownBy(read(none))).status).toBe(404);
    expect((await undo({ ruleId: 'x' })).data).toEqual({ ok: false, errors: { form: { code: 'invalid' } } });
  });
});
