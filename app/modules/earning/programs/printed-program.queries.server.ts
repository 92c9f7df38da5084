import { pool } from '#app/db.server.ts';

/** Whether a program that is active gives the points printed on products. */
export async function hasPrintedProgram(shopId: bigint): Promise<boolean> {
  const { rows } = await pool.query<{ found: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM programs WHERE shop_id = $1 AND status = 'active' AND rule->>'kind' = 'printed') AS found`,
    [shopId],
  );
  return rows[0]?.found ?? false;
}
