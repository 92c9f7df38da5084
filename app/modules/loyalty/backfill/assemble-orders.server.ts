/** Makes whole orders of what the file told in pieces, and knows their customers. */
import { pool, withTransaction } from '#app/db.server.ts';
import { toBulkOrder } from '#app/integrations/shopify/bulk-orders.ts';
import { readOrderState } from '#app/integrations/shopify/orders.server.ts';
import { DecodeError } from '#app/lib/decode.ts';
import { bigintArray, jsonArray } from '#app/lib/pg-arrays.ts';
import { upsertCustomersFromOrders } from '#app/modules/customers/upsert-customers.server.ts';
import { z } from 'zod';
import { decodeOrder, decodeOrderCustomer, MalformedPayload } from '../rules/decode-order.ts';
import { changeBackfill, holdForBatch, type Backfill } from './backfill-rows.server.ts';
import type { StepOutcome } from './collect-orders.server.ts';

const ORDERS_A_BATCH = 250;
/** Orders with refunds that are asked of Shopify at the same time. */
const LANES = 4;

const pieceSchema = z.object({
  root: z.looseObject({}).nullable(),
  children: z.array(z.looseObject({})),
});

interface Assembled {
  orderId: bigint;
  /** As a webhook would bring it; null when it cannot be read. */
  payload: Record<string, unknown> | null;
}

/**
 * The next orders of a backfill get the shape of their webhooks; those with refunds are read from Shopify, since bulk
 * operations cannot tell refunds. Their customers are taken in, so that guests are recognised by them. Throws
 * UpstreamError.
 */
export async function assembleOrders(seen: Backfill): Promise<StepOutcome> {
  const { rows } = await pool.query<{ orderId: bigint; payload: unknown }>(
    `SELECT order_id AS "orderId", payload FROM backfill_orders
     WHERE shop_id = $1 AND backfill_id = $2 AND order_id > $3 ORDER BY order_id LIMIT ${ORDERS_A_BATCH}`,
    [seen.shopId, seen.backfillId, seen.cursor],
  );
  const last = rows.at(-1);
  const orders = await assembleAll(seen.domain, rows);
  return withTransaction(async (tx) => {
    if (!(await holdForBatch(tx, seen))) return 'stopped';
    if (!last) {
      await changeBackfill(tx, seen, { state: 'counting', cursor: null, addDone: null });
      return 'moved';
    }
    await tx.query(
      `UPDATE backfill_orders b SET payload = n.payload FROM unnest($3::bigint[], $4::jsonb[]) AS n (order_id, payload)
       WHERE b.shop_id = $1 AND b.backfill_id = $2 AND b.order_id = n.order_id`,
      [
        seen.shopId,
        seen.backfillId,
        bigintArray(orders.map(({ orderId }) => orderId)),
        jsonArray(orders.map(({ payload }) => payload ?? {})),
      ],
    );
    await upsertCustomersFromOrders(
      tx,
      orders.flatMap(({ payload }) => {
        const customer = payload && customerOf(payload);
        return customer ? [{ shopId: seen.shopId, ...customer }] : [];
      }),
    );
    await changeBackfill(tx, seen, { cursor: last.orderId, addDone: rows.length });
    return 'moved';
  });
}

async function assembleAll(
  domain: string,
  rows: readonly { orderId: bigint; payload: unknown }[],
): Promise<Assembled[]> {
  const waiting = [...rows];
  const done: Assembled[] = [];
  const lane = async (): Promise<void> => {
    for (let row = waiting.shift(); row; row = waiting.shift()) {
      const { orderId } = row;
      done.push({ orderId, payload: await assemble(domain, orderId, row.payload) });
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return done;
}

async function assemble(
  domain: string,
  orderId: bigint,
  stored: unknown,
): Promise<Record<string, unknown> | null> {
  const order = readPieces(stored);
  if (!order?.hasRefunds) return order?.payload ?? null;
  // Deleted since: as it was.
  return (await readOrderState(domain, orderId))?.payload ?? order.payload;
}

function readPieces(stored: unknown): ReturnType<typeof toBulkOrder> | null {
  try {
    const order = toBulkOrder(pieceSchema.parse(stored));
    decodeOrder(order.payload);
    return order;
  } catch (error) {
    if (error instanceof z.ZodError || error instanceof MalformedPayload || error instanceof DecodeError)
      return null;
    throw error;
  }
}

function customerOf(payload: Record<string, unknown>): ReturnType<typeof decodeOrderCustomer> {
  return decodeOrderCustomer(payload, decodeOrder(payload).order.updatedAt);
}
