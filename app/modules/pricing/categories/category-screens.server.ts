/** What the screens of categories show and do. */
import type { SaveAnswer } from '#app/components/use-draft.ts';
import { pool } from '#app/db.server.ts';
import type { CustomerLine } from '#app/modules/customers/customers.queries.server.ts';
import { nameCollections } from '#app/modules/products/name-collections.server.ts';
import { NO_PRICE } from '../rules/category-price.ts';
import { readPriceSettings } from '../settings/price-settings.server.ts';
import { orderCategories, removeCategory } from './arrange-categories.server.ts';
import { IS_OF_CATEGORY, listCategories, type CategoryLine } from './categories.server.ts';
import { readCategorySales, type CategorySales } from './category-sales.queries.server.ts';
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
  /** Null for a new one. */
  sales: CategorySales | null;
  isOn: boolean;
  /** The tax that the store's prices include; 0: none is set. */
  taxBp: number;
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
  opensResellerPage: false,
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
  const [people, sales, titles] = await Promise.all([
    categoryId === null ? [] : listPeople(shopId, categoryId),
    categoryId === null ? null : readCategorySales(shopId, categoryId),
    nameCollections(shopId, [...settings.setA, ...settings.setB]),
  ]);
  const named = (ids: readonly bigint[]) =>
    titles.flatMap(({ collectionId, title }) =>
      ids.includes(collectionId) ? [title ?? String(collectionId)] : [],
    );
  return {
    category,
    people,
    sales,
    isOn: settings.isOn,
    taxBp: settings.taxBp,
    sets: { a: named(settings.setA), b: named(settings.setB) },
  };
}

/** The best customers of a category. */
async function listPeople(shopId: bigint, categoryId: bigint): Promise<CategoryPerson[]> {
  const { rows } = await pool.query<CategoryPerson>(
    `SELECT c.customer_id AS "customerId", c.first_name AS "firstName", c.last_name AS "lastName", c.email, c.phone,
       c.person_discount_bp AS "percentBp", s.spend_minor AS "spendMinor"
     FROM (SELECT shop_id, customer_id, spend_minor FROM customer_stats WHERE shop_id = $1 AND standing = 'active' AND ${IS_OF_CATEGORY}
       ORDER BY spend_minor DESC, customer_id DESC LIMIT ${PEOPLE_SHOWN}) s
     JOIN customers c USING (shop_id, customer_id) ORDER BY s.spend_minor DESC, s.customer_id DESC`,
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
