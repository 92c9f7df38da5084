/** Customers who receive a campaign are looked at again, where a segment asks who did. */
import { beforeEach, expect, test } from 'vitest';
import { pool } from '#app/db.server.ts';
import { countSegment } from '#app/modules/segments/count-segment.server.ts';
import { evaluateShop } from '#app/modules/segments/members/evaluate-segments.server.ts';
import { saveSegment } from '#app/modules/segments/saved/change-segments.server.ts';
import type { SegmentNode } from '#app/modules/segments/tree/tree.ts';
import { givenClub } from '#test/support/clubs.ts';

let shopId: bigint;

const received: SegmentNode = { kind: 'condition', code: 'campaign', values: { op: 'anyOf', list: ['5'] } };

beforeEach(async () => {
  ({ shopId } = await givenClub());
  await pool.query('INSERT INTO customers (shop_id, customer_id) VALUES ($1, 1), ($1, 2), ($1, 3)', [shopId]);
  await pool.query(
    `INSERT INTO campaigns (shop_id, campaign_id, name, audience, language, text, created_by) VALUES ($1, 5, 'Spring', '{}', 'en', 'Hello', 'staff:1')`,
    [shopId],
  );
  await pool.query(
    `INSERT INTO messages (shop_id, message_key, campaign_id, customer_id, channel_id, state, actor, class)
     SELECT $1, 'm' || n, 5, CASE WHEN n < 4 THEN n END, 1, 'queued', 'staff:1', CASE WHEN n < 4 THEN 'marketing' ELSE 'test' END
     FROM generate_series(1, 4) n`,
    [shopId],
  );
  await pool.query('DELETE FROM changed_customers WHERE shop_id = $1', [shopId]);
});

const become = (state: string, ...keys: string[]) =>
  pool.query('UPDATE messages SET state = $2 WHERE shop_id = $1 AND message_key = ANY($3)', [
    shopId,
    state,
    keys,
  ]);
const noted = async () =>
  (
    await pool.query<{ id: bigint }>(
      'SELECT customer_id AS id FROM changed_customers WHERE shop_id = $1 ORDER BY 1',
      [shopId],
    )
  ).rows.map(({ id }) => id);

test('no one is noted while no segment asks', async () => {
  await become('sent', 'm1', 'm2', 'm4');
  expect(await noted()).toEqual([]);
});

test('who received it is a member; a test to staff, a failed message and "not" mean what they say', async () => {
  const saved = await saveSegment(shopId, { name: 'Spring', rule: received }, 'staff:1');
  expect(saved).toMatchObject({ ok: true });
  await evaluateShop(shopId);
  await become('sent', 'm1', 'm4');
  await become('failed', 'm2');
  expect(await noted()).toEqual([1n]);
  await evaluateShop(shopId);
  const { rows } = await pool.query<{ id: bigint }>(
    'SELECT customer_id AS id FROM segment_members WHERE shop_id = $1',
    [shopId],
  );
  expect(rows).toEqual([{ id: 1n }]);
  expect(await countSegment(shopId, received)).toBe(1);
  expect(await countSegment(shopId, { kind: 'not', part: received })).toBe(2);
  expect(
    await countSegment(shopId, {
      kind: 'condition',
      code: 'campaign',
      values: { op: 'noneOf', list: ['5'] },
    }),
  ).toBe(2);
});
