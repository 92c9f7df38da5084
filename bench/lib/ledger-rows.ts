import { drainInbox } from './drain-inbox.ts';
import { fillInbox, SHOP_ID, withClient } from './shop-rows.ts';
import { createShopDatabase, oncePerRun } from './with-shop.ts';

/** Ten movements each: ten million. */
export const LEDGER_CUSTOMERS = 1_000_000;
export const LEDGER_ENTRIES = 10 * LEDGER_CUSTOMERS;
/** Real ones, awarded by the worker: the audit recomputes them from their rules. */
export const LEDGER_ORDERS = 20_000;
const YEARS = 5;

/**
 * Creates a database with ten million entries of one shop (`SHOP`) that pass the audit, over the last five years.
 * Created once per run, by the first bench that needs it.
 */
export const millionsOfEntries = oncePerRun(async (run) => {
  run.tell('  ten million entries ...');
  const database = await createShopDatabase(run, async (client) => {
    await client.query(
      `INSERT INTO customers (shop_id, customer_id, first_name, last_name, phone)
       SELECT $1, n, 'Customer', n::text, '+62' || (81200000000 + n) FROM generate_series(1, $2::int) n`,
      [SHOP_ID, LEDGER_CUSTOMERS],
    );
    for (let round = 1; round <= 10; round += 1) await addRound(client, round);
    await client.query(
      `INSERT INTO ledger_accounts (shop_id, customer_id, unit, balance, earned, spent)
       SELECT $1, n, CASE WHEN n % 20 = 0 THEN 'CREDIT' ELSE 'POINTS' END, 330, 360, CASE WHEN n % 50 = 0 THEN 0 ELSE 20 END FROM generate_series(1, $2::int) n`,
      [SHOP_ID, LEDGER_CUSTOMERS],
    );
    await client.query(`SELECT setval('ledger_entries_entry_id_seq', $1)`, [LEDGER_ENTRIES]);
    await fillInbox(client, LEDGER_ORDERS);
  });
  run.tell('  orders ...');
  await drainInbox(run, database);
  await withClient(database.url, (client) => client.query('VACUUM ANALYZE'));
  return database;
});

type Client = Parameters<Parameters<typeof withClient>[1]>[0];

/**
 * One movement of every customer. Rounds 1 to 8 give 10 to 80; 9 expires the first lot and 10 takes the second, so
 * that 330 are left. One customer in ten also received a manual adjustment, one in fifty a deduction.
 */
async function addRound(client: Client, round: number): Promise<void> {
  const { amount, balance, kind, reason } = ROUNDS[round] ?? roundOfOrders(round);
  await client.query(
    `WITH made AS MATERIALIZED (
       SELECT n AS customer_id, ($2::bigint - 1) * $3::bigint + n AS entry_id, CASE WHEN n % 20 = 0 THEN 'CREDIT' ELSE 'POINTS' END AS unit,
         ${kind} AS kind, ${reason} AS reason,
         clock_timestamp() - interval '${YEARS} years' + (($2::bigint - 1) * $3::bigint + n) * interval '${YEARS} years' / (10 * $3::bigint) AS created_at
       FROM generate_series(1, $3::bigint) n),
     entries AS (
       INSERT INTO ledger_entries (shop_id, entry_id, customer_id, unit, amount, kind, reason, source, order_id, actor, idempotency_key,
         input_hash, balance_after, effective_at, created_at)
       SELECT $1, entry_id, customer_id, unit, $4::bigint, kind, reason, CASE WHEN reason IS NULL THEN 'job' ELSE 'staff' END,
         CASE WHEN kind LIKE 'order%' THEN 1000000000 + entry_id END, CASE WHEN reason IS NULL THEN 'setia' ELSE 'staff:' || customer_id / 10 % 12 END,
         'bench:' || entry_id,
         encode(sha256(convert_to(concat_ws('|', kind, $4::bigint, customer_id, unit, CASE WHEN kind LIKE 'order%' THEN (1000000000 + entry_id)::text ELSE '' END,
           '', '', coalesce(reason, '')), 'UTF8')), 'hex'), $5::bigint, created_at, created_at FROM made),
     lots AS (
       INSERT INTO ledger_lots (shop_id, entry_id, customer_id, unit, amount, remaining, valid_from)
       SELECT $1, entry_id, customer_id, unit, $4, CASE WHEN $2 <= 2 THEN 0 ELSE $4 END, created_at FROM made WHERE $4 > 0)
     INSERT INTO ledger_consumptions (shop_id, spend_entry, lot_entry, amount)
     SELECT $1, entry_id, entry_id - 8 * $3, -$4 FROM made WHERE $4 < 0`,
    [SHOP_ID, round, LEDGER_CUSTOMERS, amount, balance],
  );
}

interface Round {
  amount: number;
  /** The entry's balance after it. */
  balance: number;
  /** SQL over the customer's number `n`. */
  kind: string;
  reason: string;
}

const NO_REASON = 'NULL::text';
const REASONS = `(ARRAY['loyal_customer', 'first_purchase', 'forgotten_order', 'other'])[1 + n / 10 % 4]`;

const roundOfOrders = (round: number): Round => ({
  amount: 10 * round,
  balance: 5 * round * (round + 1),
  kind: round === 6 ? `'order_product'` : round === 7 ? `'offer'` : `'order_spend'`,
  reason: NO_REASON,
});

const ROUNDS: Partial<Record<number, Round>> = {
  8: {
    amount: 80,
    balance: 360,
    kind: `CASE WHEN n % 10 = 0 THEN 'manual_add' ELSE 'birthday' END`,
    reason: `CASE WHEN n % 10 = 0 THEN ${REASONS} END`,
  },
  9: { amount: -10, balance: 350, kind: `'expire'`, reason: NO_REASON },
  10: {
    amount: -20,
    balance: 330,
    kind: `CASE WHEN n % 50 = 0 THEN 'manual_deduct' ELSE 'redeem' END`,
    reason: `CASE WHEN n % 50 = 0 THEN 'deduct' END`,
  },
};
