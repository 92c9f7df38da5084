/**
 * What Shopify's privacy topics ask for. The one place that reaches into every module's tables by its nature: what it
 * must find is all that is stored about somebody.
 */
import type { Queryable, Transaction } from '#app/db.server.ts';
import { optionalId, optionalText, readList, readObject } from '#app/lib/decode.ts';
import { invariant } from '#app/lib/errors.ts';
import type { ShopEvent } from '#app/lib/shop-event.ts';
import { readNationalId } from '#app/modules/customers/national-id.server.ts';

/** The customer whom a privacy request names. */
interface Subject {
  customerId: bigint | null;
  email: string | null;
  phone: string | null;
  /** Orders that the request lists: they may carry the customer's address without their id. */
  orderIds: bigint[];
}

/** Everything that we hold about one customer, for the merchant to hand over. Ids and amounts are decimal strings. */
export interface CustomerExport {
  customer: Record<string, unknown> | null;
  orders: Record<string, unknown>[];
  ledger: Record<string, unknown>[];
  redemptions: Record<string, unknown>[];
}

/**
 * Works customers/data_request: records that it came and how much we hold. The data itself is read on demand by
 * `exportCustomer`, so that no second copy of it lies about.
 */
export async function recordDataRequest(tx: Transaction, event: ShopEvent): Promise<void> {
  const subject = readSubject(event.payload, 'orders_requested');
  const held =
    subject.customerId === null ? null : await exportCustomer(tx, event.shopId, subject.customerId);
  await addRecord(tx, event, subject.customerId, {
    requestedAt: event.triggeredAt.toISOString(),
    ordersRequested: subject.orderIds.length,
    held: {
      profile: held?.customer !== null && held !== null,
      orders: held?.orders.length ?? 0,
      ledgerEntries: held?.ledger.length ?? 0,
      redemptions: held?.redemptions.length ?? 0,
    },
  });
}

/** Everything that is stored about a customer of a shop. */
export async function exportCustomer(
  db: Queryable,
  shopId: bigint,
  customerId: bigint,
): Promise<CustomerExport> {
  const read = async (table: string): Promise<Record<string, unknown>[]> => {
    const sql = `SELECT to_jsonb(held) - 'shop_id' AS row FROM ${table} held WHERE shop_id = $1 AND customer_id = $2`;
    const { rows } = await db.query<{ row: Record<string, unknown> }>(sql, [shopId, customerId]);
    return rows.map(({ row }) => row);
  };
  const [customer = null] = await read('customers');
  return {
    customer: customer && withNationalId(customer, shopId),
    orders: await read('orders'),
    ledger: await read('ledger_entries'),
    redemptions: await read('redemptions'),
  };
}

/** The ID itself instead of how it is kept. */
function withNationalId(
  { national_id_cipher: cipher, national_id_hash: _hash, ...row }: Record<string, unknown>,
  shopId: bigint,
): Record<string, unknown> {
  const text = typeof cipher === 'string' ? cipher : null;
  return { ...row, national_id: readNationalId(shopId, text) };
}

/**
 * Works customers/redact: the personal data of that customer goes from the customer record, their orders and every
 * stored webhook that names them; ids, amounts and the ledger stay. A tombstone keeps late, older events from
 * bringing the data back.
 */
