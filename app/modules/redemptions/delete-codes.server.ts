/** Deletes codes at Shopify that hold nothing: a deactivated one stays in the shop's list and can be switched on again. */
import { pool } from '#app/db.server.ts';
import { deleteDiscountCode } from '#app/integrations/shopify/discounts.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';
import { IS_INSTALLED_SQL } from '#app/modules/shops/find-shop.server.ts';
import { storeDiscountGid } from './redemption-rows.server.ts';

const SHOPS_MAX = 1_000;
const CODES_A_SHOP_MAX = 1_000;

interface EndedCode {
  shopId: bigint;
  domain: string;
  redemptionId: string;
  code: string;
  discountGid: string;
}

/** Deletes the codes of released and failed redemptions, at most 1,000 a shop, and returns how many. */
export async function deleteEndedCodes(signal: AbortSignal): Promise<number> {
  const { rows: shops } = await pool.query<{ shopId: bigint }>(
    `SELECT DISTINCT r.shop_id AS "shopId" FROM redemptions r JOIN shops s USING (shop_id)
     WHERE ${IS_INSTALLED_SQL} AND r.state IN ('released', 'failed')
       AND r.discount_gid IS NOT NULL AND r.next_check_at IS NULL LIMIT ${SHOPS_MAX}`,
  );
  return forEachShop('delete-codes', shops, ({ shopId }) => deleteCodesOfShop(shopId, signal), { signal });
}

async function deleteCodesOfShop(shopId: bigint, signal: AbortSignal): Promise<number> {
  let deleted = 0;
  for (const code of await listEndedCodes(shopId)) {
    if (signal.aborted) return deleted;
    await deleteDiscountCode(code.domain, { code: code.code, gid: code.discountGid });
    await storeDiscountGid(pool, code, null);
    deleted += 1;
  }
  return deleted;
}

async function listEndedCodes(shopId: bigint): Promise<EndedCode[]> {
  const { rows } = await pool.query<EndedCode>(
    `SELECT r.shop_id AS "shopId", s.domain, r.redemption_id AS "redemptionId", r.code, r.discount_gid AS "discountGid"
     FROM redemptions r JOIN shops s USING (shop_id)
     WHERE r.shop_id = $1 AND r.state IN ('released', 'failed') AND r.discount_gid IS NOT NULL AND r.next_check_at IS NULL
     ORDER BY r.updated_at LIMIT ${CODES_A_SHOP_MAX}`,
    [shopId],
  );
  return rows;
}
