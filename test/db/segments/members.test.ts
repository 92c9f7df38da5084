/** Who is in stored segments, kept as customers change and time passes: the same as everyone looked at again. */
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { pool, withTransaction } from '#app/db.server.ts';
import type { Moment } from '#app/modules/segments/conditions/facts.ts';
import { evaluateSegments, evaluateShop } from '#app/modules/segments/members/evaluate-segments.server.ts';
import { readMoment } from '#app/modules/segments/read-moment.server.ts';
import {
  changeSegment,
  deleteSegment,
  saveSegment,
} from '#app/modules/segments/saved/change-segments.server.ts';
import { isComputable, readStoredRules } from '#app/modules/segments/saved/segment-rule.server.ts';
import { compileTree } from '#app/modules/segments/tree/compile.ts';
import type { SegmentNode } from '#app/modules/segments/tree/tree.ts';
import { givenClub, moveClock } from '#test/support/clubs.ts';
import { seededRandom } from '#test/support/random.ts';
import { arbitraryCondition, arbitraryTree, CODES_OF_CONDITIONS } from '#test/support/segment-arbitraries.ts';
import { ChangingWorld } from '#test/support/segment-changes.ts';
import { populate } from '#test/support/segment-population.ts';

afterEach(() => moveClock('0'));

const MEMBER: SegmentNode = { kind: 'condition', code: 'member', values: { op: 'yes' } };
const VIP: SegmentNode = { kind: 'condition', code: 'tags', values: { op: 'anyOf', list: ['vip'] } };
const HAS_POINTS: SegmentNode = {
  kind: 'condition',
  code: 'points_available',
  values: { op: 'atLeast', value: '1' },
};
const ADDED_LONG_AGO: SegmentNode = {
  kind: 'condition',
  code: 'added',
  values: { op: 'moreThanDaysAgo', days: 30 },
};

async function store(shopId: bigint, rule: SegmentNode, name = JSON.stringify(rule).slice(0, 90)) {
  const saved = await saveSegment(shopId, { name, rule }, 'staff:1');
  if (!saved.ok) throw new Error(saved.code);
  return saved.segmentId;
}

const addCustomer = (shopId: bigint, id: number, columns = 'member_since', value = 'now()') =>
  pool.query(`INSERT INTO customers (shop_id, customer_id, ${columns}) VALUES ($1, $2, ${value})`, [
    shopId,
    id,
  ]);

async function membersOf(shopId: bigint, segmentId: bigint): Promise<bigint[]> {
  const { rows } = await pool.query<{ id: bigint }>(
    'SELECT customer_id AS id FROM segment_members WHERE shop_id = $1 AND segment_id = $2 ORDER BY 1',
    [shopId, segmentId],
  );
  return rows.map(({ id }) => id);
}

async function eventsOf(shopId: bigint, segmentId: bigint): Promise<string[]> {
  const { rows } = await pool.query<{ line: string }>(
    `SELECT kind || ' ' || subject AS line FROM events WHERE shop_id = $1 AND details ->> 'segment' = $2 ORDER BY event_id`,
    [shopId, segmentId.toString()],
  );
  return rows.map(({ line }) => line);
}

const fullAt = async (shopId: bigint, segmentId: bigint) =>
  (
    await pool.query<{ at: Date }>(
      'SELECT members_full_at AS at FROM segments WHERE shop_id = $1 AND segment_id = $2',
      [shopId, segmentId],
    )
  ).rows[0]?.at;

const logged = async (shopId: bigint) =>
  (await pool.query('SELECT FROM changed_customers WHERE shop_id = $1', [shopId])).rowCount;

/** Everyone whom a rule means now. */
async function meant(shopId: bigint, rule: SegmentNode, moment: Moment): Promise<bigint[]> {
  const values: unknown[] = [shopId];
  const condition = compileTree(rule, moment, values);
  const { rows } = await pool.query<{ id: bigint }>(
    `SELECT s.customer_id AS id FROM customer_stats s WHERE s.shop_id = $1 AND s.standing = 'active' AND ${condition} ORDER BY 1`,
    values,
  );
  return rows.map(({ id }) => id);
}

