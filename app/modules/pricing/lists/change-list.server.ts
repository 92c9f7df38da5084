/** Staff change a price list: on its page, by adding products, from a pasted table or a file. */
import { pool, withTransaction, type Transaction } from '#app/db.server.ts';
import {
  findVariantsBySku,
  readPricedVariants,
  type PricedVariant,
  type VariantRef,
} from '#app/integrations/shopify/priced-variants.server.ts';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { unlessUnavailable } from '#app/modules/products/unless-unavailable.server.ts';
import { changedAgain } from '../publish/price-owners.ts';
import { readListRows, LIST_ROWS_MAX, type ListRow, type RowProblem } from '../rules/list-rows.ts';
import { readListForm, type PriceChange } from './list-form.ts';

interface PricingShop {
  shopId: bigint;
  domain: string;
  currency: string;
}

export type ListChanged =
  | { ok: true; saved: number }
  /** Nothing was saved; with what is wrong in a table, by line. */
  | { ok: false; errors: FieldErrors; problems?: RowProblem[] };

const refused = (code: FieldErrors[string]['code']): ListChanged => ({
  ok: false,
  errors: { form: { code } },
});

/** Saves a page as typed in `locale`. Refuses to overwrite prices that were changed since the page was read. */
export async function savePrices(
  shop: PricingShop,
  categoryId: bigint,
  values: unknown,
  locale: string,
): Promise<ListChanged> {
  const form = readListForm(values, locale, shop.currency);
  if (!form.ok) return form;
  const changed = form.changes.filter(({ priceMinor, wasMinor }) => priceMinor !== wasMinor);
  return withTransaction(async (tx): Promise<ListChanged> => {
    if (!(await lockCategory(tx, shop.shopId, categoryId))) return refused('gone');
    if (await isChangedMeanwhile(tx, shop.shopId, categoryId, changed)) return refused('changed_meanwhile');
    await storePrices(tx, shop.shopId, categoryId, changed);
    return { ok: true, saved: changed.length };
  });
}

/** Adds products and variants with the store's price; those that are listed already stay as they are. */
export async function addToList(
  shop: PricingShop,
  categoryId: bigint,
  refs: readonly VariantRef[],
): Promise<ListChanged> {
  const variants = await unlessUnavailable(shop.domain, () =>
    readPricedVariants(shop.domain, shop.currency, refs),
  );
  if (!Array.isArray(variants)) return refused('not_saved');
  const priced = variants.filter(({ priceMinor }) => priceMinor > 0n);
  return withTransaction(async (tx): Promise<ListChanged> => {
    if (!(await lockCategory(tx, shop.shopId, categoryId))) return refused('gone');
    await storeVariants(tx, shop.shopId, priced);
    const { rows } = await tx.query<{ id: bigint }>(
      'SELECT DISTINCT variant_id AS id FROM list_prices WHERE shop_id = $1 AND category_id = $2 AND variant_id = ANY($3::bigint[])',
      [shop.shopId, categoryId, bigintArray(priced.map(({ variantId }) => variantId))],
    );
    const listed = new Set(rows.map(({ id }) => id));
    const added = priced.filter(({ variantId }) => !listed.has(variantId));
    await storePrices(
      tx,
      shop.shopId,
      categoryId,
      added.map(({ variantId, priceMinor }) => ({ variantId, quantity: 1, priceMinor, wasMinor: null })),
    );
    return { ok: true, saved: added.length };
  });
}

/**
 * Takes in a table of SKUs and prices: all of it, or nothing with what is wrong by line. Prices that the table doesn't name
 * stay.
 */
export async function importList(
  shop: PricingShop,
  categoryId: bigint,
  table: readonly { line: number; cells: readonly string[] }[],
  locale: string,
): Promise<ListChanged> {
  if (table.length > LIST_ROWS_MAX) return refused('too_many');
  const { rows, problems } = readListRows(table, locale, shop.currency);
  if (problems.length > 0) return withProblems(problems);
  if (rows.length === 0) return refused('required');
  const skus = [...new Set(rows.map(({ sku }) => sku))];
  const variants = await unlessUnavailable(shop.domain, () =>
    findVariantsBySku(shop.domain, shop.currency, skus),
  );
  if (!Array.isArray(variants)) return refused('not_saved');
  const matched = matchRows(rows, variants);
  if (matched.problems.length > 0) return withProblems(matched.problems);
  return withTransaction(async (tx): Promise<ListChanged> => {
    if (!(await lockCategory(tx, shop.shopId, categoryId))) return refused('gone');
    await storeVariants(tx, shop.shopId, variants);
    await storePrices(tx, shop.shopId, categoryId, matched.changes);
    return { ok: true, saved: matched.changes.length };
  });
}

const PROBLEMS_SHOWN = 20;

function withProblems(problems: readonly RowProblem[]): ListChanged {
  return { ok: false, errors: { text: { code: 'invalid' } }, problems: problems.slice(0, PROBLEMS_SHOWN) };
}

function matchRows(
  rows: readonly ListRow[],
  variants: readonly PricedVariant[],
): { changes: PriceChange[]; problems: RowProblem[] } {
  const bySku = Map.groupBy(variants, ({ sku }) => sku.toLowerCase());
  const problems: RowProblem[] = [];
  const changes = rows.flatMap(({ line, sku, quantity, priceMinor }) => {
    const [variant, ...more] = bySku.get(sku.toLowerCase()) ?? [];
    if (variant && more.length === 0)
      return [{ variantId: variant.variantId, quantity, priceMinor, wasMinor: null }];
    problems.push({ line, code: variant ? 'several' : 'unknown_sku', text: sku });
    return [];
  });
  return { changes, problems };
}

