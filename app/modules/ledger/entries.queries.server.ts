/**
 * The ledger of a whole shop, newest first. With millions of entries each filter must be read along an index that is in
 * that order already: the most selective filter leads, the others only look at what it gives.
 */
import { pool } from '#app/db.server.ts';
import { ENTRY_COLUMNS, ENTRY_JOINS, type EntryRow } from './balances.queries.server.ts';
import { UNITS, type Unit } from '#app/lib/units.ts';
import { ENTRIES_SUMMED_MAX } from './summed-limits.ts';

/** A filter with everything in it looked up: ids instead of names, moments instead of days. */
export interface EntryFilter {
  customerIds: readonly bigint[] | null;
  orderIds: readonly bigint[] | null;
  kind: string | null;
  reason: string | null;
  unit: Unit | null;
  actor: string | null;
  from: Date | null;
  /** Exclusive. */
  until: Date | null;
}

/** An entry with whose it is. */
export interface LedgerLine extends EntryRow {
  customerId: bigint;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phone: string | null;
}

/** A place between two lines: it stays valid when others are posted. */
export type LedgerCursor = { side: 'after' | 'before'; position: string };

export interface LedgerPage {
  lines: LedgerLine[];
  /** Position to page back from; null on the first page. */
  before: string | null;
  /** Position to page on from; null on the last page. */
  after: string | null;
}

export const LINES_A_PAGE = 50;

/** Microseconds since 1970 and id: exact, where JavaScript's dates would lose the microseconds. */
const POSITION = `(extract(epoch FROM e.created_at) * 1000000)::bigint || '-' || e.entry_id`;
const POSITION_FORMAT = /^(\d{1,18})-(\d{1,18})$/;

const LINE_COLUMNS = `${ENTRY_COLUMNS}, e.customer_id AS "customerId", c.first_name AS "firstName", c.last_name AS "lastName", c.email, c.phone`;
const LINE_JOINS = `${ENTRY_JOINS} LEFT JOIN customers c ON c.shop_id = e.shop_id AND c.customer_id = e.customer_id`;

/** A page of the shop's ledger; keyset in both directions. A position that is none starts at the beginning. */
export async function listLedger(
  shopId: bigint,
  filter: EntryFilter,
  cursor: LedgerCursor | null,
  limit: number = LINES_A_PAGE,
): Promise<LedgerPage> {
  const hasCursor = POSITION_FORMAT.test(cursor?.position ?? '');
  const isBackward = hasCursor && cursor?.side === 'before';
  const { sql, parameters } = pageQuery(shopId, filter, hasCursor ? cursor : null, limit + 1);
  const order = isBackward ? 'ASC' : 'DESC';
  const { rows } = await pool.query<LedgerLine & { position: string }>(
    `SELECT ${LINE_COLUMNS}, ${POSITION} AS position FROM (${sql}) e ${LINE_JOINS}
     ORDER BY e.created_at ${order}, e.entry_id ${order}`,
    parameters,
  );
  return toPage(rows, limit, isBackward, hasCursor);
}

function toPage(
  rows: (LedgerLine & { position: string })[],
  limit: number,
  isBackward: boolean,
  hasCursor: boolean,
): LedgerPage {
  const hasMore = rows.length > limit;
  const page = rows.slice(0, limit);
  if (isBackward) page.reverse();
  const hasEarlier = isBackward ? hasMore : hasCursor;
  const hasLater = isBackward || hasMore;
  return {
    lines: page.map(({ position: _position, ...line }) => line),
    before: hasEarlier ? (page[0]?.position ?? null) : null,
    after: hasLater ? (page.at(-1)?.position ?? null) : null,
  };
}

/** What the filtered entries of a unit add up to. */
export interface LedgerSum {
  unit: Unit;
  entries: number;
  added: bigint;
  /** Zero or less. */
  removed: bigint;
}

/** Adds up the filtered entries by unit; null where there are more than `ENTRIES_SUMMED_MAX`. */
export async function sumLedger(shopId: bigint, filter: EntryFilter): Promise<LedgerSum[] | null> {
  const { sql, parameters } = pageQuery(shopId, filter, null, ENTRIES_SUMMED_MAX + 1);
  const { rows } = await pool.query<LedgerSum>(
    `SELECT unit, count(*)::int AS entries, coalesce(sum(amount) FILTER (WHERE amount > 0), 0)::bigint AS added,
       coalesce(sum(amount) FILTER (WHERE amount < 0), 0)::bigint AS removed
     FROM (${sql}) e GROUP BY unit ORDER BY unit DESC`,
    parameters,
  );
  const entries = rows.reduce((sum, row) => sum + row.entries, 0);
  return entries > ENTRIES_SUMMED_MAX ? null : rows;
}