test('whatever happens, and however the clock jumps, the members are whom the rules mean; joins and leaves add up to them', async () => {
  const random = seededRandom('segment members');
  const club = await givenClub();
  const { shopId } = club;
  const ids = await populate(club, random, 40);
  const seed = { seed: random.between(0, 1_000_000) };
  // Each condition is in one of them.
  const single = CODES_OF_CONDITIONS.flatMap((code) =>
    fc.sample(arbitraryCondition(code, ids), { numRuns: 1, ...seed }),
  );
  const rules: SegmentNode[] = [...single, ...fc.sample(arbitraryTree(ids, 2), { numRuns: 8, ...seed })];
  const segments = await Promise.all(
    rules.map(async (rule, place) => ({ rule, segmentId: await store(shopId, rule, `Segment ${place}`) })),
  );
  const stored = await readStoredRules(pool, shopId, rules);
  const computable = segments.filter((_segment, place) => isComputable(stored[place]!));
  expect(computable.length).toBeGreaterThan(60);
  await evaluateShop(shopId);
  const begun = new Map<bigint, bigint[]>();
  for (const { segmentId } of computable) begun.set(segmentId, await membersOf(shopId, segmentId));

  const world = new ChangingWorld(club, ids, random);
  const customers = Array.from({ length: 40 }, (_, place) => 1_000 + place);
  const happened: string[] = [];
  for (let round = 0; round < 6; round += 1) {
    for (let count = random.between(2, 7); count > 0; count -= 1)
      happened.push(await world.change(customers));
    await evaluateShop(shopId);
    const moment = await readMoment(pool, shopId, { kind: 'all', parts: rules });
    for (const { segmentId, rule } of computable)
      expect({ happened, rule, members: await membersOf(shopId, segmentId) }).toEqual({
        happened,
        rule,
        members: await meant(shopId, rule, moment),
      });
  }
  let moved = 0;
  for (const { segmentId } of computable) {
    const members = new Set(begun.get(segmentId));
    for (const line of await eventsOf(shopId, segmentId)) {
      const [kind, id = '0'] = line.split(' ');
      expect([line, members.has(BigInt(id))]).toEqual([line, kind === 'segment.left']);
      if (kind === 'segment.left') members.delete(BigInt(id));
      else members.add(BigInt(id));
      moved += 1;
    }
    expect([...members].toSorted((a, b) => Number(a - b))).toEqual(await membersOf(shopId, segmentId));
  }
  expect(moved).toBeGreaterThan(0);
});

test('only customers about whom something changed are looked at within a day', async () => {
  const { shopId } = await givenClub();
  await pool.query(`INSERT INTO tags (shop_id, tag_key, name) VALUES ($1, 'vip', 'VIP')`, [shopId]);
  for (const id of [1, 2]) await addCustomer(shopId, id);
  const [members, vips] = [await store(shopId, MEMBER), await store(shopId, VIP)];
  await evaluateShop(shopId);
  const first = await fullAt(shopId, vips);
  await pool.query(
    `INSERT INTO customer_tags (shop_id, tag_key, customer_id, is_on) VALUES ($1, 'vip', 1, true)`,
    [shopId],
  );
  // Not noticed: its row in the log is gone.
  await pool.query(`DELETE FROM changed_customers WHERE shop_id = $1`, [shopId]);
  await evaluateShop(shopId);
  expect(await membersOf(shopId, vips)).toEqual([]);
  await pool.query(`UPDATE customers SET member_since = NULL WHERE shop_id = $1 AND customer_id = 2`, [
    shopId,
  ]);
  await evaluateShop(shopId);
  expect([await membersOf(shopId, members), await membersOf(shopId, vips)]).toEqual([[1n], []]);
  expect(await fullAt(shopId, vips)).toEqual(first);
  // The daily look at everyone finds what was missed.
  await moveClock('25 hours');
  await evaluateSegments();
  expect(await membersOf(shopId, vips)).toEqual([1n]);
  expect(await logged(shopId)).toBe(0);
});

test('value that begins and ends within the day moves its customer without a change', async () => {
  const { shopId } = await givenClub();
  await pool.query(`UPDATE shops SET time_zone = 'UTC' WHERE shop_id = $1`, [shopId]);
  await addCustomer(shopId, 1);
  await pool.query(
    `INSERT INTO ledger_accounts (shop_id, customer_id, unit, balance) VALUES ($1, 1, 'POINTS', 5)`,
    [shopId],
  );
  await pool.query(
    `INSERT INTO ledger_lots (shop_id, entry_id, customer_id, unit, amount, remaining, valid_from, expires_at)
     VALUES ($1, nextval('ledger_entries_entry_id_seq'), 1, 'POINTS', 5, 5, now() + interval '10 minutes', now() + interval '20 minutes')`,
    [shopId],
  );
  const segmentId = await store(shopId, HAS_POINTS);
  await evaluateShop(shopId);
  expect(await membersOf(shopId, segmentId)).toEqual([]);
  await moveClock('15 minutes');
  await evaluateSegments();
  expect(await membersOf(shopId, segmentId)).toEqual([1n]);
  await moveClock('25 minutes');
  await evaluateSegments();
  expect(await eventsOf(shopId, segmentId)).toEqual(['segment.joined 1', 'segment.left 1']);
});

