/** The shop's rules that move people between categories. */
import type { Queryable } from '#app/db.server.ts';
import { MOVE_MEASURES, type MoveRule } from '../rules/move-people.ts';

export interface StoredMoveRule extends MoveRule {
  version: number;
  isActive: boolean;
  /** Since when it is on with these terms. */
  activeSince: Date | null;
  /** The shop's day of its last run over all customers, `YYYY-MM-DD`. */
  evaluatedOn: string | null;
}

const COLUMNS = `r.rule_id AS "ruleId", r.version, r.from_id AS "fromId", r.to_id AS "toId", r.measure, r.threshold, r.days,
  r.goes_back AS "goesBack", r.is_active AS "isActive", r.active_since AS "activeSince", r.evaluated_on::text AS "evaluatedOn"`;

/** Lists the rules, those that are off too, in the order in which they were made. */
export async function listMoveRules(db: Queryable, shopId: bigint): Promise<StoredMoveRule[]> {
  const { rows } = await db.query<Omit<StoredMoveRule, 'measure'> & { measure: string }>(
    `SELECT ${COLUMNS} FROM category_rules r WHERE r.shop_id = $1 AND r.removed_at IS NULL ORDER BY r.rule_id`,
    [shopId],
  );
  return rows.map((row) => ({
    ...row,
    measure: MOVE_MEASURES.find((each) => each === row.measure) ?? 'orders',
  }));
}
