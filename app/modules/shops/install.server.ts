import { adminGraphql } from '#app/integrations/shopify/admin-client.server.ts';
import { READ_SHOP } from '#app/integrations/shopify/operations/shop.ts';
import { withTransaction, type Transaction } from '#app/db.server.ts';
import { invariant } from '#app/lib/errors.ts';
import { logger } from '#app/lib/logger.server.ts';
import type { ReadShopQuery } from '#app/types/admin.generated.d.ts';
import { startFirstSync } from '#app/modules/sync/start-sync.server.ts';
import { definePoints } from '#app/modules/products/define-points.server.ts';
import { firstClub } from './rules/first-club.ts';

const FIRST_LIFETIME_DAYS = 365;

/** Countries whose merchants get the app's texts for shoppers in another language than English. */
const LOCALE_BY_COUNTRY: Record<string, string> = { ID: 'id' };

/**
 * Makes the shop's rows when the app is opened there for the first time, or again after an uninstall: what Shopify
 * says of the shop, club settings and a first spend program; what the shop has begins to be read. Nothing that the merchant has set is touched; calling it
 * again is harmless.
 * @throws UpstreamError when Shopify cannot be asked.
 */
export async function ensureInstalled(domain: string): Promise<void> {
  const { shop, currentAppInstallation } = await adminGraphql<ReadShopQuery>(domain, READ_SHOP);
  const scopes = currentAppInstallation.accessScopes.map(({ handle }) => handle);
  const isNew = await withTransaction(async (tx) => {
    const shopId = await storeShop(tx, domain, shop, scopes);
    await startFirstSync(tx, shopId);
    return storeFirstClub(tx, shopId, shop);
  });
  await definePoints(domain);
  logger.info({ shop: domain, isNew }, 'app installed');
}

async function storeShop(
  tx: Transaction,
  domain: string,
  shop: ReadShopQuery['shop'],
  scopes: readonly string[],
): Promise<bigint> {
  const country = shop.shopAddress.countryCodeV2 ?? null;
  const locale = LOCALE_BY_COUNTRY[country ?? ''] ?? 'en';
  const { rows } = await tx.query<{ shopId: bigint }>(
    `INSERT INTO shops AS known (domain, name, currency, time_zone, country, locale, scopes, installed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, clock_timestamp())
     ON CONFLICT (domain) DO UPDATE SET
       name = excluded.name, currency = excluded.currency, time_zone = excluded.time_zone, country = excluded.country,
       locale = excluded.locale, scopes = excluded.scopes,
       installed_at = CASE WHEN known.installed_at IS NULL OR known.installed_at <= known.uninstalled_at
                           THEN clock_timestamp() ELSE known.installed_at END
     RETURNING shop_id AS "shopId"`,
    [domain, shop.name, shop.currencyCode, shop.ianaTimezone, country, locale, scopes.join(',')],
  );
  const [row] = rows;
  invariant(row, `upsert of shop ${domain} gave no row`);
  return row.shopId;
}

/** The row of `club_settings` decides whether the club is new: its insert lets only one of two installs go on. */
async function storeFirstClub(
  tx: Transaction,
  shopId: bigint,
  shop: ReadShopQuery['shop'],
): Promise<boolean> {
  const club = firstClub(shop.currencyCode);
  const { rowCount } = await tx.query(
    `INSERT INTO club_settings (shop_id, redemption_rate_units, redemption_rate_minor) VALUES ($1, $2, $3)
     ON CONFLICT (shop_id) DO NOTHING`,
    [shopId, club.rateUnits, club.rateMinor],
  );
  if (rowCount === 0) return false;
  const rule = {
    kind: 'spend',
    stepMinor: club.stepMinor.toString(),
    units: club.units.toString(),
    pendingDays: 0,
    lifetimeDays: FIRST_LIFETIME_DAYS,
    // What the price tag says is what a shopper expects to earn on.
    includeTax: shop.taxesIncluded,
    includeShipping: false,
  };
  await tx.query(
    `INSERT INTO programs (shop_id, name, kind, unit, rule)
     SELECT $1, 'Points for spending', 'spend', 'POINTS', $2
      WHERE NOT EXISTS (SELECT 1 FROM programs WHERE shop_id = $1)`,
    [shopId, JSON.stringify(rule)],
  );
  await tx.query('SELECT seed_club($1, $2)', [shopId, club.stepMinor]);
  return true;
}
