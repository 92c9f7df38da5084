import type { FieldErrors } from '#app/lib/field-errors.ts';
import { saveCustomer, type SavingShop } from './save-customer.server.ts';

export type FormAnswer = { ok: true; goTo: string } | { ok: false; errors: FieldErrors };

/** Saves the form of a customer (null: a new one) and answers where their page is. */
export async function saveFromForm(
  shop: SavingShop,
  customerId: bigint | null,
  values: Readonly<Record<string, unknown>>,
  by: { locale: string; actor: string },
): Promise<FormAnswer> {
  const saved = await saveCustomer(shop, customerId, values, by);
  return saved.ok ? { ok: true, goTo: `/app/customers/${saved.customerId}` } : saved;
}
