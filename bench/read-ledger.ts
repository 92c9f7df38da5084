/** Reads the ledger of the database in DATABASE_URL as its screens do and says how long it took, a line a figure. */
import { pool, prisma } from '#app/db.server.ts';
import { readLedgerScreen } from '#app/modules/crm/ledger/ledger-screen.server.ts';
import { closeMonths } from '#app/modules/ledger/months/close-months.server.ts';
import { readLedgerFilter } from '#app/modules/crm/ledger/ledger-filter.ts';
import { clubTotals } from '#app/modules/ledger/balances.queries.server.ts';
import type { LedgerCursor } from '#app/modules/ledger/entries.queries.server.ts';
import { readLiability } from '#app/modules/reports/liability/read-liability.server.ts';
import { percentile } from './lib/measure.ts';
import { SHOP_ID } from './lib/shop-rows.ts';

const READERS = 8;
const READS = 25;
/** 10,000 pages of 50 lines. */
const LINES_DEEP = 500_000;

const shop = { shopId: BigInt(SHOP_ID), timeZone: 'Australia/Sydney' };
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

const FILTERS: Record<string, string> = {
  'first page': '',
  customer: 'customerId=4711',
  'customer by phone': 'customer=081200123456',
  'kind (common)': 'kind=order_spend',
  'kind (rare)': 'kind=manual_deduct',
  'kind (none)': 'kind=referral',
  reason: 'reason=forgotten_order',
  unit: 'unit=CREDIT',
  staff: 'staff=staff:3',
  'staff who never did': 'staff=staff:99',
  order: 'order=1000000042',
  'days (a month, two years ago)': `from=${daysAgo(760)}&until=${daysAgo(730)}`,
  'kind and days': `kind=birthday&from=${daysAgo(1_500)}&until=${daysAgo(1_000)}`,
  'kind and unit': 'kind=redeem&unit=CREDIT',
  'staff and a kind that staff never post': 'staff=staff:3&kind=order_spend',
  'staff, reason, unit and days': `staff=staff:4&reason=other&unit=CREDIT&from=${daysAgo(1_000)}&until=${daysAgo(10)}`,
};

function say(name: string, ms: number, target?: string): void {
  process.stdout.write(`${JSON.stringify({ name, unit: 'ms', value: ms, ...(target ? { target } : {}) })}\n`);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function p95(query: string, cursor: LedgerCursor | null): Promise<number> {
  const filter = readLedgerFilter(new URLSearchParams(query));
  // Connections and caches: a page is read more than once.
  await Promise.all(Array.from({ length: READERS }, () => readLedgerScreen(shop, filter, cursor)));
  const times: number[] = [];
  const reader = async () => {
    for (let read = 0; read < READS; read += 1)
      times.push(await timed(() => readLedgerScreen(shop, filter, cursor)));
  };
  await Promise.all(Array.from({ length: READERS }, reader));
  return percentile(times, 0.95);
}

async function deepCursor(): Promise<LedgerCursor> {
  const { rows } = await pool.query<{ position: string }>(
    `SELECT (extract(epoch FROM created_at) * 1000000)::bigint || '-' || entry_id AS position FROM ledger_entries
     WHERE shop_id = $1 ORDER BY created_at DESC, entry_id DESC OFFSET $2 LIMIT 1`,
    [shop.shopId, LINES_DEEP],
  );
  return { side: 'after', position: rows[0]?.position ?? '' };
}

for (const [name, query] of Object.entries(FILTERS))
  say(`p95 of ${name}`, await p95(query, null), '< 150 ms');
const deep = await deepCursor();
say('p95 of a page 10,000 deep', await p95('', deep), '< 150 ms');
say('p95 of the page before it', await p95('', { ...deep, side: 'before' }), '< 150 ms');
say("Home's totals, no month kept", await timed(() => clubTotals(shop.shopId)));
say('closing five years of months', await timed(() => closeMonths()));
say("Home's totals", await timed(() => clubTotals(shop.shopId)));
say('liability report', await timed(() => readLiability(shop)));
await prisma.$disconnect();
await pool.end();
