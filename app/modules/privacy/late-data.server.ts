/** Stored webhooks carry people's data as Shopify sent it, and some come after their customer was erased. */
import { pool, type Queryable } from '#app/db.server.ts';

/**
 * Bodies in which a field that ends in `id` holds one of the ids (as number, text or gid), or any field one of the
 * contacts. A body that is not worked yet goes too and counts as done: dead ones cannot return. What an error quoted of
 * it goes along.
 */
const ERASE = `
  UPDATE webhook_events SET body = '{}', state = 'done', last_error = NULL, processed_at = coalesce(processed_at, clock_timestamp())
   WHERE shop_id = $1 AND body <> '{}' AND topic ~ '^(orders|refunds|customers?|fulfillments|draft_orders)[/._]'
     AND ($4 OR state <> 'pending')
     AND (cardinality($2::text[]) > 0
          AND body ~ ('[iI]d"\\s*:\\s*"?(gid://shopify/[A-Za-z]+/)?(' || array_to_string($2::text[], '|') || ')([^0-9]|$)')
       OR EXISTS (SELECT 1 FROM unnest($3::text[]) AS contact WHERE strpos(lower(body), '"' || contact || '"') > 0))`;

/** Empties the bodies that name one of these ids or contacts (in lower case); answers how many. */
export async function eraseBodies(
  db: Queryable,
  shopId: bigint,
  ids: readonly bigint[],
  contacts: readonly string[],
): Promise<number> {
  const words = [...new Set(ids.map(String))];
  const { rowCount } = await db.query(ERASE, [shopId, words, contacts, true]);
  return rowCount ?? 0;
}

/** As long as the inbox keeps what it has worked. */
const LOOKED_AFTER_DAYS = 31;

const ERASED = `
  SELECT p.shop_id AS "shopId", array_agg(DISTINCT p.customer_id) AS ids FROM privacy_records p
    JOIN customers c ON c.shop_id = p.shop_id AND c.customer_id = p.customer_id AND c.state = 'redacted'
   WHERE p.topic = 'customers/redact' AND p.created_at > clock_timestamp() - make_interval(days => ${LOOKED_AFTER_DAYS})
   GROUP BY p.shop_id`;

const ERASE_ORDERS = `
  UPDATE orders SET email = NULL, phone = NULL, note = NULL
   WHERE shop_id = $1 AND customer_id = ANY($2::bigint[]) AND (email IS NOT NULL OR phone IS NOT NULL OR note IS NOT NULL)`;

/**
 * Erases again what came late for customers who were erased of late: orders may have a refund yet, and their webhooks
 * name the buyer. Those that wait are left to be worked first. Answers how many bodies and orders it emptied.
 */
export async function sweepErased(signal?: AbortSignal): Promise<number> {
  const { rows } = await pool.query<{ shopId: bigint; ids: bigint[] }>(ERASED);
  let total = 0;
  for (const { shopId, ids } of rows) {
    if (signal?.aborted) break;
    const orders = await pool.query(ERASE_ORDERS, [shopId, ids]);
    const bodies = await pool.query(ERASE, [shopId, ids.map(String), [], false]);
    total += (orders.rowCount ?? 0) + (bodies.rowCount ?? 0);
  }
  return total;
}
