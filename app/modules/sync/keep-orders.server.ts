/** Orders of a bulk file: their lines come in any order, so they are laid down first, then put together and stored. */
import { pool, type Transaction } from '#app/db.server.ts';
import { BulkPieces } from '#app/integrations/shopify/bulk-lines.ts';
import { gidToId } from '#app/lib/ids.ts';
import { bigintArray, jsonArray } from '#app/lib/pg-arrays.ts';
import { assemblePieces, type OrderPieces } from '#app/modules/loyalty/assemble-pieces.server.ts';
import { storeHistory } from '#app/modules/loyalty/store-history.server.ts';
import { logger } from '#app/lib/logger.server.ts';
import { changeSync, inBatch, SyncFailed, type StepOutcome, type SyncRun } from './sync-rows.server.ts';

/** Orders that are stored in one transaction. */
const ORDERS_A_BATCH = 500;

/** Lays down a batch of lines, gathered by order; answers how many orders began in it. */
export async function layDownLines(
  tx: Transaction,
  shopId: bigint,
  values: readonly unknown[],
  position: number,
): Promise<number> {
  const lines = new BulkPieces();
  for (const value of values) lines.add(value);
  const rows = [...lines.pieces].map(([gid, piece]) => {
    const orderId = gidToId(gid, 'Order');
    if (orderId === null) throw new SyncFailed('unreadable', `a line of ${gid}`);
    return { orderId, piece };
  });
  await tx.query(
    `INSERT INTO sync_lines (shop_id, order_id, position, piece)
     SELECT $1, n.order_id, $2, n.piece FROM unnest($3::bigint[], $4::jsonb[]) AS n (order_id, piece)`,
    [
      shopId,
      position,
      bigintArray(rows.map(({ orderId }) => orderId)),
      jsonArray(rows.map(({ piece }) => piece)),
    ],
  );
  return rows.filter(({ piece }) => piece.root !== null).length;
}

/** The next orders after one, each with all its lines. */
const NEXT_ORDERS = `
  SELECT order_id AS "orderId", jsonb_build_object(
      'root', (array_agg(piece->'root') FILTER (WHERE piece->'root' <> 'null'))[1],
      'children', jsonb_path_query_array(jsonb_agg(piece->'children' ORDER BY position), '$[*][*]')) AS payload
    FROM sync_lines WHERE shop_id = $1 AND order_id > $2 GROUP BY order_id ORDER BY order_id LIMIT ${ORDERS_A_BATCH}`;

/** Stores the next orders whose lines are there; when none is left, it is done and their lines are dropped. */
export async function storeNextOrders(seen: SyncRun): Promise<StepOutcome> {
  const { shopId, domain } = seen;
  if (await areCustomersComing(shopId)) return 'waiting';
  const { rows } = await pool.query<OrderPieces>(NEXT_ORDERS, [shopId, seen.cursor]);
  const last = rows.at(-1);
  // Asks Shopify for orders with refunds: not inside the transaction.
  const assembled = await assemblePieces(domain, rows);
  const payloads = assembled.map(({ payload }) => payload).filter((payload) => payload !== null);
  if (payloads.length < rows.length)
    logger.warn({ shop: domain, orders: rows.length - payloads.length }, 'orders of the sync cannot be read');
  return inBatch(seen, async (tx) => {
    if (!last) {
      await dropLines(tx, shopId);
      return changeSync(tx, seen, { state: 'done' });
    }
    await storeHistory(tx, shopId, payloads);
    await changeSync(tx, seen, { cursor: last.orderId, addDone: rows.length });
  });
}

/** Guests are recognised by customers: these come first, unless they cannot be had. */
async function areCustomersComing(shopId: bigint): Promise<boolean> {
  const { rowCount } = await pool.query(
    `SELECT FROM sync_runs WHERE shop_id = $1 AND kind = 'customers' AND state NOT IN ('done', 'failed')`,
    [shopId],
  );
  return rowCount !== 0;
}

/** Forgets what was laid down: it holds personal data. */
export async function dropLines(tx: Transaction, shopId: bigint): Promise<void> {
  await tx.query('DELETE FROM sync_lines WHERE shop_id = $1', [shopId]);
}
