/** Staff order categories, merge two, and remove one with a new home for its people. */
import { z } from 'zod';
import { withTransaction, type Transaction } from '#app/db.server.ts';
import type { FieldErrorCode, FieldErrors } from '#app/lib/field-errors.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { moveCategory, storePercentOfChosen } from '#app/modules/customers/store-terms.server.ts';
import { queueEvaluation } from '#app/modules/membership/queue-evaluation.server.ts';
import { changedAgain } from '../publish/price-owners.ts';
import { listMoveRules } from '../moves/move-rules.server.ts';
import { wouldCircle } from '../rules/move-people.ts';
import { NAMES_CATEGORY } from './categories.server.ts';

export type Arranged = { ok: true } | { ok: false; errors: FieldErrors };

const refused = (field: string, code: FieldErrorCode): Arranged => ({
  ok: false,
  errors: { [field]: { code } },
});

interface Row {
  id: bigint;
  isDefault: boolean;
  allows: boolean;
}

async function lock(tx: Transaction, shopId: bigint): Promise<Row[]> {
  const { rows } = await tx.query<Row>(
    `SELECT category_id AS id, is_default AS "isDefault", allows_person_discount AS allows FROM categories
     WHERE shop_id = $1 ORDER BY position, category_id FOR UPDATE`,
    [shopId],
  );
  return rows;
}

const orderForm = z.object({ order: z.string() });

/** Orders the categories as `order` lists their ids; refused where a category is missing or not of this shop. */
export async function orderCategories(shopId: bigint, input: unknown): Promise<Arranged> {
  const { order } = orderForm.catch({ order: '' }).parse(input);
  const ids = order.split(',').flatMap((text) => readIdParam(text) ?? []);
  return withTransaction(async (tx) => {
    const known = (await lock(tx, shopId)).map(({ id }) => id);
    if (
      new Set(ids).size !== known.length ||
      ids.length !== known.length ||
      known.some((id) => !ids.includes(id))
    )
      return refused('form', 'changed_meanwhile');
    await tx.query(
      `UPDATE categories g SET position = n.place FROM unnest($2::bigint[]) WITH ORDINALITY AS n (id, place)
       WHERE g.shop_id = $1 AND g.category_id = n.id`,
      [shopId, bigintArray(ids)],
    );
    return { ok: true };
  });
}

const moveForm = z.object({ categoryId: z.string(), into: z.string() });

/**
 * Removes a category: its people move to `into`, and programs that name it name that one instead. Prices of its list go
 * with it, unless the new home has none for the variant. Personal discounts end where the new home has none.
 */
export async function removeCategory(shopId: bigint, input: unknown, actor: string): Promise<Arranged> {
  const form = moveForm.catch({ categoryId: '', into: '' }).parse(input);
  const [from, into] = [readIdParam(form.categoryId), readIdParam(form.into)];
  return withTransaction(async (tx) => {
    const rows = await lock(tx, shopId);
    const removed = rows.find(({ id }) => id === from);
    const home = rows.find(({ id }) => id === into);
    if (!removed) return refused('form', 'gone');
    if (removed.isDefault) return refused('form', 'in_use');
    if (!home || home.id === removed.id) return refused('into', 'required');
    if (!home.allows) await endPercents(tx, shopId, removed.id, actor);
    const moved = await moveCategory(tx, shopId, {
      from: removed.id,
      to: home.isDefault ? null : home.id,
      actor,
    });
    await queueEvaluation(
      tx,
      moved.map((customerId) => ({ shopId, customerId })),
    );
    await renameInPrograms(tx, shopId, removed.id, home.id);
    await renameInAccess(tx, shopId, removed.id, home.id);
    await moveList(tx, shopId, removed.id, home.id);
    await renameInMoveRules(tx, shopId, removed.id, home.id);
    await keepHome(tx, shopId, removed.id, home.id);
    await tx.query('DELETE FROM categories WHERE shop_id = $1 AND category_id = $2', [shopId, removed.id]);
    await wakeTask(tx, 'write-prices');
    return { ok: true };
  });
}

async function endPercents(
  tx: Transaction,
  shopId: bigint,
  categoryId: bigint,
  actor: string,
): Promise<void> {
  const sql =
    'SELECT customer_id FROM customers WHERE shop_id = $1 AND category_id = $2 AND person_discount_bp IS NOT NULL';
  await storePercentOfChosen(tx, { sql, values: [shopId, categoryId] }, null, actor);
}

