/**
 * F11: which customers lack what. Customers lack things in few combinations, so every question goes to the index
 * customers_incomplete one combination at a time, and costs the same whatever the number of customers.
 */
import { pool } from '#app/db.server.ts';
import { withReadablePhone } from '#app/lib/phone.ts';
import type { CustomerLine } from '#app/modules/customers/customers.queries.server.ts';
import { bitsOf, type CompletenessField } from '#app/modules/customers/rules/field-bits.ts';
import {
  askedFields,
  completenessOf,
  COUNT_EXACT_MAX,
  type Asked,
  type Completeness,
} from './rules/completeness.ts';

const WORKLIST_A_PAGE = 25;

/** The field that is missing; null for any. */
export type Lack = CompletenessField | null;

export interface IncompleteCustomer extends CustomerLine {
  completeness: Completeness;
}

/** How many customers lack something, counted up to one more than `COUNT_EXACT_MAX`. */
export interface LackCount {
  field: Lack;
  count: number;
}

export interface Worklist {
  lack: Lack;
  /** Any first, then the fields that the shop asks for. */
  counts: LackCount[];
  customers: IncompleteCustomer[];
  /** Customer to page back from; null on the first page. */
  before: bigint | null;
  /** Customer to page on from; null on the last page. */
  after: bigint | null;
}

/** A place in the list, which goes by customer, the newest first. */
export interface WorklistCursor {
  side: 'after' | 'before';
  customerId: bigint;
}

const LISTED = `shop_id = $1 AND state = 'active' AND merged_into IS NULL AND left_at IS NULL`;

/** The combinations that this shop's customers have and that touch the bits $2, each found by one step in the index. */
const COMBINATIONS = `
  RECURSIVE step (bits) AS (
    (SELECT missing_fields FROM customers WHERE ${LISTED} ORDER BY missing_fields LIMIT 1)
    UNION ALL
    SELECT (SELECT missing_fields FROM customers WHERE ${LISTED} AND missing_fields > s.bits ORDER BY missing_fields LIMIT 1)
    FROM step s WHERE s.bits IS NOT NULL),
  combination AS MATERIALIZED (SELECT bits FROM step WHERE bits & $2 <> 0)`;

/** What the shop asks of its customers. */
export async function readAsked(shopId: bigint): Promise<Asked> {
  const { rows } = await pool.query<Asked>(
    `SELECT coalesce(c.sensitive_fields, false) AS sensitive, coalesce(g.is_active, false) AS wedding
     FROM shops s LEFT JOIN club_settings c USING (shop_id)
       LEFT JOIN gift_settings g ON g.shop_id = s.shop_id AND g.kind = 'anniversary'
     WHERE s.shop_id = $1`,
    [shopId],
  );
  return rows[0] ?? { sensitive: false, wedding: false };
}

/** Lists a page of the customers without this field; a field that the shop has not turned on is any. */
export async function readWorklist(
  shopId: bigint,
  lack: Lack,
  cursor: WorklistCursor | null,
): Promise<Worklist> {
  const asked = await readAsked(shopId);
  const bits = bitsLacking(asked, lack);
  const isBackward = cursor?.side === 'before';
  const [counts, rows] = await Promise.all([
    countLacks(shopId, asked),
    readRows(shopId, bits, isBackward ? 'up' : 'down', cursor?.customerId ?? null, WORKLIST_A_PAGE + 1),
  ]);
  const hasMore = rows.length > WORKLIST_A_PAGE;
  const page = rows.slice(0, WORKLIST_A_PAGE);
  if (isBackward) page.reverse();
  return {
    lack: lack !== null && askedFields(asked).includes(lack) ? lack : null,
    counts,
    customers: page.map(({ bits: missing, ...customer }) => ({
      ...customer,
      completeness: completenessOf(missing, asked),
    })),
    before: (isBackward ? hasMore : cursor !== null) ? (page[0]?.customerId ?? null) : null,
    after: isBackward || hasMore ? (page.at(-1)?.customerId ?? null) : null,
  };
}

/** The neighbours of a customer in the list, whether they are still in it or not. */
export async function readNeighbours(
  shopId: bigint,
  lack: Lack,
  customerId: bigint,
): Promise<{ previous: bigint | null; next: bigint | null }> {
  const bits = bitsLacking(await readAsked(shopId), lack);
  const [previous, next] = await Promise.all([
    readRows(shopId, bits, 'up', customerId, 1),
    readRows(shopId, bits, 'down', customerId, 1),
  ]);
  return { previous: previous[0]?.customerId ?? null, next: next[0]?.customerId ?? null };
}

function bitsLacking(asked: Asked, lack: Lack): number {
  const fields = askedFields(asked);
  return bitsOf(lack !== null && fields.includes(lack) ? [lack] : fields);
}

/** Lists customers without one of these fields (bits), newest first (`down`) or oldest first (`up`), after `from`. */
async function readRows(
  shopId: bigint,
  bits: number,
  direction: 'down' | 'up',
  from: bigint | null,
  limit: number,
): Promise<(CustomerLine & { bits: number })[]> {
  const isDown = direction === 'down';
  const order = `ORDER BY customer_id ${isDown ? 'DESC' : 'ASC'}`;
  const { rows } = await pool.query<CustomerLine & { bits: number }>(
    `WITH ${COMBINATIONS},
     found AS (SELECT f.* FROM combination c CROSS JOIN LATERAL (
       SELECT customer_id FROM customers WHERE ${LISTED} AND missing_fields = c.bits
         AND ($3::bigint IS NULL OR customer_id ${isDown ? '<' : '>'} $3) ${order} LIMIT $4) f
       ${order} LIMIT $4)
     SELECT c.customer_id AS "customerId", c.first_name AS "firstName", c.last_name AS "lastName", c.email, c.phone,
       c.missing_fields AS bits
     FROM found f JOIN customers c ON c.shop_id = $1 AND c.customer_id = f.customer_id
     ORDER BY c.customer_id ${isDown ? 'DESC' : 'ASC'}`,
    [shopId, bits, from, limit],
  );
  return rows.map(withReadablePhone);
}

/** Each field by itself and no further than is shown: a million customers cost what ten thousand do. */
async function countLacks(shopId: bigint, asked: Asked): Promise<LackCount[]> {
  const fields = askedFields(asked);
  const lacks = [null, ...fields];
  const { rows } = await pool.query<{ count: number }>(
    `WITH ${COMBINATIONS}
     SELECT (SELECT count(*)::int FROM (
         SELECT 1 FROM combination c CROSS JOIN LATERAL (
           SELECT 1 FROM customers WHERE ${LISTED} AND missing_fields = c.bits LIMIT ${COUNT_EXACT_MAX + 1}) one
         WHERE c.bits & f.bits <> 0 LIMIT ${COUNT_EXACT_MAX + 1}) counted) AS count
     FROM unnest($3::int[]) WITH ORDINALITY AS f (bits, place) ORDER BY f.place`,
    [shopId, bitsOf(fields), lacks.map((lack) => bitsOf(lack === null ? fields : [lack]))],
  );
  return lacks.map((field, place) => ({ field, count: rows[place]?.count ?? 0 }));
}
