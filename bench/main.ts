/**
 * `npm run bench [-- name ...] [--json]`: measures each path beside its limit or its peer, alternately in one run,
 * and prints the medians. Starts what it needs and leaves nothing behind. docs/benchmarks.md explains the figures.
 */
import { parseArgs } from 'node:util';
import { benchAudit } from './audit.ts';
import { benchAward } from './award.ts';
import { benchAwardRules } from './award-rules.ts';
import { benchBackfill } from './backfill.ts';
import { benchBirthday } from './birthday.ts';
import { benchCheckout } from './checkout.ts';
import { benchCountParts } from './count-parts.ts';
import { benchCustomerList } from './customer-list.ts';
import { benchExport } from './export.ts';
import { benchExpiry } from './expiry.ts';
import { benchFirstSync } from './first-sync.ts';
import { benchFreshness } from './freshness.ts';
import { startBenchServer, type BenchRun } from './lib/bench-server.ts';
import { formatTable, type Figure } from './lib/figures.ts';
import { benchLedgerPage } from './ledger-page.ts';
import { benchMessaging } from './messaging.ts';
import { benchPriceFunction } from './price-function.ts';
import { benchPriceMetafields } from './price-metafields.ts';
import { benchResellers } from './resellers.ts';
import { benchScreens } from './screens.ts';
import { benchSegments } from './segments.ts';
import { benchStandings } from './standings.ts';
import { benchTheme } from './theme.ts';
import { benchWorkbooks } from './workbooks.ts';
import { benchWebhookIntake } from './webhook-intake.ts';

const BENCHES: Record<string, (run: BenchRun) => Promise<Figure[]>> = {
  'webhook-intake': benchWebhookIntake,
  award: benchAward,
  backfill: benchBackfill,
  'first-sync': benchFirstSync,
  'award-rules': benchAwardRules,
  checkout: benchCheckout,
  freshness: benchFreshness,
  birthday: benchBirthday,
  expiry: benchExpiry,
  'ledger-page': benchLedgerPage,
  'customer-list': benchCustomerList,
  screens: benchScreens,
  segments: benchSegments,
  'price-function': benchPriceFunction,
  'price-metafields': benchPriceMetafields,
  resellers: benchResellers,
  export: benchExport,
  workbooks: benchWorkbooks,
  'count-parts': benchCountParts,
  messaging: benchMessaging,
  theme: benchTheme,
  standings: benchStandings,
  audit: benchAudit,
};

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  });
  const names = positionals.length > 0 ? positionals : Object.keys(BENCHES);
  const unknown = names.filter((name) => !Object.hasOwn(BENCHES, name));
  if (unknown.length > 0) {
    throw new Error(`No bench named ${unknown.join(', ')}. There are: ${Object.keys(BENCHES).join(', ')}.`);
  }
  const figures: Figure[] = [];
  const server = await startBenchServer((message) => process.stderr.write(`${message}\n`));
  // Ctrl-C must not leave a cluster or a folder behind.
  const interrupted = new Promise<never>((_resolve, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => reject(new Error('Interrupted.')));
  });
  try {
    for (const name of names) {
      const bench = BENCHES[name];
      if (!bench) continue;
      server.tell(`${name} ...`);
      const measured = await Promise.race([bench(server), interrupted]);
      figures.push(...measured);
      if (values.json) for (const row of measured) process.stdout.write(`${JSON.stringify(row)}\n`);
    }
  } finally {
    await server.stop();
  }
  if (!values.json) process.stdout.write(`\n${formatTable(figures)}\n`);
}

try {
  await main();
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
