/** Rules in SQL and over one customer's facts mean the same customers, whatever the rule, the zone and the moment. */
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { localDay } from '#app/lib/calendar-days.ts';
import type { CustomerFacts, Moment } from '#app/modules/segments/conditions/facts.ts';
import { listChoices, nameChoices, nameProducts } from '#app/modules/segments/choices.queries.server.ts';
import { findMissing } from '#app/modules/segments/find-missing.server.ts';
import { groupCustomers } from '#app/modules/segments/group-customers.server.ts';
import { GROUPINGS } from '#app/modules/segments/groupings.ts';
import { countSegment, sampleSegment } from '#app/modules/segments/count-segment.server.ts';
import { EVERYBODY, filterParams, readCustomerFilter } from '#app/modules/segments/customer-filter.ts';
import { explainCustomer } from '#app/modules/segments/explain-customer.server.ts';
import { listCustomers } from '#app/modules/segments/list-customers.server.ts';
import { computeThresholds } from '#app/modules/segments/rfm/compute-rfm.server.ts';
import { readFacts } from '#app/modules/segments/read-facts.server.ts';
import { readMoment } from '#app/modules/segments/read-moment.server.ts';
import { compileProbe, compileTree } from '#app/modules/segments/tree/compile.ts';
import { evaluate, textsOf } from '#app/modules/segments/tree/evaluate.ts';
import { readTree, type SegmentNode } from '#app/modules/segments/tree/tree.ts';
import { auditShop } from '#app/modules/audit/audit-shop.server.ts';
import { givenClub, setClub, type TestClub } from '#test/support/clubs.ts';
import { seededRandom } from '#test/support/random.ts';
import { arbitraryCondition, arbitraryTree, CODES_OF_CONDITIONS } from '#test/support/segment-arbitraries.ts';
import { edgeInstant, populate, ZONES } from '#test/support/segment-population.ts';
import { CHANNELS, TAG_KEYS, type Ids } from '#test/support/segment-values.ts';

const CUSTOMERS = 120;
const random = seededRandom('segment rules');
let club: TestClub;
let ids: Ids;
let plain: Moment;
let facts: Map<bigint, CustomerFacts>;

beforeAll(async () => {
  club = await givenClub();
  await setClub(club, { new_customer_days: 60, regular_days: 60, lapsed_orders: 2, lapsed_days: 30 });
  ids = await populate(club, random, CUSTOMERS);
  await computeThresholds(pool, club.shopId);
  plain = await readMoment(pool, club.shopId, null);
  const { rows } = await pool.query<{ id: bigint }>(
    `SELECT customer_id AS id FROM customer_stats WHERE shop_id = $1 AND standing = 'active'`,
    [club.shopId],
  );
  facts = await readFacts(
    pool,
    club.shopId,
    rows.map(({ id }) => id),
  );
});

/** The moment in some zone, often at the edge of a day. */
async function momentFor(tree: SegmentNode, zone: string, now: Date): Promise<Moment> {
  const read = textsOf(tree).length === 0 ? plain : await readMoment(pool, club.shopId, tree);
  return { ...read, now, timeZone: zone, today: localDay(now, zone) };
}

/** Joined to all customers, and looked up one by one: both mean the same. */
async function meantBySql(tree: SegmentNode, moment: Moment): Promise<bigint[]> {
  const joined = await meantBy(compileTree, tree, moment);
  expect(await meantBy(compileProbe, tree, moment)).toEqual(joined);
  return joined;
}

async function meantBy(compile: typeof compileTree, tree: SegmentNode, moment: Moment): Promise<bigint[]> {
  const parameters: unknown[] = [club.shopId];
  const condition = compile(tree, moment, parameters);
  const { rows } = await pool.query<{ id: bigint }>(
    `SELECT s.customer_id AS id FROM customer_stats s WHERE s.shop_id = $1 AND s.standing = 'active' AND ${condition} ORDER BY 1`,
    parameters,
  );
  return rows.map(({ id }) => id);
}

const meantByFacts = (tree: SegmentNode, moment: Moment): bigint[] =>
  [...facts.values()]
    .filter((customer) => evaluate(tree, customer, moment))
    .map(({ customerId }) => customerId)
    .sort((a, b) => (a < b ? -1 : 1));

const arbitraryMoment = fc.record({
  zone: fc.constantFrom(...ZONES),
  now: fc.noShrink(fc.integer().map(() => edgeInstant(random))),
});

