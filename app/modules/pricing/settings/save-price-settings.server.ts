/** Staff change how prices work at checkout. */
import { pool, withTransaction } from '#app/db.server.ts';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { bigintArray } from '#app/lib/pg-arrays.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { fitsFunction } from '../publish/read-prices.server.ts';
import { readSettingsForm, type PriceSettingsInput } from './settings-form.ts';

export type PriceSettingsSaved = { ok: true } | { ok: false; errors: FieldErrors };

const STORE = `
  UPDATE price_settings SET is_on = $3, combination = $4, with_products = $5, with_shipping = $6, for_companies = $7, refusal = $8,
    set_a = $9, set_b = $10, tax_bp = $11, version = version + 1, requested_at = clock_timestamp() WHERE shop_id = $1 AND version = $2`;

/** Nothing of the transaction is kept. */
class Refused extends Error {}

/** Saves the form; the worker publishes it at once. Refuses to overwrite what was saved since it was read. */
export async function savePriceSettings(shopId: bigint, values: unknown): Promise<PriceSettingsSaved> {
  const form = readSettingsForm(values);
  if (!form.ok) return form;
  try {
    return await withTransaction(async (tx): Promise<PriceSettingsSaved> => {
      await tx.query('INSERT INTO price_settings (shop_id, version) VALUES ($1, 0) ON CONFLICT DO NOTHING', [
        shopId,
      ]);
      const { rowCount } = await tx.query(STORE, valuesOf(shopId, form.input));
      if (rowCount !== 1) return { ok: false, errors: { form: { code: 'changed_meanwhile' } } };
      if (!(await fitsFunction(tx, shopId))) throw new Refused();
      await wakeTask(tx, 'write-prices');
      await wakeTask(tx, 'update-codes');
      return { ok: true };
    });
  } catch (error) {
    if (error instanceof Refused) return { ok: false, errors: { form: { code: 'rules_too_long' } } };
    throw error;
  }
}

function valuesOf(shopId: bigint, input: PriceSettingsInput): unknown[] {
  const { version, isOn, combination, withProducts, withShipping, forCompanies, refusal, setA, setB, taxBp } =
    input;
  return [
    shopId,
    version,
    isOn,
    combination,
    withProducts,
    withShipping,
    forCompanies,
    refusal,
    bigintArray(setA),
    bigintArray(setB),
    taxBp,
  ];
}

/** Has the worker look at the discount again now, and try what was refused. */
export async function requestPublication(shopId: bigint): Promise<PriceSettingsSaved> {
  await pool.query(
    `UPDATE price_settings SET requested_at = clock_timestamp() WHERE shop_id = $1 AND (is_on OR discount_gid IS NOT NULL)`,
    [shopId],
  );
  await wakeTask(pool, 'write-prices');
  return { ok: true };
}
