/** Two segments, or a segment and a snapshot, compared: the counts are those of the lists that they lead to. */
import { expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { readCompareScreen } from '#app/modules/segments/compare/compare-segments.server.ts';
import { PARTS, partAddress, readSide, sideText, type Side } from '#app/modules/segments/compare/sides.ts';
import { readCustomerFilter } from '#app/modules/segments/customer-filter.ts';
import { listCustomers } from '#app/modules/segments/list-customers.server.ts';
import { saveSegment } from '#app/modules/segments/saved/change-segments.server.ts';
import { takeSnapshot } from '#app/modules/segments/snapshots/change-snapshots.server.ts';
import type { SegmentNode } from '#app/modules/segments/tree/tree.ts';
import { givenClub } from '#test/support/clubs.ts';

const MEMBER: SegmentNode = { kind: 'condition', code: 'member', values: { op: 'yes' } };
const WOMEN: SegmentNode = { kind: 'condition', code: 'gender', values: { op: 'anyOf', list: ['female'] } };
const TAGGED: SegmentNode = { kind: 'condition', code: 'tags', values: { op: 'noneOf', list: ['gone'] } };
/** As deep as a rule can be: what is made of two segments goes deeper. */
const DEEP: SegmentNode = Array.from({ length: 5 }).reduce<SegmentNode>(
  (part) => ({ kind: 'all', parts: [part] }),
  MEMBER,
);

/** 1 and 2 are members, 2 and 3 women, 4 is neither; each spent 10.00 for each number. */
async function givenShop(): Promise<bigint> {
  const { shopId } = await givenClub();
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id, member_since, gender)
     VALUES ($1, 1, now(), NULL), ($1, 2, now(), 'female'), ($1, 3, NULL, 'female'), ($1, 4, NULL, 'male')`,
    [shopId],
  );
  await pool.query('UPDATE customer_stats SET spend_minor = customer_id * 1000 WHERE shop_id = $1', [shopId]);
  return shopId;
}

async function segment(shopId: bigint, name: string, rule: SegmentNode): Promise<Side> {
  const saved = await saveSegment(shopId, { name, rule }, 'staff:1');
  if (!saved.ok) throw new Error(saved.code);
  return { kind: 'segment', id: saved.segmentId };
}

const compared = (shopId: bigint, a: Side, b: Side) =>
  readCompareScreen(shopId, new URLSearchParams({ a: sideText(a), b: sideText(b) }));

/** Whom the list of a part shows. */
async function listed(shopId: bigint, address: string): Promise<number[]> {
  const { pathname, searchParams } = new URL(address, 'https://app.example');
  const id = /\/segments\/(\d+)$/.exec(pathname)?.[1];
  const filter = { ...readCustomerFilter(searchParams), segmentId: id === undefined ? null : BigInt(id) };
  const { customers } = await listCustomers(shopId, filter, null, { by: 'newest', isDescending: false });
  return customers.map(({ customerId }) => Number(customerId));
}

test('of two segments, also of rules as deep as can be: who is in both and who in only one, each part a list', async () => {
  const shopId = await givenShop();
  const [members, women] = [await segment(shopId, 'Members', DEEP), await segment(shopId, 'Women', WOMEN)];
  const { parts, broken, choices } = await compared(shopId, members, women);
  expect(broken).toEqual([]);
  expect(choices.map(({ name }) => name)).toEqual(['Members', 'Women']);
  expect(parts).toEqual([
    { part: 'only_a', customers: 1, spendMinor: 1000n },
    { part: 'both', customers: 1, spendMinor: 2000n },
    { part: 'only_b', customers: 1, spendMinor: 3000n },
  ]);
  const lists = await Promise.all(PARTS.map((part) => listed(shopId, partAddress(part, members, women))));
  expect(lists).toEqual([[1], [2], [3]]);
});

test('of a segment and its snapshot: who joined and who left since, from either side', async () => {
  const shopId = await givenShop();
  const members = await segment(shopId, 'Members', MEMBER);
  const taken = await takeSnapshot(shopId, { segmentId: members.id, name: 'Then' }, 'staff:1');
  if (!taken.ok) throw new Error(taken.code);
  const then: Side = { kind: 'snapshot', id: taken.snapshotId };
  await pool.query(
    `UPDATE customers SET member_since = CASE WHEN customer_id = 4 THEN now() END WHERE shop_id = $1 AND customer_id IN (1, 4)`,
    [shopId],
  );
  const { parts } = await compared(shopId, members, then);
  expect(parts?.map(({ customers }) => customers)).toEqual([1, 1, 1]);
  const lists = (a: Side, b: Side) =>
    Promise.all(PARTS.map((part) => listed(shopId, partAddress(part, a, b))));
  expect(await lists(members, then)).toEqual([[4], [2], [1]]);
  expect(await lists(then, members)).toEqual([[1], [2], [4]]);
  expect(await lists(then, then)).toEqual([[], [1, 2], []]);
});

test('what is gone, can’t be computed or is another shop’s is named, and its list has no one', async () => {
  const shopId = await givenShop();
  const members = await segment(shopId, 'Members', MEMBER);
  const tagged = await segment(shopId, 'Tagged', TAGGED);
  const theirs = await segment(await givenShop(), 'Theirs', MEMBER);
  for (const other of [tagged, theirs, { kind: 'snapshot', id: 99n } as const]) {
    expect(await compared(shopId, members, other)).toMatchObject({ parts: null, broken: ['b'] });
  }
  for (const other of [tagged, theirs])
    expect(await listed(shopId, partAddress('only_a', members, other))).toEqual([]);
  expect(await readCompareScreen(shopId, new URLSearchParams({ a: 'nonsense' }))).toMatchObject({
    a: null,
    b: null,
    parts: null,
    broken: [],
  });
  expect([readSide('segment:12'), readSide('segment:x'), readSide('tag:1')]).toEqual([
    { kind: 'segment', id: 12n },
    null,
    null,
  ]);
});
