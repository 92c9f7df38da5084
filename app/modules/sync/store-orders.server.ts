/**
 * Stores the orders of a bulk file: their lines come in any order, so they are staged first, then assembled and
 * stored.
 */
import { pool, type Transaction } from '#app/db.server.ts';
import { BulkLines, type BulkRecord } from '#app/integrations/shopify/bulk-lines.ts';
import { gidToId } from '#app/lib/ids.ts';
import { bigintArray, jsonArray } from '#app/lib/pg-arrays.ts';
import { assembleBulkOrders, type OrderRecord } from '#app/modules/orders/assemble-bulk-orders.server.ts';
import { listFailingTasks } from '#app/modules/shops/task-failures.server.ts';
import { storePastOrders } from '#app/modules/earning/award/store-past-orders.server.ts';
import { logger } from '#app/lib/logger.server.ts';
import { changeSync, inBatch, SyncFailed, type StepOutcome, type SyncRun } from './sync-rows.server.ts';

/** Records that are assembled and stored in one transaction; an order has one or more. */
const RECORDS_A_BATCH = 800;

/** Stages a batch of lines, grouped by order; returns how many orders began in it. */
export async function stageLines(
  tx: Transaction,
  shopId: bigint,
  values: readonly unknown[],
  position: number,
): Promise<number> {
  const lines = new BulkLines();
  for (const value of values) lines.add(value);
  const rows = [...lines.records].map(([gid, record]) => {
    const orderId = gidToId(gid, 'Order');
    if (orderId === null) throw new SyncFailed('unreadable', `a line of ${gid}`);
    return { orderId, record };
  });
  await tx.query(
    `INSERT INTO sync_lines (shop_id, order_id, position, piece)
     SELECT $1, n.order_id, $2, n.record FROM unnest($3::bigint[], $4::json[]) AS n (order_id, record)`,
    [
      shopId,
      position,
      bigintArray(rows.map(({ orderId }) => orderId)),
      jsonArray(rows.map(({ record }) => record)),
    ],
  );
  return rows.filter(({ record }) => record.root !== null).length;
}

/**
 * Loads the records of the orders after one; limited by rows and not by orders, so that the database reads along its
 * key however many there are.
 */
const NEXT_RECORDS = `SELECT order_id AS "orderId", piece AS record FROM sync_lines WHERE shop_id = $1 AND order_id > $2
  ORDER BY order_id, position LIMIT ${RECORDS_A_BATCH}`;

const ALL_RECORDS = `SELECT order_id AS "orderId", piece AS record FROM sync_lines WHERE shop_id = $1 AND order_id = $2 ORDER BY position`;

interface RecordRow {
  orderId: bigint;
  record: BulkRecord;
}

/** Loads the next orders after one, each with all its lines; empty after the last. */
async function readNextOrders(shopId: bigint, after: bigint): Promise<OrderRecord[]> {
  const { rows } = await pool.query<RecordRow>(NEXT_RECORDS, [shopId, after]);
  const byOrder = Map.groupBy(rows, ({ orderId }) => orderId);
  const last = rows.at(-1)?.orderId;
  // The last order may continue beyond the limit.
  if (last !== undefined && rows.length === RECORDS_A_BATCH) {
    if (byOrder.size > 1) byOrder.delete(last);
    else byOrder.set(last, (await pool.query<RecordRow>(ALL_RECORDS, [shopId, last])).rows);
  }
  return [...byOrder].map(([orderId, records]) => ({
    orderId,
    payload: {
      root: records.find(({ record }) => record.root !== null)?.record.root ?? null,
      children: records.flatMap(({ record }) => record.children),
    },
  }));
}

/** Stores the next orders from their staged lines. When none is left, the kind is done and the lines are cleared. */
export async function storeNextOrders(seen: SyncRun): Promise<StepOutcome> {
  const { shopId, domain } = seen;
  if (await areCustomersComing(shopId)) return 'waiting';
  const rows = await readNextOrders(shopId, seen.cursor);
  const last = rows.at(-1);
  // Asks Shopify for orders with refunds, so not inside the transaction.
  const assembled = await assembleBulkOrders(domain, rows);
  const orders = assembled.flatMap(({ assembled: order }) => order ?? []);
  if (orders.length < rows.length)
    logger.warn({ shop: domain, orders: rows.length - orders.length }, 'orders of the sync cannot be read');
  return inBatch(seen, async (tx) => {
    if (!last) {
      await clearStagedLines(tx, shopId);
      return changeSync(tx, seen, { state: 'done' });
    }
    await storePastOrders(tx, shopId, orders);
    await changeSync(tx, seen, { cursor: last.orderId, addDone: rows.length });
  });
}

/** Customers are needed to recognise guests, so they come first, unless they can't be read. */
async function areCustomersComing(shopId: bigint): Promise<boolean> {
  const { rowCount } = await pool.query(
    `SELECT FROM sync_runs WHERE shop_id = $1 AND kind = 'customers' AND state NOT IN ('done', 'failed')`,
    [shopId],
  );
  if (rowCount === 0) return false;
  const failing = await listFailingTasks(shopId);
  return !failing.some(({ task, part }) => task === 'process-syncs' && part === 'customers');
}

/** Clears the staged lines: they hold personal data. */
export async function clearStagedLines(tx: Transaction, shopId: bigint): Promise<void> {
  await tx.query('DELETE FROM sync_lines WHERE shop_id = $1', [shopId]);
}
