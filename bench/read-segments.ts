/** Counts and lists customers by rules in the database in DATABASE_URL; a line a figure. Needs `--expose-gc`. */
import { pool, prisma } from '#app/db.server.ts';
import { countSegment } from '#app/modules/segments/count-segment.server.ts';
import { drawSample } from '#app/modules/segments/estimate/draw-sample.server.ts';
import { EVERYBODY } from '#app/modules/segments/customer-filter.ts';
import { prepareFilter, whereOf } from '#app/modules/segments/filter-sql.server.ts';
import { CUSTOMERS_A_PAGE, listCustomers } from '#app/modules/segments/list-customers.server.ts';
import { previewRule } from '#app/modules/segments/preview-rule.server.ts';
import { computeThresholds } from '#app/modules/segments/rfm/compute-rfm.server.ts';
import type { SegmentNode } from '#app/modules/segments/tree/tree.ts';
import { CUSTOMERS } from './lib/customer-rows.ts';
import { keptHeapMb, percentile, say } from './lib/measure.ts';
import { COMBINED, SINGLE } from './lib/segment-rules.ts';
import { SHOP_ID } from './lib/shop-rows.ts';
import { PLAIN } from './references/plain-segments.ts';

const RUNS = Number(process.env.BENCH_RUNS ?? 20);
/** Only rules whose names contain it. */
const CHOSEN = process.env.BENCH_RULES ?? '';
const isChosen = ([name]: [string, SegmentNode]) => name.includes(CHOSEN);
const P95 = 0.95;
/** A plan that reads more of a table than this reads it row by row. */
const SHARE_MAX = 0.5;
/** How deep the late page is; of a rule that means fewer customers, the one in the middle. */
const LATE_PAGE = 10_000;
const shopId = BigInt(SHOP_ID);

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Rows Removed by Filter'?: number;
  'Actual Loops': number;
  Plans?: Plan[];
}

/** The p95 of some runs of each, in turns, in ms. */
async function time(works: (() => Promise<unknown>)[]): Promise<number[]> {
  const times = works.map((): number[] => []);
  for (let run = 0; run <= RUNS; run += 1)
    for (const [index, work] of works.entries()) {
      const start = performance.now();
      await work();
      // The first fills caches.
      if (run > 0) times[index]?.push(performance.now() - start);
    }
  return times.map((each) => percentile(each, P95));
}

/** Where the late page of a rule's list begins. */
async function latePosition(rule: SegmentNode): Promise<string> {
  const count = await countSegment(shopId, rule);
  const prepared = await prepareFilter(pool, shopId, { ...EVERYBODY, rule });
  const values = [...prepared.parameters];
  const { rows } = await pool.query<{ position: string }>(
    `SELECT coalesce((extract(epoch FROM latest_order_at) * 1000000)::bigint::text, 'never') || '.' || customer_id AS position
     FROM customer_stats s WHERE ${whereOf(prepared, 'walk', values)}
     ORDER BY latest_order_at DESC NULLS LAST, customer_id DESC OFFSET ${Math.min(LATE_PAGE * CUSTOMERS_A_PAGE, Math.floor(count / 2))} LIMIT 1`,
    values,
  );
  return rows[0]?.position ?? '';
}

const flat = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(flat)];

/** Tables of orders and lines of which the count of a rule reads more than `SHARE_MAX`. */
async function scanned(rule: SegmentNode, rowsOf: ReadonlyMap<string, number>): Promise<string[]> {
  const prepared = await prepareFilter(pool, shopId, { ...EVERYBODY, rule });
  const values = [...prepared.parameters];
  const { rows } = await pool.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
    `EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) SELECT count(*) FROM customer_stats s WHERE ${whereOf(prepared, 'walk', values)}`,
    values,
  );
  const nodes = rows.flatMap((row) => flat(row['QUERY PLAN'][0].Plan));
  return [...rowsOf].flatMap(([table, total]) => {
    const own = nodes.filter((node) => node['Relation Name'] === table);
    const read = own.reduce(
      (sum, node) =>
        sum + (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'],
      0,
    );
    const isSequential = own.some((node) => node['Node Type'] === 'Seq Scan');
    return isSequential || read > SHARE_MAX * total ? [table] : [];
  });
}

async function isSameCount(byHand: string, rule: SegmentNode): Promise<boolean> {
  const { rows } = await pool.query<{ count: number }>(byHand);
  return rows[0]?.count === (await countSegment(shopId, rule));
}

const named = (what: string, which: readonly string[]) =>
  which.length > 0 ? `${what}: ${which.join('; ')}` : what;

