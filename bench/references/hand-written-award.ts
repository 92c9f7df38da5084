/** The ledger's rows of an order, written by one hand-made statement for 500 orders: what the database allows. */
import type pg from 'pg';

/** Values of one order's rows, as text for the arrays of the statement. */
export interface LedgerRows {
  shop_id: string;
  order_id: string;
  customer_id: string;
  name: string;
  email: string;
  at: string;
  total_minor: string;
  state: string;
  snapshot_id: string;
  amount: string;
  rule: string;
  idempotency_key: string;
  input_hash: string;
  expires_at: string;
}

const BATCH_ROWS = 500;

const READ = `
  SELECT o.shop_id::text, o.order_id::text, o.customer_id::text, o.name, o.email, o.processed_at::text AS at,
         o.total_minor::text, o.state::text, o.snapshot_id::text, e.amount::text, e.rule, e.idempotency_key, e.input_hash,
         l.expires_at::text
    FROM orders o JOIN ledger_entries e USING (shop_id, order_id) JOIN ledger_lots l USING (shop_id, entry_id)
   ORDER BY e.entry_id`;

const WRITE = `
  WITH given AS (
    SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::timestamptz[], $7::bigint[],
                         $8::jsonb[], $9::bigint[], $10::bigint[], $11::text[], $12::text[], $13::text[], $14::timestamptz[])
      AS given (shop_id, order_id, customer_id, name, email, at, total_minor, state, snapshot_id, amount, rule,
                idempotency_key, input_hash, expires_at)),
  stored AS (
    INSERT INTO orders (shop_id, order_id, customer_id, name, email, processed_at, updated_at, triggered_at, financial,
                        currency, total_minor, state, eligible_at, snapshot_id)
    SELECT shop_id, order_id, customer_id, name, email, at, at, at, 'paid', 'AUD', total_minor, state, at, snapshot_id
      FROM given),
  account AS (
    INSERT INTO ledger_accounts AS a (shop_id, customer_id, unit, balance)
    SELECT shop_id, customer_id, 'POINTS', sum(amount) FROM given GROUP BY 1, 2
    ON CONFLICT (shop_id, customer_id, unit) DO UPDATE
      SET balance = a.balance + excluded.balance, updated_at = clock_timestamp()
    RETURNING shop_id, customer_id, balance),
  entry AS (
    INSERT INTO ledger_entries (shop_id, customer_id, unit, amount, kind, source, order_id, rule, snapshot_id, actor,
                                idempotency_key, input_hash, balance_after, effective_at)
    SELECT shop_id, customer_id, 'POINTS', amount, 'order_spend', 'order', order_id, rule, snapshot_id, 'rules',
           idempotency_key, input_hash, balance, at FROM given JOIN account USING (shop_id, customer_id)
    RETURNING shop_id, entry_id, order_id)
  INSERT INTO ledger_lots (shop_id, entry_id, customer_id, unit, amount, remaining, valid_from, expires_at, order_id)
  SELECT shop_id, entry_id, customer_id, 'POINTS', amount, amount, at, expires_at, order_id
    FROM given JOIN entry USING (shop_id, order_id)`;

/** Reads what our worker wrote from a database in which it has posted the orders. */
export async function readLedgerRows(client: pg.Client): Promise<LedgerRows[]> {
  return (await client.query<LedgerRows>(READ)).rows;
}

/**
 * Writes the rows in batches of 500, each a transaction of its own. Returns orders per second, without the first
 * batch.
 */
export async function writeByHand(client: pg.Client, rows: readonly LedgerRows[]): Promise<number> {
  let start = 0;
  for (let from = 0; from < rows.length; from += BATCH_ROWS) {
    const batch = rows.slice(from, from + BATCH_ROWS);
    const column = (name: keyof LedgerRows): string[] => batch.map((row) => row[name]);
    const values = [
      column('shop_id'),
      column('order_id'),
      column('customer_id'),
      column('name'),
      column('email'),
      column('at'),
      column('total_minor'),
      column('state'),
      column('snapshot_id'),
      column('amount'),
      column('rule'),
      column('idempotency_key'),
      column('input_hash'),
      column('expires_at'),
    ];
    await client.query({ name: 'write-by-hand', text: WRITE, values });
    if (from === 0) start = performance.now();
  }
  return ((rows.length - BATCH_ROWS) / (performance.now() - start)) * 1_000;
}
