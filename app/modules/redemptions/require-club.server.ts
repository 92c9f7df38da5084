import { pool } from '#app/db.server.ts';
import { AppError } from '#app/lib/errors.ts';
import { readClubs, type Club } from '#app/modules/shops/club.server.ts';

/** Returns the club of a shop. Throws AppError `unknown_shop`. */
export async function requireClub(shopId: bigint): Promise<Club> {
  const club = (await readClubs(pool, [shopId])).get(shopId);
  if (!club) throw new AppError('unknown_shop', `shop ${shopId} is not known`);
  return club;
}
