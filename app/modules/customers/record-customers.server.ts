/** The one writer of what a customer's record says: staff, Shopify, files and the first look at a shop meet here. */
import type { Transaction } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import type { ChangeSource, CustomerRecord } from './rules/customer-record.ts';
import { packTimes, unpackTimes } from './rules/field-times.ts';
import { mergeRecord, textOfField, type FieldChange, type KnownRecord } from './rules/merge-record.ts';
import { recordColumns, RECORD_COLUMN_TYPES, recordOfRow, type RecordRow } from './record-columns.ts';

/** What somebody says about a customer; fields that are left out are not spoken of. */
export interface SeenCustomer {
  shopId: bigint;
  customerId: bigint;
  /** Since when it is so: the later one wins, field by field. */
  at: Date;
  source: ChangeSource;
  /** Who, as the history shows it: a staff member's name, or `shopify`. */
  actor: string;
  fields: Readonly<Partial<CustomerRecord>>;
  /**
   * What the fields were before staff changed them at Shopify: its webhook may have come back sooner than this, and
   * then the change is still theirs.
   */
  before?: Readonly<Partial<CustomerRecord>>;
}

const ENSURE = `
  INSERT INTO customers (shop_id, customer_id)
  SELECT DISTINCT * FROM unnest($1::bigint[], $2::bigint[]) ORDER BY 1, 2 ON CONFLICT DO NOTHING`;

const COLUMNS = Object.keys(RECORD_COLUMN_TYPES);

/** In order, so that two writers lock the same customers in the same order. Who is deleted or erased never returns. */
const LOCK = `
  SELECT c.shop_id, c.customer_id, c.field_times, c.shopify_updated_at, ${COLUMNS.map((column) =>
    ['birth_date', 'wedding_date'].includes(column) ? `c.${column}::text` : `c.${column}`,
  ).join(', ')}
    FROM customers c JOIN (SELECT DISTINCT * FROM unnest($1::bigint[], $2::bigint[]) AS n (shop_id, customer_id)) n USING (shop_id, customer_id)
   WHERE c.state = 'active' ORDER BY 1, 2 FOR NO KEY UPDATE OF c`;

const WRITE = `
  UPDATE customers c SET ${COLUMNS.map((column) => `${column} = n.${column}`).join(', ')}, field_times = n.field_times,
    shopify_updated_at = greatest(c.shopify_updated_at, n.shopify_updated_at),
    updated_at = CASE WHEN n.is_changed THEN clock_timestamp() ELSE c.updated_at END
  FROM jsonb_to_recordset($1::jsonb) AS n (shop_id bigint, customer_id bigint, field_times jsonb, shopify_updated_at timestamptz,
    is_changed bool, ${Object.entries(RECORD_COLUMN_TYPES)
      .map(([column, type]) => `${column} ${type}`)
      .join(', ')})
  WHERE c.shop_id = n.shop_id AND c.customer_id = n.customer_id`;

/** A value that lost is written down once: late copies of what the history shows already say nothing new. */
const WRITE_CHANGES = `
  INSERT INTO customer_changes (shop_id, customer_id, field, before, after, source, actor, is_kept, changed_at)
  SELECT n.* FROM jsonb_to_recordset($1::jsonb) AS n (shop_id bigint, customer_id bigint, field text, before text, after text,
    source text, actor text, is_kept bool, changed_at timestamptz)
  WHERE n.is_kept OR NOT EXISTS (SELECT 1 FROM customer_changes h WHERE h.shop_id = n.shop_id AND h.customer_id = n.customer_id
    AND h.field = n.field AND (h.after IS NOT DISTINCT FROM n.after OR h.before IS NOT DISTINCT FROM n.after))`;

/** Shopify's webhook told of it before the staff's own change was written down. */
const CLAIM_CHANGES = `
  UPDATE customer_changes h SET source = 'staff', actor = n.actor
  FROM jsonb_to_recordset($1::jsonb) AS n (shop_id bigint, customer_id bigint, field text, after text, actor text)
  WHERE h.shop_id = n.shop_id AND h.customer_id = n.customer_id AND h.field = n.field AND h.source = 'shopify'
    AND h.after IS NOT DISTINCT FROM n.after AND h.created_at > clock_timestamp() - interval '5 minutes'`;

