/** Open codes follow the switch of prices and codes (F139): the worker changes what they combine with at Shopify. */
import { pool } from '#app/db.server.ts';
import { changeCombination } from '#app/integrations/shopify/discounts.server.ts';
import { combinesWithPrice } from '#app/modules/pricing/settings/code-combination.server.ts';
import { IS_INSTALLED_SQL } from '#app/modules/shops/find-shop.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';

/** Codes of a shop in one run; the rest follows a minute later. */
const CODES_MAX = 200;

interface Key {
  shopId: bigint;
  redemptionId: string;
}

/** Stores what a code combines with at Shopify. */
export async function storeCombination({ shopId, redemptionId }: Key, combines: boolean): Promise<void> {
  await pool.query(
    'UPDATE redemptions SET combines_with_product = $3 WHERE shop_id = $1 AND redemption_id = $2',
    [shopId, redemptionId, combines],
  );
}

interface CodeToChange extends Key {
  gid: string;
  order: boolean;
  product: boolean;
  shipping: boolean;
}

const flag = (name: string, column: string) =>
  `coalesce((r.reward->'combinesWith'->>'${name}')::bool, l.${column})`;
const OWN = flag('productDiscounts', 'combines_with_product');

const OPEN = `
  FROM redemptions r JOIN price_settings s USING (shop_id) JOIN club_settings l USING (shop_id)
    JOIN customers c ON c.shop_id = r.shop_id AND c.customer_id = r.customer_id
   WHERE r.state = 'issued' AND r.order_id IS NULL AND r.discount_gid IS NOT NULL AND r.expires_at > ledger_now()
     AND coalesce(r.combines_with_product, ${OWN}) <> ${combinesWithPrice(OWN)}`;

const SHOPS = `
  SELECT shop_id AS "shopId", domain FROM shops
   WHERE ${IS_INSTALLED_SQL} AND shop_id IN (SELECT r.shop_id ${OPEN}) ORDER BY 1`;

const CODES = `
  SELECT r.shop_id AS "shopId", r.redemption_id AS "redemptionId", r.discount_gid AS gid, ${flag('orderDiscounts', 'combines_with_order')} AS "order",
    ${combinesWithPrice(OWN)} AS product, ${flag('shippingDiscounts', 'combines_with_shipping')} AS shipping ${OPEN} AND r.shop_id = $1
   ORDER BY r.created_at LIMIT ${CODES_MAX}`;

/**
 * Changes open codes whose combination is another than the switch says; returns how many. May run twice: a code that is as it
 * should be is left alone.
 */
export async function updateCodes(signal?: AbortSignal): Promise<number> {
  const { rows: shops } = await pool.query<{ shopId: bigint; domain: string }>(SHOPS);
  const updateShop = async ({ shopId, domain }: (typeof shops)[number]): Promise<number> => {
    const { rows } = await pool.query<CodeToChange>(CODES, [shopId]);
    for (const [done, code] of rows.entries()) {
      if (signal?.aborted) return done;
      await changeCombination(domain, code.gid, {
        orderDiscounts: code.order,
        productDiscounts: code.product,
        shippingDiscounts: code.shipping,
      });
      await storeCombination(code, code.product);
    }
    return rows.length;
  };
  return forEachShop('update-codes', shops, updateShop, { signal });
}
