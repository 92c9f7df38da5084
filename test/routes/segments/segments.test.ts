/** The screens of segments through their routes. */
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { installApp } from '#test/support/sandbox-bed.ts';
import { pool } from '#app/db.server.ts';
import * as list from '#app/routes/app.customers.segments._index.tsx';
import * as edit from '#app/routes/app.customers.segments.$id_.edit.tsx';
import * as usesOf from '#app/routes/app.customers.segments.$id_.uses.tsx';
import * as page from '#app/routes/app.customers.segments.$id.tsx';
import { READY_MADE, readyFilter } from '#app/modules/segments/saved/ready-made.ts';
import { filterParams } from '#app/modules/segments/customer-filter.ts';
import { adminArgs } from '#test/support/route-requests.ts';
import { DEMO_SHOP, USD_SHOP, type Loose } from '#test/support/sandbox.ts';

const WHERE = '/app/customers/segments';

beforeAll(async () => {
  await installApp(DEMO_SHOP);
  await installApp(USD_SHOP);
});
beforeEach(() => pool.query('DELETE FROM segments'));

const post = async (json: Record<string, unknown>, shop = DEMO_SHOP) => {
  const answer = (await list.action(adminArgs(shop, WHERE, { json }))) as unknown as Loose;
  return { status: answer.init?.status, ...answer.data };
};
const view = (shop = DEMO_SHOP) => list.loader(adminArgs(shop, WHERE));
const open = (id: bigint, shop = DEMO_SHOP) =>
  page.loader(adminArgs(shop, `${WHERE}/${id}`, { params: { id: String(id) } }));
const create = (name: string, filter = 'tab=new', shop = DEMO_SHOP) =>
  post({ intent: 'create', name, filter }, shop);

async function created(): Promise<{ segmentId: bigint; version: number }> {
  await create('Fresh');
  return (await view()).segments[0]!;
}

test('the filter of a list is saved as a segment, counted at once and opened', async () => {
  const saved = await create('  Fresh   ones ');
  const [segment] = (await view()).segments;
  expect(saved).toEqual({ status: 200, ok: true, goTo: `${WHERE}/${segment!.segmentId}` });
  expect(segment).toMatchObject({ name: 'Fresh ones', version: 1, isComputable: true });
  expect(segment!.customers).toBeTypeOf('number');
  expect(await open(segment!.segmentId)).toMatchObject({
    segment: { name: 'Fresh ones' },
    filter: { segmentId: segment!.segmentId, tab: 'all' },
  });
  expect(await create('fresh ONES')).toEqual({
    status: 422,
    ok: false,
    errors: { name: { code: 'name_taken' } },
  });
});

test('what means everybody, or no rule can say, is no segment', async () => {
  for (const filter of ['', 'tab=all', 'q=siti&tab=new', 'tab=new&left=1', 'tab=new&rule={}', 'segment=1'])
    expect([filter, (await create('Any', filter)).status]).toEqual([filter, 422]);
  expect((await create('', 'tab=new')).errors).toEqual({ name: { code: 'required' } });
  expect((await post({ intent: 'nonsense', segmentId: '1' })).status).toBe(422);
  expect((await view()).segments).toEqual([]);
});

test('each ready-made segment can be added', async () => {
  const { lifecycle } = await view();
  for (const ready of READY_MADE)
    expect([ready, (await create(ready, filterParams(readyFilter(ready, lifecycle)).toString())).ok]).toEqual(
      [ready, true],
    );
  expect((await view()).segments.map(({ name, isComputable }) => [name, isComputable])).toEqual(
    READY_MADE.toSorted().map((name) => [name, true]),
  );
});

test('who renames what another person renamed meanwhile gets 409, and nothing changes', async () => {
  const { segmentId: id, version } = await created();
  const rename = (name: string) =>
    post({ intent: 'rename', segmentId: String(id), version: String(version), name });
  expect(await rename('Newest')).toMatchObject({ status: 200, ok: true });
  expect(await rename('Latest')).toEqual({
    status: 409,
    ok: false,
    errors: { form: { code: 'changed_meanwhile' } },
  });
  expect((await open(id)).segment.name).toBe('Newest');
});

