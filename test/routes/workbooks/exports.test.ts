/** The page of exports and the door to their files, with signed requests. */
import { beforeAll, expect, it } from 'vitest';
import { processExports } from '#app/modules/workbooks/export/process-exports.server.ts';
import { loader as file } from '#app/routes/app.customers.exports.$id.tsx';
import * as screen from '#app/routes/app.customers.exports._index.tsx';
import { givenClub, type TestClub } from '#test/support/clubs.ts';
import { givenPeople } from '#test/support/imports.ts';
import { adminArgs, givenSession, thrownBy } from '#test/support/route-requests.ts';

const SHOP = 'exports.myshopify.com';
const OTHER = 'exports-other.myshopify.com';
const PATH = '/app/customers/exports';
let club: TestClub;

beforeAll(async () => {
  club = await givenClub({ domain: SHOP });
  await givenClub({ domain: OTHER });
  await Promise.all([givenSession(SHOP), givenSession(OTHER)]);
  await givenPeople(club.shopId, { 1: { firstName: 'Siti' }, 2: { firstName: 'Budi' } });
});

const view = (shop = SHOP, query = '') => screen.loader(adminArgs(shop, `${PATH}${query}`));
const act = async (values: object, shop = SHOP) => screen.action(adminArgs(shop, PATH, { json: values }));
const take = (id: string, shop = SHOP) => file(adminArgs(shop, `${PATH}/${id}`, { params: { id } }));
const ASK = {
  intent: 'start',
  kind: 'customers',
  format: 'csv',
  scope: 'ticked',
  columns: ['firstName'],
  selection: { ids: ['2'] },
};

it('is closed without a token', async () => {
  for (const open of [
    () => screen.loader(adminArgs(SHOP, PATH, { token: 'no.token.atall' })),
    () => file(adminArgs(SHOP, `${PATH}/1`, { token: 'no.token.atall', params: { id: '1' } })),
  ])
    expect((await thrownBy(Promise.resolve(open()))).status).toBe(401);
});

it('lists what was asked for, in the language and by the staff of the request, and hands out the file', async () => {
  expect((await view()).exports).toEqual([]);
  expect(await act({ ...ASK, locale: 'id' })).toMatchObject({ data: { ok: true } });
  const [waiting] = (await view()).exports;
  expect(waiting).toMatchObject({
    state: 'waiting',
    kind: 'customers',
    scope: 'ticked',
    columns: 1,
    actor: 'staff:42',
  });
  const id = String(waiting!.exportId);
  expect((await thrownBy(take(id))).status).toBe(404);
  await processExports();
  expect((await view()).exports).toMatchObject([{ state: 'ready', rows: 1 }]);
  const response = await take(id);
  expect(await response.text()).toBe('"Nama depan"\r\n"Budi"\r\n');
  expect(response.headers.get('cache-control')).toBe('private, no-store');
});

it('shows nothing of another shop, and neither hands out nor deletes its files', async () => {
  const [ready] = (await view()).exports;
  const id = String(ready!.exportId);
  expect((await view(OTHER)).exports).toEqual([]);
  expect((await thrownBy(take(id, OTHER))).status).toBe(404);
  for (const intent of ['delete', 'cancel', 'retry'])
    expect(await act({ intent, exportId: id }, OTHER)).toMatchObject({ init: { status: 422 } });
  expect((await view()).exports).toHaveLength(1);
});

it('refuses what is no export, names the columns of this shop, and pages by position', async () => {
  expect(await act({ ...ASK, columns: ['password'] })).toMatchObject({
    init: { status: 422 },
    data: { errors: { columns: { code: 'required' } } },
  });
  const { columns, exports } = await view();
  expect(columns.customers).not.toContain('weightGrams');
  expect(columns.orders[0]).toBe('order');
  expect((await view(SHOP, `?before=${exports[0]!.exportId}`)).exports).toEqual([]);
  expect((await thrownBy(take('x'))).status).toBe(404);
});

it('exports orders as the screen lists them', async () => {
  const ask = {
    intent: 'start',
    kind: 'orders',
    format: 'csv',
    scope: 'all',
    columns: ['order', 'total', 'points'],
    selection: { filter: 'q=' },
  };
  expect(await act({ ...ask, locale: 'en' })).toMatchObject({ data: { ok: true } });
  await processExports();
  const [latest] = (await view()).exports;
  expect(await (await take(String(latest!.exportId))).text()).toBe('"Order","Total","Points earned"\r\n');
});
