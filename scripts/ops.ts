/**
 * `npm run ops -- <verb> [--shop S] [--json]`: the operator's queries and repairs. Exits with 0 when all is well, 1
 * when an audit finds a difference or something couldn't be found, 2 when the call itself is wrong.
 */
import { parseArgs } from 'node:util';
import { useOperatorEnvironment } from './ops/environment.ts';

export const USAGE = `npm run ops -- <verb> [options]

  balance   --customer GID          balance, available, held, pending and debt
  ledger    --customer GID          the customer's movements, newest first  [--limit N]
  explain   --order GID             why this order earned what it earned
  audit                             recomputes every figure and names each difference
  rebuild                           repairs derived columns from the entries
  inbox                             webhook events by state
  phones                            lists wrong phone numbers, each with a proposed repair
  reseal                            moves national IDs and tokens to the newest encryption key
  prices                            what a part of a message costs  [--country ID --price 0.045 [--from DAY]]
  margin                            what messages cost at Twilio, and what shops paid for them  [--from DAY]
  packages                          SMS credit at better rates  [--price 50 --credit 57.5 [--from DAY]] [--end ID]
  wallet                            a shop's wallet  [--refund GID [--amount 25]] [--correct -1.5 --note WHY --key K]
  replay                            makes given-up events due again
  reconcile                         reads orders changed at Shopify since the last run

  --shop DOMAIN   one shop (needed where there are several); --json   one JSON document instead of text`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      shop: { type: 'string' },
      customer: { type: 'string' },
      order: { type: 'string' },
      limit: { type: 'string' },
      country: { type: 'string' },
      price: { type: 'string' },
      from: { type: 'string' },
      credit: { type: 'string' },
      end: { type: 'string' },
      refund: { type: 'string' },
      amount: { type: 'string' },
      correct: { type: 'string' },
      note: { type: 'string' },
      key: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const [verb] = positionals;
  if (values.help || verb === undefined) {
    process.stdout.write(`${USAGE}\n`);
    return values.help ? 0 : 2;
  }
  const release = await useOperatorEnvironment(values.json ? 'silent' : 'warn');
  try {
    // Loaded only now: the app reads its environment when it is loaded.
    const { runVerb } = await import('./ops/verbs.ts');
    const { exitCode, report, text } = await runVerb(verb, values);
    process.stdout.write(`${values.json ? toJson(report) : text}\n`);
    return exitCode;
  } finally {
    await release();
  }
}

function toJson(report: unknown): string {
  return JSON.stringify(
    report,
    (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value),
    2,
  );
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
// Pools and the woken worker's client may still be open; none of them is needed.
process.exit();
