/** The shop's customer categories (F17, F20): what each pays, and whether the club is on for it. */
import { z } from 'zod';
import { pool, type Queryable } from '#app/db.server.ts';
import { IS_COUNTED_SQL } from '#app/modules/membership/counted-customers.ts';
import type { CategoryPrice } from '../rules/category-price.ts';
import { COLORS, type CategoryColor } from './category-form.ts';

export interface Category extends CategoryPrice {
  categoryId: bigint;
  /** Its name in metafields, which no one changes. */
  key: string;
  version: number;
  name: string;
  color: CategoryColor;
  /** The club is on for its customers. */
  loyaltyEnabled: boolean;
  /** Customers without a category count as this one. */
  isDefault: boolean;
  /** Each of its customers may have their own discount (F19). */
  allowsPersonDiscount: boolean;
  /** Its customers may open the page for resellers in their account. */
  opensResellerPage: boolean;
}

export interface CategoryLine extends Category {
  customers: number;
  /** Of them, with a percent of their own. */
  percents: number;
  /** Programs limited to it. */
  programs: number;
  /** Variants with a price of their own. */
  listed: number;
}

const breaksSchema = z.array(z.object({ quantity: z.number().int(), bp: z.number().int() }));

type Stored<T> = Omit<T, 'breaks' | 'color'> & { breaks: unknown; color: string };

const COLUMNS = `g.category_id AS "categoryId", g.key, g.version, g.name, g.color, g.loyalty_enabled AS "loyaltyEnabled",
  g.is_default AS "isDefault", g.allows_person_discount AS "allowsPersonDiscount", g.discount_bp AS "discountBp", g.breaks,
  g.breaks_per AS "breaksPer", g.minimum_minor AS "minimumMinor", g.minimum_quantity AS "minimumQuantity", g.only_set AS "onlySet",
  g.not_set AS "notSet", g.includes_sale AS "includesSale", g.includes_subscriptions AS "includesSubscriptions",
  g.step_minor AS "stepMinor", g.applies_at_till AS "appliesAtTill",
  g.tax_shown AS "taxShown", g.opens_reseller_page AS "opensResellerPage", g.label`;

/** A program `p` limited to the category `g`; its rule holds ids as text. */
export const NAMES_CATEGORY = `jsonb_typeof(p.rule->'categoryIds') = 'array' AND p.rule->'categoryIds' ? g.category_id::text`;

/** A customer is in the category `$2`; those without one are in the default. */
export const IS_OF_CATEGORY = `(category_id = $2 OR category_id IS NULL
  AND EXISTS (SELECT FROM categories g WHERE g.shop_id = $1 AND g.category_id = $2 AND g.is_default))`;

/** Rows `n` that count in the category `g`: those without one are in the default. */
const IS_COUNTED_IN = `(n.category_id = g.category_id OR n.category_id IS NULL AND g.is_default)`;

const LINES = `
  WITH people AS MATERIALIZED (SELECT category_id, count(*)::int AS count FROM customer_stats WHERE shop_id = $1 AND standing = 'active' GROUP BY 1),
     percents AS MATERIALIZED (SELECT category_id, count(*)::int AS count FROM customers
       WHERE shop_id = $1 AND person_discount_bp IS NOT NULL AND ${IS_COUNTED_SQL} GROUP BY 1)
   SELECT ${COLUMNS},
     (SELECT coalesce(sum(n.count), 0)::int FROM people n WHERE ${IS_COUNTED_IN}) AS customers,
     (SELECT coalesce(sum(n.count), 0)::int FROM percents n WHERE ${IS_COUNTED_IN}) AS percents,
     (SELECT count(*)::int FROM programs p WHERE p.shop_id = $1 AND ${NAMES_CATEGORY}) AS programs,
     (SELECT count(DISTINCT variant_id)::int FROM list_prices l WHERE l.shop_id = $1 AND l.category_id = g.category_id) AS listed
   FROM categories g WHERE g.shop_id = $1 ORDER BY g.position, g.category_id`;

/** Lists the shop's categories with their numbers of customers; customers without one count in the default. */
export async function listCategories(shopId: bigint): Promise<CategoryLine[]> {
  const { rows } = await pool.query<Stored<CategoryLine>>(LINES, [shopId]);
  return rows.map(toCategory);
}

/** Reads the categories without counting, in their order. */
export async function readCategories(db: Queryable, shopId: bigint): Promise<Category[]> {
  const { rows } = await db.query<Stored<Category>>(
    `SELECT ${COLUMNS} FROM categories g WHERE g.shop_id = $1 ORDER BY g.position, g.category_id`,
    [shopId],
  );
  return rows.map(toCategory);
}

function toCategory<T extends Category>(
  row: Stored<T>,
): Omit<T, 'breaks' | 'color'> & Pick<Category, 'breaks' | 'color'> {
  const color = COLORS.find((each) => each === row.color) ?? 'none';
  return { ...row, color, breaks: breaksSchema.catch([]).parse(row.breaks) };
}
