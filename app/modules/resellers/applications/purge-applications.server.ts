/** What isn't needed any longer of applications: pictures of identity cards above all. */
import { pool, withTransaction } from '#app/db.server.ts';
import { dropFiles } from '#app/modules/photos/file-removals.server.ts';
import { forEachShop } from '#app/modules/shops/for-each-shop.server.ts';

/** After the decision, in days. */
const PICTURES_KEPT = 90;
const REFUSED_KEPT = 365;

const isOlder = (days: number) => `a.decided_at < clock_timestamp() - interval '${days} days'`;
const HAS_PICTURES = `${isOlder(PICTURES_KEPT)} AND EXISTS (SELECT FROM application_files f WHERE f.shop_id = a.shop_id AND f.application_id = a.application_id)`;
const IS_REFUSED = `a.state = 'refused' AND ${isOlder(REFUSED_KEPT)}`;

/**
 * Deletes pictures 90 days after the decision, and refused applications after a year. Returns how many applications it was. May
 * run twice, late or on two machines.
 */
export async function purgeApplications(signal?: AbortSignal): Promise<number> {
  const { rows } = await pool.query<{ shopId: bigint }>(
    `SELECT DISTINCT a.shop_id AS "shopId" FROM reseller_applications a WHERE ${HAS_PICTURES} OR ${IS_REFUSED} ORDER BY 1`,
  );
  return forEachShop('purge-applications', rows, ({ shopId }) => purgeOfShop(shopId), { signal });
}

function purgeOfShop(shopId: bigint): Promise<number> {
  return withTransaction(async (tx) => {
    const files = await tx.query<{ fileKey: string; thumbKey: string; applicationId: string }>(
      `DELETE FROM application_files f USING reseller_applications a
        WHERE f.shop_id = $1 AND a.shop_id = $1 AND a.application_id = f.application_id AND ${isOlder(PICTURES_KEPT)}
       RETURNING f.file_key AS "fileKey", f.thumb_key AS "thumbKey", f.application_id AS "applicationId"`,
      [shopId],
    );
    await dropFiles(
      tx,
      shopId,
      files.rows.flatMap(({ fileKey, thumbKey }) => [fileKey, thumbKey]),
    );
    const refused = await tx.query<{ applicationId: string }>(
      `DELETE FROM reseller_applications a WHERE a.shop_id = $1 AND ${IS_REFUSED} RETURNING a.application_id AS "applicationId"`,
      [shopId],
    );
    return new Set([...files.rows, ...refused.rows].map(({ applicationId }) => applicationId)).size;
  });
}
