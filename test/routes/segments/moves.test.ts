/** Who joined and left a segment, on its screen. */
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { installApp } from '#test/support/sandbox-bed.ts';
import { pool } from '#app/db.server.ts';
import { evaluateShop } from '#app/modules/segments/members/evaluate-segments.server.ts';
import { saveSegment } from '#app/modules/segments/saved/change-segments.server.ts';
import * as screen from '#app/routes/app.customers.segments.$id_.moves.tsx';
import { adminArgs } from '#test/support/route-requests.ts';
import { DEMO_SHOP, USD_SHOP } from '#test/support/sandbox.ts';

let shopId: bigint;
let segmentId: bigint;

const WOMEN = {
  kind: 'condition' as const,
  code: 'gender' as const,
  values: { op: 'anyOf' as const, list: ['female'] },
};

beforeAll(async () => {
  shopId = await installApp(DEMO_SHOP);
  await installApp(USD_SHOP);
});

beforeEach(async () => {
  await pool.query('DELETE FROM segments');
  await pool.query('DELETE FROM events');
  await pool.query('DELETE FROM customers WHERE shop_id = $1', [shopId]);
  await pool.query(
    `INSERT INTO customers (shop_id, customer_id, first_name, gender)
     SELECT $1, n, 'Person ' || n, CASE WHEN n <= 2 THEN 'female' END FROM generate_series(1, 60) n`,
    [shopId],
  );
  const saved = await saveSegment(shopId, { name: 'Women', rule: WOMEN }, 'staff:1');
  if (!saved.ok) throw new Error('not saved');
  segmentId = saved.segmentId;
  await evaluateShop(shopId);
});

const become = (gender: string | null, ...ids: number[]) =>
  pool.query('UPDATE customers SET gender = $2 WHERE shop_id = $1 AND customer_id = ANY($3)', [
    shopId,
    gender,
    ids,
  ]);

async function read(search = '', shop: string = DEMO_SHOP, id = String(segmentId)) {
  const args = adminArgs(shop, `/app/customers/segments/${id}/moves${search}`);
  return (await screen.loader({ ...args, params: { id } })).view;
}

const lines = ({ moves }: Awaited<ReturnType<typeof read>>) =>
  moves.map(({ move, customer }) => `${customer?.firstName ?? 'nobody'} ${move}`);

test('who matched when the rule was saved has not joined; who comes and goes later is listed, the newest first', async () => {
  expect(await read()).toMatchObject({ moves: [], olderThan: null, days: 30 });
  await become('female', 3);
  await evaluateShop(shopId);
  await become(null, 1);
  await evaluateShop(shopId);
  const view = await read();
  expect(lines(view)).toEqual(['Person 1 left', 'Person 3 joined']);
  expect(view.counts).toEqual({ joined: { count: 1, isMore: false }, left: { count: 1, isMore: false } });
  expect(lines(await read('?only=left'))).toEqual(['Person 1 left']);
  expect(lines(await read('?only=joined'))).toEqual(['Person 3 joined']);
});

test('older ones are on further pages, none twice and none left out', async () => {
  const ids = Array.from({ length: 58 }, (_, index) => index + 3);
  await become('female', ...ids);
  await evaluateShop(shopId);
  await become(null, 1, 2);
  await evaluateShop(shopId);
  const first = await read();
  expect([first.moves.length, first.isFirstPage]).toEqual([50, true]);
  expect(lines(first).slice(0, 2).toSorted()).toEqual(['Person 1 left', 'Person 2 left']);
  const second = await read(`?before=${first.olderThan}`);
  expect([second.moves.length, second.isFirstPage, second.olderThan]).toEqual([10, false, null]);
  expect(new Set([...lines(first), ...lines(second)]).size).toBe(60);
  expect(second.counts.joined.count).toBe(58);
});

test('a merged customer is called by the one they are now, an erased one by no name', async () => {
  await become('female', 3, 4);
  await evaluateShop(shopId);
  await pool.query('UPDATE customers SET merged_into = 9 WHERE shop_id = $1 AND customer_id = 3', [shopId]);
  await pool.query("UPDATE customers SET state = 'redacted' WHERE shop_id = $1 AND customer_id = 4", [
    shopId,
  ]);
  const view = await read('?only=joined');
  expect(view.moves.map(({ customer }) => customer?.customerId).toSorted()).toEqual([9n, undefined]);
});

test('another shop and an unknown segment have none', async () => {
  await expect(read('', USD_SHOP)).rejects.toMatchObject({ init: { status: 404 } });
  await expect(read('', DEMO_SHOP, 'x')).rejects.toMatchObject({ init: { status: 404 } });
});

test('the list is read from its index, whatever else happened in the shop', async () => {
  await pool.query(
    `INSERT INTO events (shop_id, kind, subject, details, at)
     SELECT $1, CASE n % 3 WHEN 0 THEN 'ledger.entry' WHEN 1 THEN 'segment.joined' ELSE 'segment.left' END, n,
       jsonb_build_object('segment', (n % 50)::text), ledger_now() FROM generate_series(1, 20000) n`,
    [shopId],
  );
  await pool.query('ANALYZE events');
  const { rows } = await pool.query<{ 'QUERY PLAN': string }>(
    `EXPLAIN SELECT e.event_id FROM events e WHERE e.shop_id = $1 AND e.details ->> 'segment' = '7' AND e.kind = 'segment.left'
       AND e.kind IN ('segment.joined', 'segment.left') ORDER BY e.event_id DESC LIMIT 51`,
    [shopId],
  );
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('using events_segment');
});
