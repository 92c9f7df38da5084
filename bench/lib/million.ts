import type pg from 'pg';
import type { ScratchDatabase } from '../../scripts/lib/scratch-database.ts';
import { SHOP_ID, withClient } from './shop-rows.ts';
import { createShopDatabase, oncePerRun, runScript } from './with-shop.ts';

const CUSTOMERS = 1_000_000;
const LOTS_A_CUSTOMER = 3;
/** From the end of a customer's lot to the end of the next. */
export const LOT_DAYS = 100;

/** One ledger of a million customers and three million lots for the whole run. */
export const millionCustomers = oncePerRun((run) =>
  createShopDatabase(run, async (client) => {
    await client.query('SET synchronous_commit = off');
    run.tell('  making a million customers ...');
    await insertCustomers(client);
    run.tell('  making three million lots ...');
    await insertLedger(client);
  }),
);

/** Birthdays are spread over forty years; every tenth customer married on this day of the year. */
async function insertCustomers(client: pg.Client): Promise<void> {
  await client.query(
    `INSERT INTO customers (shop_id, customer_id, first_name, birth_date, wedding_date)
     SELECT $1, n, 'Customer ' || n, '1960-01-01'::date + (n % 14610),
       CASE WHEN n % 10 = 0 THEN (now() AT TIME ZONE time_zone)::date - 7305 END
     FROM shops, generate_series(1, $2::int) AS n WHERE shop_id = $1`,
    [SHOP_ID, CUSTOMERS],
  );
}

/** As the ledger writes them: lots of 10, 20 and 30 points, the first of which ended last night. */
async function insertLedger(client: pg.Client): Promise<void> {
  const lots = `generate_series(1, $2::int) AS customer, generate_series(1, ${LOTS_A_CUSTOMER}) AS lot`;
  const entryId = `(customer - 1) * ${LOTS_A_CUSTOMER} + lot`;
  await client.query(
    `INSERT INTO ledger_entries (shop_id, entry_id, customer_id, unit, amount, kind, source, actor, idempotency_key, input_hash, balance_after, effective_at)
     SELECT $1, ${entryId}, customer, 'POINTS', lot * 10, 'import', 'import', 'bench', 'import:' || customer || ':' || lot,
       encode(sha256(convert_to('import|' || lot * 10 || '|' || customer || '|POINTS||||', 'UTF8')), 'hex'), lot * (lot + 1) * 5, now() FROM ${lots}`,
    [SHOP_ID, CUSTOMERS],
  );
  await client.query(
    `INSERT INTO ledger_lots (shop_id, entry_id, customer_id, unit, amount, remaining, valid_from, expires_at)
     SELECT $1, ${entryId}, customer, 'POINTS', lot * 10, lot * 10, 'epoch', (date_trunc('day', now() AT TIME ZONE 'Australia/Sydney') + (lot - 1) * ${LOT_DAYS} * interval '1 day') AT TIME ZONE 'Australia/Sydney'
     FROM ${lots}`,
    [SHOP_ID, CUSTOMERS],
  );
  await client.query(
    `INSERT INTO ledger_accounts (shop_id, customer_id, unit, balance, earned) SELECT $1, n, 'POINTS', 60, 60 FROM generate_series(1, $2::int) AS n`,
    [SHOP_ID, CUSTOMERS],
  );
  await client.query(`SELECT setval('ledger_entries_entry_id_seq', $1)`, [CUSTOMERS * LOTS_A_CUSTOMER]);
}

/** Moves the database's clock for all new connections. */
export async function setClock(database: ScratchDatabase, days: number): Promise<void> {
  await withClient(database.url, (client) =>
    client.query(`ALTER DATABASE ${database.name} SET setia.clock_offset = '${days} days'`),
  );
}

export interface JobResult {
  /** The job's own result. */
  rows: number;
  seconds: number;
}

/** Runs a job once in a process of its own, as the worker would, and times only the job. */
export async function runJob(database: ScratchDatabase, job: string): Promise<JobResult> {
  const [rows, ms] = (await runScript('run-job.ts', database.url, { args: [job] }))
    .trim()
    .split(' ')
    .map(Number);
  if (rows === undefined || ms === undefined) throw new Error(`${job} said nothing`);
  return { rows, seconds: ms / 1_000 };
}
