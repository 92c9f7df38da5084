/** What advanced search asks of the server: previews, values to choose, reasons and groups, with signed requests. */
import { beforeAll, describe, expect, it } from 'vitest';
import { pool } from '#app/db.server.ts';
import { EVERYBODY, filterParams, readCustomerFilter } from '#app/modules/segments/customer-filter.ts';
import { readSelection, selectCustomers } from '#app/modules/segments/selection.server.ts';
import { parseTree } from '#app/modules/segments/tree/tree.ts';
import { loader as list } from '#app/routes/app.customers._index.tsx';
import { loader as choices } from '#app/routes/app.customers.choices.tsx';
import { loader as counts } from '#app/routes/app.customers.counts.tsx';
import { loader as groups } from '#app/routes/app.customers.groups.tsx';
import { loader as preview } from '#app/routes/app.customers.rule-preview.tsx';
import { loader as why } from '#app/routes/app.customers.why.tsx';
import { adminArgs, givenSession, thrownBy } from '#test/support/route-requests.ts';
import { givenShop } from '#test/support/shops.ts';

const SHOP = 'search.myshopify.com';
const OTHER = 'search-other.myshopify.com';
let shopId: bigint;

const one = (code: string, values: unknown) => ({ kind: 'condition', code, values });
const BANDUNG = one('city', { op: 'anyOf', list: ['3273'] });
const FEMALE = one('gender', { op: 'anyOf', list: ['female'] });
const NOT_GONE = { kind: 'not', part: one('tags', { op: 'anyOf', list: ['gone'] }) };