export async function eraseCustomer(tx: Transaction, event: ShopEvent): Promise<void> {
  const subject = readSubject(event.payload, 'orders_to_redact');
  const { shopId, triggeredAt } = event;
  // The e-mail and phone that we know may differ from those in the request: both are looked for.
  const known = await tx.query<{ email: string | null; phone: string | null }>(
    `SELECT email, phone FROM customers WHERE shop_id = $1 AND customer_id = $2`,
    [shopId, subject.customerId],
  );
  const contacts = contactsOf([subject, ...known.rows]);
  if (subject.customerId !== null) await tx.query(ERASE_CUSTOMER, [shopId, subject.customerId, triggeredAt]);
  const orders = await tx.query<{ orderId: bigint }>(ERASE_ORDERS, [
    shopId,
    subject.customerId,
    subject.orderIds,
    contacts,
  ]);
  const ids = [subject.customerId, ...subject.orderIds, ...orders.rows.map(({ orderId }) => orderId)];
  const words = [...new Set(ids.flatMap((id) => (id === null ? [] : [id.toString()])))];
  const bodies = await tx.query(ERASE_BODIES, [shopId, words, contacts]);
  await tx.query(ERASE_COLLECTED, [shopId, subject.customerId, subject.orderIds, contacts]);
  await addRecord(tx, event, subject.customerId, {
    requestedAt: triggeredAt.toISOString(),
    orders: orders.rowCount ?? 0,
    webhookBodies: bodies.rowCount ?? 0,
    ledger: 'kept',
  });
}

const ERASE_CUSTOMER = `
  INSERT INTO customers (shop_id, customer_id, state, shopify_updated_at) VALUES ($1, $2, 'redacted', $3)
  ON CONFLICT (shop_id, customer_id) DO UPDATE SET
    state = 'redacted', first_name = NULL, last_name = NULL, email = NULL, phone = NULL, locale = NULL,
    birth_date = NULL, wedding_date = NULL, national_id_cipher = NULL, national_id_hash = NULL,
    shopify_updated_at = excluded.shopify_updated_at, updated_at = clock_timestamp()`;

const ERASE_ORDERS = `
  UPDATE orders SET email = NULL, phone = NULL, note = NULL
   WHERE shop_id = $1 AND (customer_id = $2 OR order_id = ANY($3::bigint[])
     OR (customer_id IS NULL AND (email = ANY($4::text[]) OR phone = ANY($4::text[]))))
  RETURNING order_id AS "orderId"`;

/**
 * Bodies in which a field that ends in `id` holds one of the ids (as number, text or gid), or any field one of the
 * contacts. A body that is not worked yet goes too and counts as done: dead ones cannot return.
 */
const ERASE_BODIES = `
  UPDATE webhook_events SET body = '{}', state = 'done', processed_at = coalesce(processed_at, clock_timestamp())
   WHERE shop_id = $1 AND body <> '{}' AND topic LIKE ANY (ARRAY['orders/%', 'refunds/%', 'customers/%'])
     AND (cardinality($2::text[]) > 0
          AND body ~ ('id"\\s*:\\s*"?(gid://shopify/[A-Za-z]+/)?(' || array_to_string($2::text[], '|') || ')([^0-9]|$)')
       OR EXISTS (SELECT 1 FROM unnest($3::text[]) AS contact WHERE strpos(lower(body), '"' || contact || '"') > 0))`;

/** Orders that a backfill collected and has not worked yet, as pieces of its file or whole. */
const ERASE_COLLECTED = `
  DELETE FROM backfill_orders WHERE shop_id = $1 AND (order_id = ANY($3::bigint[])
    OR coalesce(payload->'customer'->>'admin_graphql_api_id', payload->'root'->'customer'->>'id') = 'gid://shopify/Customer/' || $2::bigint
    OR lower(coalesce(payload->>'email', payload->'root'->>'email')) = ANY($4::text[])
    OR coalesce(payload->>'phone', payload->'root'->>'phone') = ANY($4::text[]))`;

/**
 * Works shop/redact: every row of the shop in every table goes, the ledger included. What stays is the shop's domain
 * and the record that this was done. A shop that has reinstalled the app since its uninstall is left alone.
 */
