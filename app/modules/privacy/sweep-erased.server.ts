/** Orders and stored webhooks carry personal data as Shopify sent it, and some arrive after their customer was erased. */
import { pool, withTransaction, type Queryable, type Transaction } from '#app/db.server.ts';
import { countCustomers } from '#app/modules/orders/figures/refresh-figures.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';

const CODES_OF_OURS = `coalesce((
  SELECT jsonb_agg(used) FROM jsonb_array_elements(o.state->'codes') used WHERE EXISTS (
    SELECT 1 FROM redemptions r WHERE r.shop_id = o.shop_id AND r.code = used->>'code')), '[]')`;
const LINES_WITHOUT_OWN_TITLES = `coalesce((
  SELECT jsonb_agg(CASE WHEN line->'product' = 'null' THEN line || '{"title": null}' ELSE line END ORDER BY place)
    FROM jsonb_array_elements(o.state->'lines') WITH ORDINALITY AS each (line, place)), '[]')`;

/**
 * What is erased of an order. Codes of redemptions stay: refunds are computed from them. Others may be made for a person
 * and carry the name, as may the titles of lines without a product ("Engraving for ..."). `o` is the order.
 */
export const ORDER_ERASED = `email = NULL, phone = NULL, note = NULL, state = jsonb_set(jsonb_set(o.state, '{codes}',
  ${CODES_OF_OURS}), '{lines}', ${LINES_WITHOUT_OWN_TITLES})`;

/** The copies of those titles; $2 are ids of orders. */
export const ERASE_LINE_TITLES = `
  UPDATE order_lines SET title = ''
   WHERE shop_id = $1 AND order_id = ANY($2::bigint[]) AND product_id IS NULL AND title <> ''`;

const HAS_FOREIGN_CODE = `EXISTS (SELECT 1 FROM jsonb_array_elements(o.state->'codes') used WHERE NOT EXISTS (
  SELECT 1 FROM redemptions r WHERE r.shop_id = o.shop_id AND r.code = used->>'code'))`;
const HAS_OWN_TITLE = `o.state @? '$.lines[*] ? (@.product == null && @.title != null)'`;

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
 * Empties the bodies that name one of these ids or contacts (in lower case). Returns how many. A body that is not processed
 * yet is emptied too and counts as done: dead ones cannot come back.
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

/** As long as the inbox stores processed events. */
const WATCHED_DAYS = 31;
/** The sweep runs each hour; a worker may be away for a day. */
const PROCESSED_SINCE_HOURS = 25;

const ERASED = `
  SELECT p.shop_id AS "shopId", array_agg(DISTINCT c.customer_id) AS ids FROM privacy_records p
    JOIN customers c ON c.shop_id = p.shop_id AND c.state = 'redacted' AND (c.customer_id = p.customer_id OR c.merged_into = p.customer_id)
   WHERE p.topic = 'customers/redact' AND p.created_at > clock_timestamp() - make_interval(days => ${WATCHED_DAYS})
   GROUP BY p.shop_id`;

const ERASE_LATE_ORDERS = `
  UPDATE orders o SET ${ORDER_ERASED} WHERE o.shop_id = $1 AND o.customer_id = ANY($2::bigint[])
     AND (o.email IS NOT NULL OR o.phone IS NOT NULL OR o.note IS NOT NULL OR ${HAS_FOREIGN_CODE}
       OR ${HAS_OWN_TITLE})
  RETURNING order_id AS "orderId"`;

/** Waiting events are processed first: an order may still get a refund. */
const ERASE_LATE_BODIES = `${ERASE_BODIES} AND (state = 'dead'
  OR state = 'done' AND processed_at > clock_timestamp() - make_interval(hours => ${PROCESSED_SINCE_HOURS}))`;

/** Erases data that arrived late for recently erased customers. Returns how many orders and bodies it emptied. */
export async function sweepErased(signal?: AbortSignal): Promise<number> {
  const { rows } = await pool.query<{ shopId: bigint; ids: bigint[] }>(ERASED);
  const sweepShop = async ({ shopId, ids }: (typeof rows)[number]): Promise<number> => {
    const orders = await withTransaction((tx) => eraseLateOrders(tx, shopId, ids));
    const bodies = await pool.query(ERASE_LATE_BODIES, [shopId, ids.map(String), []]);
    return orders + (bodies.rowCount ?? 0);
  };
  return forEachShop('sweep-erased', rows, sweepShop, { signal });
}

async function eraseLateOrders(tx: Transaction, shopId: bigint, ids: readonly bigint[]): Promise<number> {
  const { rows } = await tx.query<{ orderId: bigint }>(ERASE_LATE_ORDERS, [shopId, ids]);
  if (rows.length === 0) return 0;
  await tx.query(ERASE_LINE_TITLES, [shopId, rows.map(({ orderId }) => orderId)]);
  await countCustomers(
    tx,
    ids.map((customerId) => ({ shopId, customerId })),
  );
  return rows.length;
}
