/** Staff make, change, switch and remove rules that move people. */
import { withTransaction, type Transaction } from '#app/db.server.ts';
import { invariant } from '#app/lib/errors.ts';
import type { FieldErrorCode, FieldErrors } from '#app/lib/field-errors.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { wouldCircle } from '../rules/move-people.ts';
import { listMoveRules, type StoredMoveRule } from './move-rules.server.ts';
import { readMoveRuleForm, RULES_MAX, type MoveRuleInput } from './rule-form.ts';

type Saved = { ok: true; ruleId: bigint } | { ok: false; errors: FieldErrors };

const refused = (field: string, code: FieldErrorCode): { ok: false; errors: FieldErrors } => ({
  ok: false,
  errors: { [field]: { code } },
});

/** One change of a shop's rules at a time. */
async function lock(tx: Transaction, shopId: bigint): Promise<StoredMoveRule[]> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('category_rules/' || $1::bigint, 0))`, [
    shopId,
  ]);
  return listMoveRules(tx, shopId);
}

/**
 * Makes a rule (null), which is off at first, or changes one as typed in `locale`; refuses to overwrite what was saved since it
 * was read, and a rule that closes a circle. A changed rule that is on counts as just turned on, and everyone is looked at.
 */
export async function saveMoveRule(
  shop: { shopId: bigint; currency: string },
  ruleId: bigint | null,
  values: unknown,
  locale: string,
): Promise<Saved> {
  const form = readMoveRuleForm(values, locale, shop.currency);
  if (!form.ok) return form;
  const { shopId } = shop;
  return withTransaction(async (tx): Promise<Saved> => {
    const rules = await lock(tx, shopId);
    const before = rules.find((rule) => rule.ruleId === ruleId);
    if (ruleId !== null && !before) return refused('form', 'gone');
    if (ruleId === null && rules.length >= RULES_MAX) return refused('form', 'too_many');
    if (before && before.version !== form.input.version) return refused('form', 'changed_meanwhile');
    const unknown = await findUnknown(tx, shopId, form.input);
    if (unknown) return refused(unknown, 'invalid');
    if (
      wouldCircle(
        form.input,
        rules.filter((rule) => rule.ruleId !== ruleId),
      )
    )
      return refused('toId', 'moves_in_circle');
    const saved = await write(tx, shopId, ruleId, form.input);
    if (before?.isActive) await wakeTask(tx, 'move-people');
    return { ok: true, ruleId: saved };
  });
}

/** A category that was removed since the form was opened. */
async function findUnknown(
  tx: Transaction,
  shopId: bigint,
  { fromId, toId }: MoveRuleInput,
): Promise<'fromId' | 'toId' | null> {
  const { rows } = await tx.query<{ id: bigint }>(
    'SELECT category_id AS id FROM categories WHERE shop_id = $1 AND category_id IN ($2, $3) FOR KEY SHARE',
    [shopId, fromId, toId],
  );
  if (!rows.some(({ id }) => id === fromId)) return 'fromId';
  return rows.some(({ id }) => id === toId) ? null : 'toId';
}

async function write(
  tx: Transaction,
  shopId: bigint,
  ruleId: bigint | null,
  { fromId, toId, measure, threshold, days, goesBack }: MoveRuleInput,
): Promise<bigint> {
  const values = [shopId, fromId, toId, measure, threshold, days, goesBack];
  const { rows } =
    ruleId === null
      ? await tx.query<{ id: bigint }>(
          `INSERT INTO category_rules (shop_id, from_id, to_id, measure, threshold, days, goes_back)
           VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING rule_id AS id`,
          values,
        )
      : await tx.query<{ id: bigint }>(
          `UPDATE category_rules SET from_id = $2, to_id = $3, measure = $4, threshold = $5, days = $6, goes_back = $7,
             version = version + 1, evaluated_on = NULL, active_since = CASE WHEN is_active THEN ledger_now() END
           WHERE shop_id = $1 AND rule_id = $8 RETURNING rule_id AS id`,
          [...values, ruleId],
        );
  const [row] = rows;
  invariant(row, 'the rule was written');
  return row.id;
}

/** Turns a rule on or off. Turned on, it goes over all customers at once. */
export async function switchMoveRule(shopId: bigint, ruleId: bigint, isActive: boolean): Promise<Saved> {
  return withTransaction(async (tx): Promise<Saved> => {
    await lock(tx, shopId);
    const { rowCount } = await tx.query(
      `UPDATE category_rules SET is_active = $3, active_since = CASE WHEN $3 THEN ledger_now() END, evaluated_on = NULL
       WHERE shop_id = $1 AND rule_id = $2 AND removed_at IS NULL`,
      [shopId, ruleId, isActive],
    );
    if (rowCount !== 1) return refused('form', 'gone');
    if (isActive) await wakeTask(tx, 'move-people');
    return { ok: true, ruleId };
  });
}

/** Removes a rule. Those whom it moved stay where they are; its moves stay in the history. */
export async function removeMoveRule(shopId: bigint, ruleId: bigint): Promise<Saved> {
  return withTransaction(async (tx): Promise<Saved> => {
    await lock(tx, shopId);
    await tx.query(
      `UPDATE category_rules SET removed_at = clock_timestamp(), is_active = false WHERE shop_id = $1 AND rule_id = $2 AND removed_at IS NULL`,
      [shopId, ruleId],
    );
    return { ok: true, ruleId };
  });
}
