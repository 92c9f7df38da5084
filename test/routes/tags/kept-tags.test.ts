/** A segment kept in step as a Shopify tag, on the segment's page, with the sandbox as Shopify. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fault, installApp, sandbox } from '#test/support/sandbox-bed.ts';
import { pool } from '#app/db.server.ts';
import {
  changeSegment,
  deleteSegment,
  saveSegment,
} from '#app/modules/segments/saved/change-segments.server.ts';
import { countCustomers } from '#app/modules/segments/count-customers.server.ts';
import { tagAddress, taggedMembersAddress } from '#app/modules/segments/count-doors.ts';
import { readCustomerFilter } from '#app/modules/segments/customer-filter.ts';
import type { SegmentNode } from '#app/modules/segments/tree/tree.ts';
import { keepSegmentTags } from '#app/modules/tags/kept/compare-members.server.ts';
import { requestComparison } from '#app/modules/tags/kept/keep-tag.server.ts';
import { processTagJobs } from '#app/modules/tags/process-tag-jobs.server.ts';
import * as screen from '#app/routes/app.customers.segments.$id.tsx';
import * as tagScreen from '#app/routes/app.customers.tags.tsx';
import { SEGMENT_USERS } from '#app/segment-users.server.ts';
import { adminArgs } from '#test/support/route-requests.ts';
import { DEMO_SHOP, type Loose } from '#test/support/sandbox.ts';

let shopId: bigint;
let segmentId: bigint;
let people: { id: number; tags: string[] }[];

const RULE: SegmentNode = { kind: 'condition', code: 'gender', values: { op: 'anyOf', list: ['female'] } };

beforeAll(async () => {
  shopId = await installApp(DEMO_SHOP);
});
beforeEach(async () => {
  await sandbox.control('POST', '/_control/reset', { tokens: false });
  await sandbox.control('DELETE', '/_control/faults');
  for (const table of [
    'segment_tagged',
    'segment_tags',
    'segments',
    'tag_writes',
    'tag_jobs',
    'customer_tags',
    'tags',
    'customer_stats',
    'customers',
  ])
    await pool.query(`DELETE FROM ${table}`);
  people = sandbox.world.shop(DEMO_SHOP).customers.slice(0, 6);
  for (const person of people) person.tags = [];
  for (const [place, { id }] of people.entries())
    await pool.query('INSERT INTO customers (shop_id, customer_id, gender) VALUES ($1, $2, $3)', [
      shopId,
      id,
      place < 3 ? 'female' : 'male',
    ]);
  const saved = await saveSegment(shopId, { name: 'Women', rule: RULE }, 'staff:1');
  if (!saved.ok) throw new Error('not saved');
  ({ segmentId } = saved);
});

const post = async (values: Record<string, unknown>, id = segmentId): Promise<Loose> => {
  const args = adminArgs(DEMO_SHOP, `/app/customers/segments/${id}`, {
    json: values,
    params: { id: String(id) },
  });
  return (await screen.action(args)) as unknown;
};
const view = async () => {
  const args = adminArgs(DEMO_SHOP, `/app/customers/segments/${segmentId}`, {
    params: { id: String(segmentId) },
  });
  return (await screen.loader(args)).keptTag;
};
/** How many customers the list at an address has. */
async function listed(address: string): Promise<number> {
  const { pathname, searchParams } = new URL(address, 'http://app');
  const filter = readCustomerFilter(searchParams);
  const isOfSegment = pathname === `/app/customers/segments/${segmentId}`;
  return (await countCustomers(shopId, isOfSegment ? { ...filter, segmentId } : filter)).count;
}
const onTagScreen = async (values: Record<string, unknown>): Promise<Loose> =>
  (await tagScreen.action(adminArgs(DEMO_SHOP, '/app/customers/tags', { json: values }))) as unknown;
const atShopify = () => people.map(({ id }) => sandbox.world.findCustomer(DEMO_SHOP, id)!.tags.join(' '));
const setGender = (place: number, gender: string) =>
  pool.query('UPDATE customers SET gender = $3 WHERE shop_id = $1 AND customer_id = $2', [
    shopId,
    people[place]!.id,
    gender,
  ]);
/** Whatever the worker does, until it has nothing left to do. */
async function work(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) {
    await requestComparison(pool, shopId, [segmentId]);
    await keepSegmentTags();
    await processTagJobs();
  }
}
const keep = async (tag = 'Women') => {
  expect((await post({ intent: 'keep_tag', tag })).data).toEqual({ ok: true });
  await work();
};
const calls = () =>
  sandbox.world.state.requests.filter(({ operation }) => /^(Add|Remove)Tags$/.test(operation)).length;

