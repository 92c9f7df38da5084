/** Stored segments: saved by two people, counted by day, deleted while they are read. */
import { beforeEach, expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { countCustomers } from '#app/modules/segments/count-customers.server.ts';
import { EVERYBODY, readCustomerFilter } from '#app/modules/segments/customer-filter.ts';
import { listCustomers } from '#app/modules/segments/list-customers.server.ts';
import {
  changeSegment,
  deleteSegment,
  duplicateSegment,
  saveSegment,
} from '#app/modules/segments/saved/change-segments.server.ts';
import type { FindSegmentUses } from '#app/modules/segments/saved/find-uses.server.ts';
import { countSegments } from '#app/modules/segments/saved/count-segments.server.ts';
import { listSegments, readSegment } from '#app/modules/segments/saved/segments.queries.server.ts';
import { storeCount } from '#app/modules/segments/saved/store-count.server.ts';
import { readSelection, selectCustomers } from '#app/modules/segments/selection.server.ts';
import type { SegmentNode } from '#app/modules/segments/tree/tree.ts';
import { givenClub, type TestClub } from '#test/support/clubs.ts';

const { signal } = new AbortController();
const tagged = (op: 'anyOf' | 'noneOf'): SegmentNode => ({
  kind: 'condition',
  code: 'tags',
  values: { op, list: ['vip'] },
});

let club: TestClub;
let other: TestClub;

beforeEach(async () => {
  club = await givenClub();
  other = await givenClub();
  for (const { shopId } of [club, other])
    await pool.query(
      `WITH tag AS (INSERT INTO tags (shop_id, tag_key, name) VALUES ($1, 'vip', 'VIP')),
         people AS (INSERT INTO customers (shop_id, customer_id) SELECT $1, n FROM generate_series(1, 3) n RETURNING customer_id)
       INSERT INTO customer_tags (shop_id, customer_id, tag_key, is_on) SELECT $1, customer_id, 'vip', true FROM people WHERE customer_id < 3`,
      [shopId],
    );
});

async function saved(rule: SegmentNode = tagged('anyOf'), name = 'VIPs'): Promise<bigint> {
  const answer = await saveSegment(club.shopId, { name, rule }, 'staff:1');
  if (!answer.ok) throw new Error(answer.code);
  return answer.segmentId;
}

const members = (segmentId: bigint, shopId = club.shopId) =>
  listCustomers(shopId, { ...EVERYBODY, segmentId }).then(({ customers }) =>
    customers.map(({ customerId }) => customerId).toSorted(),
  );
const names = async () => (await listSegments(club.shopId)).map(({ name }) => name);

const countRows = async () =>
  (await pool.query('SELECT FROM segment_counts WHERE shop_id = $1', [club.shopId])).rowCount;

async function selected(filter: string): Promise<number> {
  const selection = readSelection({ filter });
  if (selection === null) throw new Error('no selection');
  const { sql, values } = await selectCustomers(pool, club.shopId, selection);
  return (await pool.query(sql, values)).rows.length;
}

test('a segment is its rule under a name, in its shop only', async () => {
  const id = await saved();
  expect(await members(id)).toEqual([1n, 2n]);
  expect(await members(id, other.shopId)).toEqual([]);
  expect(await countCustomers(club.shopId, { ...EVERYBODY, segmentId: id })).toEqual({
    count: 2,
    isMore: false,
  });
  expect(await readSegment(other.shopId, id)).toBeNull();
  const again = await saveSegment(club.shopId, { name: ' vips ', rule: tagged('noneOf') }, 'staff:2');
  expect(again).toEqual({ ok: false, field: 'name', code: 'name_taken' });
  expect((await saveSegment(other.shopId, { name: 'VIPs', rule: tagged('anyOf') }, 'staff:2')).ok).toBe(true);
  const wrong = async (name: string) => {
    const answer = await saveSegment(club.shopId, { name, rule: tagged('anyOf') }, 'staff:1');
    return answer.ok ? null : answer.code;
  };
  expect([await wrong('  '), await wrong('x'.repeat(101))]).toEqual(['required', 'too_long']);
});

test('a search within a segment keeps both', async () => {
  const id = await saved();
  await pool.query('UPDATE customers SET member_since = now() WHERE shop_id = $1 AND customer_id > 1', [
    club.shopId,
  ]);
  const member: SegmentNode = { kind: 'condition', code: 'member', values: { op: 'yes' } };
  const { customers } = await listCustomers(club.shopId, { ...EVERYBODY, rule: member, segmentId: id });
  expect(customers.map(({ customerId }) => customerId)).toEqual([2n]);
});

test('of two people who edit the same version, the second one is told', async () => {
  const id = await saved();
  const change = (version: number, name: string, rule: SegmentNode | null = null) =>
    changeSegment(club.shopId, { segmentId: id, version, name, rule }, 'staff:2');
  expect(await change(1, 'Best')).toEqual({ ok: true, segmentId: id });
  expect(await change(1, 'Other')).toEqual({ ok: false, field: 'form', code: 'changed_meanwhile' });
  expect(await names()).toEqual(['Best']);
  const both = await Promise.all([change(2, 'One'), change(2, 'Two')]);
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  await saved(tagged('anyOf'), 'Taken');
  expect(await change(3, 'taken')).toMatchObject({ field: 'name', code: 'name_taken' });
  const inOther = { segmentId: id, version: 3, name: 'Theirs', rule: null };
  expect((await changeSegment(other.shopId, inOther, 'staff:9')).ok).toBe(false);
});

test('a rule that is saved again as it was keeps its counts, another one begins again', async () => {
  const id = await saved();
  await storeCount(club.shopId, id);
  const change = (version: number, rule: SegmentNode) =>
    changeSegment(club.shopId, { segmentId: id, version, name: 'VIPs', rule }, 'staff:1');
  expect(await change(1, tagged('anyOf'))).toMatchObject({ ok: true });
  expect(await countRows()).toBe(1);
  expect(await change(1, tagged('noneOf'))).toMatchObject({ ok: false, code: 'changed_meanwhile' });
  expect(await change(2, tagged('noneOf'))).toMatchObject({ ok: true });
  expect(await countRows()).toBe(0);
  expect(await members(id)).toEqual([3n]);
});

test('what runs on a segment keeps it from being deleted; what has ended does not', async () => {
  const id = await saved();
  const seen: bigint[][] = [];
  const campaign =
    (isRunning: boolean): FindSegmentUses =>
    (_db, shopId, segmentId) => {
      seen.push([shopId, segmentId]);
      return Promise.resolve([{ what: 'campaign', name: 'Eid', address: '/app/messages/1', isRunning }]);
    };
  const uses = [campaign(false), campaign(true)];
  expect(await deleteSegment(club.shopId, id, uses)).toMatchObject({
    ok: false,
    uses: [{ isRunning: true }, { isRunning: false }],
  });
  expect(await names()).toEqual(['VIPs']);
  expect(await deleteSegment(club.shopId, id, [campaign(false)])).toEqual({ ok: true });
  expect(await names()).toEqual([]);
  expect(seen).toEqual([1, 2, 3].map(() => [club.shopId, id]));
});

test('a copy has the rule and a name of its own', async () => {
  const id = await saved();
  const copy = await duplicateSegment(club.shopId, { segmentId: id, name: 'VIPs 2' }, 'staff:1');
  expect(copy.ok && (await members(copy.segmentId))).toEqual([1n, 2n]);
  expect(await names()).toEqual(['VIPs', 'VIPs 2']);
  expect(await duplicateSegment(other.shopId, { segmentId: id, name: 'Stolen' }, 'staff:9')).toMatchObject({
    ok: false,
  });
});

test('what was deleted means no one, also to an action that was asked for before', async () => {
  const id = await saved();
  expect(await selected(`segment=${id}`)).toBe(2);
  await deleteSegment(other.shopId, id, []);
  expect(await selected(`segment=${id}`)).toBe(2);
  await storeCount(club.shopId, id);
  await deleteSegment(club.shopId, id, []);
  expect(await selected(`segment=${id}`)).toBe(0);
  expect(await selected('segment=nonsense')).toBe(0);
  expect(await selected('rule={}')).toBe(0);
  expect(readCustomerFilter(new URLSearchParams('segment=')).segmentId).toBeNull();
  await storeCount(club.shopId, id);
  expect(await countRows()).toBe(0);
});

test('a count that is stored while its segment is deleted is deleted with it', async () => {
  const id = await saved();
  const job = await pool.connect();
  await job.query('BEGIN');
  await job.query('UPDATE segments SET counted_at = now() WHERE segment_id = $1', [id]);
  const deleting = deleteSegment(club.shopId, id, []);
  await job.query(
    `INSERT INTO segment_counts (shop_id, segment_id, day, customers) VALUES ($1, $2, '2026-11-29', 2)`,
    [club.shopId, id],
  );
  await job.query('COMMIT');
  job.release();
  await deleting;
  expect(await countRows()).toBe(0);
});

test('a rule that names what is gone says so and means no one, also if it says "none of"', async () => {
  const id = await saved(tagged('noneOf'));
  expect(await members(id)).toEqual([3n]);
  await storeCount(club.shopId, id);
  await pool.query(`DELETE FROM tags WHERE shop_id = $1`, [club.shopId]);
  expect(await members(id)).toEqual([]);
  expect(await selected(`segment=${id}`)).toBe(0);
  expect(await readSegment(club.shopId, id)).toMatchObject({
    isComputable: false,
    missing: [{ to: 'tag', id: 'vip' }],
    customers: null,
  });
  await pool.query(
    `UPDATE segments SET rule = '{"kind": "condition", "code": "gone", "values": {}}' WHERE shop_id = $1`,
    [club.shopId],
  );
  expect(await members(id)).toEqual([]);
  expect(await readSegment(club.shopId, id)).toMatchObject({ isComputable: false, rule: null });
});

test('counts of days tell the change since yesterday and since last week', async () => {
  const id = await saved();
  const day = (ago: number, customers: number) =>
    pool.query(
      `INSERT INTO segment_counts (shop_id, segment_id, day, customers)
       SELECT $1, $2, (ledger_now() AT TIME ZONE s.time_zone)::date - $3::int, $4 FROM shops s WHERE shop_id = $1`,
      [club.shopId, id, ago, customers],
    );
  expect(await listSegments(club.shopId)).toMatchObject([
    { customers: null, sinceYesterday: null, sinceLastWeek: null, history: [] },
  ]);
  await pool.query('DELETE FROM segments WHERE shop_id <> $1', [club.shopId]);
  expect(await countSegments(signal)).toBe(1);
  expect(await countSegments(signal)).toBe(0);
  await day(1, 5);
  await day(7, 0);
  await day(30, 99);
  expect(await listSegments(club.shopId)).toMatchObject([
    { customers: 2, sinceYesterday: -3, sinceLastWeek: 2, history: [0, 5, 2] },
  ]);
  await changeSegment(
    club.shopId,
    { segmentId: id, version: 1, name: 'VIPs', rule: tagged('noneOf') },
    'staff:1',
  );
  expect(await listSegments(club.shopId)).toMatchObject([{ customers: null, history: [] }]);
  await countSegments(signal);
  expect(await listSegments(club.shopId)).toMatchObject([{ customers: 1, history: [1] }]);
});
