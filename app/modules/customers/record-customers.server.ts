/** The only code that writes customer records. Staff edits, webhooks, imports and the initial sync all go through here. */
import type { Transaction } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import type { ChangeSource, CustomerOrigin, CustomerRecord } from './rules/customer-record.ts';
import { packTimes, unpackTimes } from './rules/field-times.ts';
import { withKnownStreet } from './rules/hidden-fields.ts';
import { mergeRecord, textOfField, type FieldChange, type KnownRecord } from './rules/merge-fields.ts';
import {
  EMPTY_ROW,
  recordColumns,
  RECORD_COLUMN_TYPES,
  recordOfRow,
  type RecordRow,
} from './record-columns.ts';

/** A set of field values for one customer. Absent fields are left unchanged. */
export interface CustomerUpdate {
  shopId: bigint;
  customerId: bigint;
  /** Since when the values apply: the latest wins, field by field. */
  at: Date;
  source: ChangeSource;
  /** As the history shows it: `staff:<user id>`, or `shopify`. */
  actor: string;
  fields: Readonly<Partial<CustomerRecord>>;
  /** Shopify doesn't show street and postal code of the address: those that are known stay. */
  isStreetHidden?: boolean;
  /**
   * The fields before staff changed them at Shopify. Its webhook may arrive before this update; the change is still
   * attributed to staff.
   */
  before?: Readonly<Partial<CustomerRecord>>;
  /**
   * How the customer came, who is most likely not known yet; left out, from Shopify. Of one who is known already
   * `noteOrigin` notes it.
   */
  origin?: CustomerOrigin;
}

const COLUMNS = Object.keys(RECORD_COLUMN_TYPES);
const COLUMN_DEFINITIONS = Object.entries(RECORD_COLUMN_TYPES)
  .map(([column, type]) => `${column} ${type}`)
  .join(', ');