/** Orders keep the rules that were frozen with them; only what programs say from now on changes. */
async function renameInPrograms(tx: Transaction, shopId: bigint, from: bigint, to: bigint): Promise<void> {
  await tx.query(
    `UPDATE programs p SET rule = jsonb_set(p.rule, '{categoryIds}', (SELECT jsonb_agg(DISTINCT CASE WHEN id = $2::text THEN $3::text ELSE id END)
         FROM jsonb_array_elements_text(p.rule->'categoryIds') AS id))
     FROM categories g WHERE p.shop_id = $1 AND g.shop_id = $1 AND g.category_id = $2::bigint AND ${NAMES_CATEGORY}`,
    [shopId, from.toString(), to.toString()],
  );
}

/** Its people go on buying what they could. */
async function renameInAccess(tx: Transaction, shopId: bigint, from: bigint, to: bigint): Promise<void> {
  await tx.query(
    `UPDATE access_rules r SET category_ids = (SELECT array_agg(DISTINCT id) FROM unnest(array_replace(r.category_ids, $2::bigint, $3::bigint)) AS id)
     WHERE shop_id = $1 AND $2 = ANY (category_ids)`,
    [shopId, from, to],
  );
}

async function moveList(tx: Transaction, shopId: bigint, from: bigint, to: bigint): Promise<void> {
  await tx.query(
    `UPDATE list_prices l SET category_id = $3 WHERE l.shop_id = $1 AND l.category_id = $2
       AND NOT EXISTS (SELECT FROM list_prices o WHERE o.shop_id = $1 AND o.category_id = $3 AND o.variant_id = l.variant_id)`,
    [shopId, from, to],
  );
  await tx.query(
    `INSERT INTO price_variants (shop_id, variant_id, changed_at)
     SELECT $1::bigint, variant_id, clock_timestamp() FROM list_prices WHERE shop_id = $1 AND category_id IN ($2, $3) GROUP BY 2
     ON CONFLICT (shop_id, variant_id) DO UPDATE SET ${changedAgain('price_variants')}`,
    [shopId, from, to],
  );
  await tx.query('DELETE FROM list_prices WHERE shop_id = $1 AND category_id = $2', [shopId, from]);
}

/** What its customers bought counts for the new home from now on, also what is still to come. */
async function keepHome(tx: Transaction, shopId: bigint, from: bigint, to: bigint): Promise<void> {
  await tx.query('UPDATE category_homes SET home_id = $3 WHERE shop_id = $1 AND home_id = $2', [
    shopId,
    from,
    to,
  ]);
  await tx.query('INSERT INTO category_homes (shop_id, category_id, home_id) VALUES ($1, $2, $3)', [
    shopId,
    from,
    to,
  ]);
}

/** Rules that move people name the new home from now on; one between the two would go nowhere and is removed, one that closes a circle too. */
async function renameInMoveRules(tx: Transaction, shopId: bigint, from: bigint, to: bigint): Promise<void> {
  await tx.query(
    `UPDATE category_rules SET removed_at = clock_timestamp(), is_active = false
     WHERE shop_id = $1 AND removed_at IS NULL AND ($2, $3) IN ((from_id, to_id), (to_id, from_id))`,
    [shopId, from, to],
  );
  await tx.query(
    `UPDATE category_rules SET from_id = CASE WHEN from_id = $2 THEN $3 ELSE from_id END, to_id = CASE WHEN to_id = $2 THEN $3 ELSE to_id END,
       version = version + 1, evaluated_on = NULL WHERE shop_id = $1 AND removed_at IS NULL AND $2 IN (from_id, to_id)`,
    [shopId, from, to],
  );
  const rules = await listMoveRules(tx, shopId);
  const circling = rules.filter((rule, index) => wouldCircle(rule, rules.slice(0, index)));
  await tx.query(
    'UPDATE category_rules SET removed_at = clock_timestamp(), is_active = false WHERE shop_id = $1 AND rule_id = ANY($2::bigint[])',
    [shopId, bigintArray(circling.map(({ ruleId }) => ruleId))],
  );
}