test('a segment is copied and deleted', async () => {
  const { segmentId: id } = await created();
  expect(await post({ intent: 'duplicate', segmentId: String(id), name: 'Copy' })).toMatchObject({
    ok: true,
  });
  expect(await post({ intent: 'delete', segmentId: String(id) })).toEqual({
    status: 200,
    ok: true,
    goTo: WHERE,
  });
  expect((await view()).segments.map(({ name }) => name)).toEqual(['Copy']);
  await expect(open(id)).rejects.toMatchObject({ init: { status: 404 } });
});

const openEdit = (id: bigint, shop = DEMO_SHOP) =>
  edit.loader(adminArgs(shop, `${WHERE}/${id}/edit`, { params: { id: String(id) } }));
const save = async (id: bigint, json: Record<string, unknown>, shop = DEMO_SHOP) => {
  const args = adminArgs(shop, `${WHERE}/${id}/edit`, { params: { id: String(id) }, json });
  const answer = (await edit.action(args)) as unknown as Loose;
  return { status: answer.init?.status, ...answer.data };
};
const RULE = JSON.stringify({
  kind: 'condition',
  code: 'order_count',
  values: { op: 'atLeast', value: '2' },
});

test('the rule of a segment is edited: read with its names, saved, counted at once', async () => {
  const { segmentId: id, version } = await created();
  expect(await openEdit(id)).toMatchObject({ segment: { name: 'Fresh', version }, names: {} });
  expect(await save(id, { name: 'Twice', rule: RULE, version: String(version) })).toEqual({
    status: 200,
    ok: true,
    goTo: `${WHERE}/${id}`,
  });
  const { segment } = await open(id);
  expect(segment).toMatchObject({ name: 'Twice', version: version + 1, rule: JSON.parse(RULE) });
  expect(segment.customers).toBeTypeOf('number');
});

test('an edit of an older version gets 409, of no rule 422, and nothing changes', async () => {
  const { segmentId: id, version } = await created();
  await save(id, { name: 'Twice', rule: RULE, version: String(version) });
  expect(await save(id, { name: 'Late', rule: RULE, version: String(version) })).toEqual({
    status: 409,
    ok: false,
    errors: { form: { code: 'changed_meanwhile' } },
  });
  for (const rule of ['', '{}', 'null', '{"kind":"all","parts":[]}'])
    expect(await save(id, { name: 'Any', rule, version: String(version + 1) })).toEqual({
      status: 422,
      ok: false,
      errors: { rule: { code: 'required' } },
    });
  expect((await open(id)).segment).toMatchObject({ name: 'Twice', rule: JSON.parse(RULE) });
  await expect(openEdit(id, USD_SHOP)).rejects.toMatchObject({ init: { status: 404 } });
  expect((await save(id, { name: 'Theirs', rule: RULE, version: '2' }, USD_SHOP)).status).toBe(409);
});

test('where a segment is used is read before it is deleted', async () => {
  const { segmentId: id } = await created();
  const read = async (segment: string) =>
    (
      await usesOf.loader(adminArgs(DEMO_SHOP, `${WHERE}/${segment}/uses`, { params: { id: segment } }))
    ).json();
  expect(await read(String(id))).toEqual({ ok: true, uses: [] });
  await expect(read('x')).rejects.toMatchObject({ init: { status: 404 } });
});

test('another shop sees and changes none of it', async () => {
  const { segmentId: id } = await created();
  await expect(open(id, USD_SHOP)).rejects.toMatchObject({ init: { status: 404 } });
  const theirs = (json: Record<string, unknown>) =>
    post({ segmentId: String(id), version: '1', name: 'Theirs', ...json }, USD_SHOP);
  expect((await theirs({ intent: 'rename' })).status).toBe(409);
  expect((await theirs({ intent: 'duplicate' })).status).toBe(409);
  await theirs({ intent: 'delete' });
  expect((await view(USD_SHOP)).segments).toEqual([]);
  expect((await view()).segments.map(({ name }) => name)).toEqual(['Fresh']);
});

test('without a session nothing is shown', async () => {
  const request = new Request(`https://setia.test${WHERE}`);
  await expect(list.loader({ request, params: {}, context: {} })).rejects.toBeInstanceOf(Response);
});
