/** Whom a rule means while it is edited: counted, or in a large shop estimated first. */
import { beforeAll, describe, expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { drawSample, SAMPLE_CUSTOMERS } from '#app/modules/segments/estimate/draw-sample.server.ts';
import { estimateSegment } from '#app/modules/segments/estimate/estimate-segment.server.ts';
import { SAMPLED_FROM } from '#app/modules/segments/estimate/rules/estimate.ts';
import { previewRule } from '#app/modules/segments/preview-rule.server.ts';
import type { SegmentNode } from '#app/modules/segments/tree/tree.ts';
import { givenClub } from '#test/support/clubs.ts';

const WOMEN: SegmentNode = { kind: 'condition', code: 'gender', values: { op: 'anyOf', list: ['female'] } };
const tagged = (tag: string): SegmentNode => ({
  kind: 'condition',
  code: 'tags',
  values: { op: 'anyOf', list: [tag] },
});
const VIP = tagged('vip');
/** Joined in lists, looked up one by one here. */
const MIXED: SegmentNode = {
  kind: 'all',
  parts: [
    { kind: 'any', parts: [WOMEN, VIP] },
    { kind: 'not', part: tagged('staff') },
  ],
};
const CUSTOMERS = SAMPLED_FROM + 10_000;

/** Three in ten are women; every fifth has the tag VIP, every tenth Staff. */
async function givenCustomers(shopId: bigint, customers: number): Promise<void> {
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id, first_name, gender)
     SELECT $1, n, 'Siti', CASE WHEN n % 10 < 3 THEN 'female' ELSE 'male' END FROM generate_series(1, $2::int) n`,
    [shopId, customers],
  );
  await pool.query(
    `INSERT INTO tags (shop_id, tag_key, name) VALUES ($1, 'vip', 'VIP'), ($1, 'staff', 'Staff'), ($1, 'none', 'None')`,
    [shopId],
  );
  await pool.query(
    `INSERT INTO customer_tags (shop_id, customer_id, tag_key)
     SELECT $1::bigint, n, 'vip' FROM generate_series(5, $2::int, 5) n
     UNION ALL SELECT $1::bigint, n, 'staff' FROM generate_series(10, $2::int, 10) n`,
    [shopId, customers],
  );
}

const sampleOf = async (shopId: bigint) =>
  (
    await pool.query<{ ids: bigint[]; customers: number }>(
      'SELECT customer_ids AS ids, customers FROM customer_samples WHERE shop_id = $1',
      [shopId],
    )
  ).rows[0];

describe('a shop with many customers', () => {
  let shopId: bigint;
  let other: bigint;
  beforeAll(async () => {
    shopId = (await givenClub()).shopId;
    other = (await givenClub()).shopId;
    await givenCustomers(shopId, CUSTOMERS);
    await givenCustomers(other, 20);
    await pool.query('ANALYZE customers, customer_stats, customer_tags');
    await drawSample(pool, shopId);
    await drawSample(pool, other);
  });

  test('has a sample of its own, and a small one has none', async () => {
    const sample = await sampleOf(shopId);
    expect(sample).toMatchObject({ customers: CUSTOMERS });
    expect(new Set(sample?.ids).size).toBe(SAMPLE_CUSTOMERS);
    expect(await sampleOf(other)).toBeUndefined();
    expect(await estimateSegment(pool, other, WOMEN)).toBeNull();
  });

  test.each([
    ['a column', WOMEN, 0.3],
    ['a table', VIP, 0.2],
    ['both, and not', MIXED, 0.3],
    ['nobody', tagged('none'), 0],
  ])('is estimated by %s', async (_name, rule, share) => {
    const estimate = await estimateSegment(pool, shopId, rule);
    const truth = share * CUSTOMERS;
    if (share === 0) {
      expect(estimate).toMatchObject({ certainty: 'below', sample: [] });
      return;
    }
    expect(estimate?.certainty).toBe('about');
    // Five times the spread of such samples, and the rounding to two digits.
    const spread = 5 * Math.sqrt((share * (1 - share)) / SAMPLE_CUSTOMERS) * CUSTOMERS + 500;
    expect(Math.abs((estimate?.count ?? 0) - truth)).toBeLessThan(spread);
    expect(estimate?.sample).toHaveLength(10);
    const exact = await previewRule(shopId, rule, null);
    expect(exact).toMatchObject({ count: truth, certainty: 'exact' });
  });

  test('is counted where that is fast, estimated where it is not, and exactly when asked', async () => {
    expect(await previewRule(shopId, MIXED, 60_000)).toMatchObject({
      certainty: 'exact',
      count: 0.3 * CUSTOMERS,
    });
    // No computer counts 60,000 in a millisecond.
    const first = await previewRule(shopId, MIXED, 1);
    expect(first.certainty).toBe('about');
    expect(first.sample).toHaveLength(10);
    expect(await previewRule(shopId, MIXED, null)).toMatchObject({
      certainty: 'exact',
      count: 0.3 * CUSTOMERS,
    });
  });

  test('whose customers became few is counted again', async () => {
    await pool.query(`DELETE FROM customers WHERE shop_id = $1 AND customer_id > 1000`, [shopId]);
    await drawSample(pool, shopId);
    expect(await sampleOf(shopId)).toBeUndefined();
    expect(await previewRule(shopId, MIXED, 1)).toMatchObject({ certainty: 'exact', count: 300 });
  });
});
