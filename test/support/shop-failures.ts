/** Shops whose turn of a task failed, as tests see them. */
import { pool } from '#app/db.server.ts';

/** As time passes: whatever failed may be tried again. */
export async function endRests(): Promise<void> {
  await pool.query('UPDATE shop_task_failures SET retry_at = clock_timestamp()');
}

/** What failed: `task shop part`, and how often. */
export async function listFailures(): Promise<
  { turn: string; failures: number; cause: string; reason: string }[]
> {
  const { rows } = await pool.query(
    `SELECT concat_ws(' ', task, shop_id, nullif(part, '')) AS turn, failures, cause, reason FROM shop_task_failures ORDER BY 1`,
  );
  return rows;
}

/** The statement that stores a segment of those who ordered once, which Shopify can ask, too. */
export const storeSegment = (
  name: string,
) => `INSERT INTO segments (shop_id, name, rule, created_by, updated_by)
  VALUES ($1, '${name}', '{"kind": "condition", "code": "order_count", "values": {"op": "is", "value": "1"}}', 'staff:1', 'staff:1')`;
