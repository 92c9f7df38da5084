/** Resolves a typed search once, so that the list's own statement stays one scan of one index. */
import { AsYouType, isSupportedCountry } from 'libphonenumber-js';
import { z } from 'zod';
import type { Queryable } from '#app/db.server.ts';
import type { PutParameter } from './sql-parameters.ts';
import { hashNationalId } from '#app/modules/customers/national-id.server.ts';
import { searchTerms, startPatterns } from '#app/modules/customers/rules/search-terms.ts';
import { likePattern } from '#app/lib/like-pattern.ts';

/** Matches gathered before the list is sorted; a search with more walks the list. */
export const FOUND_MAX = 5_000;

/** Folded by the database, which also folds what is typed (`fold_text`). */
const SEARCHED = 'c.search_text';

/** A half space in a compound: typed, it may be a space or nothing where the name is stored. */
const HALF_SPACE = /\u200c/g;

const ORDER_NUMBER = /^#?[^\s#]{0,20}\d[^\s#]{0,9}$/;
const DIALLED = /^[+(0][\d\s().\-/]*$/;
const DIALLED_DIGITS_MIN = 3;

/** A condition on rows `c` of `customers`. */
type Matcher = (put: PutParameter) => string;

export interface Search {
  /** Customers with that order number or national ID. */
  alsoIds: readonly bigint[];
  /** Matches name, e-mail or phone; null when the text can only be an order number. */
  matches: Matcher | null;
  /** A sorted index serves `matches`, as fast for few as for many. */
  isOrdered: boolean;
}

/** Resolves `query` for the shop's customers; null for an empty one, which filters nothing. */
export async function readSearch(db: Queryable, shopId: bigint, query: string): Promise<Search | null> {
  if (query.trim() === '') return null;
  const shop = await readShop(db, shopId, query.replace(HALF_SPACE, ' '));
  const text = shop.text.trim();
  if (text === '') return null;
  const alsoIds = [
    ...(await findByOrder(db, shopId, text)),
    ...(shop.sensitiveFields ? await findByNationalId(db, shopId, query) : []),
  ];
  if (text.startsWith('#')) return { alsoIds, matches: null, isOrdered: true };
  const start = await dialled(db, shopId, text, shop.country);
  return { alsoIds, matches: start ?? written(text), isOrdered: start !== null };
}

const plans = z.tuple([
  z.object({
    'QUERY PLAN': z.tuple([
      z.object({
        Plan: z.object({
          Plans: z.tuple([z.object({ 'Plan Rows': z.number() }), z.object({ 'Plan Rows': z.number() })]),
        }),
      }),
    ]),
  }),
]);

/**
 * Estimates how many rows of the list have to be read for one match, from the database's statistics; at least 1.
 */
export async function estimateRarity(db: Queryable, shopId: bigint, { matches }: Search): Promise<number> {
  if (matches === null) return Infinity;
  const parameters: unknown[] = [shopId];
  const condition = matches((value) => `$${parameters.push(value)}`);
  const { rows } = await db.query(
    `EXPLAIN (FORMAT JSON) SELECT FROM customers c WHERE ${IS_LISTED} UNION ALL SELECT FROM customers c WHERE ${IS_LISTED} AND ${condition}`,
    parameters,
  );
  const plan = plans.safeParse(rows);
  if (!plan.success) return Infinity;
  const [all, found] = plan.data[0]['QUERY PLAN'][0].Plan.Plans;
  return Math.max(1, all['Plan Rows'] / Math.max(1, found['Plan Rows']));
}

/** Returns the ids of all matches; null for more than FOUND_MAX. */
export async function gatherFound(
  db: Queryable,
  shopId: bigint,
  { alsoIds, matches }: Search,
): Promise<bigint[] | null> {
  if (matches === null) return [...alsoIds];
  const parameters: unknown[] = [shopId];
  const { rows } = await db.query<{ id: bigint }>(
    `SELECT customer_id AS id FROM customers c WHERE ${IS_LISTED} AND ${matches((value) => `$${parameters.push(value)}`)}
     LIMIT ${FOUND_MAX + 1}`,
    parameters,
  );
  return rows.length > FOUND_MAX ? null : [...new Set([...alsoIds, ...rows.map(({ id }) => id)])];
}

/** Condition on rows `c` of `customers`: those of the shop `$1` that a list can show. */
export const IS_LISTED = `c.shop_id = $1 AND c.state = 'active' AND c.merged_into IS NULL`;

interface SearchedShop {
  /** What was typed, folded as the stored texts are. */
  text: string;
  country: string | null;
  sensitiveFields: boolean;
}

async function readShop(db: Queryable, shopId: bigint, typed: string): Promise<SearchedShop> {
  const { rows } = await db.query<SearchedShop>(
    `SELECT fold_text($2) AS text, s.country, coalesce(c.sensitive_fields, false) AS "sensitiveFields"
     FROM shops s LEFT JOIN club_settings c USING (shop_id) WHERE s.shop_id = $1`,
    [shopId, typed],
  );
  return rows[0] ?? { text: '', country: null, sensitiveFields: false };
}

/** Name, e-mail or phone contain every term; a term of one or two letters starts one of their words. */
function written(text: string): Matcher {
  const terms = searchTerms(text);
  return (put) =>
    terms
      .map((term) => {
        const patterns = startPatterns(term) ?? [likePattern(term)];
        return `(${patterns.map((pattern) => `${SEARCHED} LIKE ${put(pattern)}`).join(' OR ')})`;
      })
      .join(' AND ');
}

/**
 * Matches a number as dialled, from its first digit: "0812", "+62 812" in a shop of Indonesia start with "+62812". Null for
 * any other text, and when no phone starts with it.
 */
async function dialled(
  db: Queryable,
  shopId: bigint,
  text: string,
  country: string | null,
): Promise<Matcher | null> {
  if (!DIALLED.test(text) || text.replace(/\D/g, '').length < DIALLED_DIGITS_MIN) return null;
  const typed = new AsYouType(country !== null && isSupportedCountry(country) ? country : undefined);
  typed.input(text.replace(/\(0\)/g, ''));
  const start = typed.getNumberValue();
  if (start === undefined || !start.startsWith('+')) return null;
  const { rowCount } = await db.query(
    `SELECT FROM customers WHERE shop_id = $1 AND phone LIKE $2 AND state = 'active' LIMIT 1`,
    [shopId, `${start}%`],
  );
  return rowCount ? (put) => `c.phone LIKE ${put(`${start}%`)}` : null;
}

/** Finds the customers of the order with this number, with or without Shopify's "#". */
async function findByOrder(db: Queryable, shopId: bigint, text: string): Promise<bigint[]> {
  if (!ORDER_NUMBER.test(text)) return [];
  const { rows } = await db.query<{ id: bigint }>(
    `SELECT DISTINCT coalesce(c.merged_into, c.customer_id) AS id FROM orders o
     JOIN customers c ON c.shop_id = o.shop_id AND c.customer_id = coalesce(o.customer_id, o.claimed_by)
     WHERE o.shop_id = $1 AND lower(o.name) = ANY($2) LIMIT ${FOUND_MAX}`,
    [shopId, text.startsWith('#') ? [text] : [text, `#${text}`]],
  );
  return rows.map(({ id }) => id);
}

async function findByNationalId(db: Queryable, shopId: bigint, text: string): Promise<bigint[]> {
  const hashes = hashNationalId(shopId, text);
  if (hashes.length === 0) return [];
  const { rows } = await db.query<{ id: bigint }>(
    `SELECT customer_id AS id FROM customers WHERE shop_id = $1 AND national_id_hash = ANY($2) LIMIT ${FOUND_MAX}`,
    [shopId, hashes],
  );
  return rows.map(({ id }) => id);
}
