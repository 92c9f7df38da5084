import { withTransaction, type Transaction } from '#app/db.server.ts';
import { i18nFor } from '#app/i18n/i18n.ts';
import { LOCALES } from '#app/i18n/locales.ts';
import { logger } from '#app/lib/logger.server.ts';
import { startFirstSync } from '#app/modules/sync/start-sync.server.ts';
import { definePoints } from '#app/modules/earning/printed-points/define-metafield.server.ts';
import { nameFirstCategories } from '#app/modules/pricing/categories/name-first-categories.server.ts';
import { firstClub } from '#app/modules/shops/rules/first-club.ts';
import { readShop, storeShop, type ShopAtShopify } from '#app/modules/shops/store-shop.server.ts';

const FIRST_LIFETIME_DAYS = 365;

/**
 * Creates the shop's rows when the app is first opened there, or opened again after an uninstall: Shopify's data of
 * the shop, club settings and a first spend program. The club begins as a draft. It also starts the first sync. Nothing the merchant has set is
 * changed, unless the shop's currency is another: then what has amounts is switched off. Calling it again is harmless.
 * @throws UpstreamError when Shopify can't be asked.
 */
export async function ensureInstalled(domain: string): Promise<void> {
  const shop = await readShop(domain);
  const isNew = await withTransaction(async (tx) => {
    const shopId = await storeShop(tx, domain, shop);
    await startFirstSync(tx, shopId);
    return storeFirstClub(tx, shopId, shop.facts);
  });
  await definePoints(domain);
  logger.info({ shop: domain, isNew }, 'app installed');
}

/**
 * The row of `club_settings` decides whether the club is new: its insert lets only one of two concurrent installs
 * continue.
 */
async function storeFirstClub(
  tx: Transaction,
  shopId: bigint,
  shop: ShopAtShopify['facts'],
): Promise<boolean> {
  const club = firstClub(shop.currencyCode);
  const { rowCount } = await tx.query(
    `INSERT INTO club_settings (shop_id, redemption_rate_units, redemption_rate_minor, trial_mode, launched_at)
     VALUES ($1, $2, $3, true, NULL) ON CONFLICT (shop_id) DO NOTHING`,
    [shopId, club.rateUnits, club.rateMinor],
  );
  if (rowCount === 0) return false;
  const rule = {
    kind: 'spend',
    stepMinor: club.stepMinor.toString(),
    units: club.units.toString(),
    pendingDays: 0,
    lifetimeDays: FIRST_LIFETIME_DAYS,
    // Shoppers expect to earn on the price as displayed.
    includeTax: shop.taxesIncluded,
    includeShipping: false,
  };
  await tx.query(
    `INSERT INTO programs (shop_id, name, kind, unit, rule)
     SELECT $1, $3, 'spend', 'POINTS', $2
      WHERE NOT EXISTS (SELECT 1 FROM programs WHERE shop_id = $1)`,
    [shopId, JSON.stringify(rule), await firstProgramName(tx, shopId)],
  );
  await tx.query('SELECT seed_club($1, $2)', [shopId, club.stepMinor]);
  await nameFirstCategories(tx, shopId);
  return true;
}

/** In the shop's language: shoppers read it, too. */
async function firstProgramName(tx: Transaction, shopId: bigint): Promise<string> {
  const { rows } = await tx.query<{ locale: string }>('SELECT locale FROM shops WHERE shop_id = $1', [
    shopId,
  ]);
  const locale = LOCALES.find((known) => known === rows[0]?.locale) ?? 'en';
  return i18nFor(locale).getFixedT(locale)('programs.default_name.spend');
}
