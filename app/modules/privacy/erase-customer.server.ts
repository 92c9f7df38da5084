/** Processes customers/redact: erases all personal data of a customer (customer-tables.ts says what of each table). */
import type { Transaction } from '#app/db.server.ts';
import type { ShopEvent } from '#app/lib/shop-event.ts';
import { countCustomers } from '#app/modules/orders/figures/refresh-figures.server.ts';
import { CUSTOMER_TABLES, KEPT_COLUMNS } from './customer-tables.ts';
import { deleteApplicationsFrom } from '#app/modules/resellers/applications/delete-applications.server.ts';
import { ERASE_LINE_TITLES, eraseBodies, ORDER_ERASED } from './sweep-erased.server.ts';
import { addRecord } from './privacy-records.server.ts';
import { contactsOf, readSubject } from './privacy-request.ts';

/**
 * Erases the personal data of a customer: from their record and the records merged into it, their notes, photos and
 * messages, their orders, and every stored webhook that names them. Ids, amounts and the ledger stay. A tombstone keeps
 * late events from bringing the data back.
 * @throws DecodeError when the payload cannot be read.
 */
export async function eraseCustomer(tx: Transaction, event: ShopEvent): Promise<void> {
  const subject = readSubject(event.payload, 'orders_to_redact');
  const { shopId, triggeredAt } = event;
  const people = await lockPeople(tx, shopId, subject.customerId);
  // Our e-mail and phone may differ from those in the request: we look for both.
  const contacts = contactsOf([subject, ...people]);
  const ids = people.map(({ customerId }) => customerId);
  if (ids.length > 0) await eraseRecords(tx, shopId, ids, triggeredAt);
  const orders = await tx.query<{ orderId: bigint }>(ERASE_ORDERS, [shopId, ids, subject.orderIds, contacts]);
  const orderIds = orders.rows.map(({ orderId }) => orderId);
  await tx.query(ERASE_LINE_TITLES, [shopId, orderIds]);
  // The codes among their figures.
  await countCustomers(
    tx,
    ids.map((customerId) => ({ shopId, customerId })),
  );
  const outcome = {
    requestedAt: triggeredAt.toISOString(),
    orders: orders.rowCount ?? 0,
    ...(await deleteRows(tx, shopId, ids)),
    webhookBodies: await eraseBodies(tx, shopId, [...ids, ...subject.orderIds, ...orderIds], contacts),
    ledger: 'kept',
  };
  await eraseTexts(tx, shopId, ids);
  for (const statement of DELETE_COLLECTED)
    await tx.query(statement, [shopId, ids, [...subject.orderIds, ...orderIds], contacts]);
  await deleteApplicationsFrom(tx, shopId, contacts);
  for (const statement of ERASE_NUMBERS) await tx.query(statement, [shopId, contacts]);
  await addRecord(tx, event, subject.customerId, outcome);
}

interface Person {
  customerId: bigint;
  email: string | null;
  phone: string | null;
}

/** Creates the tombstone if needed. Concurrent writers of the customer wait, then find it erased. */
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

/** Resets every column but the kept ones to its default, so that a column added later is erased too. */
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

/** Deletes what each module says, and returns how many rows, by the section that an export shows them in. */
async function deleteRows(
  tx: Transaction,
  shopId: bigint,
  ids: readonly bigint[],
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { table, onErase, onExport } of CUSTOMER_TABLES) {
    if (onErase !== 'delete' && !('delete' in onErase)) continue;
    const name = 'section' in onExport ? onExport.section : table;
    counts[name] =
      onErase === 'delete' ? await deleteFrom(tx, table, shopId, ids) : await onErase.delete(tx, shopId, ids);
  }
  return counts;
}

async function deleteFrom(
  tx: Transaction,
  table: string,
  shopId: bigint,
  ids: readonly bigint[],
): Promise<number> {
  const { rowCount } = await tx.query(
    `DELETE FROM ${table} WHERE shop_id = $1 AND customer_id = ANY($2::bigint[])`,
    [shopId, ids],
  );
  return rowCount ?? 0;
}

/** What people wrote beside figures that stay. */
const ERASE_TEXTS = CUSTOMER_TABLES.flatMap(({ onErase }) =>
  typeof onErase === 'object' && 'run' in onErase ? [onErase.run] : [],
);

async function eraseTexts(tx: Transaction, shopId: bigint, ids: readonly bigint[]): Promise<void> {
  // The ledger's trigger allows notes to be erased under this setting only, and nothing else.
  await tx.query(`SET LOCAL setia.erasing_customer = 'on'`);
  for (const statement of ERASE_TEXTS) await tx.query(statement, [shopId, ids]);
  await tx.query(`SET LOCAL setia.erasing_customer = 'off'`);
}

/** E-mails and messages go by address: what it wrote is deleted, and that it must not be written to stays as a keyed hash. */
const ERASE_NUMBERS: readonly string[] = [
  'DELETE FROM mails WHERE shop_id = $1 AND recipient = ANY($2::text[])',
  // A stop by a link is no text at Twilio.
  `WITH gone AS (DELETE FROM inbound_messages WHERE shop_id = $1 AND from_address = ANY($2::text[]) RETURNING shop_id, message_sid)
   INSERT INTO text_redactions (shop_id, provider_sid) SELECT shop_id, message_sid FROM gone WHERE message_sid NOT LIKE 'link:%'
   ON CONFLICT DO NOTHING`,
  'UPDATE suppressions SET address = NULL WHERE shop_id = $1 AND address = ANY($2::text[])',
];

/** Orders that a backfill or a sync collected and has not processed yet, as lines of a file or whole. */
const DELETE_COLLECTED: readonly string[] = [
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
