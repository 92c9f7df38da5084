import { LRUCache } from 'lru-cache';
import { pool, prepared, type Queryable } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';

/** A shop as other modules see it. */
export interface Shop {
  shopId: bigint;
  /** `{shop}.myshopify.com` */
  domain: string;
  name: string | null;
  /** ISO 4217; null until the app was first opened in that shop. */
  currency: string | null;
  /** That of the credit that is held back since the shop's changed; null usually. */
  creditCurrency: string | null;
  /** IANA name of a zone that is known here. */
  timeZone: string;
  /** The zone Shopify names, when it isn't known here; null usually. */
  unknownTimeZone: string | null;
  /** ISO 3166-1 alpha-2. */
  country: string | null;
  locale: string;
  installedAt: Date | null;
  uninstalledAt: Date | null;
  scopes: string | null;
  reconciledUntil: Date | null;
}

/** SQL condition on `shops`: the app is installed there now. A reinstall keeps the date of the previous uninstall. */
export const IS_INSTALLED_SQL = `(installed_at IS NOT NULL AND (uninstalled_at IS NULL OR installed_at > uninstalled_at))`;

const COLUMNS = `shop_id AS "shopId", domain, name, currency, credit_currency AS "creditCurrency", time_zone AS "timeZone", unknown_time_zone AS "unknownTimeZone", country, locale,
  installed_at AS "installedAt", uninstalled_at AS "uninstalledAt", scopes, reconciled_until AS "reconciledUntil"`;

/** Returns true when the app is installed in this shop now. */
export function isInstalled(shop: Pick<Shop, 'installedAt' | 'uninstalledAt'>): boolean {
  if (shop.installedAt === null) return false;
  return shop.uninstalledAt === null || shop.installedAt > shop.uninstalledAt;
}

const FIND_SHOP = prepared('shop-find', `SELECT ${COLUMNS} FROM shops WHERE domain = $1`);

/** Finds the shop with this domain; null when it never sent us anything. */
export async function findShop(db: Queryable, domain: string): Promise<Shop | null> {
  const { rows } = await db.query<Shop>(FIND_SHOP([domain]));
  return rows[0] ?? null;
}

/** Returns the currencies of these shops; null while one is not known. */
export async function readCurrencies(
  db: Queryable,
  shopIds: readonly bigint[],
): Promise<ReadonlyMap<bigint, string | null>> {
  const { rows } = await db.query<{ shopId: bigint; currency: string | null }>(
    'SELECT shop_id AS "shopId", currency FROM shops WHERE shop_id = ANY($1::bigint[])',
    [bigintArray([...new Set(shopIds)])],
  );
  return new Map(rows.map(({ shopId, currency }) => [shopId, currency]));
}

/** Lists every shop that ever sent us something, by id; for operators. */
export async function listKnownShops(db: Queryable): Promise<Shop[]> {
  const { rows } = await db.query<Shop>(`SELECT ${COLUMNS} FROM shops ORDER BY shop_id`);
  return rows;
}

/** Lists the shops in which the app is installed now, by id. */
export async function listInstalledShops(db: Queryable): Promise<Shop[]> {
  const { rows } = await db.query<Shop>(
    `SELECT ${COLUMNS} FROM shops WHERE ${IS_INSTALLED_SQL} ORDER BY shop_id`,
  );
  return rows;
}

/** Ids of known domains. Rows of `shops` are never deleted and keep their domain, so an id never goes stale. */
const CACHED_IDS_MAX = 50_000;
const idsByDomain = new LRUCache<string, bigint>({ max: CACHED_IDS_MAX });

/**
 * Returns the ids of these domains in one map, creating rows for new shops. Cached in the process, because every
 * webhook needs it; never call it inside a transaction, which could roll a cached row back.
 */
export async function shopIdsOf(domains: Iterable<string>): Promise<ReadonlyMap<string, bigint>> {
  const found = new Map<string, bigint>();
  const missing: string[] = [];
  for (const domain of new Set(domains)) {
    const shopId = idsByDomain.get(domain);
    if (shopId === undefined) missing.push(domain);
    else found.set(domain, shopId);
  }
  if (missing.length === 0) return found;
  const insert = `INSERT INTO shops (domain) SELECT unnest($1::text[]) ON CONFLICT (domain) DO NOTHING`;
  // Sorted: two processes that create the same shops must not deadlock.
  await pool.query(insert, [missing.sort()]);
  const { rows } = await pool.query<{ domain: string; shopId: bigint }>(
    `SELECT domain, shop_id AS "shopId" FROM shops WHERE domain = ANY($1)`,
    [missing],
  );
  for (const { domain, shopId } of rows) {
    idsByDomain.set(domain, shopId);
    found.set(domain, shopId);
  }
  return found;
}
