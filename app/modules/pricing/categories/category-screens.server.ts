/** What the screens of categories show and do. */
import type { SaveAnswer } from '#app/components/use-draft.ts';
import { pool } from '#app/db.server.ts';
import type { CustomerLine } from '#app/modules/customers/customers.queries.server.ts';
import { IS_COUNTED_SQL } from '#app/modules/membership/counted-customers.ts';
import { nameCollections } from '#app/modules/products/name-collections.server.ts';
import { NO_PRICE } from '../rules/category-price.ts';
import { readPriceSettings } from '../settings/price-settings.server.ts';
import { orderCategories, removeCategory } from './arrange-categories.server.ts';
import { IS_OF_CATEGORY, listCategories, type CategoryLine } from './categories.server.ts';
import { saveCategory } from './save-category.server.ts';

export interface CategoryListView {
  categories: CategoryLine[];
  /** Prices are applied at checkout. */
  isOn: boolean;
}

/** Reads the list of categories. */
export async function readCategoryList(shopId: bigint): Promise<CategoryListView> {
  const [categories, { isOn }] = await Promise.all([listCategories(shopId), readPriceSettings(pool, shopId)]);
  return { categories, isOn };
}

/** A customer of a category. */
export interface CategoryPerson extends CustomerLine {
  percentBp: number | null;
  spendMinor: bigint;
}

export interface CategoryView {
  /** Of a new one, nothing is counted. */
  category: CategoryLine;
  people: CategoryPerson[];
  isOn: boolean;
  /** The two product sets of the shop, each with the titles of its collections. */
  sets: Record<'a' | 'b', string[]>;
}

const NEW: CategoryLine = {
  ...NO_PRICE,
  categoryId: 0n,
  key: '',
  version: 0,
  name: '',
  color: 'none',
  loyaltyEnabled: true,
  isDefault: false,
  allowsPersonDiscount: true,
  customers: 0,
  percents: 0,
  programs: 0,
  listed: 0,
};
const PEOPLE_SHOWN = 10;

/** Reads a category's page (null: a new one); null for a category that the shop doesn't have. */
export async function readCategoryScreen(
  shopId: bigint,
  categoryId: bigint | null,
): Promise<CategoryView | null> {
  const [categories, settings] = await Promise.all([listCategories(shopId), readPriceSettings(pool, shopId)]);
  const category = categoryId === null ? NEW : categories.find((each) => each.categoryId === categoryId);
  if (!category) return null;
  const [people, titles] = await Promise.all([
    categoryId === null ? [] : listPeople(shopId, categoryId),
    nameCollections(shopId, [...settings.setA, ...settings.setB]),
  ]);
  const named = (ids: readonly bigint[]) =>
    titles.flatMap(({ collectionId, title }) =>
      ids.includes(collectionId) ? [title ?? String(collectionId)] : [],
    );
  return {
    category,
    people,
    isOn: settings.isOn,
    sets: { a: named(settings.setA), b: named(settings.setB) },
  };
}

/** The best customers of a category. */
async function listPeople(shopId: bigint, categoryId: bigint): Promise<CategoryPerson[]> {
  const { rows } = await pool.query<CategoryPerson>(
    `SELECT c.customer_id AS "customerId", c.first_name AS "firstName", c.last_name AS "lastName", c.email, c.phone,
       c.person_discount_bp AS "percentBp", coalesce(s.spend_minor, 0) AS "spendMinor"
     FROM customers c LEFT JOIN customer_stats s USING (shop_id, customer_id)
     WHERE c.shop_id = $1 AND c.customer_id IN (SELECT customer_id FROM customers WHERE shop_id = $1 AND ${IS_OF_CATEGORY} AND ${IS_COUNTED_SQL})
     ORDER BY s.spend_minor DESC NULLS LAST, c.customer_id LIMIT ${PEOPLE_SHOWN}`,
    [shopId, categoryId],
  );
  return rows;
}

/** Runs the `intent` of the list: `order` or `remove`. */
export async function actOnCategories(
  shopId: bigint,
  values: Record<string, unknown>,
  readActor: () => Promise<string>,
): Promise<SaveAnswer> {
  switch (values.intent) {
    case 'order':
      return orderCategories(shopId, values);
    case 'remove':
      return removeCategory(shopId, values, await readActor());
    default:
      return { ok: false, errors: { form: { code: 'invalid' } } };
  }
}

/** Saves the form of a category (null: a new one, whose page opens then). */
export async function saveCategoryForm(
  shop: { shopId: bigint; currency: string },
  categoryId: bigint | null,
  values: unknown,
  by: { locale: string; actor: string },
): Promise<SaveAnswer> {
  const saved = await saveCategory(shop, categoryId, values, by);
  if (!saved.ok) return saved;
  return categoryId === null
    ? { ok: true, goTo: `/app/resellers/categories/${saved.categoryId}` }
    : { ok: true };
}
