import { pool, type Queryable } from '#app/db.server.ts';

/** A shop as the other modules see it. */
export interface Shop {
  shopId: bigint;
  /** `{shop}.myshopify.com` */
  domain: string;
  name: string | null;
  /** ISO 4217, null until the app was opened once in that shop. */
  currency: string | null;
  /** IANA name. */
  timeZone: string;
  /** ISO 3166-1 alpha-2. */
  country: string | null;
  locale: string;
  installedAt: Date | null;
  uninstalledAt: Date | null;
  scopes: string | null;
  reconciledUntil: Date | null;
}

/** SQL condition on `shops`: the app is installed there now. A reinstall keeps the date of the uninstall before. */
export const IS_INSTALLED_SQL = `(installed_at IS NOT NULL AND (uninstalled_at IS NULL OR installed_at > uninstalled_at))`;

const COLUMNS = `shop_id AS "shopId", domain, name, currency, time_zone AS "timeZone", country, locale,
  installed_at AS "installedAt", uninstalled_at AS "uninstalledAt", scopes, reconciled_until AS "reconciledUntil"`;

/** True when the app is installed in this shop now. */
export function isInstalled(shop: Pick<Shop, 'installedAt' | 'uninstalledAt'>): boolean {
  if (shop.installedAt === null) return false;
  return shop.uninstalledAt === null || shop.installedAt > shop.uninstalledAt;
}

/** The shop with this domain, or null when none ever sent us anything. */
export async function findShop(db: Queryable, domain: string): Promise<Shop | null> {
  const { rows } = await db.query<Shop>(`SELECT ${COLUMNS} FROM shops WHERE domain = $1`, [domain]);
  return rows[0] ?? null;
}

/** Every shop that ever sent us something, by id; for operators. */
export async function listKnownShops(db: Queryable): Promise<Shop[]> {
  const { rows } = await db.query<Shop>(`SELECT ${COLUMNS} FROM shops ORDER BY shop_id`);
  return rows;
}

/** The shops in which the app is installed now, by id. */
export async function listInstalledShops(db: Queryable): Promise<Shop[]> {
  const { rows } = await db.query<Shop>(
    `SELECT ${COLUMNS} FROM shops WHERE ${IS_INSTALLED_SQL} ORDER BY shop_id`,
  );
  return rows;
}

/** Ids of known domains. Rows of `shops` are never deleted and keep their domain, so an id never grows stale. */
const idsByDomain = new Map<string, bigint>();
const CACHED_IDS_MAX = 50_000;

/**
 * The ids of these domains, in one map; rows are made for shops that are new. Cached in the process, because the
 * webhook door asks for every request; never inside a transaction, which could roll a cached row back.
 */
export async function shopIdsOf(domains: Iterable<string>): Promise<ReadonlyMap<string, bigint>> {
  if (idsByDomain.size > CACHED_IDS_MAX) idsByDomain.clear();
  const missing = [...new Set(domains)].filter((domain) => !idsByDomain.has(domain));
  if (missing.length === 0) return idsByDomain;
  const insert = `INSERT INTO shops (domain) SELECT unnest($1::text[]) ON CONFLICT (domain) DO NOTHING`;
  // In one order everywhere: two processes that meet the same new shops must not wait for each other in a circle.
  await pool.query(insert, [missing.sort()]);
  const { rows } = await pool.query<{ domain: string; shopId: bigint }>(
    `SELECT domain, shop_id AS "shopId" FROM shops WHERE domain = ANY($1)`,
    [missing],
  );
  for (const { domain, shopId } of rows) idsByDomain.set(domain, shopId);
  return idsByDomain;
}