async function lockCategory(tx: Transaction, shopId: bigint, categoryId: bigint): Promise<boolean> {
  const { rowCount } = await tx.query(
    'SELECT FROM categories WHERE shop_id = $1 AND category_id = $2 FOR UPDATE',
    [shopId, categoryId],
  );
  return rowCount === 1;
}

async function isChangedMeanwhile(
  tx: Transaction,
  shopId: bigint,
  categoryId: bigint,
  changes: readonly PriceChange[],
): Promise<boolean> {
  const { rows } = await tx.query(
    `SELECT FROM unnest($3::bigint[], $4::int[], $5::bigint[]) AS n (variant_id, quantity, was)
       LEFT JOIN list_prices l ON l.shop_id = $1 AND l.category_id = $2 AND l.variant_id = n.variant_id AND l.quantity = n.quantity
     WHERE l.price_minor IS DISTINCT FROM n.was LIMIT 1`,
    [
      shopId,
      categoryId,
      bigintArray(changes.map(({ variantId }) => variantId)),
      changes.map(({ quantity }) => quantity),
      bigintArray(changes.map(({ wasMinor }) => wasMinor)),
    ],
  );
  return rows.length > 0;
}

/** Variants that are only in prices, not among `listed_variants`, were never read: they can't be changed here. */
async function storePrices(
  tx: Transaction,
  shopId: bigint,
  categoryId: bigint,
  changes: readonly PriceChange[],
): Promise<void> {
  if (changes.length === 0) return;
  const variantIds = bigintArray(changes.map(({ variantId }) => variantId));
  const columns = [
    shopId,
    categoryId,
    variantIds,
    changes.map(({ quantity }) => quantity),
    bigintArray(changes.map(({ priceMinor }) => priceMinor)),
  ];
  const given = `unnest($3::bigint[], $4::int[], $5::bigint[]) AS n (variant_id, quantity, price_minor)`;
  await tx.query(
    `DELETE FROM list_prices l USING ${given} WHERE l.shop_id = $1 AND l.category_id = $2 AND l.variant_id = n.variant_id
       AND l.quantity = n.quantity AND n.price_minor IS NULL`,
    columns,
  );
  await tx.query(
    `INSERT INTO list_prices (shop_id, category_id, variant_id, quantity, price_minor)
     SELECT $1, $2, n.variant_id, n.quantity, n.price_minor FROM ${given}
       JOIN listed_variants v ON v.shop_id = $1 AND v.variant_id = n.variant_id WHERE n.price_minor IS NOT NULL ORDER BY 3, 4
     ON CONFLICT (shop_id, category_id, variant_id, quantity) DO UPDATE SET price_minor = EXCLUDED.price_minor`,
    columns,
  );
  await queueVariants(tx, shopId, variantIds);
}

/** The worker writes the variants' metafields; whether a category has a list is in the shop's rules. */
async function queueVariants(tx: Transaction, shopId: bigint, variantIds: unknown): Promise<void> {
  await tx.query(
    `INSERT INTO price_variants (shop_id, variant_id, changed_at)
     SELECT $1::bigint, id, clock_timestamp() FROM unnest($2::bigint[]) AS id GROUP BY 2 ORDER BY 2
     ON CONFLICT (shop_id, variant_id) DO UPDATE SET ${changedAgain('price_variants')}`,
    [shopId, variantIds],
  );
  await tx.query('UPDATE price_settings SET requested_at = clock_timestamp() WHERE shop_id = $1 AND is_on', [
    shopId,
  ]);
  await wakeTask(tx, 'write-prices');
}

async function storeVariants(
  tx: Transaction,
  shopId: bigint,
  variants: readonly PricedVariant[],
): Promise<void> {
  await tx.query(
    `INSERT INTO listed_variants (shop_id, variant_id, product_id, title, sku, price_minor, cost_minor)
     SELECT $1, * FROM unnest($2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::bigint[], $7::bigint[])
       AS n (variant_id, product_id, title, sku, price_minor, cost_minor) ORDER BY 2
     ON CONFLICT (shop_id, variant_id) DO UPDATE SET title = EXCLUDED.title, sku = EXCLUDED.sku, price_minor = EXCLUDED.price_minor,
       cost_minor = EXCLUDED.cost_minor, read_at = clock_timestamp()`,
    [
      shopId,
      bigintArray(variants.map(({ variantId }) => variantId)),
      bigintArray(variants.map(({ productId }) => productId)),
      variants.map(({ title }) => title),
      variants.map(({ sku }) => sku),
      bigintArray(variants.map(({ priceMinor }) => priceMinor)),
      bigintArray(variants.map(({ costMinor }) => costMinor)),
    ],
  );
}

const FRESH_HOURS = 24;

/**
 * Reads the store's prices of shown variants again where they are older than a day; those that can't be read stay. Returns
 * whether nothing was read.
 */
export async function refreshListed(shop: PricingShop, variantIds: readonly bigint[]): Promise<boolean> {
  const { rows } = await pool.query<{ id: bigint }>(
    `SELECT variant_id AS id FROM listed_variants WHERE shop_id = $1 AND variant_id = ANY($2::bigint[])
       AND read_at < clock_timestamp() - interval '${FRESH_HOURS} hours'`,
    [shop.shopId, bigintArray(variantIds)],
  );
  if (rows.length === 0) return true;
  const read = await unlessUnavailable(shop.domain, () =>
    readPricedVariants(
      shop.domain,
      shop.currency,
      rows.map(({ id }) => ({ variantId: id })),
    ),
  );
  if (!Array.isArray(read)) return true;
  await withTransaction((tx) => storeVariants(tx, shop.shopId, read));
  return false;
}
