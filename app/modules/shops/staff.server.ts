/** Staff members: the actor the ledger records, and the name on screen. */
import { pool } from '#app/db.server.ts';
import { fetchStaffUser } from '#app/integrations/shopify/staff-user.server.ts';
import { AppError } from '#app/lib/errors.ts';
import { logger } from '#app/lib/logger.server.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import { readIdParam } from '#app/lib/read-id.ts';

/** Names change: after this time Shopify is asked again. */
const NAME_IS_FRESH_DAYS = 7;
const ACTOR = /^staff:(\d{1,18})$/;

/** A staff member; the name is null until Shopify has returned it. */
export interface Staff {
  /** As entries store it: `staff:<user id>`. */
  actor: string;
  name: string | null;
}

/**
 * Returns the staff member who sent this admin request. If Shopify doesn't answer, the name is missing but the
 * request continues.
 */
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
    logger.warn(
      { shopId: String(shop.shopId), reason: safeErrorText(error) },
      'name of a staff member not known',
    );
    return null;
  }
}

/** Loads the known names of actors (`staff:<user id>`), by actor. */
export async function staffNames(shopId: bigint, actors: readonly string[]): Promise<Map<string, string>> {
  const ids = actors.flatMap((actor) => readIdParam(ACTOR.exec(actor)?.[1]) ?? []);
  if (ids.length === 0) return new Map();
  const { rows } = await pool.query<{ actor: string; name: string }>(
    `SELECT 'staff:' || user_id AS actor, name FROM staff_members WHERE shop_id = $1 AND user_id = ANY($2::bigint[])`,
    [shopId, ids],
  );
  return new Map(rows.map(({ actor, name }) => [actor, name]));
}

/** Lists the staff with known names, by name; for a select field. */
export async function listStaff(shopId: bigint): Promise<{ actor: string; name: string }[]> {
  const { rows } = await pool.query<{ actor: string; name: string }>(
    `SELECT 'staff:' || user_id AS actor, name FROM staff_members WHERE shop_id = $1 ORDER BY name, user_id`,
    [shopId],
  );
  return rows;
}
