/** Snapshots: who was in a segment at a moment, whatever becomes of the segment. */
import { expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { countSegment } from '#app/modules/segments/count-segment.server.ts';
import { deleteSegment, saveSegment } from '#app/modules/segments/saved/change-segments.server.ts';
import { readComputableRule } from '#app/modules/segments/saved/segment-rule.server.ts';
import {
  deleteSnapshot,
  renameSnapshot,
  SNAPSHOTS_MAX,
  takeSnapshot,
} from '#app/modules/segments/snapshots/change-snapshots.server.ts';
import { listSnapshots } from '#app/modules/segments/snapshots/snapshot-screens.server.ts';
import type { SegmentNode } from '#app/modules/segments/tree/tree.ts';
import { givenClub } from '#test/support/clubs.ts';

const MEMBER: SegmentNode = { kind: 'condition', code: 'member', values: { op: 'yes' } };
const inSnapshot = (id: bigint): SegmentNode => ({
  kind: 'condition',
  code: 'snapshot',
  values: { op: 'anyOf', list: [id.toString()] },
});

async function givenMembers(count: number) {
  const { shopId } = await givenClub();
  await pool.query(
    'INSERT INTO customers (shop_id, customer_id, member_since) SELECT $1, n, now() FROM generate_series(1, $2::int) n',
    [shopId, count],
  );
  const saved = await saveSegment(shopId, { name: 'Members', rule: MEMBER }, 'staff:1');
  if (!saved.ok) throw new Error(saved.code);
  return { shopId, segmentId: saved.segmentId };
}

async function taken(shopId: bigint, segmentId: bigint, name = 'Before'): Promise<bigint> {
  const snapshot = await takeSnapshot(shopId, { segmentId, name }, 'staff:1');
  if (!snapshot.ok) throw new Error(snapshot.code);
  return snapshot.snapshotId;
}

test('a snapshot keeps who was in, no matter who joins or leaves, and when the segment is gone', async () => {
  const { shopId, segmentId } = await givenMembers(3);
  const id = await taken(shopId, segmentId);
  await pool.query('UPDATE customers SET member_since = NULL WHERE shop_id = $1 AND customer_id = 1', [
    shopId,
  ]);
  await pool.query('INSERT INTO customers (shop_id, customer_id, member_since) VALUES ($1, 4, now())', [
    shopId,
  ]);
  const left: SegmentNode = { kind: 'all', parts: [inSnapshot(id), { kind: 'not', part: MEMBER }] };
  const joined: SegmentNode = { kind: 'all', parts: [MEMBER, { kind: 'not', part: inSnapshot(id) }] };
  expect(await Promise.all([inSnapshot(id), left, joined].map((rule) => countSegment(shopId, rule)))).toEqual(
    [3, 1, 1],
  );
  await deleteSegment(shopId, segmentId, []);
  expect(await listSnapshots(shopId)).toEqual([
    {
      snapshotId: id,
      name: 'Before',
      segmentName: 'Members',
      takenAt: expect.any(Date),
      customers: 3,
      usedBy: [],
    },
  ]);
  expect(await countSegment(shopId, inSnapshot(id))).toBe(3);
});

test('a segment that names a snapshot can’t be computed once it is deleted, and the list says who names it', async () => {
  const { shopId, segmentId } = await givenMembers(2);
  const id = await taken(shopId, segmentId);
  const using = await saveSegment(shopId, { name: 'Since then', rule: inSnapshot(id) }, 'staff:1');
  expect((await listSnapshots(shopId))[0]!.usedBy).toEqual(['Since then']);
  if (!using.ok) throw new Error(using.code);
  expect(await readComputableRule(pool, shopId, using.segmentId)).toEqual(inSnapshot(id));
  await deleteSnapshot(shopId, id);
  expect(await readComputableRule(pool, shopId, using.segmentId)).toBeNull();
  expect(
    (await pool.query('SELECT FROM segment_snapshot_members WHERE shop_id = $1', [shopId])).rowCount,
  ).toBe(0);
});

test('names are tidy and unlike, their number is limited, and other shops’ aren’t touched', async () => {
  const { shopId, segmentId } = await givenMembers(1);
  const other = await givenMembers(1);
  const id = await taken(shopId, segmentId, '  Spring   sale ');
  const take = (name: string, segment = segmentId) =>
    takeSnapshot(shopId, { segmentId: segment, name }, 'staff:1');
  expect(await take('spring SALE')).toMatchObject({ field: 'name', code: 'name_taken' });
  expect(await take(' ')).toMatchObject({ field: 'name', code: 'required' });
  expect(await take('Theirs', other.segmentId)).toMatchObject({ ok: false, field: 'form' });
  expect(await renameSnapshot(other.shopId, { snapshotId: id, name: 'Stolen' })).toMatchObject({ ok: false });
  await deleteSnapshot(other.shopId, id);
  expect((await listSnapshots(shopId)).map(({ name }) => name)).toEqual(['Spring sale']);
  await pool.query(
    `INSERT INTO segment_snapshots (shop_id, name, segment_name, taken_at, taken_by, customers)
     SELECT $1, n::text, 'Any', now(), 'staff:1', 0 FROM generate_series(2, $2::int) n`,
    [shopId, SNAPSHOTS_MAX],
  );
  expect(await take('One more')).toMatchObject({ field: 'form', code: 'too_many' });
});

test('a segment that can’t be computed has no snapshot: it would be of no one', async () => {
  const { shopId } = await givenMembers(1);
  const tags: SegmentNode = { kind: 'condition', code: 'tags', values: { op: 'noneOf', list: ['gone'] } };
  const saved = await saveSegment(shopId, { name: 'Tagged', rule: tags }, 'staff:1');
  if (!saved.ok) throw new Error(saved.code);
  expect(await takeSnapshot(shopId, { segmentId: saved.segmentId, name: 'None' }, 'staff:1')).toMatchObject({
    ok: false,
  });
  expect(await listSnapshots(shopId)).toEqual([]);
});
