/** What a scenario sees from outside: the database's rows and the operator's command. */
import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

const POLL_MS = 50;
/** Says that something hangs, not that it is slow: a busy machine has taken longer than a minute. */
const SETTLE_TIMEOUT_MS = 180_000;

/** The part of a running product that is needed to look into it. */
export interface Inspected {
  databaseUrl: string;
  env: Record<string, string>;
}

/** Runs one statement on a connection of its own, so that it works while the app's connections are broken. */
export async function queryRows<Row extends pg.QueryResultRow>(
  app: Pick<Inspected, 'databaseUrl'>,
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: app.databaseUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

/** Waits until `isSo` returns true; fails with `what` after three minutes. */
export async function waitUntil(
  what: string,
  isSo: () => Promise<boolean>,
  timeoutMs = SETTLE_TIMEOUT_MS,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs / 1_000} s in vain until ${what}`);
    await sleep(POLL_MS);
  }
}

/** How many webhook events are in each state. */
export async function inboxStates(
  app: Inspected,
): Promise<{ pending: number; retrying: number; done: number; dead: number }> {
  const [row] = await queryRows<{ pending: number; retrying: number; done: number; dead: number }>(
    app,
    `SELECT count(*) FILTER (WHERE state = 'pending')::int AS pending,
            count(*) FILTER (WHERE state = 'pending' AND attempts > 0)::int AS retrying,
            count(*) FILTER (WHERE state = 'done')::int AS done,
            count(*) FILTER (WHERE state = 'dead')::int AS dead FROM webhook_events`,
  );
  return row!;
}

/** Waits until every received event has been processed; fails when one is dead. */
export async function waitUntilWorked(app: Inspected): Promise<void> {
  await waitUntil('every webhook is processed', async () => (await inboxStates(app)).pending === 0);
  const { dead } = await inboxStates(app);
  if (dead > 0) throw new Error(`${dead} webhooks were given up`);
}

/** Returns points of a shop's customers by the sum of their entries, only of those who have some. */
export async function pointsByCustomer(app: Inspected, shop: string): Promise<Record<string, number>> {
  const rows = await queryRows<{ customer: string; points: string }>(
    app,
    `SELECT customer_id::text AS customer, sum(amount)::text AS points FROM ledger_entries JOIN shops USING (shop_id)
      WHERE domain = $1 AND unit = 'POINTS' GROUP BY 1 HAVING sum(amount) <> 0 ORDER BY 1`,
    [shop],
  );
  return Object.fromEntries(rows.map(({ customer, points }) => [customer, Number(points)]));
}

export interface OpsResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** Runs `npm run ops -- ...` as an operator would, on this product's database. */
export function runOps(app: Pick<Inspected, 'env'>, ...args: string[]): Promise<OpsResult> {
  return new Promise((resolve) => {
    const env = { ...process.env, ...app.env };
    execFile(process.execPath, ['scripts/ops.ts', ...args], { env }, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      resolve({ exitCode, stdout, stderr });
    });
  });
}

/** Throws with the audit's output unless it exits with 0. */
export async function expectCleanAudit(app: Pick<Inspected, 'env'>): Promise<void> {
  const { exitCode, stdout, stderr } = await runOps(app, 'audit');
  if (exitCode !== 0) throw new Error(`the audit ends with ${exitCode}:\n${stdout}${stderr}`);
}
