/** A segment pushed to Shopify, on the segment's page, with the sandbox as Shopify. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fault, installApp, sandbox } from '#test/support/sandbox-bed.ts';
import { pool } from '#app/db.server.ts';
import { changeSegment, saveSegment } from '#app/modules/segments/saved/change-segments.server.ts';
import { listSegments } from '#app/modules/segments/saved/segments.queries.server.ts';
import { pushSegments } from '#app/modules/segments/pushed/check-pushes.server.ts';
import type { SegmentNode } from '#app/modules/segments/tree/tree.ts';
import * as list from '#app/routes/app.customers.segments._index.tsx';
import * as screen from '#app/routes/app.customers.segments.$id.tsx';
import * as usesOf from '#app/routes/app.customers.segments.$id_.uses.tsx';
import { adminArgs } from '#test/support/route-requests.ts';
import { DEMO_SHOP, USD_SHOP, type Loose } from '#test/support/sandbox.ts';
import { endRests, listFailures } from '#test/support/shop-failures.ts';

let shopId: bigint;
let segmentId: bigint;

const orders = (op: string, value: string) =>
  ({ kind: 'condition', code: 'order_count', values: { op, value } }) as SegmentNode;
const RULE = orders('atLeast', '2');
const OWN: SegmentNode = {
  kind: 'all',
  parts: [RULE, { kind: 'condition', code: 'member', values: { op: 'yes' } }],
};

beforeAll(async () => {
  shopId = await installApp(DEMO_SHOP);
  await installApp(USD_SHOP);
});
beforeEach(async () => {
  await sandbox.control('POST', '/_control/reset', { tokens: false });
  await sandbox.control('DELETE', '/_control/faults');
  for (const table of ['segment_pushes', 'segments', 'shop_task_failures'])
    await pool.query(`DELETE FROM ${table}`);
  segmentId = await save('Loyal', RULE);
});

async function save(name: string, rule: SegmentNode): Promise<bigint> {
  const saved = await saveSegment(shopId, { name, rule }, 'staff:1');
  if (!saved.ok) throw new Error(saved.code);
  return saved.segmentId;
}
const argsOf = (id: bigint, json?: Record<string, unknown>, shop = DEMO_SHOP) =>
  adminArgs(shop, `/app/customers/segments/${id}`, {
    ...(json ? { json } : {}),
    params: { id: String(id) },
  });
const post = async (json: Record<string, unknown>, id = segmentId, shop = DEMO_SHOP): Promise<Loose> =>
  ((await screen.action(argsOf(id, json, shop))) as unknown as Loose).data;
const view = async () => (await screen.loader(argsOf(segmentId))).push;
const there = (): { id: number; name: string; query: string }[] =>
  (sandbox.world.shop(DEMO_SHOP).segments ?? []).map(({ id, name, query }) => ({ id, name, query }));
const change = (name: string, rule: SegmentNode, version = 1) =>
  changeSegment(shopId, { segmentId, version, name, rule }, 'staff:1');
const inList = async () => (await listSegments(shopId)).map(({ pushed }) => pushed);
const changeThere = (input: object) => sandbox.control('POST', `/_control/segments/${there()[0]!.id}`, input);
const calls = () =>
  sandbox.world.state.requests.filter(({ operation }) => /^(Create|Update|Delete)Segment$/.test(operation))
    .length;
/** As long as it takes for the worker to look again. */
async function check(): Promise<void> {
  await post({ intent: 'check_push' });
  await pushSegments();
}
async function push(): Promise<void> {
  expect(await post({ intent: 'push' })).toEqual({ ok: true });
  await pushSegments();
}
const PUSHED = { name: 'Loyal', query: 'number_of_orders >= 2' };