/** The statement that finds a page's entries: one read along an index, or one a unit, merged. */
function pageQuery(
  shopId: bigint,
  filter: EntryFilter,
  cursor: LedgerCursor | null,
  limit: number,
): { sql: string; parameters: unknown[] } {
  const parameters: unknown[] = [shopId];
  const put = (value: unknown) => `$${parameters.push(value)}`;
  const order = cursor?.side === 'before' ? 'ASC' : 'DESC';
  const sorted = `ORDER BY created_at ${order}, entry_id ${order}`;
  const range = rangeOf(filter, cursor, put);
  const { leading, others } = conditionsOf(filter, put);
  const reads = leading.map((conditions) => {
    const read = `SELECT * FROM ledger_entries WHERE ${['shop_id = $1', ...conditions, ...range].join(' AND ')} ${sorted}`;
    // OFFSET 0: the planner must not choose another index because it thinks that the other filters match often.
    return others.length === 0
      ? `(${read} LIMIT ${limit})`
      : `(SELECT * FROM (${read} OFFSET 0) led WHERE ${others.join(' AND ')} ${sorted} LIMIT ${limit})`;
  });
  const sql = `SELECT * FROM (${reads.join(' UNION ALL ')}) found ${sorted} LIMIT ${limit}`;
  return { sql, parameters };
}

type Put = (value: unknown) => string;

function rangeOf({ from, until }: EntryFilter, cursor: LedgerCursor | null, put: Put): string[] {
  const range: string[] = [];
  if (from) range.push(`created_at >= ${put(from)}`);
  if (until) range.push(`created_at < ${put(until)}`);
  const [, micros, id] = POSITION_FORMAT.exec(cursor?.position ?? '') ?? [];
  if (micros !== undefined && id !== undefined) {
    const at = `('epoch'::timestamptz + ${put(micros)}::bigint * interval '1 microsecond', ${put(id)}::bigint)`;
    range.push(`(created_at, entry_id) ${cursor?.side === 'before' ? '>' : '<'} ${at}`);
  }
  return range;
}

/** `leading`: the conditions of each read, which an index serves in order; `others` look at what these give. */
function conditionsOf(filter: EntryFilter, put: Put): { leading: string[][]; others: string[] } {
  const { customerIds, orderIds, kind, reason, unit, actor } = filter;
  const filters = [
    orderIds && `order_id = ANY(${put(orderIds)}::bigint[])`,
    customerIds && `customer_id = ANY(${put(customerIds)}::bigint[])`,
    actor !== null && `source = 'staff' AND actor = ${put(actor)}`,
    reason !== null && `reason = ${put(reason)}`,
  ].filter((condition) => typeof condition === 'string');
  const ofKind = kind === null ? [] : [`kind = ${put(kind)}`];
  const [first, ...rest] = filters;
  if (first !== undefined) {
    const ofUnit = unit === null ? [] : [`unit = ${put(unit)}`];
    return { leading: [[first]], others: [...rest, ...ofKind, ...ofUnit] };
  }
  const units = unit === null ? UNITS : [unit];
  return { leading: units.map((one) => [...ofKind, `unit = ${put(one)}`]), others: [] };
}

/** One entry of this shop with whose it is, or null. */
export async function readLine(shopId: bigint, entryId: bigint): Promise<LedgerLine | null> {
  const { rows } = await pool.query<LedgerLine>(
    `SELECT ${LINE_COLUMNS} FROM ledger_entries e ${LINE_JOINS} WHERE e.shop_id = $1 AND e.entry_id = $2`,
    [shopId, entryId],
  );
  return rows[0] ?? null;
}

/** The orders of this shop with one of these names (lower case), or this id. */
export async function findOrderIds(
  shopId: bigint,
  names: readonly string[],
  orderId: bigint | null,
): Promise<bigint[]> {
  const { rows } = await pool.query<{ order_id: bigint }>(
    `SELECT order_id FROM orders WHERE shop_id = $1 AND lower(name) = ANY($2)
     UNION SELECT order_id FROM orders WHERE shop_id = $1 AND order_id = $3`,
    [shopId, names, orderId],
  );
  return rows.map((row) => row.order_id);
}
