/** Orders and stored webhooks carry people's data as Shopify sent it, and some come after their customer was erased. */
import { pool, type Queryable } from '#app/db.server.ts';

/**
 * What an order forgets. Codes of redemptions stay: refunds are reckoned by them. Others may be made for a person, and
 * carry the name. `o` is the order.
 */
export const ORDER_ERASED = `email = NULL, phone = NULL, note = NULL, state = jsonb_set(o.state, '{codes}', coalesce((
  SELECT jsonb_agg(used) FROM jsonb_array_elements(o.state->'codes') used WHERE EXISTS (
    SELECT 1 FROM redemptions r WHERE r.shop_id = o.shop_id AND r.code = used->>'code')), '[]'))`;

const HAS_FOREIGN_CODE = `EXISTS (SELECT 1 FROM jsonb_array_elements(o.state->'codes') used WHERE NOT EXISTS (
  SELECT 1 FROM redemptions r WHERE r.shop_id = o.shop_id AND r.code = used->>'code'))`;

/**
 * Bodies in which a field that ends in `id` holds one of the ids (as number, text or gid), or any field one of the
 * contacts. What an error quoted of a body goes along.
 */
const ERASE_BODIES = `
  UPDATE webhook_events SET body = '{}', state = 'done', last_error = NULL, processed_at = coalesce(processed_at, clock_timestamp())
   WHERE shop_id = $1 AND body <> '{}' AND topic ~ '^(orders|refunds|customers?|fulfillments|draft_orders)[/._]'
     AND (cardinality($2::text[]) > 0
          AND body ~ ('[iI]d"\\s*:\\s*"?(gid://shopify/[A-Za-z]+/)?(' || array_to_string($2::text[], '|') || ')([^0-9]|$)')
       OR EXISTS (SELECT 1 FROM unnest($3::text[]) AS contact WHERE strpos(lower(body), '"' || contact || '"') > 0))`;

/**
 * Empties the bodies that name one of these ids or contacts (in lower case); answers how many. A body that is not worked
 * yet goes too and counts as done: dead ones cannot return.
 */
export async function eraseBodies(
  db: Queryable,
  shopId: bigint,
  ids: readonly bigint[],
  contacts: readonly string[],
): Promise<number> {
  const { rowCount } = await db.query(ERASE_BODIES, [shopId, [...new Set(ids.map(String))], contacts]);
  return rowCount ?? 0;
}

/** As long as the inbox keeps what it has worked. */
const LOOKED_AFTER_DAYS = 31;
/** The sweep runs each hour; a worker may be away for a day. */
const WORKED_SINCE_HOURS = 25;

const ERASED = `
  SELECT p.shop_id AS "shopId", array_agg(DISTINCT c.customer_id) AS ids FROM privacy_records p
    JOIN customers c ON c.shop_id = p.shop_id AND c.state = 'redacted' AND (c.customer_id = p.customer_id OR c.merged_into = p.customer_id)
   WHERE p.topic = 'customers/redact' AND p.created_at > clock_timestamp() - make_interval(days => ${LOOKED_AFTER_DAYS})
   GROUP BY p.shop_id`;

const ERASE_LATE_ORDERS = `
  UPDATE orders o SET ${ORDER_ERASED} WHERE o.shop_id = $1 AND o.customer_id = ANY($2::bigint[])
     AND (o.email IS NOT NULL OR o.phone IS NOT NULL OR o.note IS NOT NULL OR ${HAS_FOREIGN_CODE})`;

/** Those that wait are left to be worked first: an order may have a refund yet. */
const ERASE_LATE_BODIES = `${ERASE_BODIES} AND (state = 'dead'
  OR state = 'done' AND processed_at > clock_timestamp() - make_interval(hours => ${WORKED_SINCE_HOURS}))`;

/** Erases again what came late for customers who were erased of late. Answers how many orders and bodies it emptied. */
export async function sweepErased(signal?: AbortSignal): Promise<number> {
  const { rows } = await pool.query<{ shopId: bigint; ids: bigint[] }>(ERASED);
  let total = 0;
  for (const { shopId, ids } of rows) {
    if (signal?.aborted) break;
    const orders = await pool.query(ERASE_LATE_ORDERS, [shopId, ids]);
    const bodies = await pool.query(ERASE_LATE_BODIES, [shopId, ids.map(String), []]);
    total += (orders.rowCount ?? 0) + (bodies.rowCount ?? 0);
  }
  return total;
}