describe('a segment pushed to Shopify', () => {
  it('is created there with its name and rule, and nothing more is written while nothing changes', async () => {
    expect([await view(), await inList()]).toEqual([null, [null]]);
    expect(await post({ intent: 'push' })).toEqual({ ok: true });
    expect([await view(), await inList()]).toMatchObject([{ isWaiting: true, name: null }, ['waiting']]);
    await pushSegments();
    expect(there()).toMatchObject([PUSHED]);
    expect([await view(), await inList()]).toMatchObject([
      { state: 'on', isWaiting: false, name: 'Loyal', conflict: null, trouble: null },
      ['in_step'],
    ]);
    const before = calls();
    await check();
    await pushSegments();
    expect(calls()).toBe(before);
    expect((await post({ intent: 'push' })).errors).toEqual({ form: { code: 'changed_meanwhile' } });
  });

  it('gets the number that Shopify gives a name that is taken, which is no change of theirs', async () => {
    await sandbox.control('POST', '/_control/segments', { name: 'Loyal', query: 'number_of_orders = 9' });
    await push();
    await check();
    expect(await view()).toMatchObject({ name: 'Loyal (2)', conflict: null });
  });

  it('follows another rule and another name', async () => {
    await push();
    await change('Most loyal', orders('atLeast', '5'));
    expect(await inList()).toEqual(['waiting']);
    // Nothing has to ask for it.
    await pushSegments();
    expect(there()).toMatchObject([{ name: 'Most loyal', query: 'number_of_orders >= 5' }]);
    expect(await inList()).toEqual(['in_step']);
  });

  it('is refused where Shopify can’t ask the rule, and says so when the rule becomes one', async () => {
    const own = await save('Members', OWN);
    expect((await post({ intent: 'push' }, own)).errors).toEqual({ form: { code: 'not_for_shopify' } });
    await push();
    await change('Loyal', OWN);
    await pushSegments();
    expect(there()).toMatchObject([PUSHED]);
    expect([await view(), await inList()]).toMatchObject([
      { trouble: 'not_expressible', isWaiting: false },
      ['not_expressible', null],
    ]);
    await change('Loyal', RULE, 2);
    await pushSegments();
    expect(await view()).toMatchObject({ trouble: null });
  });

  it('stays as it was while the segment here can’t be computed', async () => {
    await push();
    await change('Loyal', { kind: 'condition', code: 'tags', values: { op: 'noneOf', list: ['gone'] } });
    await pushSegments();
    expect([there(), await view()]).toMatchObject([[PUSHED], { trouble: 'not_computable' }]);
  });

  it('belongs to its shop', async () => {
    for (const intent of ['push', 'check_push', 'write_ours', 'take_theirs'])
      expect([intent, (await post({ intent }, segmentId, USD_SHOP)).ok]).toEqual([intent, false]);
    await push();
    expect((await post({ intent: 'stop_push', there: 'delete' }, segmentId, USD_SHOP)).ok).toBe(false);
    expect(there()).toMatchObject([PUSHED]);
  });
});

describe('a segment that was changed at Shopify', () => {
  const theirs = { name: 'Big', query: 'amount_spent > 1000 AND last_order_date >= -30d' };

  beforeEach(async () => {
    await push();
    await changeThere(theirs);
    await check();
  });

  it('says so here and in the list, and is not written over, whatever changes here', async () => {
    expect([await view(), await inList()]).toMatchObject([
      { conflict: 'changed', theirs: { ...theirs, error: null, notes: [] } },
      ['changed'],
    ]);
    await change('Loyal', orders('atLeast', '7'));
    await pushSegments();
    expect(there()).toMatchObject([theirs]);
    await changeThere(PUSHED);
    await check();
    expect(there()).toMatchObject([{ name: 'Loyal', query: 'number_of_orders >= 7' }]);
    expect(await view()).toMatchObject({ conflict: null, theirs: null });
  });

  it('gives the segment here its name and rule, and nothing is written', async () => {
    const before = calls();
    expect(await post({ intent: 'take_theirs', version: '1', query: theirs.query })).toEqual({ ok: true });
    const { segment, push: pushed } = await screen.loader(argsOf(segmentId));
    expect(segment).toMatchObject({ name: 'Big', version: 2, customers: 0 });
    expect(segment.rule).toMatchObject({
      kind: 'all',
      parts: [{ code: 'order_total' }, { code: 'last_order' }],
    });
    expect(pushed).toMatchObject({ conflict: null });
    await pushSegments();
    await check();
    expect([there(), calls(), await inList()]).toMatchObject([[theirs], before, ['in_step']]);
  });

  it('is written again as it is here', async () => {
    expect(await post({ intent: 'write_ours', conflict: 'changed', query: theirs.query })).toEqual({
      ok: true,
    });
    await pushSegments();
    expect([there(), await inList()]).toMatchObject([[PUSHED], ['in_step']]);
  });

  it('is settled as it was seen: what was changed there since is not lost', async () => {
    await changeThere({ query: 'number_of_orders = 1' });
    await check();
    for (const intent of ['take_theirs', 'write_ours'])
      expect((await post({ intent, version: '1', conflict: 'changed', query: theirs.query })).errors).toEqual(
        { form: { code: 'changed_meanwhile' } },
      );
    expect(
      (await post({ intent: 'take_theirs', version: '9', query: 'number_of_orders = 1' })).errors,
    ).toEqual({
      form: { code: 'changed_meanwhile' },
    });
    expect(await view()).toMatchObject({ conflict: 'changed', theirs: { query: 'number_of_orders = 1' } });
  });

  it('with a rule that can’t be one here can only be written again', async () => {
    const query = "customer_language = 'id'";
    await changeThere({ query });
    await check();
    expect(await view()).toMatchObject({ theirs: { query, rule: null, error: { code: 'not_stored' } } });
    expect((await post({ intent: 'take_theirs', version: '1', query })).errors).toEqual({
      form: { code: 'invalid' },
    });
  });
});