test('a day that begins moves those whose date passes a boundary', async () => {
  const { shopId } = await givenClub();
  await addCustomer(shopId, 1, 'created_at', `now() - interval '20 days'`);
  const segmentId = await store(shopId, ADDED_LONG_AGO);
  await evaluateShop(shopId);
  await moveClock('12 days');
  await evaluateSegments();
  expect(await eventsOf(shopId, segmentId)).toEqual(['segment.joined 1']);
});

test('whom a new or another rule means has not joined anything; one who comes later has', async () => {
  const { shopId } = await givenClub();
  await addCustomer(shopId, 1);
  await addCustomer(shopId, 2, 'gender', `'female'`);
  const segmentId = await store(shopId, MEMBER, 'Ours');
  await evaluateShop(shopId);
  const women: SegmentNode = { kind: 'condition', code: 'gender', values: { op: 'anyOf', list: ['female'] } };
  await changeSegment(shopId, { segmentId, version: 1, name: 'Ours', rule: women }, 'staff:1');
  await evaluateSegments();
  expect([await membersOf(shopId, segmentId), await eventsOf(shopId, segmentId)]).toEqual([[2n], []]);
  await addCustomer(shopId, 3, 'gender', `'female'`);
  await evaluateSegments();
  expect(await eventsOf(shopId, segmentId)).toEqual(['segment.joined 3']);
  await deleteSegment(shopId, segmentId, []);
  expect(await membersOf(shopId, segmentId)).toEqual([]);
});

test('a segment that can’t be computed keeps its members, and goes on when it can', async () => {
  const { shopId } = await givenClub();
  const tag = () =>
    pool.query(`INSERT INTO tags (shop_id, tag_key, name) VALUES ($1, 'vip', 'VIP')`, [shopId]);
  await tag();
  await addCustomer(shopId, 1);
  const tagged = (id: number) =>
    pool.query(
      `INSERT INTO customer_tags (shop_id, tag_key, customer_id, is_on) VALUES ($1, 'vip', $2, true)`,
      [shopId, id],
    );
  await tagged(1);
  const segmentId = await store(shopId, VIP);
  await evaluateShop(shopId);
  await pool.query(`DELETE FROM tags WHERE shop_id = $1`, [shopId]);
  await addCustomer(shopId, 2);
  await tagged(2);
  await evaluateShop(shopId);
  expect([await membersOf(shopId, segmentId), await eventsOf(shopId, segmentId)]).toEqual([[1n], []]);
  await tag();
  await evaluateShop(shopId);
  expect(await eventsOf(shopId, segmentId)).toEqual(['segment.joined 2']);
});

test('a change that is committed while others are evaluated is looked at next; two workers tell a join once', async () => {
  const { shopId } = await givenClub();
  const segmentId = await store(shopId, MEMBER);
  await evaluateShop(shopId);
  await withTransaction(async (tx) => {
    await tx.query('INSERT INTO customers (shop_id, customer_id, member_since) VALUES ($1, 1, now())', [
      shopId,
    ]);
    await addCustomer(shopId, 2);
    await evaluateShop(shopId);
    expect(await membersOf(shopId, segmentId)).toEqual([2n]);
  });
  await Promise.all([evaluateShop(shopId), evaluateShop(shopId)]);
  expect(await eventsOf(shopId, segmentId)).toEqual(['segment.joined 2', 'segment.joined 1']);
});

test('a backlog that is too long is given up for a look at everyone', async () => {
  const { shopId } = await givenClub();
  const segmentId = await store(shopId, MEMBER);
  await evaluateShop(shopId);
  const first = await fullAt(shopId, segmentId);
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id, member_since) SELECT $1, n, now() FROM generate_series(1, 20001) n`,
    [shopId],
  );
  expect(await logged(shopId)).toBe(20_001);
  await evaluateSegments();
  expect((await membersOf(shopId, segmentId)).length).toBe(20_001);
  expect(await fullAt(shopId, segmentId)).not.toEqual(first);
  expect(await logged(shopId)).toBe(0);
});

test('a shop without segments logs nothing, nor does a change that is rolled back', async () => {
  const { shopId } = await givenClub();
  await addCustomer(shopId, 1);
  expect(await logged(shopId)).toBe(0);
  await store(shopId, MEMBER);
  const refused = withTransaction(async (tx) => {
    await tx.query('UPDATE customers SET gender = $2 WHERE shop_id = $1', [shopId, 'female']);
    throw new Error('refused');
  });
  await expect(refused).rejects.toThrow('refused');
  expect(await logged(shopId)).toBe(0);
  await pool.query('UPDATE customers SET gender = $2 WHERE shop_id = $1', [shopId, 'female']);
  expect(await logged(shopId)).toBe(1);
});
