/** A shop's prices as the database has them now: what the rules at Shopify should say. */
import type { Queryable } from '#app/db.server.ts';
import { invariant } from '#app/lib/errors.ts';
import { currencyDigits } from '#app/lib/money.ts';
import { readCategories } from '../categories/categories.server.ts';
import { tierKey } from '../rules/price-keys.ts';
import { bytesOf, RULES_BYTES_MAX, writePriceRules, type ShopPrices } from '../rules/price-rules.ts';
import { readPriceSettings, type PriceSettings } from '../settings/price-settings.server.ts';

/** Our codes begin with it: those of `redemptions`, which come after this module. */
export const CLUB_CODE_PREFIX = 'SETIA-';

/** Reads settings, categories and tiers of a shop as rules. Throws for an unknown shop. */
export async function readShopPrices(
  db: Queryable,
  shopId: bigint,
): Promise<{ prices: ShopPrices; settings: PriceSettings }> {
  const [settings, categories, listed, tiers, shops] = await Promise.all([
    readPriceSettings(db, shopId),
    readCategories(db, shopId),
    db.query<{ id: bigint }>(
      `SELECT category_id AS id FROM categories g WHERE g.shop_id = $1
         AND EXISTS (SELECT FROM list_prices l WHERE l.shop_id = $1 AND l.category_id = g.category_id)`,
      [shopId],
    ),
    db.query<{ id: bigint; name: string; bp: number }>(
      `SELECT tier_id AS id, name, member_discount_bp AS bp FROM tiers
       WHERE shop_id = $1 AND removed_at IS NULL ORDER BY threshold, tier_id`,
      [shopId],
    ),
    db.query<{ currency: string }>('SELECT currency FROM shops WHERE shop_id = $1', [shopId]),
  ]);
  const [shop] = shops.rows;
  invariant(shop, `shop ${shopId} is not known`);
  const withList = new Set(listed.rows.map(({ id }) => id));
  return {
    settings,
    prices: {
      isOn: settings.isOn,
      digits: currencyDigits(shop.currency),
      forCompanies: settings.forCompanies,
      taxBp: settings.taxBp,
      categories: categories.map((category) => ({
        ...category,
        hasList: withList.has(category.categoryId),
        hasPercents: category.allowsPersonDiscount,
      })),
      tiers: tiers.rows.map(({ id, name, bp }) => ({ key: tierKey(id), discountBp: bp, label: name })),
      refusal:
        settings.combination === 'refuse' ? { prefix: CLUB_CODE_PREFIX, message: settings.refusal } : null,
    },
  };
}

/** Whether the rules, as this transaction leaves them, fit into what Shopify hands to the Function. */
export async function fitsFunction(db: Queryable, shopId: bigint): Promise<boolean> {
  const { prices } = await readShopPrices(db, shopId);
  return bytesOf(writePriceRules(prices)) <= RULES_BYTES_MAX;
}
