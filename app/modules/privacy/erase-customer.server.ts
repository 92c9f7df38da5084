/**
 * What customers/redact asks for. The one place that reaches into every module's tables by its nature: what it must find
 * is all that is stored about somebody (customer-tables.ts names what becomes of each table).
 */
import type { Transaction } from '#app/db.server.ts';
import type { ShopEvent } from '#app/lib/shop-event.ts';
import { dropFiles } from '#app/modules/photos/file-removals.server.ts';
import { DELETED_ROWS, KEPT_COLUMNS } from './customer-tables.ts';
import { eraseBodies, ORDER_ERASED } from './late-data.server.ts';
import { addRecord } from './privacy-records.server.ts';
import { contactsOf, readSubject } from './privacy-request.ts';

/**
 * Works customers/redact: personal data goes from the customer's record and those of whoever was merged into them, their
 * notes, photos and messages, their orders, and every stored webhook that names them; ids, amounts and the ledger stay.
 * A tombstone keeps late events from bringing the data back.
 */
export async function eraseCustomer(tx: Transaction, event: ShopEvent): Promise<void> {
  const subject = readSubject(event.payload, 'orders_to_redact');
  const { shopId, triggeredAt } = event;
  const people = await lockPeople(tx, shopId, subject.customerId);
  // The e-mail and phone that we know may differ from those in the request: both are looked for.
  const contacts = contactsOf([subject, ...people]);
  const ids = people.map(({ customerId }) => customerId);
  if (ids.length > 0) await eraseRecords(tx, shopId, ids, triggeredAt);
  const orders = await tx.query<{ orderId: bigint }>(ERASE_ORDERS, [shopId, ids, subject.orderIds, contacts]);
  const orderIds = orders.rows.map(({ orderId }) => orderId);
  const outcome = {
    requestedAt: triggeredAt.toISOString(),
    orders: orders.rowCount ?? 0,
    notes: await eraseNotes(tx, shopId, ids),
    photos: await erasePhotos(tx, shopId, ids),
    ...(await eraseRows(tx, shopId, ids)),
    webhookBodies: await eraseBodies(tx, shopId, [...ids, ...subject.orderIds, ...orderIds], contacts),
    ledger: 'kept',
  };
  await eraseWords(tx, shopId, ids);
  for (const statement of ERASE_COLLECTED)
    await tx.query(statement, [shopId, ids, [...subject.orderIds, ...orderIds], contacts]);
  await addRecord(tx, event, subject.customerId, outcome);
}

interface Person {
  customerId: bigint;
  email: string | null;
  phone: string | null;
}

/** Makes the tombstone if need be. Whoever writes about the customer meanwhile waits, and then finds them erased. */
async function lockPeople(tx: Transaction, shopId: bigint, customerId: bigint | null): Promise<Person[]> {
  if (customerId === null) return [];
  await tx.query(
    `INSERT INTO customers (shop_id, customer_id, state) VALUES ($1, $2, 'redacted') ON CONFLICT DO NOTHING`,
    [shopId, customerId],
  );
  const { rows } = await tx.query<Person>(
    `SELECT customer_id AS "customerId", email, phone FROM customers
      WHERE shop_id = $1 AND (customer_id = $2 OR merged_into = $2) ORDER BY customer_id FOR UPDATE`,
    [shopId, customerId],
  );
  return rows;
}

/** Every column but the kept ones returns to its default: a column that is added later is erased too. */
async function eraseRecords(
  tx: Transaction,
  shopId: bigint,
  ids: readonly bigint[],
  at: Date,
): Promise<void> {
  const { rows } = await tx.query<{ name: string }>(
    `SELECT quote_ident(column_name) AS name FROM information_schema.columns
      WHERE table_schema = 'public' AND table_name = 'customers' AND is_generated = 'NEVER' AND column_name <> ALL ($1::text[])`,
    [KEPT_COLUMNS],
  );
  await tx.query(
    `UPDATE customers SET state = 'redacted', ${rows.map(({ name }) => `${name} = DEFAULT`).join(', ')},
       shopify_updated_at = greatest(shopify_updated_at, $3), updated_at = clock_timestamp()
     WHERE shop_id = $1 AND customer_id = ANY($2::bigint[])`,
    [shopId, ids, at],
  );
}

const ERASE_ORDERS = `
  UPDATE orders o SET ${ORDER_ERASED}
   WHERE shop_id = $1 AND (customer_id = ANY($2::bigint[]) OR claimed_by = ANY($2::bigint[]) OR order_id = ANY($3::bigint[])
     OR (customer_id IS NULL AND (email = ANY($4::text[]) OR phone = ANY($4::text[]))))
  RETURNING order_id AS "orderId"`;

