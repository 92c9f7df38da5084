/** Staff say which products only some customers may buy. */
import { pool, withTransaction, type Transaction } from '#app/db.server.ts';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { readAccessForm, type AccessInput } from './access-form.ts';

export type AccessSaved = { ok: true } | { ok: false; errors: FieldErrors };

const STORE = `
  UPDATE access_settings SET is_on = $3, texts = $4, version = version + 1, requested_at = clock_timestamp(),
    activates = activates AND $3 OR $3 AND NOT is_on WHERE shop_id = $1 AND version = $2`;

/** Saves the form; the worker brings it to Shopify at once. Refuses to overwrite what was saved since it was read. */
export async function saveAccess(shopId: bigint, values: unknown): Promise<AccessSaved> {
  const form = readAccessForm(values);
  if (!form.ok) return form;
  const { input } = form;
  return withTransaction(async (tx): Promise<AccessSaved> => {
    if (!(await areKnown(tx, shopId, input)))
      return { ok: false, errors: { form: { code: 'changed_meanwhile' } } };
    await tx.query('INSERT INTO access_settings (shop_id, version) VALUES ($1, 0) ON CONFLICT DO NOTHING', [
      shopId,
    ]);
    const { rowCount } = await tx.query(STORE, [
      shopId,
      input.version,
      input.isOn,
      JSON.stringify(input.texts),
    ]);
    if (rowCount !== 1) return { ok: false, errors: { form: { code: 'changed_meanwhile' } } };
    await storeRules(tx, shopId, input.rules);
    await wakeTask(tx, 'write-prices');
    return { ok: true };
  });
}

/** Whether every category and tier is the shop's. */
async function areKnown(tx: Transaction, shopId: bigint, { rules }: AccessInput): Promise<boolean> {
  const { rows } = await tx.query<{ areKnown: boolean }>(
    `SELECT NOT EXISTS (SELECT FROM unnest($2::bigint[]) AS id WHERE NOT EXISTS (
         SELECT FROM categories WHERE shop_id = $1 AND category_id = id))
       AND NOT EXISTS (SELECT FROM unnest($3::bigint[]) AS id WHERE NOT EXISTS (
         SELECT FROM tiers WHERE shop_id = $1 AND tier_id = id AND removed_at IS NULL)) AS "areKnown"`,
    [
      shopId,
      rules.flatMap(({ categoryIds }) => categoryIds.map(String)),
      rules.flatMap(({ tierIds }) => tierIds.map(String)),
    ],
  );
  return rows[0]?.areKnown ?? false;
}

const STORE_RULES = `
  INSERT INTO access_rules AS r (shop_id, kind, target_id, title, category_ids, tier_ids, position)
  SELECT $1, n.kind, n.target_id, n.title, n.category_ids, n.tier_ids, n.position
    FROM jsonb_to_recordset($2::jsonb) AS n (kind text, target_id bigint, title text, category_ids bigint[], tier_ids bigint[], position int)
  ON CONFLICT (shop_id, kind, target_id) DO UPDATE SET title = excluded.title, category_ids = excluded.category_ids,
    tier_ids = excluded.tier_ids, position = excluded.position`;
const DELETE_RULES = `
  DELETE FROM access_rules r WHERE r.shop_id = $1 AND NOT EXISTS (
    SELECT FROM jsonb_to_recordset($2::jsonb) AS n (kind text, target_id bigint) WHERE n.kind = r.kind AND n.target_id = r.target_id)`;

async function storeRules(tx: Transaction, shopId: bigint, rules: AccessInput['rules']): Promise<void> {
  const rows = JSON.stringify(
    rules.map(({ kind, targetId, title, categoryIds, tierIds }, position) => ({
      kind,
      target_id: String(targetId),
      title,
      category_ids: categoryIds.map(String),
      tier_ids: tierIds.map(String),
      position,
    })),
  );
  await tx.query(DELETE_RULES, [shopId, rows]);
  await tx.query(STORE_RULES, [shopId, rows]);
}

/** Has the worker look at Shopify again; with `activates`, switch on there what a merchant switched off. */
export async function requestAccess(shopId: bigint, activates: boolean): Promise<AccessSaved> {
  await pool.query(
    `UPDATE access_settings SET requested_at = clock_timestamp(), activates = activates OR $2 AND is_on WHERE shop_id = $1`,
    [shopId, activates],
  );
  await wakeTask(pool, 'write-prices');
  return { ok: true };
}

/** Staff have seen an order that got through. */
export async function dismissFinding(shopId: bigint, orderId: bigint): Promise<AccessSaved> {
  await pool.query(
    'UPDATE access_findings SET dismissed_at = clock_timestamp() WHERE shop_id = $1 AND order_id = $2 AND dismissed_at IS NULL',
    [shopId, orderId],
  );
  return { ok: true };
}