export async function eraseShop(tx: Transaction, event: ShopEvent): Promise<void> {
  const { shopId } = event;
  const { rows } = await tx.query<{ domain: string; isBack: boolean }>(
    `SELECT domain, coalesce(uninstalled_at < installed_at, false) AS "isBack" FROM shops WHERE shop_id = $1 FOR UPDATE`,
    [shopId],
  );
  const [shop] = rows;
  invariant(shop, `webhook of shop ${shopId}, which has no row`);
  if (shop.isBack) return addRecord(tx, event, null, { erased: false, reason: 'reinstalled' });

  // The ledger's trigger lets rows go under this setting only; it ends with the transaction.
  await tx.query(`SET LOCAL setia.erasing_shop = 'on'`);
  const deleted: Record<string, number> = {};
  for (const table of await tablesOfShops(tx)) {
    const { rowCount } = await tx.query(`DELETE FROM ${table} WHERE shop_id = $1`, [shopId]);
    if (rowCount !== null && rowCount > 0) deleted[table] = rowCount;
  }
  await tx.query(`SET LOCAL setia.erasing_shop = 'off'`);
  await tx.query(`DELETE FROM "Session" WHERE shop = $1`, [shop.domain]);
  await tx.query(
    `UPDATE shops SET name = NULL, currency = NULL, country = NULL, time_zone = 'UTC', locale = 'en', scopes = NULL,
            installed_at = NULL, reconciled_until = NULL WHERE shop_id = $1`,
    [shopId],
  );
  await addRecord(tx, event, null, { erased: true, deleted });
}

/** Every table with a shop_id but the two that keep the proof: a table that is added later is covered too. */
async function tablesOfShops(tx: Transaction): Promise<string[]> {
  const { rows } = await tx.query<{ name: string }>(
    `SELECT quote_ident(table_name) AS name FROM information_schema.columns JOIN information_schema.tables
       USING (table_schema, table_name)
      WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND column_name = 'shop_id'
        AND table_name NOT IN ('shops', 'privacy_records') ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

/**
 * Of these shops, those that were erased and have not installed the app since: events of theirs that come late are
 * not worked, or they would bring personal data back.
 */
export async function findErasedShops(db: Queryable, shopIds: readonly bigint[]): Promise<Set<bigint>> {
  const { rows } = await db.query<{ shopId: bigint }>(
    `SELECT DISTINCT shop_id AS "shopId" FROM privacy_records JOIN shops USING (shop_id)
      WHERE shop_id = ANY($1::bigint[]) AND topic = 'shop/redact' AND outcome @> '{"erased": true}'
        AND installed_at IS NULL`,
    [[...new Set(shopIds)]],
  );
  return new Set(rows.map(({ shopId }) => shopId));
}

async function addRecord(
  tx: Transaction,
  event: ShopEvent,
  customerId: bigint | null,
  outcome: object,
): Promise<void> {
  await tx.query(
    `INSERT INTO privacy_records (shop_id, topic, customer_id, outcome) VALUES ($1, $2, $3, $4)`,
    [event.shopId, event.topic, customerId, JSON.stringify(outcome)],
  );
}

function readSubject(payload: unknown, ordersField: string): Subject {
  const source = readObject(payload, 'request');
  const customer = readObject(source.customer, 'request.customer');
  return {
    customerId: optionalId(customer.id, 'request.customer.id'),
    email: optionalText(customer.email),
    phone: optionalText(customer.phone),
    orderIds: readList(source[ordersField], `request.${ordersField}`).flatMap((id, index) => {
      const orderId = optionalId(id, `request.${ordersField}[${index}]`);
      return orderId === null ? [] : [orderId];
    }),
  };
}

/** In lower case, as orders and customers keep e-mails; short scraps would match too much. */
function contactsOf(people: readonly { email: string | null; phone: string | null }[]): string[] {
  const contacts = people.flatMap(({ email, phone }) => [email, phone]);
  return [
    ...new Set(contacts.flatMap((contact) => (contact === null ? [] : [contact.trim().toLowerCase()]))),
  ].filter((contact) => contact.length >= CONTACT_LENGTH_MIN);
}

const CONTACT_LENGTH_MIN = 5;