describe('a segment kept as a tag', () => {
  it('gives its members the tag here and at Shopify, and writes nothing more while nothing changes', async () => {
    expect(await view()).toBeNull();
    await keep();
    expect(atShopify()).toEqual(['Women', 'Women', 'Women', '', '', '']);
    expect(await view()).toMatchObject({
      tag: 'Women',
      state: 'on',
      trouble: null,
      tagged: 3,
      members: 3,
      everyone: 3,
    });
    expect((await view())!.jobs).toMatchObject([{ kind: 'add', total: 3, done: 3, failed: 0, isOver: true }]);
    const before = calls();
    await work();
    expect(calls()).toBe(before);
  });

  it('shows how far it is before the worker has written', async () => {
    await post({ intent: 'keep_tag', tag: 'Women' });
    expect(await view()).toMatchObject({ comparedAt: null, tagged: 0, jobs: [] });
    await keepSegmentTags();
    expect(await view()).toMatchObject({ tagged: 0, jobs: [{ total: 3, done: 0, isOver: false }] });
  });

  it('takes the tag off who leaves and gives it to who joins', async () => {
    await keep();
    await setGender(0, 'male');
    await setGender(4, 'female');
    await work();
    expect(atShopify()).toEqual(['', 'Women', 'Women', '', 'Women', '']);
    await pool.query(`UPDATE customers SET left_at = now() WHERE customer_id = $1`, [people[1]!.id]);
    await work();
    expect(atShopify()).toEqual(['', '', 'Women', '', 'Women', '']);
  });

  it('follows another rule', async () => {
    await keep();
    const rule: SegmentNode = { ...RULE, values: { op: 'anyOf', list: ['male'] } };
    await changeSegment(shopId, { segmentId, version: 1, name: 'Women', rule }, 'staff:1');
    // The version tells: nothing has to ask for it.
    await keepSegmentTags();
    await processTagJobs();
    expect(atShopify()).toEqual(['', '', '', 'Women', 'Women', 'Women']);
  });

  it('leaves the tag to who has it otherwise, and puts back what was taken off at Shopify', async () => {
    await onTagScreen({
      intent: 'give',
      name: 'women',
      selection: { ids: [0, 5].map((place) => String(people[place]!.id)) },
    });
    await processTagJobs();
    await keep('Women');
    const kept = await view();
    expect(kept).toMatchObject({ tagged: 2, members: 3, everyone: 4 });
    for (const [address, customers] of [
      [taggedMembersAddress(segmentId, kept!.tagKey), kept!.members],
      [tagAddress(kept!.tagKey, kept!.tag), kept!.everyone],
    ] as const)
      expect([address, await listed(address)]).toEqual([address, customers]);
    await setGender(0, 'male');
    await onTagScreen({ intent: 'take', name: 'women', selection: { ids: [String(people[1]!.id)] } });
    await processTagJobs();
    await work();
    expect(atShopify().map((tags) => tags.toLowerCase())).toEqual([
      'women',
      'women',
      'women',
      '',
      '',
      'women',
    ]);
  });

  it('lets a member go who leaves before the tag was written', async () => {
    await post({ intent: 'keep_tag', tag: 'Women' });
    await keepSegmentTags();
    await setGender(0, 'male');
    await work();
    expect(atShopify()).toEqual(['', 'Women', 'Women', '', '', '']);
    const { rows } = await pool.query('SELECT customer_id FROM segment_tagged');
    expect(rows).toHaveLength(2);
  });

  it('goes on after Shopify was away, and where it refuses one for good the others have theirs', async () => {
    people[0]!.tags = Array.from({ length: 250 }, (_, n) => `t${n}`);
    await fault('throttled', { operation: 'AddTags', times: 2 });
    await keep();
    expect(atShopify().slice(1, 3)).toEqual(['Women', 'Women']);
    const [job] = (await view())!.jobs;
    expect(job).toMatchObject({ done: 2, failed: 1, failure: 'too_many', isOver: true });
    people[0]!.tags = [];
    expect((await post({ intent: 'retry', jobId: String(job!.jobId) })).data).toEqual({ ok: true });
    await work();
    expect(atShopify()[0]).toBe('Women');
  });

  it('that can’t be computed keeps the tags as they are and says so', async () => {
    await pool.query(`INSERT INTO tags (shop_id, tag_key, name) VALUES ($1, 'old', 'Old')`, [shopId]);
    const rule: SegmentNode = {
      kind: 'any',
      parts: [RULE, { kind: 'condition', code: 'tags', values: { op: 'anyOf', list: ['old'] } }],
    };
    await changeSegment(shopId, { segmentId, version: 1, name: 'Women', rule }, 'staff:1');
    await keep();
    await pool.query(`DELETE FROM tags WHERE tag_key = 'old'`);
    await setGender(0, 'male');
    await work();
    expect(await view()).toMatchObject({ trouble: 'not_computable', tagged: 3, members: null, everyone: 3 });
    expect(atShopify()[0]).toBe('Women');
  });
});

