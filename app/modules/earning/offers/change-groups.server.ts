/** Offer groups: made, renamed and removed. */
import { pool, withTransaction } from '#app/db.server.ts';

const GROUPS_MAX = 50;

/** Makes a group behind the others; false when the shop has as many as it may. */
export async function createGroup(shopId: bigint, name: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `INSERT INTO offer_groups (shop_id, name, position)
     SELECT $1, $2, coalesce(max(position), 0) + 1 FROM offer_groups WHERE shop_id = $1 HAVING count(*) < $3`,
    [shopId, name, GROUPS_MAX],
  );
  return rowCount === 1;
}

/** Renames a group; false when the shop has no such group. Past orders keep the name they had. */
export async function renameGroup(shopId: bigint, groupId: bigint, name: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    'UPDATE offer_groups SET name = $3 WHERE shop_id = $1 AND group_id = $2',
    [shopId, groupId, name],
  );
  return rowCount === 1;
}

/** Removes a group and ends its offers; false when there is none. Past orders keep both in their rules. */
export async function removeGroup(shopId: bigint, groupId: bigint): Promise<boolean> {
  return withTransaction(async (tx) => {
    const { rowCount } = await tx.query('DELETE FROM offer_groups WHERE shop_id = $1 AND group_id = $2', [
      shopId,
      groupId,
    ]);
    await tx.query(
      `UPDATE offers SET status = 'ended', version = version + 1, updated_at = clock_timestamp()
       WHERE shop_id = $1 AND group_id = $2 AND status <> 'ended'`,
      [shopId, groupId],
    );
    return rowCount === 1;
  });
}
