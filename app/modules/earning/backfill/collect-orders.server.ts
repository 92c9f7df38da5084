/** Fetches the orders of a backfill from Shopify: a bulk operation, then its file, line by line. */
import { withTransaction, type Transaction } from '#app/db.server.ts';
import { BulkLines } from '#app/integrations/shopify/bulk-lines.ts';
import { BulkFileGone, pollBulkOperation } from '#app/integrations/shopify/bulk.server.ts';
import { readBulkBatches, type BulkBatch } from '#app/integrations/shopify/bulk-batches.server.ts';
import { startBulkOrders } from '#app/integrations/shopify/start-bulk-orders.server.ts';
import { AppError } from '#app/lib/errors.ts';
import { gidToId } from '#app/lib/ids.ts';
import { bigintArray, jsonArray } from '#app/lib/pg-arrays.ts';
import { startOfDay } from '#app/lib/calendar-days.ts';
import { changeBackfill, holdForBatch, type Backfill } from './backfill-rows.server.ts';

/** Lines that are put into the database at a time; with the bytes of a network read, all that is held of a file. */
const LINES_A_BATCH = 2_000;

/** Why a backfill cannot go on; `code` is kept with it and told to the merchant. */
export class BackfillFailure extends AppError {}

/** `moved`: look again at once. `waiting`: Shopify is not done. `stopped`: another worker is at it, or it was stopped. */
export type StepOutcome = 'moved' | 'waiting' | 'stopped';

/** One step of collecting: starts the operation, looks whether it is over, or fetches its file to the end. */
export async function collectOrders(seen: Backfill, signal?: AbortSignal): Promise<StepOutcome> {
  if (seen.operationId === null) return startOperation(seen);
  const file = await findFile(seen, seen.operationId);
  if (file === null) return 'waiting';
  if (file.url === null) return finish(seen);
  try {
    return await fetchFile(seen, file.url, signal);
  } catch (error) {
    if (!(error instanceof BulkFileGone)) throw error;
    return fetchAgain(seen, seen.operationId, signal);
  }
}

async function startOperation(seen: Backfill): Promise<StepOutcome> {
  const since = startOfDay(seen.startsOn, seen.timeZone);
  const started = await startBulkOrders(seen.domain, `SetiaBackfill${seen.backfillId}`, since);
  if (!started.ok && started.reason === 'busy') return 'waiting';
  if (!started.ok) throw new BackfillFailure('refused', `Shopify refuses the operation: ${started.message}`);
  const { operationId } = started;
  return inBatch(seen, (tx) => changeBackfill(tx, seen, { operationId }));
}

/** Null while Shopify is still collecting. */
async function findFile(seen: Backfill, operationId: string): Promise<{ url: string | null } | null> {
  const look = await pollBulkOperation(seen.domain, operationId);
  if (look.state === 'failed') {
    const code = look.reason === 'failed' ? 'shopify_failed' : look.reason;
    throw new BackfillFailure(code, `the bulk operation is over: ${look.reason}`);
  }
  if (look.state === 'completed') return look;
  await inBatch(seen, (tx) => changeBackfill(tx, seen, { ordersFound: look.found }));
  return null;
}

/** The address ran out while it was fetched: Shopify may give another, once. */
async function fetchAgain(seen: Backfill, operationId: string, signal?: AbortSignal): Promise<StepOutcome> {
  const file = await findFile(seen, operationId);
  if (!file?.url) return 'waiting';
  try {
    return await fetchFile(seen, file.url, signal);
  } catch (error) {
    if (error instanceof BulkFileGone) throw new BackfillFailure('expired', error.message);
    throw error;
  }
}

/** From the byte where the last batch ended, so that a broken download and a killed worker lose nothing. */
async function fetchFile(from: Backfill, url: string, signal?: AbortSignal): Promise<StepOutcome> {
  let seen = from;
  const take = async ({ values, nextByte }: BulkBatch): Promise<boolean> => {
    const lines = new BulkLines();
    for (const value of values) lines.add(value);
    const cursor = BigInt(nextByte);
    const outcome = await inBatch(seen, async (tx) => {
      await stageRecords(tx, seen, lines);
      await changeBackfill(tx, seen, { cursor });
    });
    seen = { ...seen, cursor };
    return outcome === 'moved';
  };
  const file = { url, fromByte: Number(from.cursor), linesABatch: LINES_A_BATCH };
  return (await readBulkBatches(file, take, signal)) ? finish(seen) : 'stopped';
}

function finish(seen: Backfill): Promise<StepOutcome> {
  return inBatch(seen, async (tx) => {
    const { rows } = await tx.query<{ found: number }>(
      'SELECT count(*)::int AS found FROM backfill_orders WHERE shop_id = $1 AND backfill_id = $2',
      [seen.shopId, seen.backfillId],
    );
    const ordersFound = rows[0]?.found ?? 0;
    await changeBackfill(tx, seen, { state: 'assembling', cursor: null, addDone: null, ordersFound });
  });
}

async function inBatch(seen: Backfill, work: (tx: Transaction) => Promise<void>): Promise<StepOutcome> {
  return withTransaction(async (tx) => {
    if (!(await holdForBatch(tx, seen))) return 'stopped';
    await work(tx);
    return 'moved';
  });
}

/** Lines of one order can come in any batch: what is there already is completed. */
async function stageRecords(tx: Transaction, seen: Backfill, { records }: BulkLines): Promise<void> {
  const rows = [...records].map(([gid, record]) => {
    const orderId = gidToId(gid, 'Order');
    if (orderId === null) throw new BackfillFailure('unreadable', `a line of ${gid}`);
    return { orderId, record };
  });
  await tx.query(
    `INSERT INTO backfill_orders AS b (shop_id, backfill_id, order_id, payload)
     SELECT $1, $2, * FROM unnest($3::bigint[], $4::jsonb[]) ORDER BY 3
     ON CONFLICT (shop_id, backfill_id, order_id) DO UPDATE SET payload = jsonb_build_object(
       'root', CASE WHEN excluded.payload->'root' = 'null' THEN b.payload->'root' ELSE excluded.payload->'root' END,
       'children', (b.payload->'children') || (excluded.payload->'children'))`,
    [
      seen.shopId,
      seen.backfillId,
      bigintArray(rows.map(({ orderId }) => orderId)),
      jsonArray(rows.map(({ record }) => record)),
    ],
  );
}