describe('SQL and evaluation mean the same customers', () => {
  test.each(CODES_OF_CONDITIONS)('by %s', async (code) => {
    await fc.assert(
      fc.asyncProperty(arbitraryCondition(code, ids), arbitraryMoment, async (tree, { zone, now }) => {
        const moment = await momentFor(tree, zone, now);
        expect(await meantBySql(tree, moment)).toEqual(meantByFacts(tree, moment));
      }),
      { numRuns: 15, seed: random.between(0, 1_000_000) },
    );
    // Conditions that mean everyone or no one would agree about nothing.
    const telling = fc
      .sample(fc.tuple(arbitraryCondition(code, ids), arbitraryMoment), 60)
      .map(async ([tree, at]) => {
        const meant = meantByFacts(tree, await momentFor(tree, at.zone, at.now));
        return meant.length > 0 && meant.length < facts.size;
      });
    expect(await Promise.all(telling)).toContain(true);
  });

  test('by groups that share conditions', async () => {
    const one = arbitraryTree(ids);
    const shared = fc.tuple(one, one, one).map(([a, b, c]): SegmentNode[] => {
      const all = (...parts: SegmentNode[]): SegmentNode => ({ kind: 'all', parts });
      const any = (...parts: SegmentNode[]): SegmentNode => ({ kind: 'any', parts });
      return [any(all(a, b), all(b, c)), any(a, all(a, b)), any(all(a, b), all(c, b, a)), any(all(a, a), a)];
    });
    await fc.assert(
      fc.asyncProperty(shared, arbitraryMoment, async (trees, { zone, now }) => {
        for (const tree of trees) {
          const moment = await momentFor(tree, zone, now);
          expect([tree, await meantBySql(tree, moment)]).toEqual([tree, meantByFacts(tree, moment)]);
        }
      }),
      { numRuns: 25, seed: random.between(0, 1_000_000) },
    );
  });

  test('by either of two sets of customers, which are one set to PostgreSQL', async () => {
    const tag = (key: string): SegmentNode => ({
      kind: 'condition',
      code: 'tags',
      values: { op: 'anyOf', list: [key] },
    });
    const points: SegmentNode = {
      kind: 'condition',
      code: 'points_earned',
      values: { op: 'atLeast', value: '1' },
    };
    const moment = await momentFor(tag(TAG_KEYS[0]!), ZONES[0]!, edgeInstant(random));
    const either = { kind: 'any' as const, parts: [tag(TAG_KEYS[0]!), points] };
    for (const tree of [either, { kind: 'not' as const, part: either }] satisfies SegmentNode[]) {
      const sql = compileTree(tree, moment, [club.shopId]);
      expect(sql).toContain(' UNION ALL ');
      expect(sql).not.toContain(' OR ');
      expect(await meantBySql(tree, moment)).toEqual(meantByFacts(tree, moment));
    }
    const spent: SegmentNode = {
      kind: 'condition',
      code: 'order_count',
      values: { op: 'atLeast', value: '2' },
    };
    const mixed: SegmentNode = { kind: 'any', parts: [tag(TAG_KEYS[0]!), spent] };
    const parameters: unknown[] = [club.shopId];
    expect(compileTree(mixed, moment, parameters)).not.toContain(' UNION ALL ');
    // What was tried for the union and not used is no parameter.
    expect(parameters).toHaveLength(3);
    expect(await meantBySql(mixed, moment)).toEqual(meantByFacts(mixed, moment));
  });

  test('by rules of any shape', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryTree(ids), arbitraryMoment, async (tree, { zone, now }) => {
        expect(readTree(structuredClone(tree))).toEqual({ ok: true, tree });
        const moment = await momentFor(tree, zone, now);
        expect(await meantBySql(tree, moment)).toEqual(meantByFacts(tree, moment));
      }),
      { numRuns: 150, seed: random.between(0, 1_000_000) },
    );
  });
});

test('counts, samples, pages and explanations of a rule agree, and the address carries it', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryTree(ids, 2), async (rule) => {
      const moment = await readMoment(pool, club.shopId, rule);
      const meant = meantByFacts(rule, moment);
      expect(await countSegment(club.shopId, rule)).toBe(meant.length);
      const filter = { ...EVERYBODY, rule };
      expect(readCustomerFilter(filterParams(filter))).toEqual(filter);
      const { customers } = await listCustomers(club.shopId, filter, null, {
        by: 'newest',
        isDescending: false,
      });
      expect(customers.map(({ customerId }) => customerId)).toEqual(meant.slice(0, 25));
      expect(await sampleSegment(club.shopId, rule)).toHaveLength(Math.min(10, meant.length));
      const [customer] = facts.keys();
      expect((await explainCustomer(club.shopId, customer!, rule))?.matches).toBe(meant.includes(customer!));
    }),
    { numRuns: 20, seed: random.between(0, 1_000_000) },
  );
});

describe('a search in groups', () => {
  test.each(GROUPINGS)(
    'by %s: each customer once, and each group is what its condition narrows to',
    async (by) => {
      await fc.assert(
        fc.asyncProperty(arbitraryTree(ids, 1), async (rule) => {
          const groups = await groupCustomers(club.shopId, { ...EVERYBODY, rule }, by);
          expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(
            await countSegment(club.shopId, rule),
          );
          for (const { condition, count } of groups)
            expect(await countSegment(club.shopId, { kind: 'all', parts: [rule, condition] })).toBe(count);
        }),
        { numRuns: 4, seed: random.between(0, 1_000_000) },
      );
    },
  );

  test('has the spend of its customers', async () => {
    const groups = await groupCustomers(club.shopId, EVERYBODY, 'gender');
    const spend = [...facts.values()].reduce((sum, { spendMinor }) => sum + spendMinor, 0n);
    expect(groups.reduce((sum, { spendMinor }) => sum + spendMinor, 0n)).toBe(spend);
    expect(spend).toBeGreaterThan(0n);
  });
});

