/**
 * Keeps the members of fifty segments in the database in DATABASE_URL as the worker does: all of them, and after a
 * thousand customers changed. A line a figure. Needs `--expose-gc`.
 */
import { pool, prisma } from '#app/db.server.ts';
import { findMissing } from '#app/modules/segments/find-missing.server.ts';
import { evaluateShop } from '#app/modules/segments/members/evaluate-segments.server.ts';
import { computeThresholds } from '#app/modules/segments/rfm/compute-rfm.server.ts';
import { storeCount } from '#app/modules/segments/saved/store-count.server.ts';
import type { SegmentNode } from '#app/modules/segments/tree/tree.ts';
import { keptHeapMb, percentile, say } from './lib/measure.ts';
import { COMBINED, SINGLE } from './lib/segment-rules.ts';
import { SHOP_ID } from './lib/shop-rows.ts';

const RUNS = Number(process.env.BENCH_RUNS ?? 20);
const SEGMENTS = 50;
const CHANGED = 1_000;
const P95 = 0.95;
const shopId = BigInt(SHOP_ID);

/** As merchants make them, and of the single conditions the first that can be computed here. */
async function chooseRules(): Promise<[string, SegmentNode][]> {
  const chosen: [string, SegmentNode][] = [];
  for (const [name, rule] of [...Object.entries(COMBINED), ...Object.entries(SINGLE)])
    if (chosen.length < SEGMENTS && (await findMissing(pool, shopId, rule)).length === 0)
      chosen.push([name, rule]);
  return chosen;
}

async function saveSegments(): Promise<bigint[]> {
  const ids: bigint[] = [];
  for (const [name, rule] of await chooseRules()) {
    const { rows } = await pool.query<{ id: bigint }>(
      `INSERT INTO segments (shop_id, name, rule, created_by, updated_by) VALUES ($1, $2, $3, 'staff:1', 'staff:1')
       RETURNING segment_id AS id`,
      [shopId, name, JSON.stringify(rule)],
    );
    ids.push(...rows.map(({ id }) => id));
  }
  return ids;
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1_000;
}

/** Another thousand with each run: what they are, what they spent and what they can spend. */
const CHANGES = [
  `UPDATE customers SET gender = CASE WHEN gender = 'female' THEN 'male' ELSE 'female' END WHERE shop_id = $1 AND customer_id = ANY($2)`,
  `UPDATE customer_stats SET spend_minor = spend_minor + 10000000, orders_valid = orders_valid + 1, last_order_at = ledger_now()
   WHERE shop_id = $1 AND customer_id = ANY($2)`,
  `UPDATE ledger_accounts SET earned = earned + 100 WHERE shop_id = $1 AND customer_id = ANY($2)`,
];

async function changeCustomers(): Promise<void> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT customer_id::text AS id FROM customer_stats WHERE shop_id = $1 AND standing = 'active' ORDER BY random() LIMIT ${CHANGED}`,
    [shopId],
  );
  const ids = rows.map(({ id }) => id);
  for (const change of CHANGES) await pool.query(change, [shopId, ids]);
}

await computeThresholds(pool, shopId);
const ids = await saveSegments();
say('segments', 'segments', ids.length);
say('members found for the first time', 's', await seconds(() => evaluateShop(shopId)));
// As autovacuum does within a minute.
await pool.query('VACUUM (ANALYZE) segment_members');
await pool.query('UPDATE segments SET members_context = NULL, members_full_at = NULL WHERE shop_id = $1', [
  shopId,
]);
say(`full refresh of ${SEGMENTS} segments`, 's', await seconds(() => evaluateShop(shopId)), {
  target: '< 90 s',
});
say(
  `counts of ${SEGMENTS} segments`,
  's',
  await seconds(async () => {
    for (const id of ids) await storeCount(shopId, id);
  }),
);

const times: number[] = [];
let kept = 0;
let moved = 0;
for (let run = 0; run <= RUNS; run += 1) {
  await changeCustomers();
  const took = await seconds(async () => {
    moved += await evaluateShop(shopId);
  });
  // The first fills caches and compiles.
  if (run === 0) kept = keptHeapMb();
  else times.push(took);
}
say(`joins and leaves in ${RUNS + 1} rounds`, 'customers', moved);
say(`p95 of ${CHANGED} changed customers over ${SEGMENTS} segments`, 's', percentile(times, P95), {
  target: '< 1 s',
});
say(`heap that ${RUNS} rounds kept`, 'MB', Math.max(0, keptHeapMb() - kept), { target: '< 5 MB' });
say('peak memory of the worker', 'MB', process.resourceUsage().maxRSS / 1_024);
await prisma.$disconnect();
await pool.end();
