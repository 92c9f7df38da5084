/** Orders of a bulk file: their lines come in any order, so they are laid down first, then put together and stored. */
import { pool, type Transaction } from '#app/db.server.ts';
import { BulkPieces, type BulkPiece } from '#app/integrations/shopify/bulk-lines.ts';
import { gidToId } from '#app/lib/ids.ts';
import { bigintArray, jsonArray } from '#app/lib/pg-arrays.ts';
import { assemblePieces, type OrderPieces } from '#app/modules/loyalty/assemble-pieces.server.ts';
import { storeHistory } from '#app/modules/loyalty/store-history.server.ts';
import { logger } from '#app/lib/logger.server.ts';
import { changeSync, inBatch, SyncFailed, type StepOutcome, type SyncRun } from './sync-rows.server.ts';

/** Pieces that are put together and stored in one transaction; an order has one or some. */
const PIECES_A_BATCH = 800;

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
     SELECT $1, n.order_id, $2, n.piece FROM unnest($3::bigint[], $4::json[]) AS n (order_id, piece)`,
    [
      shopId,
      position,
      bigintArray(rows.map(({ orderId }) => orderId)),
      jsonArray(rows.map(({ piece }) => piece)),
    ],
  );
  return rows.filter(({ piece }) => piece.root !== null).length;
}

/**
 * Pieces of the next orders after one; by rows and not by orders, so that the database reads along its key however many
 * there are.
 */
const NEXT_PIECES = `SELECT order_id AS "orderId", piece FROM sync_lines WHERE shop_id = $1 AND order_id > $2
  ORDER BY order_id, position LIMIT ${PIECES_A_BATCH}`;

const ALL_PIECES = `SELECT order_id AS "orderId", piece FROM sync_lines WHERE shop_id = $1 AND order_id = $2 ORDER BY position`;

interface PieceRow {
  orderId: bigint;
  piece: BulkPiece;
}

/** The next orders after one, each with all its lines; none behind the last. */
async function readNextOrders(shopId: bigint, after: bigint): Promise<OrderPieces[]> {
  const { rows } = await pool.query<PieceRow>(NEXT_PIECES, [shopId, after]);
  const byOrder = Map.groupBy(rows, ({ orderId }) => orderId);
  const last = rows.at(-1)?.orderId;
  // The last order may go on behind the limit.
  if (last !== undefined && rows.length === PIECES_A_BATCH) {
    if (byOrder.size > 1) byOrder.delete(last);
    else byOrder.set(last, (await pool.query<PieceRow>(ALL_PIECES, [shopId, last])).rows);
  }
  return [...byOrder].map(([orderId, pieces]) => ({
    orderId,
    payload: {
      root: pieces.find(({ piece }) => piece.root !== null)?.piece.root ?? null,
      children: pieces.flatMap(({ piece }) => piece.children),
    },
  }));
}

/** Stores the next orders whose lines are there; when none is left, it is done and their lines are dropped. */
export async function storeNextOrders(seen: SyncRun): Promise<StepOutcome> {
  const { shopId, domain } = seen;
  if (await areCustomersComing(shopId)) return 'waiting';
  const rows = await readNextOrders(shopId, seen.cursor);
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
