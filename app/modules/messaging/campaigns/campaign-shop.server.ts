import type { Queryable } from '#app/db.server.ts';
import { invariant } from '#app/lib/errors.ts';

/** What texts need to know of the shop. */
export interface CampaignShop {
  shopId: bigint;
  name: string;
  /** What the club is called, on screens and in messages (F93). */
  club: string;
  currency: string;
  timeZone: string;
}

/** Loads a shop as campaigns need it. */
export async function loadCampaignShop(db: Queryable, shopId: bigint): Promise<CampaignShop> {
  const { rows } = await db.query<CampaignShop>(
    `SELECT s.shop_id AS "shopId", coalesce(s.name, s.domain) AS name, coalesce(nullif(c.club_title, ''), s.name, s.domain) AS club,
       coalesce(s.currency, 'USD') AS currency, s.time_zone AS "timeZone"
      FROM shops s LEFT JOIN club_settings c USING (shop_id) WHERE s.shop_id = $1`,
    [shopId],
  );
  invariant(rows[0], `shop ${shopId} exists`);
  return rows[0];
}