interface LockedRow extends RecordRow {
  shop_id: bigint;
  customer_id: bigint;
  field_times: unknown;
  shopify_updated_at: Date | null;
}

interface WrittenChange extends FieldChange {
  seen: SeenCustomer;
}

/**
 * Takes in what is said of customers, in any order and any number of times: rows that are missing are made, each field
 * keeps what was said last, and differences go into the history. What is seen for the first time is no change, unless
 * staff did it.
 */
export async function recordCustomers(tx: Transaction, seen: readonly SeenCustomer[]): Promise<void> {
  if (seen.length === 0) return;
  const keys = [
    bigintArray(seen.map(({ shopId }) => shopId)),
    bigintArray(seen.map(({ customerId }) => customerId)),
  ];
  await tx.query(ENSURE, keys);
  const { rows } = await tx.query<LockedRow>(LOCK, keys);
  const seenByKey = Map.groupBy(seen, ({ shopId, customerId }) => `${shopId}/${customerId}`);
  const merged = rows.map((row) => mergeRow(row, seenByKey.get(`${row.shop_id}/${row.customer_id}`) ?? []));
  if (merged.length > 0) await tx.query(WRITE, [JSON.stringify(merged.map(({ row }) => row))]);
  const changes = merged.flatMap((one) => one.changes);
  if (changes.length > 0) await tx.query(WRITE_CHANGES, [JSON.stringify(changes.map(toRow))]);
  const claimed = merged.flatMap((one) => one.claimed);
  if (claimed.length > 0) await tx.query(CLAIM_CHANGES, [JSON.stringify(claimed.map(toRow))]);
}

function mergeRow(row: LockedRow, seen: readonly SeenCustomer[]) {
  const times = unpackTimes(row.field_times);
  const isNew = Object.keys(times).length === 0;
  let known: KnownRecord = { record: recordOfRow(row), times: isNew ? timesFromOrders(row) : times };
  const changes: WrittenChange[] = [];
  const claimed: WrittenChange[] = [];
  for (const one of seen.toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
    const { changes: differing, ...after } = mergeRecord(known, one.at.getTime(), one.fields);
    if (!isNew || one.source === 'staff')
      changes.push(...differing.map((change) => ({ ...change, seen: one })));
    claimed.push(...claimable(one, known).map((change) => ({ ...change, seen: one })));
    known = after;
  }
  return {
    row: {
      shop_id: row.shop_id.toString(),
      customer_id: row.customer_id.toString(),
      field_times: packTimes(known.times),
      shopify_updated_at: latestOfShopify(seen),
      is_changed: isNew || changes.some(({ isKept }) => isKept),
      ...recordColumns(known.record),
    },
    changes,
    claimed,
  };
}

/** Customers that only orders told of so far: what these said is as old as their state of the customer. */
function timesFromOrders({ shopify_updated_at: at }: LockedRow): KnownRecord['times'] {
  if (at === null) return {};
  const ms = at.getTime();
  return { firstName: ms, lastName: ms, email: ms, phone: ms };
}

function latestOfShopify(seen: readonly SeenCustomer[]): Date | null {
  const moments = seen.filter(({ source }) => source !== 'import').map(({ at }) => at.getTime());
  return moments.length === 0 ? null : new Date(Math.max(...moments));
}

/** What staff changed and Shopify's webhook has written here already. */
function claimable({ source, fields, before }: SeenCustomer, known: KnownRecord): FieldChange[] {
  if (source !== 'staff' || !before) return [];
  return mergeRecord({ record: { ...known.record, ...before }, times: {} }, 0, fields).changes.filter(
    ({ field, after }) => textOfField(field, known.record) === after,
  );
}

function toRow({ field, before, after, isKept, seen }: WrittenChange) {
  return {
    shop_id: seen.shopId.toString(),
    customer_id: seen.customerId.toString(),
    field,
    before,
    after,
    source: seen.source,
    actor: seen.actor,
    is_kept: isKept,
    changed_at: seen.at,
  };
}
