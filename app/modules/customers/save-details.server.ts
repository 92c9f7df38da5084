import { clubNow, withTransaction } from '#app/db.server.ts';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { localDay } from '#app/modules/loyalty/rules/days.ts';
import { queueEvaluation } from '#app/modules/membership/queue-evaluation.server.ts';
import { readDetailsForm, type DetailsDraft } from './customer-forms.ts';
import { sealNationalId } from './national-id.server.ts';

export type DetailsSaved = { ok: true } | { ok: false; errors: FieldErrors };

/**
 * Saves what staff filled in about a customer: all of it, or what is wrong at which field. Fields that the shop does
 * not ask for stay as they are, whatever the form says.
 */
export async function saveDetails(
  shop: { shopId: bigint; timeZone: string },
  customerId: bigint,
  input: unknown,
): Promise<DetailsSaved> {
  const { shopId } = shop;
  return withTransaction(async (tx): Promise<DetailsSaved> => {
    const form = readDetailsForm(input, localDay(await clubNow(tx), shop.timeZone));
    if (!form.ok) return form;
    const { draft } = form;
    const { rows } = await tx.query<{
      keeps_ids: boolean;
      keeps_wedding_dates: boolean;
      has_category: boolean;
    }>(
      `SELECT coalesce((SELECT sensitive_fields FROM club_settings WHERE shop_id = $1), false) AS keeps_ids,
         coalesce((SELECT sensitive_fields FROM club_settings WHERE shop_id = $1), false)
           OR EXISTS (SELECT 1 FROM gift_settings WHERE shop_id = $1 AND kind = 'anniversary' AND is_active) AS keeps_wedding_dates,
         $3::bigint IS NULL OR EXISTS (SELECT 1 FROM categories WHERE shop_id = $1 AND category_id = $3) AS has_category
       FROM customers WHERE shop_id = $1 AND customer_id = $2 AND state = 'active' FOR NO KEY UPDATE`,
      [shopId, customerId, draft.categoryId],
    );
    const [known] = rows;
    if (!known) return { ok: false, errors: { form: { code: 'unknown_customer' } } };
    if (!known.has_category) return { ok: false, errors: { categoryId: { code: 'invalid' } } };
    await tx.query(
      `UPDATE customers SET category_id = $3, birth_date = $4, wedding_date = CASE WHEN $5 THEN $6::date ELSE wedding_date END,
         is_trial = $7, updated_at = clock_timestamp()
       WHERE shop_id = $1 AND customer_id = $2`,
      [
        shopId,
        customerId,
        draft.categoryId,
        draft.birthDate,
        known.keeps_wedding_dates,
        draft.weddingDate,
        draft.isTrial,
      ],
    );
    if (known.keeps_ids && draft.nationalId.change !== 'keep') {
      const sealed = sealedId(shopId, draft);
      await tx.query(
        `UPDATE customers SET national_id_cipher = $3, national_id_hash = $4 WHERE shop_id = $1 AND customer_id = $2`,
        [shopId, customerId, sealed?.cipher ?? null, sealed?.hash ?? null],
      );
    }
    // A category with the club off keeps its customers out of tiers; trial mode all but test customers.
    await queueEvaluation(tx, [{ shopId, customerId }]);
    return { ok: true };
  });
}

function sealedId(shopId: bigint, { nationalId }: DetailsDraft) {
  return nationalId.change === 'set' ? sealNationalId(shopId, nationalId.text) : null;
}
