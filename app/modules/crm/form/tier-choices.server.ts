import { pool } from '#app/db.server.ts';

export interface TierChoice {
  tierId: bigint;
  name: string;
}

/** The shop's tiers, the lowest first; none while tiers are off. */
export async function listTierChoices(shopId: bigint): Promise<TierChoice[]> {
  const { rows } = await pool.query<TierChoice>(
    `SELECT tier_id AS "tierId", name FROM tiers WHERE shop_id = $1
       AND EXISTS (SELECT FROM club_settings s WHERE s.shop_id = $1 AND s.tiers_active) ORDER BY position`,
    [shopId],
  );
  return rows;
}
