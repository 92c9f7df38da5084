/** Orders of bulk files, put together from their lines in the shape of webhooks: for backfills and the first sync. */
import pMap from 'p-map';
import { z } from 'zod';
import { toBulkOrder } from '#app/integrations/shopify/bulk-orders.ts';
import { readOrderState } from '#app/integrations/shopify/orders.server.ts';
import { decodeOrder, type DecodedOrder } from './rules/decode-order.ts';
import { MalformedPayload } from './rules/malformed-payload.ts';

/** Orders that are asked of Shopify at the same time. */
const ORDERS_AT_ONCE = 4;

const recordSchema = z.object({
  root: z.looseObject({}).nullable(),
  children: z.array(z.looseObject({})),
});

/** An order and the lines of it, as `BulkLines` gathered them. */
export interface OrderRecord {
  orderId: bigint;
  payload: unknown;
}

/** An order as a webhook would bring it, and what that says. */
export interface AssembledOrder extends DecodedOrder {
  payload: Record<string, unknown>;
}

export interface Assembled {
  orderId: bigint;
  /** Null when it cannot be read. */
  assembled: AssembledOrder | null;
}

/**
 * Puts whole orders together from their lines, in the order of their ids; those with refunds or several fulfillments
 * are read from Shopify, since bulk files don't tell those. Throws UpstreamError.
 */
export async function assembleBulkOrders(domain: string, rows: readonly OrderRecord[]): Promise<Assembled[]> {
  const done = await pMap(
    rows,
    async ({ orderId, payload }) => ({ orderId, assembled: await assemble(domain, orderId, payload) }),
    { concurrency: ORDERS_AT_ONCE },
  );
  return done.sort((a, b) => (a.orderId < b.orderId ? -1 : 1));
}

async function assemble(domain: string, orderId: bigint, record: unknown): Promise<AssembledOrder | null> {
  const order = readRecord(record);
  if (order === null) return null;
  if (!order.isPartial) return decodeAssembled(order.payload);
  // One that was deleted since is taken as it was.
  return decodeAssembled((await readOrderState(domain, orderId))?.payload ?? order.payload);
}

function readRecord(record: unknown): ReturnType<typeof toBulkOrder> | null {
  try {
    return toBulkOrder(recordSchema.parse(record));
  } catch (error) {
    if (error instanceof z.ZodError) return null;
    throw error;
  }
}

function decodeAssembled(payload: Record<string, unknown>): AssembledOrder | null {
  try {
    return { payload, ...decodeOrder(payload) };
  } catch (error) {
    if (error instanceof MalformedPayload) return null;
    throw error;
  }
}
