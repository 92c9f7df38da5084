/** RFM thresholds: what the task computes of a shop's customers, and the groups that follow. */
import { expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { countSegment } from '#app/modules/segments/count-segment.server.ts';
import { momentNow } from '#app/modules/segments/read-moment.server.ts';
import { computeRfm, computeThresholds } from '#app/modules/segments/rfm/compute-rfm.server.ts';
import { readRfmScreen } from '#app/modules/segments/rfm/rfm-screen.server.ts';
import { RFM_CUSTOMERS_MIN, RFM_GROUPS, type RfmGroup } from '#app/modules/segments/rules/rfm.ts';
import type { SegmentNode } from '#app/modules/segments/tree/tree.ts';
import { givenClub, moveClock } from '#test/support/clubs.ts';

const IDLE = new AbortController().signal;

/** Customer n: the last order n days ago, n orders, n times 10.00; `$2` customers, and one who never ordered. */
const CUSTOMERS = `
  INSERT INTO customers (shop_id, customer_id) SELECT $1, n FROM generate_series(1, $2::int + 1) n`;
const ORDERED = `
  UPDATE customer_stats SET orders_valid = customer_id, orders_all = customer_id, spend_minor = customer_id * 1000,
    last_order_at = ledger_now() - customer_id * interval '1 day', first_order_at = ledger_now() - interval '400 days'
  WHERE shop_id = $1 AND customer_id <= $2`;

async function givenCustomers(count: number): Promise<bigint> {
  const { shopId } = await givenClub();
  await pool.query(CUSTOMERS, [shopId, count]);
  await pool.query(ORDERED, [shopId, count]);
  return shopId;
}

const inGroup = (...list: RfmGroup[]): SegmentNode => ({
  kind: 'condition',
  code: 'rfm_group',
  values: { op: 'anyOf', list },
});

const computedAt = async (shopId: bigint) =>
  (
    await pool.query<{ at: Date }>('SELECT computed_at AS at FROM rfm_thresholds WHERE shop_id = $1', [
      shopId,
    ])
  ).rows[0]?.at;

test('each score has a fifth of the customers; who ordered last has 5 for recency', async () => {
  const shopId = await givenCustomers(100);
  await computeThresholds(pool, shopId);
  const score = (code: 'rfm_recency' | 'rfm_frequency' | 'rfm_money', value: string): SegmentNode => ({
    kind: 'condition',
    code,
    values: { op: 'is', value },
  });
  for (const code of ['rfm_recency', 'rfm_frequency', 'rfm_money'] as const)
    for (const value of ['1', '2', '3', '4', '5'])
      expect([code, value, await countSegment(shopId, score(code, value))]).toEqual([code, value, 20]);
  // Customer 1 ordered yesterday, once, for the least; customer 100 is the other way round.
  const { rfm } = await momentNow(shopId);
  expect(rfm).toMatchObject({ frequency: [21n, 41n, 61n, 81n], money: [20001n, 40001n, 60001n, 80001n] });
  expect(await countSegment(shopId, inGroup('new'))).toBe(20);
  expect(await countSegment(shopId, inGroup('previously_loyal'))).toBe(40);
});

test('customers who are alike have the same score', async () => {
  const shopId = await givenCustomers(50);
  await pool.query(
    'UPDATE customer_stats SET orders_valid = CASE WHEN customer_id > 45 THEN 7 ELSE 1 END WHERE shop_id = $1 AND orders_valid > 0',
    [shopId],
  );
  await computeThresholds(pool, shopId);
  const frequency = (value: string): SegmentNode => ({
    kind: 'condition',
    code: 'rfm_frequency',
    values: { op: 'is', value },
  });
  expect([await countSegment(shopId, frequency('1')), await countSegment(shopId, frequency('5'))]).toEqual([
    45, 5,
  ]);
});

const ranked = (op: 'atMost' | 'moreThan' | 'is', value: number): SegmentNode => ({
  kind: 'condition',
  code: 'spend_rank',
  values: { op, value: String(value) },
});

test('the best tenth by spend are 10 of 100 customers, and one who never ordered has no rank', async () => {
  const shopId = await givenCustomers(100);
  await computeThresholds(pool, shopId);
  const count = (op: 'atMost' | 'moreThan' | 'is', value: number) => countSegment(shopId, ranked(op, value));
  expect([await count('atMost', 10), await count('moreThan', 10), await count('atMost', 100)]).toEqual([
    10, 90, 100,
  ]);
  expect([await count('is', 1), await count('is', 100), await count('atMost', 0)]).toEqual([1, 1, 0]);
  // Another order counts at once: customer 1, so far the last, joins the best hundredth.
  await pool.query('UPDATE customer_stats SET spend_minor = 99001 WHERE shop_id = $1 AND customer_id = 1', [
    shopId,
  ]);
  expect([await count('is', 1), await count('moreThan', 1), await count('is', 100)]).toEqual([2, 98, 0]);
});

test('customers who spent the same have the same rank: a best tenth is never more than a tenth', async () => {
  const shopId = await givenCustomers(50);
  await pool.query('UPDATE customer_stats SET spend_minor = 5000 WHERE shop_id = $1 AND customer_id > 40', [
    shopId,
  ]);
  await pool.query('UPDATE customer_stats SET spend_minor = 1 WHERE shop_id = $1 AND customer_id <= 40', [
    shopId,
  ]);
  await computeThresholds(pool, shopId);
  expect(await countSegment(shopId, ranked('atMost', 10))).toBe(0);
  expect(await countSegment(shopId, ranked('atMost', 20))).toBe(10);
});

test('thresholds without ranks, of before there were any, are computed at the next run', async () => {
  const shopId = await givenCustomers(100);
  await computeRfm(IDLE);
  await pool.query("UPDATE rfm_thresholds SET spend_from = '{}' WHERE shop_id = $1", [shopId]);
  expect(await countSegment(shopId, ranked('atMost', 10))).toBe(0);
  await computeRfm(IDLE);
  expect(await countSegment(shopId, ranked('atMost', 10))).toBe(10);
});

test('a shop with too few customers has prospects only, and is looked at again each hour', async () => {
  const shopId = await givenCustomers(RFM_CUSTOMERS_MIN - 1);
  await computeRfm(IDLE);
  expect(await readRfmScreen(shopId)).toMatchObject({ tooFew: RFM_CUSTOMERS_MIN - 1, thresholds: [] });
  expect(await countSegment(shopId, inGroup('prospects'))).toBe(1);
  expect(await countSegment(shopId, inGroup(...RFM_GROUPS))).toBe(1);
  await pool.query(
    'UPDATE customer_stats SET orders_valid = 1, last_order_at = ledger_now() WHERE shop_id = $1',
    [shopId],
  );
  await computeRfm(IDLE);
  expect(await readRfmScreen(shopId)).toMatchObject({ tooFew: null });
  expect(await countSegment(shopId, inGroup(...RFM_GROUPS))).toBe(RFM_CUSTOMERS_MIN);
});

test('the task computes once a day, and only installed shops', async () => {
  const shopId = await givenCustomers(20);
  const left = await givenCustomers(20);
  await pool.query(`UPDATE shops SET uninstalled_at = now() WHERE shop_id = $1`, [left]);
  await computeRfm(IDLE);
  const first = await computedAt(shopId);
  expect(first).toBeInstanceOf(Date);
  expect(await computedAt(left)).toBeUndefined();
  await computeRfm(IDLE);
  expect(await computedAt(shopId)).toEqual(first);
  await moveClock('1 day');
  await computeRfm(IDLE);
  expect((await computedAt(shopId))?.getTime()).toBeGreaterThan(first!.getTime());
  await moveClock('0');
});

test('the screen counts each customer once, with what they spent; those who left are in no group', async () => {
  const shopId = await givenCustomers(30);
  await givenCustomers(40);
  await pool.query('UPDATE customers SET left_at = now() WHERE shop_id = $1 AND customer_id = 30', [shopId]);
  await computeThresholds(pool, shopId);
  const { groups } = await readRfmScreen(shopId);
  expect(groups.map(({ group }) => group)).toEqual([...RFM_GROUPS]);
  expect(groups.reduce((sum, { customers }) => sum + customers, 0)).toBe(30);
  expect(groups.reduce((sum, { spendMinor }) => sum + spendMinor, 0n)).toBe(435_000n);
  for (const { group, customers } of groups)
    expect([group, await countSegment(shopId, inGroup(group))]).toEqual([group, customers]);
  expect(groups.at(-1)).toMatchObject({ group: 'prospects', customers: 1, orders: 0n, daysSinceOrder: null });
});