/** How long staff wait for the count and the sample beside the editor, and what they see: after each of a rule's parts was added. */
async function timeLiveCounts() {
  const changes = [...Object.entries(SINGLE), ...Object.entries(COMBINED)]
    .filter(isChosen)
    .flatMap(([, rule]) => {
      if (rule.kind !== 'all' && rule.kind !== 'any') return [rule];
      return rule.parts.map((_part, index): SegmentNode => ({
        ...rule,
        parts: rule.parts.slice(0, index + 1),
      }));
    });
  const seen = [];
  for (const change of changes) {
    const start = performance.now();
    const { count, certainty } = await previewRule(shopId, change);
    seen.push({ change, count, certainty, ms: performance.now() - start });
  }
  return seen;
}

/** How far estimates are from the count, as a share of it. */
async function errorsOf(seen: Awaited<ReturnType<typeof timeLiveCounts>>): Promise<number[]> {
  const errors: number[] = [];
  for (const { change, count } of seen.filter(({ certainty }) => certainty === 'about')) {
    const truth = await countSegment(shopId, change);
    errors.push(Math.abs(count - truth) / truth);
  }
  return errors;
}

async function tableSizes(): Promise<Map<string, number>> {
  const tables = ['orders', 'order_lines'];
  const sizes = new Map<string, number>();
  for (const table of tables) {
    const { rows } = await pool.query<{ rows: number }>(`SELECT count(*)::int AS rows FROM ${table}`);
    sizes.set(table, rows[0]?.rows ?? 0);
  }
  return sizes;
}

await computeThresholds(pool, shopId);
const sizes = await tableSizes();
say('customers', 'customers', CUSTOMERS);
for (const [table, rows] of sizes) say(table, 'rows', rows);

const scans: string[] = [];
/** Counts by hand that are not ours: one of the two is wrong. */
const differing: string[] = [];
for (const [name, rule] of Object.entries({ ...SINGLE, ...COMBINED }).filter(isChosen)) {
  const plain = PLAIN[name];
  const ways = plain === undefined ? [] : [plain.byHand, ...(plain.joins === undefined ? [] : [plain.joins])];
  const [ours = 0, byHand, joins] = await time([
    () => countSegment(shopId, rule),
    ...ways.map((sql) => () => pool.query(sql)),
  ]);
  const references = [
    ...(byHand === undefined ? [] : [{ value: byHand, name: 'by hand' }]),
    ...(joins === undefined ? [] : [{ value: joins, name: 'joins over orders' }]),
  ];
  say(`p95 of counting ${name}`, 'ms', ours, { target: '< 400 ms', reference: references[0] });
  for (const reference of references.slice(1)) say(`p95 of counting ${name}`, 'ms', ours, { reference });
  if (plain !== undefined && !(await isSameCount(plain.byHand, rule))) differing.push(name);
  const tables = await scanned(rule, sizes);
  if (tables.length > 0) scans.push(`${name} (${tables.join(', ')})`);
}
say(named('counts that differ from those by hand', differing), 'counts', differing.length, { target: '0' });
say(named('counts that scan orders or lines', scans), 'counts', scans.length, { target: '0' });

await drawSample(pool, shopId);
await timeLiveCounts();
const heapMb = keptHeapMb();
const live = await timeLiveCounts();
say(
  'p95 of live counts while building',
  'ms',
  percentile(
    live.map(({ ms }) => ms),
    P95,
  ),
  { target: '< 300 ms' },
);
const estimated = live.filter(({ certainty }) => certainty !== 'exact');
say(`of ${live.length} live counts, estimated first`, 'counts', estimated.length);
const errors = await errorsOf(live);
if (errors.length > 0) say('p95 of what estimates are off', '%', percentile(errors, P95) * 100);
say(`heap that ${live.length} live counts kept`, 'MB', Math.max(0, keptHeapMb() - heapMb), {
  target: '< 5 MB',
});

for (const [name, rule] of Object.entries(COMBINED).filter(isChosen)) {
  const filter = { ...EVERYBODY, rule };
  const position = await latePosition(rule);
  const [first = 0, deep = 0] = await time([
    () => listCustomers(shopId, filter),
    () => listCustomers(shopId, filter, { side: 'after', position }),
  ]);
  say(`p95 of the first page of ${name}`, 'ms', first, { target: '< 150 ms' });
  say(`p95 of a late page of ${name}`, 'ms', deep, { target: '< 150 ms' });
}
await prisma.$disconnect();
await pool.end();
