/** The shop's customer categories (F17, F20), and whether the club is on for each. */
import { z } from 'zod';
import { pool, withTransaction, type Transaction } from '#app/db.server.ts';
import { fieldErrors, type FieldErrors } from '#app/lib/field-errors.ts';
import { readIdParam } from '#app/lib/read-id.ts';

export const CATEGORIES_MAX = 30;
const NAME_CHARACTERS_MAX = 40;

export interface Category {
  categoryId: bigint;
  name: string;
  /** The club is on for its customers. */
  loyaltyEnabled: boolean;
  /** Customers without a category count as this one. */
  isDefault: boolean;
  /** Each of its customers may have their own discount (F19). */
  allowsPersonDiscount: boolean;
  customers: number;
  /** Programs limited to it. */
  programs: number;
}

export type CategorySaved = { ok: true } | { ok: false; errors: FieldErrors };

/** Customers as the customer list shows them, so that a count here is that of the list. */
export const IS_COUNTED_SQL = `state = 'active' AND merged_into IS NULL AND left_at IS NULL`;

/** Lists the shop's categories with their numbers of customers; customers without one count in the default. */
export async function listCategories(shopId: bigint): Promise<Category[]> {
  const { rows } = await pool.query<Category>(
    `WITH counts AS (SELECT category_id, count(*)::int AS customers FROM customers
       WHERE shop_id = $1 AND ${IS_COUNTED_SQL} GROUP BY 1)
     SELECT g.category_id AS "categoryId", g.name, g.loyalty_enabled AS "loyaltyEnabled", g.is_default AS "isDefault",
       g.allows_person_discount AS "allowsPersonDiscount",
       coalesce(c.customers, 0) + CASE WHEN g.is_default THEN coalesce(n.customers, 0) ELSE 0 END AS customers,
       (SELECT count(*)::int FROM programs p WHERE p.shop_id = $1 AND ${NAMES_CATEGORY}) AS programs
     FROM categories g LEFT JOIN counts c USING (category_id) LEFT JOIN counts n ON n.category_id IS NULL
     WHERE g.shop_id = $1 ORDER BY g.position, g.category_id`,
    [shopId],
  );
  return rows;
}

/** A program `p` limited to the category `g`; its rule holds ids as text. */
const NAMES_CATEGORY = `jsonb_typeof(p.rule->'categoryIds') = 'array' AND p.rule->'categoryIds' ? g.category_id::text`;

const yesOrNo = z.enum(['true', 'false']).transform((text) => text === 'true');

const categoryForm = z.object({
  categoryId: z.string(),
  name: z.string().trim().min(1, 'required').max(NAME_CHARACTERS_MAX, 'too_long'),
  loyaltyEnabled: yesOrNo,
  allowsPersonDiscount: yesOrNo,
});

/** Adds a category (without an id) or changes one. */
export async function saveCategory(shopId: bigint, input: unknown): Promise<CategorySaved> {
  const form = categoryForm.safeParse(input);
  if (!form.success) return { ok: false, errors: fieldErrors(form.error) };
  const { name, loyaltyEnabled, allowsPersonDiscount } = form.data;
  const categoryId = readIdParam(form.data.categoryId);
  return withTransaction(async (tx): Promise<CategorySaved> => {
    const { rows } = await tx.query<{ category_id: bigint; name: string; loyalty_enabled: boolean }>(
      `SELECT category_id, name, loyalty_enabled FROM categories WHERE shop_id = $1 FOR UPDATE`,
      [shopId],
    );
    const others = rows.filter((row) => row.category_id !== categoryId);
    if (others.some((row) => row.name.toLowerCase() === name.toLowerCase()))
      return { ok: false, errors: { name: { code: 'name_taken' } } };
    if (categoryId === null) return addCategory(tx, shopId, form.data, rows.length);
    const before = rows.find((row) => row.category_id === categoryId);
    if (!before) return { ok: false, errors: { form: { code: 'changed_meanwhile' } } };
    await tx.query(
      `UPDATE categories SET name = $3, loyalty_enabled = $4, allows_person_discount = $5 WHERE shop_id = $1 AND category_id = $2`,
      [shopId, categoryId, name, loyaltyEnabled, allowsPersonDiscount],
    );
    if (!allowsPersonDiscount)
      await tx.query(
        `UPDATE customers SET person_discount_bp = NULL WHERE shop_id = $1 AND category_id = $2 AND person_discount_bp IS NOT NULL`,
        [shopId, categoryId],
      );
    if (before.loyalty_enabled !== loyaltyEnabled) {
      // The categories with the club decide who is evaluated: all customers are due again.
      await tx.query(
        `UPDATE club_settings SET tiers_evaluated_on = NULL, updated_at = clock_timestamp() WHERE shop_id = $1`,
        [shopId],
      );
    }
    return { ok: true };
  });
}

async function addCategory(
  tx: Transaction,
  shopId: bigint,
  { name, loyaltyEnabled, allowsPersonDiscount }: z.output<typeof categoryForm>,
  known: number,
): Promise<CategorySaved> {
  if (known >= CATEGORIES_MAX) return { ok: false, errors: { name: { code: 'too_many' } } };
  await tx.query(
    `INSERT INTO categories (shop_id, key, name, position, loyalty_enabled, allows_person_discount)
     SELECT $1, 'own-' || gen_random_uuid(), $2, coalesce(max(position), 0) + 1, $3, $4 FROM categories WHERE shop_id = $1`,
    [shopId, name, loyaltyEnabled, allowsPersonDiscount],
  );
  return { ok: true };
}

/** Deletes a category that no customer and no program uses and that is not the default. */
export async function removeCategory(shopId: bigint, input: unknown): Promise<CategorySaved> {
  const form = z.object({ categoryId: z.string() }).safeParse(input);
  const categoryId = form.success ? readIdParam(form.data.categoryId) : null;
  const { rowCount } = await pool.query(
    `DELETE FROM categories g WHERE g.shop_id = $1 AND g.category_id = $2 AND NOT g.is_default
       AND NOT EXISTS (SELECT 1 FROM customers c WHERE c.shop_id = $1 AND c.category_id = $2)
       AND NOT EXISTS (SELECT 1 FROM programs p WHERE p.shop_id = $1 AND ${NAMES_CATEGORY})`,
    [shopId, categoryId],
  );
  return rowCount === 1 ? { ok: true } : { ok: false, errors: { form: { code: 'in_use' } } };
}
