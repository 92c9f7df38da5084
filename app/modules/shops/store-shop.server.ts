/** What Shopify says about a shop itself: stored at install, and read again every hour. */
import { adminGraphql } from '#app/integrations/shopify/admin-client.server.ts';
import { READ_SHOP } from '#app/integrations/shopify/operations/shop.ts';
import { withTransaction, type Transaction } from '#app/db.server.ts';
import { invariant } from '#app/lib/errors.ts';
import { logger } from '#app/lib/logger.server.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import type { ReadShopQuery } from '#app/types/admin.generated.d.ts';
import { isKnownTimeZone } from './time-zone.server.ts';

/** Countries whose merchants start with texts for shoppers in a language other than English. */
const LOCALE_BY_COUNTRY: Record<string, string> = { ID: 'id' };

export interface ShopAtShopify {
  facts: ReadShopQuery['shop'];
  /** Granted scopes. */
  scopes: string[];
  isTimeZoneKnown: boolean;
}

/** Reads the shop at Shopify. Throws UpstreamError. */
export async function readShop(domain: string): Promise<ShopAtShopify> {
  const { shop, currentAppInstallation } = await adminGraphql<ReadShopQuery>(domain, READ_SHOP);
  return {
    facts: shop,
    scopes: currentAppInstallation.accessScopes.map(({ handle }) => handle),
    isTimeZoneKnown: await isKnownTimeZone(shop.ianaTimezone),
  };
}

/** The zone to store, and the one to report as unknown: one of them is null. */
const zones = (isKnown: boolean, zone: string): [string | null, string | null] =>
  isKnown ? [zone, null] : [null, zone];

/**
 * Stores a shop in which the app is being installed; returns its id. Days of a shop in a time zone that isn't known here
 * are those of its former zone, or of UTC.
 */
export async function storeShop(
  tx: Transaction,
  domain: string,
  { facts, scopes, isTimeZoneKnown }: ShopAtShopify,
): Promise<bigint> {
  const before = await lockCurrency(tx, domain);
  const country = facts.shopAddress.countryCodeV2 ?? null;
  const locale = LOCALE_BY_COUNTRY[country ?? ''] ?? 'en';
  const { rows } = await tx.query<{ shopId: bigint }>(
    `INSERT INTO shops AS known (domain, name, currency, time_zone, unknown_time_zone, country, locale, scopes, installed_at)
     VALUES ($1, $2, $3, coalesce($4, 'UTC'), $5, $6, $7, $8, clock_timestamp())
     ON CONFLICT (domain) DO UPDATE SET
       name = excluded.name, currency = excluded.currency, time_zone = coalesce($4, known.time_zone),
       unknown_time_zone = excluded.unknown_time_zone, country = excluded.country,
       locale = excluded.locale, scopes = excluded.scopes,
       installed_at = CASE WHEN known.installed_at IS NULL OR known.installed_at <= known.uninstalled_at
                           THEN clock_timestamp() ELSE known.installed_at END
     RETURNING shop_id AS "shopId"`,
    [
      domain,
      facts.name,
      facts.currencyCode,
      ...zones(isTimeZoneKnown, facts.ianaTimezone),
      country,
      locale,
      scopes.join(','),
    ],
  );
  const [row] = rows;
  invariant(row, `upsert of shop ${domain} gave no row`);
  await followCurrency(tx, row.shopId, before, facts.currencyCode);
  return row.shopId;
}

async function lockCurrency(tx: Transaction, domain: string): Promise<string | null> {
  const { rows } = await tx.query<{ currency: string | null }>(
    'SELECT currency FROM shops WHERE domain = $1 FOR UPDATE',
    [domain],
  );
  return rows[0]?.currency ?? null;
}

/**
 * Switches everything off that has an amount in the currency of before, and has the worker count figures again: they and
 * the amounts of the club must never be taken for those of another currency.
 */
async function followCurrency(
  tx: Transaction,
  shopId: bigint,
  before: string | null,
  now: string,
): Promise<void> {
  if (before === now) return;
  if (before !== null) {
    logger.warn({ shopId: shopId.toString(), before, now }, 'currency changed: amounts are switched off');
    await tx.query('SELECT switch_off_amounts($1), hold_credit($1, $2, $3)', [shopId, before, now]);
  }
  await wakeTask(tx, 'recount-figures');
}

/** Takes over what a merchant changed in Shopify's settings: name, country, currency, time zone. Throws UpstreamError. */
export async function refreshShop({ shopId, domain }: { shopId: bigint; domain: string }): Promise<void> {
  const { facts, isTimeZoneKnown } = await readShop(domain);
  await withTransaction(async (tx) => {
    const before = await lockCurrency(tx, domain);
    await tx.query(
      `UPDATE shops SET name = $2, currency = $3, country = $4, time_zone = coalesce($5, time_zone), unknown_time_zone = $6
        WHERE shop_id = $1`,
      [
        shopId,
        facts.name,
        facts.currencyCode,
        facts.shopAddress.countryCodeV2 ?? null,
        ...zones(isTimeZoneKnown, facts.ianaTimezone),
      ],
    );
    await followCurrency(tx, shopId, before, facts.currencyCode);
  });
}