/** Notes first: a version that is written meanwhile is committed by the time theirs are looked for. */
async function eraseNotes(tx: Transaction, shopId: bigint, ids: readonly bigint[]): Promise<number> {
  const { rows } = await tx.query<{ noteId: bigint }>(
    `DELETE FROM customer_notes WHERE shop_id = $1 AND customer_id = ANY($2::bigint[]) RETURNING note_id AS "noteId"`,
    [shopId, ids],
  );
  await tx.query(`DELETE FROM customer_note_versions WHERE shop_id = $1 AND note_id = ANY($2::bigint[])`, [
    shopId,
    rows.map(({ noteId }) => noteId),
  ]);
  return rows.length;
}

async function erasePhotos(tx: Transaction, shopId: bigint, ids: readonly bigint[]): Promise<number> {
  const { rows } = await tx.query<{ file_key: string; thumb_key: string }>(
    `DELETE FROM customer_photos WHERE shop_id = $1 AND customer_id = ANY($2::bigint[]) RETURNING file_key, thumb_key`,
    [shopId, ids],
  );
  await dropFiles(
    tx,
    shopId,
    rows.flatMap((row) => [row.file_key, row.thumb_key]),
  );
  return rows.length;
}

const COUNTED = new Map([
  ['customer_changes', 'changes'],
  ['customer_tags', 'tags'],
  ['planned_messages', 'messages'],
]);

/** A tag that nobody else has may be about that person: it leaves the catalogue with them. */
const ERASE_TAGS = `
  DELETE FROM tags g WHERE g.shop_id = $1
    AND EXISTS (SELECT 1 FROM customer_tags t WHERE t.shop_id = $1 AND t.tag_key = g.tag_key AND t.customer_id = ANY($2::bigint[]))
    AND NOT EXISTS (SELECT 1 FROM customer_tags t WHERE t.shop_id = $1 AND t.tag_key = g.tag_key AND t.customer_id <> ALL($2::bigint[]))`;

async function eraseRows(
  tx: Transaction,
  shopId: bigint,
  ids: readonly bigint[],
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  await tx.query(ERASE_TAGS, [shopId, ids]);
  for (const table of DELETED_ROWS) {
    const { rowCount } = await tx.query(
      `DELETE FROM ${table} WHERE shop_id = $1 AND customer_id = ANY($2::bigint[])`,
      [shopId, ids],
    );
    counts[COUNTED.get(table) ?? table] = rowCount ?? 0;
  }
  return counts;
}

/** What people wrote beside figures that stay. */
const ERASE_WORDS: readonly string[] = [
  `UPDATE claims SET note_to_customer = '' WHERE shop_id = $1 AND customer_id = ANY($2::bigint[])`,
  `UPDATE redemptions SET failure = NULL WHERE shop_id = $1 AND customer_id = ANY($2::bigint[]) AND failure IS NOT NULL`,
  `UPDATE tier_changes SET reason = '' WHERE shop_id = $1 AND customer_id = ANY($2::bigint[]) AND actor LIKE 'staff:%'`,
  `UPDATE ledger_entries SET note = NULL WHERE shop_id = $1 AND customer_id = ANY($2::bigint[]) AND note IS NOT NULL`,
];

async function eraseWords(tx: Transaction, shopId: bigint, ids: readonly bigint[]): Promise<void> {
  // The ledger's trigger lets notes go under this setting only, and nothing else.
  await tx.query(`SET LOCAL setia.erasing_customer = 'on'`);
  for (const statement of ERASE_WORDS) await tx.query(statement, [shopId, ids]);
  await tx.query(`SET LOCAL setia.erasing_customer = 'off'`);
}

/** Orders that a backfill or a sync collected and has not worked yet, as pieces of a file or whole. */
const ERASE_COLLECTED: readonly string[] = [
  `DELETE FROM backfill_orders WHERE shop_id = $1 AND (order_id = ANY($3::bigint[]) OR customer_id = ANY($2::bigint[])
    OR coalesce(payload->'customer'->>'admin_graphql_api_id', payload->'root'->'customer'->>'id')
      = ANY (SELECT 'gid://shopify/Customer/' || id FROM unnest($2::bigint[]) AS id)
    OR lower(coalesce(payload->>'email', payload->'root'->>'email')) = ANY($4::text[])
    OR coalesce(payload->>'phone', payload->'root'->>'phone') = ANY($4::text[]))`,
  `DELETE FROM sync_lines WHERE shop_id = $1 AND order_id IN (SELECT order_id FROM sync_lines WHERE shop_id = $1
    AND (order_id = ANY($3::bigint[]) OR lower(piece->'root'->>'email') = ANY($4::text[])
      OR piece->'root'->>'phone' = ANY($4::text[]) OR piece->'root'->'customer'->>'id'
        = ANY (SELECT 'gid://shopify/Customer/' || id FROM unnest($2::bigint[]) AS id)))`,
];
