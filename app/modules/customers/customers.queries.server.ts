import { pool } from '#app/db.server.ts';
import type { GiftDate } from './gift-dates.ts';
import { likePattern, searchTerms } from './rules/search-terms.ts';

export const CUSTOMERS_A_PAGE = 25;

export interface CustomerLine {
  customerId: bigint;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phone: string | null;
}

export interface CustomerProfile extends CustomerLine {
  /** `active`, `deleted` at Shopify or erased for privacy. */
  state: string;
  createdAt: Date;
}

/** A place in the list: between rows, so that it stays valid when they change. */
export type CustomerCursor = { side: 'after' | 'before'; position: string };

export interface CustomerPage {
  customers: CustomerLine[];
  /** Position to page back from; null on the first page. */
  before: string | null;
  /** Position to page on from; null on the last page. */
  after: string | null;
}

interface Row extends CustomerLine {
  position: string;
}

const COLUMNS = `customer_id AS "customerId", first_name AS "firstName", last_name AS "lastName", email, phone`;
/** The expression of the index customers_search. */
const HAYSTACK = `lower(coalesce(first_name, '') || ' ' || coalesce(last_name, '') || ' ' || coalesce(email, '') || ' ' || coalesce(phone, ''))`;
/** Microseconds since 1970 and id: exact, where JavaScript's dates would lose the microseconds. */
const POSITION = `(extract(epoch FROM updated_at) * 1000000)::bigint || '-' || customer_id`;
const POSITION_FORMAT = /^(\d{1,18})-(\d{1,19})$/;

/**
 * A page of the shop's customers who match `query` (all for an empty one), those who changed last first. Keyset in both
 * directions; a position that is none starts at the beginning. `missing` leaves those who lack this date.
 */
export async function listCustomers(
  shopId: bigint,
  query: string,
  cursor: CustomerCursor | null,
  missing: GiftDate | null = null,
): Promise<CustomerPage> {
  const parameters: unknown[] = [shopId];
  const put = (value: unknown) => `$${parameters.push(value)}`;
  const conditions = ['shop_id = $1', "state = 'active'"];
  if (missing !== null) conditions.push(`${missing} IS NULL AND merged_into IS NULL`);
  for (const term of searchTerms(query)) conditions.push(`${HAYSTACK} LIKE ${put(likePattern(term))}`);

  const [, micros, id] = POSITION_FORMAT.exec(cursor?.position ?? '') ?? [];
  const isBackward = id !== undefined && cursor?.side === 'before';
  if (id !== undefined) {
    const at = `('epoch'::timestamptz + ${put(micros)}::bigint * interval '1 microsecond', ${put(id)}::bigint)`;
    conditions.push(`(updated_at, customer_id) ${isBackward ? '>' : '<'} ${at}`);
  }
  const order = isBackward ? 'ASC' : 'DESC';
  const { rows } = await pool.query<Row>(
    `SELECT ${COLUMNS}, ${POSITION} AS position FROM customers WHERE ${conditions.join(' AND ')}
     ORDER BY updated_at ${order}, customer_id ${order} LIMIT ${CUSTOMERS_A_PAGE + 1}`,
    parameters,
  );
  return toPage(rows, isBackward, id !== undefined);
}

/** `rows` holds one more than a page when there are more in its direction. */
function toPage(rows: Row[], isBackward: boolean, hasCursor: boolean): CustomerPage {
  const hasMore = rows.length > CUSTOMERS_A_PAGE;
  const page = rows.slice(0, CUSTOMERS_A_PAGE);
  if (isBackward) page.reverse();
  const hasEarlier = isBackward ? hasMore : hasCursor;
  const hasLater = isBackward || hasMore;
  return {
    customers: page.map(({ position: _position, ...customer }) => customer),
    before: hasEarlier ? (page[0]?.position ?? null) : null,
    after: hasLater ? (page.at(-1)?.position ?? null) : null,
  };
}

/** One customer of this shop, or null. */
export async function readCustomer(shopId: bigint, customerId: bigint): Promise<CustomerProfile | null> {
  const { rows } = await pool.query<CustomerProfile>(
    `SELECT ${COLUMNS}, state, created_at AS "createdAt" FROM customers WHERE shop_id = $1 AND customer_id = $2`,
    [shopId, customerId],
  );
  return rows[0] ?? null;
}