type Loader = (args: ReturnType<typeof adminArgs>) => Promise<Response>;
async function ask(loader: Loader, params: Record<string, string>, shop = SHOP) {
  const response = await loader(adminArgs(shop, `/app/customers?${new URLSearchParams(params).toString()}`));
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
const written = (rule: unknown) => ({ rule: JSON.stringify(rule) });

beforeAll(async () => {
  ({ shopId } = await givenShop({ domain: SHOP, currency: 'IDR', timeZone: 'Asia/Jakarta' }));
  await givenShop({ domain: OTHER });
  await Promise.all([givenSession(SHOP), givenSession(OTHER)]);
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id, first_name, city, city_code, gender)
     SELECT $1, n, 'Customer ' || n, CASE WHEN n % 2 = 0 THEN 'Bandung' END, CASE WHEN n % 2 = 0 THEN '3273' END,
       CASE WHEN n % 3 = 0 THEN 'female' END FROM generate_series(1, 30) n`,
    [shopId],
  );
  await pool.query(`UPDATE customer_stats SET spend_minor = 100 WHERE shop_id = $1 AND customer_id = 6`, [
    shopId,
  ]);
});

it.each([
  ['preview', preview],
  ['choices', choices],
  ['why', why],
  ['groups', groups],
])('%s: closed without a valid session token', async (_name, loader) => {
  const args = adminArgs(SHOP, '/app/customers', { token: 'not.a.token' });
  expect((await thrownBy(loader(args))).status).toBe(401);
});

it.each([
  ['preview', preview, { rule: '{"kind"' }],
  ['preview', preview, {}],
  ['choices', choices, { from: 'customers' }],
  ['why', why, { customer: '6' }],
  ['why', why, { customer: 'x', ...written(BANDUNG) }],
  ['groups', groups, { by: 'password' }],
] as const)('%s: refuses %j', async (_name, loader, params) => {
  expect(await ask(loader, params)).toMatchObject({ status: 400, body: { ok: false } });
});

describe('a preview', () => {
  it('counts, shows ten and names what the rule names', async () => {
    const { body } = await ask(preview, written(BANDUNG));
    expect(body).toMatchObject({ ok: true, count: 15, missing: [], names: { 'city/3273': 'Bandung' } });
    expect(body.sample).toHaveLength(10);
  });

  it('has no customer of another shop', async () => {
    expect((await ask(preview, written(BANDUNG), OTHER)).body).toMatchObject({ count: 0, sample: [] });
  });
});

it('values to choose are those of the shop, narrowed by what is typed', async () => {
  expect((await ask(choices, { from: 'city', q: 'band' })).body).toEqual({
    ok: true,
    choices: [{ value: '3273', label: 'Bandung' }],
  });
  expect((await ask(choices, { from: 'city', q: 'jak' })).body).toEqual({ ok: true, choices: [] });
  expect((await ask(choices, { from: 'city' }, OTHER)).body).toEqual({ ok: true, choices: [] });
});

describe('why a customer is in', () => {
  const both = { kind: 'all', parts: [BANDUNG, { kind: 'not', part: FEMALE }] };
  it('says of each condition what the customer has, and what that is called', async () => {
    const { body } = await ask(why, { customer: '6', ...written(both) });
    expect(body).toMatchObject({
      explained: {
        matches: false,
        parts: [
          { matches: true, shown: { texts: ['3273'] } },
          { matches: false, part: { matches: true, shown: { texts: ['female'] } } },
        ],
      },
      names: { 'city/3273': 'Bandung' },
    });
  });

  it('takes the whole filter of the list, not only its rule', async () => {
    const { body } = await ask(why, { customer: '6', city: '3273', ...written(FEMALE) });
    expect(body).toMatchObject({ explained: { kind: 'all', matches: true, parts: [{}, {}] } });
  });

  it('knows no customer of another shop', async () => {
    expect((await ask(why, { customer: '6', ...written(BANDUNG) }, OTHER)).body).toMatchObject({
      explained: null,
    });
  });
});

it('groups add up to the search and carry the condition that narrows to them', async () => {
  const { body } = await ask(groups, { by: 'gender', ...written(BANDUNG) });
  expect(body.groups).toEqual([
    { key: null, count: 10, spendMinor: '0', condition: one('gender', { op: 'isEmpty' }) },
    { key: 'female', count: 5, spendMinor: '100', condition: FEMALE },
  ]);
});

describe('a rule that can’t be computed', () => {
  const cases = [
    ['names a tag that is gone', JSON.stringify(NOT_GONE)],
    ['was cut off', JSON.stringify(BANDUNG).slice(0, 20)],
    ['has a condition that there is not', JSON.stringify(one('password', { op: 'isSet' }))],
  ] as const;

  it.each(cases)('finds no one where it %s: list, count, groups and selection', async (_what, rule) => {
    const address = `/app/customers?${new URLSearchParams({ rule }).toString()}`;
    expect((await list(adminArgs(SHOP, address))).view.customers).toEqual([]);
    expect((await counts(adminArgs(SHOP, address))).found).toEqual({ count: 0, isMore: false });
    expect((await ask(groups, { by: 'gender', rule })).body.groups).toEqual([]);
    // As the browser sends the selection of all that match.
    const { filter } = await list(adminArgs(SHOP, address));
    const selection = readSelection({ filter: filterParams(filter).toString() });
    const { sql, values } = await selectCustomers(pool, shopId, selection!);
    expect((await pool.query(sql, values)).rows).toEqual([]);
  });

  it('says what is gone', async () => {
    const { view, filter } = await list(
      adminArgs(SHOP, `/app/customers?${new URLSearchParams(written(NOT_GONE)).toString()}`),
    );
    expect(view.missing).toEqual([{ to: 'tag', id: 'gone' }]);
    expect(filter.hasBrokenRule).toBe(false);
    expect((await ask(preview, written(NOT_GONE))).body).toMatchObject({
      count: 0,
      sample: [],
      missing: [{ to: 'tag', id: 'gone' }],
    });
  });

  it('stays broken in every address made of it', () => {
    const broken = readCustomerFilter(new URLSearchParams({ rule: '{' }));
    expect(broken).toEqual({ ...EVERYBODY, hasBrokenRule: true });
    expect(readCustomerFilter(filterParams(broken))).toEqual(broken);
    expect(readCustomerFilter(new URLSearchParams())).toEqual(EVERYBODY);
  });
});

it('the list names what its rule names', async () => {
  expect(parseTree(JSON.stringify(BANDUNG))).not.toBeNull();
  const { view } = await list(
    adminArgs(SHOP, `/app/customers?${new URLSearchParams(written(BANDUNG)).toString()}`),
  );
  expect(view.ruleNames).toEqual({ 'city/3273': 'Bandung' });
  expect(view.customers).toHaveLength(15);
});
