/** Who of the shop's staff does something: what the ledger writes down, and the name that people see. */
import { pool } from '#app/db.server.ts';
import { fetchStaffUser } from '#app/integrations/shopify/staff-user.server.ts';
import { AppError } from '#app/lib/errors.ts';
import { logger } from '#app/lib/logger.server.ts';
import { readIdParam } from '#app/lib/read-id.ts';

/** People marry: after so long Shopify is asked for the name again. */
const NAME_IS_FRESH_DAYS = 7;
const ACTOR = /^staff:(\d{1,19})$/;

/** A staff member; the name is null while Shopify has not said it. */
export interface Staff {
  /** As entries keep it: `staff:<user id>`. */
  actor: string;
  name: string | null;
}

/** Whoever sent this request of the admin. Shopify's silence costs the name, never the work. */
export async function readStaff(
  request: Request,
  shop: { shopId: bigint; domain: string; userId: string },
): Promise<Staff> {
  const userId = readIdParam(shop.userId);
  if (userId === null) return { actor: `staff:${shop.userId}`, name: null };
  const actor = `staff:${userId}`;
  const { rows } = await pool.query<{ name: string; isFresh: boolean }>(
    `SELECT name, seen_at > clock_timestamp() - $3 * interval '1 day' AS "isFresh" FROM staff_members WHERE shop_id = $1 AND user_id = $2`,
    [shop.shopId, userId, NAME_IS_FRESH_DAYS],
  );
  const [known] = rows;
  if (known?.isFresh) return { actor, name: known.name };
  const name = await askForName(request, shop, userId);
  return { actor, name: name ?? known?.name ?? null };
}

async function askForName(
  request: Request,
  shop: { shopId: bigint; domain: string },
  userId: bigint,
): Promise<string | null> {
  try {
    const user = await fetchStaffUser(request, shop.domain);
    if (user?.userId !== userId) return null;
    await pool.query(
      `INSERT INTO staff_members (shop_id, user_id, name) VALUES ($1, $2, $3)
       ON CONFLICT (shop_id, user_id) DO UPDATE SET name = excluded.name, seen_at = clock_timestamp()`,
      [shop.shopId, userId, user.name],
    );
    return user.name;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    logger.warn({ shopId: String(shop.shopId), reason: error.message }, 'name of a staff member not known');
    return null;
  }
}

/** The names of actors (`staff:<user id>`) that are known, by actor. */
export async function staffNames(shopId: bigint, actors: readonly string[]): Promise<Map<string, string>> {
  const ids = actors.flatMap((actor) => readIdParam(ACTOR.exec(actor)?.[1]) ?? []);
  if (ids.length === 0) return new Map();
  const { rows } = await pool.query<{ actor: string; name: string }>(
    `SELECT 'staff:' || user_id AS actor, name FROM staff_members WHERE shop_id = $1 AND user_id = ANY($2::bigint[])`,
    [shopId, ids],
  );
  return new Map(rows.map(({ actor, name }) => [actor, name]));
}

/** The staff whose names are known, by name; for a choice. */
export async function listStaff(shopId: bigint): Promise<{ actor: string; name: string }[]> {
  const { rows } = await pool.query<{ actor: string; name: string }>(
    `SELECT 'staff:' || user_id AS actor, name FROM staff_members WHERE shop_id = $1 ORDER BY name, user_id`,
    [shopId],
  );
  return rows;
}