/** In order, so that two writers lock the same customers in the same order. A deleted or erased customer never comes back. */
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
  FROM json_to_recordset($1) AS n (shop_id bigint, customer_id bigint, field_times jsonb, shopify_updated_at timestamptz,
    is_changed bool, ${COLUMN_DEFINITIONS})
  WHERE c.shop_id = n.shop_id AND c.customer_id = n.customer_id`;

/**
 * Customers whom nothing knows yet, with all of their fields at once: a row that is added empty and then changed goes
 * through every index twice.
 */
const ADD = `
  INSERT INTO customers (shop_id, customer_id, field_times, shopify_updated_at, came_from, ${COLUMNS.join(', ')})
  SELECT n.shop_id, n.customer_id, n.field_times, n.shopify_updated_at, n.came_from, ${COLUMNS.map((column) => `n.${column}`).join(', ')}
    FROM json_to_recordset($1) AS n (shop_id bigint, customer_id bigint, field_times jsonb, shopify_updated_at timestamptz,
      came_from text, ${COLUMN_DEFINITIONS})
   ORDER BY 1, 2 ON CONFLICT DO NOTHING RETURNING shop_id, customer_id`;

/** A value that lost is recorded once: late copies of a change that the history shows add nothing. */
const WRITE_CHANGES = `
  INSERT INTO customer_changes (shop_id, customer_id, field, before, after, source, actor, is_kept, changed_at)
  SELECT n.* FROM json_to_recordset($1) AS n (shop_id bigint, customer_id bigint, field text, before text, after text,
    source text, actor text, is_kept bool, changed_at timestamptz)
  WHERE n.is_kept OR NOT EXISTS (SELECT 1 FROM customer_changes h WHERE h.shop_id = n.shop_id AND h.customer_id = n.customer_id
    AND h.field = n.field AND (h.after IS NOT DISTINCT FROM n.after OR h.before IS NOT DISTINCT FROM n.after))`;

/** Shopify's webhook recorded the change before our own update was stored. */
const ATTRIBUTE_CHANGES = `
  UPDATE customer_changes h SET source = n.source, actor = n.actor
  FROM json_to_recordset($1) AS n (shop_id bigint, customer_id bigint, field text, after text, source text,
    actor text)
  WHERE h.shop_id = n.shop_id AND h.customer_id = n.customer_id AND h.field = n.field AND h.source = 'shopify'
    AND h.after IS NOT DISTINCT FROM n.after AND h.created_at > clock_timestamp() - interval '5 minutes'`;

interface LockedRow extends RecordRow {
  shop_id: bigint;
  customer_id: bigint;
  field_times: unknown;
  shopify_updated_at: Date | null;
}

interface WrittenChange extends FieldChange {
  update: CustomerUpdate;
}

/**
 * Stores customer updates, in any order and any number of times: missing rows are created, each field ends with its
 * latest value, and changes go into the history. A first value is not a change, unless staff entered it.
 */
export async function recordCustomers(tx: Transaction, updates: readonly CustomerUpdate[]): Promise<void> {
  if (updates.length === 0) return;
  const updatesByKey = Map.groupBy(updates, keyOf);
  const mayBeKnown = [...updatesByKey.values()].filter((of) => of.some(({ origin }) => origin === undefined));
  const known = await lockCustomers(tx, mayBeKnown);
  const missing = [...updatesByKey].filter(([key]) => !known.has(key)).map(([, of]) => of);
  const late = missing.length === 0 ? [] : await addCustomers(tx, missing);
  // Those that another transaction added meanwhile, which has ended: they are changed as any. A deleted one stays so.
  for (const [key, row] of await lockCustomers(tx, late)) known.set(key, row);
  const merged = [...known].map(([key, row]) => mergeRow(row, updatesByKey.get(key) ?? []));
  if (merged.length > 0) await tx.query(WRITE, [JSON.stringify(merged.map(({ row }) => row))]);
  await writeHistory(tx, merged);
}

type Merged = ReturnType<typeof mergeRow>;

async function writeHistory(tx: Transaction, merged: readonly Merged[]): Promise<void> {
  const changes = merged.flatMap((one) => one.changes);
  if (changes.length > 0) await tx.query(WRITE_CHANGES, [JSON.stringify(changes.map(toRow))]);
  const attributed = merged.flatMap((one) => one.attributed);
  if (attributed.length > 0) await tx.query(ATTRIBUTE_CHANGES, [JSON.stringify(attributed.map(toRow))]);
}

const keyOf = ({ shopId, customerId }: Pick<CustomerUpdate, 'shopId' | 'customerId'>) =>
  `${shopId}/${customerId}`;

/** The ids of customers, one for each list of updates. */
function idsOf(customers: readonly (readonly CustomerUpdate[])[]) {
  const firsts = customers.flatMap(([first]) => (first ? [first] : []));
  return [
    bigintArray(firsts.map(({ shopId }) => shopId)),
    bigintArray(firsts.map(({ customerId }) => customerId)),
  ];
}

async function lockCustomers(
  tx: Transaction,
  customers: readonly (readonly CustomerUpdate[])[],
): Promise<Map<string, LockedRow>> {
  if (customers.length === 0) return new Map();
  const { rows } = await tx.query<LockedRow>(LOCK, idsOf(customers));
  return new Map(rows.map((row) => [`${row.shop_id}/${row.customer_id}`, row]));
}

/** Adds customers; returns those that there are already: deleted, erased, or added by another transaction meanwhile. */
async function addCustomers(
  tx: Transaction,
  customers: readonly (readonly CustomerUpdate[])[],
): Promise<(readonly CustomerUpdate[])[]> {
  const added = customers.flatMap((updates) => {
    const [first] = updates;
    return first ? [{ key: keyOf(first), updates, merged: mergeRow(emptyRow(first), updates) }] : [];
  });
  const { rows } = await tx.query<{ shop_id: bigint; customer_id: bigint }>(ADD, [
    JSON.stringify(
      added.map(({ merged, updates: [first] }) => ({ ...merged.row, came_from: first?.origin ?? 'shopify' })),
    ),
  ]);
  const done = new Set(rows.map((row) => `${row.shop_id}/${row.customer_id}`));
  await writeHistory(
    tx,
    added.filter(({ key }) => done.has(key)).map(({ merged }) => merged),
  );
  return added.filter(({ key }) => !done.has(key)).map(({ updates }) => updates);
}

function emptyRow({ shopId, customerId }: CustomerUpdate): LockedRow {
  return {
    ...EMPTY_ROW,
    shop_id: shopId,
    customer_id: customerId,
    field_times: {},
    shopify_updated_at: null,
  };
}

function mergeRow(row: LockedRow, updates: readonly CustomerUpdate[]) {
  const times = unpackTimes(row.field_times);
  const isNew = Object.keys(times).length === 0;
  let known: KnownRecord = { record: recordOfRow(row), times: isNew ? timesFromOrders(row) : times };
  const changes: WrittenChange[] = [];
  const attributed: WrittenChange[] = [];
  for (const update of updates.toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
    const { changes: fieldChanges, ...after } = mergeRecord(
      known,
      update.at.getTime(),
      shownFields(update, known),
    );
    if (!isNew || update.source === 'staff')
      changes.push(...fieldChanges.map((change) => ({ ...change, update })));
    attributed.push(...attributableChanges(update, known).map((change) => ({ ...change, update })));
    known = after;
  }
  return {
    row: {
      shop_id: row.shop_id.toString(),
      customer_id: row.customer_id.toString(),
      field_times: packTimes(known.times),
      shopify_updated_at: latestOfShopify(updates),
      is_changed: isNew || changes.some(({ isKept }) => isKept),
      ...recordColumns(known.record),
    },
    changes,
    attributed,
  };
}

function shownFields({ fields, isStreetHidden }: CustomerUpdate, { record }: KnownRecord) {
  if (!isStreetHidden || fields.address === undefined) return fields;
  return { ...fields, address: withKnownStreet(fields.address, record.address) };
}

/** Customers known only from orders so far: their fields are as old as the state of the customer in the order. */
function timesFromOrders({ shopify_updated_at: at }: LockedRow): KnownRecord['times'] {
  if (at === null) return {};
  const ms = at.getTime();
  return { firstName: ms, lastName: ms, email: ms, phone: ms };
}

function latestOfShopify(updates: readonly CustomerUpdate[]): Date | null {
  const times = updates.filter(({ source }) => source !== 'import').map(({ at }) => at.getTime());
  return times.length === 0 ? null : new Date(Math.max(...times));
}

/** Changes that staff or a file made and Shopify's webhook has already stored here. */
function attributableChanges({ source, fields, before }: CustomerUpdate, known: KnownRecord): FieldChange[] {
  if ((source !== 'staff' && source !== 'import') || !before) return [];
  // Of a customer whom nothing has told of yet there is no history.
  if (Object.keys(known.times).length === 0) return [];
  return mergeRecord({ record: { ...known.record, ...before }, times: {} }, 0, fields).changes.filter(
    ({ field, after }) => textOfField(field, known.record) === after,
  );
}

function toRow({ field, before, after, isKept, update }: WrittenChange) {
  return {
    shop_id: update.shopId.toString(),
    customer_id: update.customerId.toString(),
    field,
    before,
    after,
    source: update.source,
    actor: update.actor,
    is_kept: isKept,
    changed_at: update.at,
  };
}
