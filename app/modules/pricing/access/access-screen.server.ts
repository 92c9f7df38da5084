/** What the screen of members-only products shows and does. */
import { pool } from '#app/db.server.ts';
import type { Locale } from '#app/i18n/locales.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { readCategories } from '../categories/categories.server.ts';
import { ACCESS_KINDS, textsIn, type AccessRuleValue, type AccessTexts } from './access-form.ts';
import { ACCESS_TROUBLES, writeAccessTexts, type AccessTrouble } from './publish-access.server.ts';
import { dismissFinding, requestAccess, saveAccess, type AccessSaved } from './save-access.server.ts';

export interface AccessHealth {
  hasValidation: boolean;
  trouble: AccessTrouble | null;
  /** Shopify's own words. */
  refusedWith: string | null;
  publishedAt: Date | null;
  searchedAt: Date | null;
  isWaiting: boolean;
  /** Products that are locked at Shopify; not yet as they should be; that Shopify refuses. */
  locked: number;
  due: number;
  failed: number;
}

export interface Breach {
  orderId: bigint;
  orderName: string | null;
  orderedAt: Date;
  sourceName: string | null;
  customerId: bigint | null;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phone: string | null;
  products: string[];
}

export interface AccessView {
  version: number;
  isOn: boolean;
  rules: AccessRuleValue[];
  texts: Record<Locale, AccessTexts>;
  /** What is said where a text is empty. */
  usual: Record<Locale, AccessTexts>;
  categories: { id: string; name: string }[];
  tiers: { id: string; name: string }[];
  health: AccessHealth;
  breaches: Breach[];
  /** More than are listed. */
  hasMoreBreaches: boolean;
}

interface Row {
  version: number;
  isOn: boolean;
  texts: unknown;
  gid: string | null;
  trouble: string | null;
  refusedWith: string | null;
  publishedAt: Date | null;
  searchedAt: Date | null;
  isWaiting: boolean;
}

const NEVER_SAVED: Row = {
  version: 0,
  isOn: false,
  texts: {},
  gid: null,
  trouble: null,
  refusedWith: null,
  publishedAt: null,
  searchedAt: null,
  isWaiting: false,
};

interface RuleRow {
  kind: string;
  id: string;
  title: string;
  categories: string[];
  tiers: string[];
}

const RULES = `
  SELECT kind, target_id::text AS id, title, category_ids::text[] AS categories,
    ARRAY(SELECT t::text FROM unnest(tier_ids) AS t JOIN tiers x ON x.shop_id = $1 AND x.tier_id = t AND x.removed_at IS NULL) AS tiers
  FROM access_rules WHERE shop_id = $1 ORDER BY position, kind, target_id`;

/** Reads the screen. */
export async function readAccessScreen(shopId: bigint): Promise<AccessView> {
  const [settings, rules, categories, tiers, counts, breaches] = await Promise.all([
    pool.query<Row>(
      `SELECT version, is_on AS "isOn", texts, validation_gid AS gid, trouble, refused_with AS "refusedWith",
         published_at AS "publishedAt", searched_at AS "searchedAt", requested_at IS NOT NULL AS "isWaiting"
       FROM access_settings WHERE shop_id = $1`,
      [shopId],
    ),
    pool.query<RuleRow>(RULES, [shopId]),
    readCategories(pool, shopId),
    pool.query<{ id: string; name: string }>(
      'SELECT tier_id::text AS id, name FROM tiers WHERE shop_id = $1 AND removed_at IS NULL ORDER BY threshold, tier_id',
      [shopId],
    ),
    pool.query<{ locked: number; due: number; failed: number }>(
      `SELECT count(*) FILTER (WHERE written IS NOT NULL)::int AS locked, count(*) FILTER (WHERE changed_at IS NOT NULL)::int AS due,
         count(*) FILTER (WHERE failure IS NOT NULL AND failure <> 'gone')::int AS failed FROM price_products WHERE shop_id = $1`,
      [shopId],
    ),
    listBreaches(shopId),
  ]);
  const { version, isOn, texts, gid, trouble, ...health } = settings.rows[0] ?? NEVER_SAVED;
  return {
    version,
    isOn,
    texts: textsIn(texts),
    usual: writeAccessTexts({}, '').texts,
    rules: rules.rows.flatMap((row) => {
      const kind = ACCESS_KINDS.find((each) => each === row.kind);
      return kind ? [{ ...row, kind }] : [];
    }),
    categories: categories.map(({ categoryId, name }) => ({ id: String(categoryId), name })),
    tiers: tiers.rows,
    health: {
      ...health,
      hasValidation: gid !== null,
      trouble: ACCESS_TROUBLES.find((each) => each === trouble) ?? null,
      ...(counts.rows[0] ?? { locked: 0, due: 0, failed: 0 }),
    },
    ...breaches,
  };
}

const BREACHES_LISTED = 50;

const BREACHES = `
  SELECT o.order_id AS "orderId", o.name AS "orderName", o.processed_at AS "orderedAt", o.source_name AS "sourceName", f.customer_id AS "customerId",
    c.first_name AS "firstName", c.last_name AS "lastName", c.email, c.phone,
    array_agg(DISTINCT coalesce(nullif(l.title, ''), f.product_id::text)) AS products
  FROM access_findings f JOIN orders o USING (shop_id, order_id)
    LEFT JOIN order_lines l ON l.shop_id = f.shop_id AND l.order_id = f.order_id AND l.product_id = f.product_id
    LEFT JOIN customers c ON c.shop_id = f.shop_id AND c.customer_id = f.customer_id
  WHERE f.shop_id = $1 AND f.dismissed_at IS NULL
  GROUP BY o.shop_id, o.order_id, f.customer_id, c.first_name, c.last_name, c.email, c.phone, o.name, o.processed_at, o.source_name
  ORDER BY o.processed_at DESC, o.order_id DESC LIMIT ${BREACHES_LISTED + 1}`;

async function listBreaches(shopId: bigint): Promise<{ breaches: Breach[]; hasMoreBreaches: boolean }> {
  const { rows } = await pool.query<Breach>(BREACHES, [shopId]);
  return { breaches: rows.slice(0, BREACHES_LISTED), hasMoreBreaches: rows.length > BREACHES_LISTED };
}

/** Saves the form, or runs its `intent`: `check`, `activate` or `dismiss` (an order). */
export async function actOnAccess(shopId: bigint, values: Record<string, unknown>): Promise<AccessSaved> {
  if (values.intent === 'check') return requestAccess(shopId, false);
  if (values.intent === 'activate') return requestAccess(shopId, true);
  if (values.intent !== 'dismiss') return saveAccess(shopId, values);
  const orderId = readIdParam(typeof values.orderId === 'string' ? values.orderId : undefined);
  return orderId === null
    ? { ok: false, errors: { form: { code: 'gone' } } }
    : dismissFinding(shopId, orderId);
}