describe('stopping', () => {
  it('asks what becomes of the tag', async () => {
    await keep();
    const answer = await post({ intent: 'stop_tag' });
    expect(answer).toMatchObject({
      data: { errors: { removes: { code: 'required' } } },
      init: { status: 422 },
    });
    expect(await view()).toMatchObject({ state: 'on' });
  });

  it('takes the tag off everyone whom it had tagged, and is over then', async () => {
    await keep();
    expect((await post({ intent: 'stop_tag', removes: 'yes' })).data).toEqual({ ok: true });
    expect(await view()).toMatchObject({ state: 'ending', tagged: 3 });
    await work();
    expect(atShopify()).toEqual(['', '', '', '', '', '']);
    expect(await view()).toBeNull();
  });

  it('leaves the tags, drops what was on its way, and the tag is free again', async () => {
    await post({ intent: 'keep_tag', tag: 'Women' });
    await keepSegmentTags();
    expect((await post({ intent: 'stop_tag', removes: 'no' })).data).toEqual({ ok: true });
    await work();
    expect(atShopify()).toEqual(['', '', '', '', '', '']);
    expect(await view()).toBeNull();
    await keep();
    await post({ intent: 'stop_tag', removes: 'no' });
    await work();
    expect(atShopify()).toEqual(['Women', 'Women', 'Women', '', '', '']);
  });
});

describe('refused is', () => {
  it('a tag that Shopify would not take, that another segment keeps, or that the rule asks for', async () => {
    const wrong = async (tag: string, id = segmentId) =>
      (await post({ intent: 'keep_tag', tag }, id)).data.errors?.tag?.code;
    expect([await wrong(''), await wrong('a,b'), await wrong('x'.repeat(256))]).toEqual([
      'required',
      'no_comma',
      'too_long',
    ]);
    await keep();
    await pool.query(`INSERT INTO tags (shop_id, tag_key, name) VALUES ($1, 'vip', 'VIP')`, [shopId]);
    const rule: SegmentNode = { kind: 'condition', code: 'tags', values: { op: 'noneOf', list: ['vip'] } };
    const other = await saveSegment(shopId, { name: 'Other', rule }, 'staff:1');
    if (!other.ok) throw new Error('not saved');
    expect(await wrong(' WOMEN ', other.segmentId)).toBe('kept_by_segment');
    expect(await wrong('Vip', other.segmentId)).toBe('names_itself');
    expect((await post({ intent: 'keep_tag', tag: 'X' })).data.errors.form.code).toBe('changed_meanwhile');
    expect((await post({ intent: 'keep_tag', tag: 'X' }, 999n)).data.errors.form.code).toBe('gone');
    await expect(post({ intent: 'other' })).rejects.toMatchObject({ init: { status: 400 } });
  });

  it('renaming, merging or removing the tag, and deleting the segment', async () => {
    await keep();
    await onTagScreen({ intent: 'add', name: 'Other' });
    const code = async (values: Record<string, unknown>) =>
      Object.values<{ code: string }>((await onTagScreen({ tagKey: 'women', ...values })).data.errors ?? {});
    expect(await code({ intent: 'edit', name: 'Ladies', colour: 'blue' })).toEqual([
      { code: 'kept_by_segment' },
    ]);
    expect(await code({ intent: 'edit', name: 'Women', colour: 'blue' })).toEqual([]);
    expect(await code({ intent: 'merge', into: 'other' })).toEqual([{ code: 'kept_by_segment' }]);
    expect(await code({ intent: 'remove' })).toEqual([{ code: 'kept_by_segment' }]);
    expect(await deleteSegment(shopId, segmentId, SEGMENT_USERS)).toMatchObject({
      ok: false,
      uses: [{ what: 'tag', isRunning: true }],
    });
    await post({ intent: 'stop_tag', removes: 'no' });
    expect(await deleteSegment(shopId, segmentId, SEGMENT_USERS)).toEqual({ ok: true });
  });
});
