/** Orders of bulk files, put together from their lines in the shape of webhooks: for backfills and the first sync. */
import { toBulkOrder } from '#app/integrations/shopify/bulk-orders.ts';
import { readOrderState } from '#app/integrations/shopify/orders.server.ts';
import { DecodeError } from '#app/lib/decode.ts';
import { z } from 'zod';
import { decodeOrder, MalformedPayload } from './rules/decode-order.ts';

/** Orders with refunds that are asked of Shopify at the same time. */
const LANES = 4;

const pieceSchema = z.object({
  root: z.looseObject({}).nullable(),
  children: z.array(z.looseObject({})),
});

/** An order and the lines of it, as `BulkPieces` gathered them. */
export interface OrderPieces {
  orderId: bigint;
  payload: unknown;
}

export interface Assembled {
  orderId: bigint;
  /** As a webhook would bring it; null when it cannot be read. */
  payload: Record<string, unknown> | null;
}

/**
 * Whole orders of their pieces; those with refunds are read from Shopify, since bulk operations cannot tell refunds. In
 * the order of their ids. Throws UpstreamError.
 */
export async function assemblePieces(domain: string, rows: readonly OrderPieces[]): Promise<Assembled[]> {
  const waiting = [...rows];
  const done: Assembled[] = [];
  const lane = async (): Promise<void> => {
    for (let row = waiting.shift(); row; row = waiting.shift()) {
      const { orderId } = row;
      done.push({ orderId, payload: await assemble(domain, orderId, row.payload) });
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return done.sort((a, b) => (a.orderId < b.orderId ? -1 : 1));
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
