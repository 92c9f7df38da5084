/** Staff give the selected customers a percent of their own, or remove it (F19). */
import { withTransaction } from '#app/db.server.ts';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { storePercentOfChosen } from '#app/modules/customers/store-terms.server.ts';
import { readPercentForm } from '#app/modules/pricing/percents/percent-form.ts';
import { readSelection, selectCustomers } from '#app/modules/segments/selection.server.ts';

export type PercentsSet =
  { ok: true; changed: number; notAllowed: number } | { ok: false; errors: FieldErrors };

/** Customers of categories with personal discounts. */
const isAllowed = (
  customer: string,
) => `EXISTS (SELECT FROM customers c JOIN categories g ON g.shop_id = c.shop_id
    AND (g.category_id = c.category_id OR c.category_id IS NULL AND g.is_default)
   WHERE c.shop_id = $1 AND c.customer_id = ${customer} AND g.allows_person_discount)`;

/**
 * Sets the percent of `values` for its `selection` (`intent` `percent`), or removes theirs (`no_percent`). Customers
 * whose category has no personal discounts are left out and counted.
 */
export async function setPercents(
  shopId: bigint,
  values: Record<string, unknown>,
  actor: string,
): Promise<PercentsSet> {
  const selection = readSelection(values.selection);
  if (selection === null) return { ok: false, errors: { form: { code: 'invalid' } } };
  const form = values.intent === 'no_percent' ? NONE : readPercentForm(values);
  if (!form.ok) return form;
  return withTransaction(async (tx) => {
    const selected = await selectCustomers(tx, shopId, selection);
    const { rows } = await tx.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM (${selected.sql}) s WHERE NOT ${isAllowed('s.customer_id')}`,
      selected.values,
    );
    const chosen = {
      sql: `SELECT s.customer_id FROM (${selected.sql}) s WHERE ${isAllowed('s.customer_id')}`,
      values: selected.values,
    };
    const changed = await storePercentOfChosen(tx, chosen, form.percent, actor);
    if (changed > 0) await wakeTask(tx, 'write-prices');
    return { ok: true, changed, notAllowed: form.percent === null ? 0 : (rows[0]?.count ?? 0) };
  });
}

const NONE = { ok: true, percent: null } as const;
