/** What rules did, by day, and its way back. */
import { pool, withTransaction } from '#app/db.server.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { storeTermsOf } from '#app/modules/customers/store-terms.server.ts';
import { queueEvaluation } from '#app/modules/membership/queue-evaluation.server.ts';
import { staffNames } from '#app/modules/shops/staff.server.ts';

/** The moves of a rule on a day, in one direction. */
export interface MoveGroup {
  ruleId: bigint;
  /** Of the shop, `YYYY-MM-DD`. */
  day: string;
  isBack: boolean;
  fromId: bigint;
  toId: bigint;
  /** Null for a category that was removed since. */
  from: string | null;
  to: string | null;
  moves: number;
  /** Of them, those that were undone. */
  undone: number;
  /** Who undid the latest of them. */
  undoneBy: string | null;
}

const GROUPS_SHOWN = 30;

const LIST = `
  SELECT m.rule_id AS "ruleId", m.day::text AS day, m.is_back AS "isBack", m.from_id AS "fromId", m.to_id AS "toId", f.name AS from, t.name AS to,
    count(*)::int AS moves, count(m.undone_at)::int AS undone,
    (array_agg(m.undone_by ORDER BY m.undone_at DESC NULLS LAST))[1] AS "undoneBy"
  FROM category_moves m LEFT JOIN categories f ON f.shop_id = m.shop_id AND f.category_id = m.from_id
    LEFT JOIN categories t ON t.shop_id = m.shop_id AND t.category_id = m.to_id
  WHERE m.shop_id = $1 AND m.day > (ledger_now() - interval '90 days')::date
  GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY m.day::text DESC, m.rule_id, m.is_back, m.from_id, m.to_id LIMIT ${GROUPS_SHOWN}`;

/** Lists what rules did in the last 90 days, the newest day first. */
export async function listMoves(shopId: bigint): Promise<MoveGroup[]> {
  const { rows } = await pool.query<MoveGroup>(LIST, [shopId]);
  const names = await staffNames(
    shopId,
    rows.flatMap(({ undoneBy }) => undoneBy ?? []),
  );
  return rows.map((row) => ({ ...row, undoneBy: names.get(row.undoneBy ?? '') ?? null }));
}

export type MoveGroupKey = Pick<MoveGroup, 'ruleId' | 'day' | 'isBack' | 'fromId' | 'toId'>;

/**
 * Only who is still where the move put them goes back: what staff or another rule decided since stands. A choice of staff from
 * now on, so that the rules don't move them again for the same orders.
 */
const DUE = `
  SELECT m.move_id AS "moveId", m.customer_id AS "customerId", CASE WHEN g.is_default THEN NULL ELSE g.category_id END AS "categoryId"
  FROM category_moves m JOIN customers c ON c.shop_id = m.shop_id AND c.customer_id = m.customer_id
    JOIN categories h ON h.shop_id = m.shop_id AND h.is_default
    JOIN categories g ON g.shop_id = m.shop_id AND g.category_id = m.from_id
  WHERE m.shop_id = $1 AND m.rule_id = $2 AND m.day = $3::date AND m.is_back = $4 AND m.from_id = $5 AND m.to_id = $6
    AND m.undone_at IS NULL AND coalesce(c.category_id, h.category_id) = m.to_id AND c.state = 'active' AND c.merged_into IS NULL
    AND NOT EXISTS (SELECT FROM category_moves l WHERE l.shop_id = m.shop_id AND l.customer_id = m.customer_id AND l.move_id > m.move_id)
    AND coalesce(c.category_set_at < m.moved_at, true)
  ORDER BY m.customer_id FOR NO KEY UPDATE OF c`;

/** Undoes the moves of a rule on a day. Returns how many customers went back. */
export async function undoMoves(shopId: bigint, group: MoveGroupKey, actor: string): Promise<number> {
  return withTransaction(async (tx) => {
    const { ruleId, day, isBack, fromId, toId } = group;
    const { rows } = await tx.query<{ moveId: bigint; customerId: bigint; categoryId: bigint | null }>(DUE, [
      shopId,
      ruleId,
      day,
      isBack,
      fromId,
      toId,
    ]);
    if (rows.length === 0) return 0;
    await storeTermsOf(tx, shopId, rows, actor);
    await tx.query(
      `UPDATE category_moves SET undone_at = ledger_now(), undone_by = $3 WHERE shop_id = $1 AND move_id = ANY($2::bigint[])`,
      [shopId, bigintArray(rows.map(({ moveId }) => moveId)), actor],
    );
    await queueEvaluation(
      tx,
      rows.map(({ customerId }) => ({ shopId, customerId })),
    );
    await wakeTask(tx, 'write-prices');
    return rows.length;
  });
}
