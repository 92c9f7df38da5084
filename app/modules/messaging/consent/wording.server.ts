/** Settings > Messaging: what customers are asked before they agree to texts. Consents that staff write down name it. */
import { z } from 'zod';
import { pool } from '#app/db.server.ts';
import { fieldErrors, type FieldErrors } from '#app/lib/field-errors.ts';
import { readWording, saveWording } from '#app/modules/customers/log-consents.server.ts';

const WORDING_CHARACTERS_MAX = 1_000;
const form = z.object({
  text: z.string().trim().min(1, 'required').max(WORDING_CHARACTERS_MAX, 'too_long'),
});

/** Reads what customers are asked now. */
export const readSmsWording = (shopId: bigint) => readWording(pool, shopId, 'sms');

/** Saves what customers are asked from now on. */
export async function saveSmsWording(
  shopId: bigint,
  values: Record<string, unknown>,
  actor: string,
): Promise<{ ok: true } | { ok: false; errors: FieldErrors }> {
  const parsed = form.safeParse(values);
  if (!parsed.success) return { ok: false, errors: fieldErrors(parsed.error) };
  await saveWording(pool, shopId, { channel: 'sms', text: parsed.data.text, actor });
  return { ok: true };
}
