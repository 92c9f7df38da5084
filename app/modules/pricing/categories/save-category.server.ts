/** Staff add categories and change what their customers pay. */
import { withTransaction, type Transaction } from '#app/db.server.ts';
import { invariant } from '#app/lib/errors.ts';
import type { FieldErrorCode, FieldErrors } from '#app/lib/field-errors.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { storePercentOfChosen } from '#app/modules/customers/store-terms.server.ts';
import { fitsFunction } from '../publish/read-prices.server.ts';
import { IS_OF_CATEGORY } from './categories.server.ts';
import { CATEGORIES_MAX, readCategoryForm, type CategoryInput } from './category-form.ts';

export type CategorySaved = { ok: true; categoryId: bigint } | { ok: false; errors: FieldErrors };

interface PricingShop {
  shopId: bigint;
  currency: string;
}

const refused = (field: string, code: FieldErrorCode): { ok: false; errors: FieldErrors } => ({
  ok: false,
  errors: { [field]: { code } },
});

interface Row {
  id: bigint;
  name: string;
  version: number;
  loyalty: boolean;
  allows: boolean;
}

/** The rules no longer fit: nothing of the transaction is kept. */
class RulesTooLong extends Error {}

/** Adds a category (null) or changes one as typed in `locale`; refuses to overwrite what was saved since it was read. */
export async function saveCategory(
  shop: PricingShop,
  categoryId: bigint | null,
  values: unknown,
  by: { locale: string; actor: string },
): Promise<CategorySaved> {
  const form = readCategoryForm(values, by.locale, shop.currency);
  if (!form.ok) return form;
  try {
    return await withTransaction((tx) => store(tx, shop.shopId, categoryId, form.input, by.actor));
  } catch (error) {
    if (error instanceof RulesTooLong) return refused('form', 'rules_too_long');
    throw error;
  }
}

async function store(
  tx: Transaction,
  shopId: bigint,
  categoryId: bigint | null,
  input: CategoryInput,
  actor: string,
): Promise<CategorySaved> {
  const rows = await lockCategories(tx, shopId);
  const before = rows.find(({ id }) => id === categoryId);
  if (categoryId !== null && !before) return refused('form', 'gone');
  if (rows.some(({ id, name }) => id !== categoryId && isSameName(name, input.name)))
    return refused('name', 'name_taken');
  if (categoryId === null && rows.length >= CATEGORIES_MAX) return refused('form', 'too_many');
  if (before && before.version !== input.version) return refused('form', 'changed_meanwhile');
  const saved = before?.id ?? (await insert(tx, shopId, input.name));
  await change(tx, shopId, saved, input);
  if (before?.allows && !input.allowsPersonDiscount) await removePercents(tx, shopId, before, actor);
  if (before && before.loyalty !== input.loyaltyEnabled) await evaluateAgain(tx, shopId);
  if (!(await fitsFunction(tx, shopId))) throw new RulesTooLong();
  await wakeTask(tx, 'write-prices');
  return { ok: true, categoryId: saved };
}

async function lockCategories(tx: Transaction, shopId: bigint): Promise<Row[]> {
  const { rows } = await tx.query<Row>(
    `SELECT category_id AS id, name, version, loyalty_enabled AS loyalty, allows_person_discount AS allows FROM categories
     WHERE shop_id = $1 ORDER BY category_id FOR UPDATE`,
    [shopId],
  );
  return rows;
}

const isSameName = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

async function insert(tx: Transaction, shopId: bigint, name: string): Promise<bigint> {
  const { rows } = await tx.query<{ id: bigint }>(
    `INSERT INTO categories (shop_id, key, name, position)
     SELECT $1, 'c' || substr(md5(gen_random_uuid()::text), 1, 12), $2, coalesce(max(position), 0) + 1 FROM categories WHERE shop_id = $1
     RETURNING category_id AS id`,
    [shopId, name],
  );
  const [row] = rows;
  invariant(row, 'a category was inserted');
  return row.id;
}

async function change(
  tx: Transaction,
  shopId: bigint,
  categoryId: bigint,
  input: CategoryInput,
): Promise<void> {
  const { price } = input;
  await tx.query(
    `UPDATE categories SET name = $3, color = $4, loyalty_enabled = $5, allows_person_discount = $6, discount_bp = $7, breaks = $8,
       breaks_per = $9, minimum_minor = $10, minimum_quantity = $11, only_set = $12, not_set = $13, includes_sale = $14,
       includes_subscriptions = $15, step_minor = $16, label = $17,
       applies_at_till = $18, tax_shown = $19, opens_reseller_page = $20, version = version + 1
     WHERE shop_id = $1 AND category_id = $2`,
    [
      shopId,
      categoryId,
      input.name,
      input.color,
      input.loyaltyEnabled,
      input.allowsPersonDiscount,
      price.discountBp,
      JSON.stringify(price.breaks),
      price.breaksPer,
      price.minimumMinor,
      price.minimumQuantity,
      price.onlySet,
      price.notSet,
      price.includesSale,
      price.includesSubscriptions,
      price.stepMinor,
      price.label,
      price.appliesAtTill,
      price.taxShown,
      input.opensResellerPage,
    ],
  );
}

/** A category without personal discounts has no customer with one. */
async function removePercents(tx: Transaction, shopId: bigint, { id }: Row, actor: string): Promise<void> {
  const sql = `SELECT customer_id FROM customers WHERE shop_id = $1 AND person_discount_bp IS NOT NULL AND ${IS_OF_CATEGORY}`;
  await storePercentOfChosen(tx, { sql, values: [shopId, id] }, null, actor);
}

/** The categories with the club decide who is evaluated: all customers are due again. */
async function evaluateAgain(tx: Transaction, shopId: bigint): Promise<void> {
  await tx.query(
    `UPDATE club_settings SET tiers_evaluated_on = NULL, updated_at = clock_timestamp() WHERE shop_id = $1`,
    [shopId],
  );
}