describe('a segment that was deleted at Shopify', () => {
  beforeEach(async () => {
    await push();
    await sandbox.control('DELETE', `/_control/segments/${there()[0]!.id}`);
  });

  it('says so, also when a change was about to be written, and is created again on request', async () => {
    await change('Loyal', orders('atLeast', '3'));
    await pushSegments();
    expect([await view(), await inList(), there()]).toMatchObject([
      { conflict: 'gone', theirs: null },
      ['gone'],
      [],
    ]);
    expect(await post({ intent: 'write_ours', conflict: 'gone', query: '' })).toEqual({ ok: true });
    await pushSegments();
    expect([there(), await inList()]).toMatchObject([[{ query: 'number_of_orders >= 3' }], ['in_step']]);
  });

  it('is no longer pushed after stopping, with nothing to delete', async () => {
    await check();
    expect(await post({ intent: 'stop_push', there: 'delete' })).toEqual({ ok: true });
    expect(await view()).toBeNull();
  });
});

describe('an answer that does not arrive', () => {
  it.each(['lostReply', 'status500'])('%s: the segment is created once', async (kind) => {
    await post({ intent: 'push' });
    await fault(kind, { operation: 'CreateSegment' });
    await pushSegments();
    expect(await listFailures()).toHaveLength(1);
    await endRests();
    await pushSegments();
    expect([there(), await view()]).toMatchObject([[PUSHED], { conflict: null, name: 'Loyal' }]);
    expect(await listFailures()).toEqual([]);
  });

  it.each(['lostReply', 'status500'])('%s: a change is written, and is none of theirs', async (kind) => {
    await push();
    await change('Fans', orders('atLeast', '4'));
    await fault(kind, { operation: 'UpdateSegment' });
    await pushSegments();
    await endRests();
    await pushSegments();
    expect([there(), await inList()]).toMatchObject([
      [{ name: 'Fans', query: 'number_of_orders >= 4' }],
      ['in_step'],
    ]);
  });

  it('stopped meanwhile, what may have been created is deleted', async () => {
    await post({ intent: 'push' });
    await fault('lostReply', { operation: 'CreateSegment' });
    await pushSegments();
    expect(there()).toMatchObject([PUSHED]);
    await post({ intent: 'stop_push', there: 'delete' });
    await endRests();
    await pushSegments();
    expect([there(), await view()]).toEqual([[], null]);
  });

  it('throttled waits, refused says what Shopify says and is tried again on request', async () => {
    await post({ intent: 'push' });
    await fault('throttled', { operation: 'CreateSegment' });
    await fault('userError', { operation: 'CreateSegment', message: 'Segment limit reached' });
    await pushSegments();
    expect([there(), await view(), await inList()]).toMatchObject([
      [],
      { trouble: 'refused', refusal: 'Segment limit reached' },
      ['refused'],
    ]);
    const before = calls();
    await pool.query(`UPDATE segment_pushes SET checked_at = checked_at - interval '1 hour'`);
    await pushSegments();
    expect([calls(), await view()]).toMatchObject([before, { refusal: 'Segment limit reached' }]);
    await check();
    expect([there(), await inList()]).toMatchObject([[PUSHED], ['in_step']]);
  });

  it('keeps no other worker waiting for long, and two don’t write at once', async () => {
    await post({ intent: 'push' });
    await Promise.all([pushSegments(), pushSegments()]);
    expect(there()).toHaveLength(1);
  });
});

describe('stopping and deleting', () => {
  const remove = async (json: object) => {
    const args = adminArgs(DEMO_SHOP, '/app/customers/segments', {
      json: { intent: 'delete', segmentId: String(segmentId), ...json },
    });
    return ((await list.action(args)) as unknown as Loose).data;
  };

  it('ask what becomes of the segment there', async () => {
    await push();
    expect((await post({ intent: 'stop_push' })).errors).toEqual({ there: { code: 'required' } });
    expect((await remove({})).errors).toEqual({ there: { code: 'required' } });
    const uses = await (await usesOf.loader(argsOf(segmentId))).json();
    expect(uses.uses).toMatchObject([{ what: 'shopify', name: 'Loyal', isRunning: false }]);
    expect([there(), await inList()]).toMatchObject([[PUSHED], ['in_step']]);
  });

  it.each([
    ['leave', [PUSHED]],
    ['delete', []],
  ])('stop: %s', async (choice, left) => {
    await push();
    expect(await post({ intent: 'stop_push', there: choice })).toEqual({ ok: true });
    if (choice === 'delete') expect(await view()).toMatchObject({ state: 'ending' });
    await pushSegments();
    expect([await view(), await inList(), there()]).toMatchObject([null, [null], left]);
  });

  it.each([
    ['leave', [PUSHED]],
    ['delete', []],
  ])('delete: %s', async (choice, left) => {
    await push();
    expect(await remove({ there: choice })).toMatchObject({ ok: true });
    await pushSegments();
    const { rows } = await pool.query('SELECT 1 FROM segment_pushes');
    expect([rows, there(), await inList()]).toMatchObject([[], left, []]);
  });

  it('before anything was written needs nothing of Shopify', async () => {
    await post({ intent: 'push' });
    expect(await post({ intent: 'stop_push', there: 'delete' })).toEqual({ ok: true });
    await pushSegments();
    expect([await view(), calls()]).toEqual([null, 0]);
  });
});