test('choices are what the shop has, by name, whatever the spelling; a value that is gone is called by itself', async () => {
  expect(await listChoices(club.shopId, 'city', 'SAO')).toEqual([{ value: 'são paulo', label: 'São Paulo' }]);
  expect((await listChoices(club.shopId, 'channel', '')).map(({ value }) => value)).toEqual(
    [...CHANNELS].sort(),
  );
  const [category] = ids.categories;
  expect(await nameChoices(club.shopId, 'category', ['999', category!])).toEqual([
    { value: '999', label: '999' },
    { value: category, label: '1' },
  ]);
  await pool.query(`UPDATE products SET title = 'Teh' WHERE shop_id = $1 AND product_id = 2`, [club.shopId]);
  expect(await nameProducts(club.shopId, ['99', '2'])).toEqual([
    { value: '99', label: '99' },
    { value: '2', label: 'Teh' },
  ]);
  const sources = [
    'category',
    'tier',
    'tag',
    'reward',
    'offer',
    'country',
    'province',
    'district',
    'interest',
  ] as const;
  for (const from of sources) expect(await listChoices(club.shopId, from, 'zzzz')).toEqual([]);
});

test('what a rule names and what is gone is found', async () => {
  const [category] = ids.categories;
  const named = readTree({
    kind: 'any',
    parts: [
      { kind: 'condition', code: 'category', values: { op: 'anyOf', list: [category, '999'] } },
      { kind: 'condition', code: 'tags', values: { op: 'noneOf', list: ['later'] } },
      { kind: 'not', part: { kind: 'condition', code: 'tier', values: { op: 'anyOf', list: ['9'] } } },
      { kind: 'condition', code: 'reward', values: { op: 'anyOf', list: ['33'] } },
      { kind: 'condition', code: 'offer', values: { op: 'anyOf', list: ['55'] } },
      {
        kind: 'condition',
        code: 'bought',
        values: { op: 'any', goods: { by: 'product', list: ['1', '4', '99'] }, period: null },
      },
    ],
  });
  if (!named.ok) throw new Error(named.problem);
  await pool.query(`UPDATE products SET status = 'deleted' WHERE shop_id = $1 AND product_id = 4`, [
    club.shopId,
  ]);
  expect(await findMissing(pool, club.shopId, named.tree)).toEqual([
    { to: 'category', id: '999' },
    { to: 'tag', id: 'later' },
    { to: 'tier', id: '9' },
    { to: 'reward', id: '33' },
    { to: 'offer', id: '55' },
    { to: 'product', id: '4' },
  ]);
  await pool.query(`INSERT INTO tags (shop_id, tag_key, name) VALUES ($1, 'later', 'Later')`, [club.shopId]);
  expect(await findMissing(pool, club.shopId, named.tree)).not.toContainEqual({ to: 'tag', id: 'later' });
});

test.each([
  ['a group without parts', { kind: 'all', parts: [] }, 'shape', []],
  ['no rule', 'vip', 'shape', []],
  [
    'an unknown condition',
    { kind: 'not', part: { kind: 'condition', code: 'toString', values: {} } },
    'condition',
    ['part'],
  ],
  [
    'values of another condition',
    { kind: 'any', parts: [{ kind: 'condition', code: 'gender', values: { op: 'atLeast', value: '1' } }] },
    'condition',
    ['parts', 0],
  ],
  [
    'a day that is none',
    { kind: 'condition', code: 'added', values: { op: 'on', day: '2026-02-29' } },
    'condition',
    [],
  ],
])('%s is no rule, and says where', (_words, input, problem, path) => {
  expect(readTree(input)).toEqual({ ok: false, problem, path });
});

test('a rule may be five groups deep and has at most fifty conditions', () => {
  const condition = { kind: 'condition', code: 'member', values: { op: 'yes' } };
  const deep = (depth: number): unknown => (depth === 0 ? condition : { kind: 'not', part: deep(depth - 1) });
  expect(readTree(deep(5)).ok).toBe(true);
  expect(readTree(deep(6))).toMatchObject({ ok: false, problem: 'depth' });
  const wide = (count: number) => ({ kind: 'any', parts: Array.from({ length: count }, () => condition) });
  expect(readTree(wide(50)).ok).toBe(true);
  expect(readTree(wide(51))).toMatchObject({ ok: false, problem: 'size', path: ['parts', 50] });
});

test('what the population has kept is proved, the accounts that the test wrote aside', async () => {
  const checks = new Set((await auditShop(club.shopId)).map(({ check }) => check));
  expect([...checks].filter((check) => /customer's sums|bought|order's figures/.test(check))).toEqual([]);
});
