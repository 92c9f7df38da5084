/** Writes down here what staff changed of a customer, after Shopify took it. */
import { withTransaction, type Transaction } from '#app/db.server.ts';
import { queueEvaluation } from '#app/modules/membership/queue-evaluation.server.ts';
import { sealNationalId } from '../national-id.server.ts';
import { recordCustomers } from '../record-customers.server.ts';
import type { CustomerRecord } from '../rules/customer-record.ts';
import { stateMoment } from '../rules/decode-customer.ts';
import type { CustomerDraft } from './read-customer-form.ts';

export interface SavedAtShopify {
  shopId: bigint;
  customerId: bigint;
  /** Shopify's, after the change. */
  updatedAt: Date;
  actor: string;
  before: CustomerRecord;
  draft: CustomerDraft;
  consentAt: { sms: Date | null; email: Date | null };
  /** The customer's category has discounts of one's own. */
  allowsDiscount: boolean;
}

/** One transaction: the record with its history, and what only the club knows. May come twice. */
export async function keepSaved(saved: SavedAtShopify): Promise<void> {
  const { shopId, customerId, draft, actor, before } = saved;
  await withTransaction(async (tx) => {
    await recordCustomers(tx, [
      {
        shopId,
        customerId,
        at: stateMoment(saved.updatedAt, new Date()),
        source: 'staff',
        actor,
        fields: draft.fields,
        before,
      },
    ]);
    await keepConsents(tx, saved);
    await keepOwn(tx, saved);
    if (draft.nationalId !== undefined) await keepNationalId(tx, saved, draft.nationalId);
    // A category with the club off keeps its customers out of tiers.
    if (draft.categoryId !== undefined) await queueEvaluation(tx, [{ shopId, customerId }]);
  });
}

async function keepConsents(tx: Transaction, { shopId, customerId, draft, consentAt }: SavedAtShopify) {
  const { smsConsent, emailConsent } = draft;
  if (smsConsent)
    await tx.query(
      `UPDATE customers SET sms_consent_at = $3, sms_consent_source = $4 WHERE shop_id = $1 AND customer_id = $2`,
      [shopId, customerId, consentAt.sms, smsConsent.source],
    );
  if (emailConsent)
    await tx.query(
      `UPDATE customers SET email_consent_at = $3, email_consent_source = $4 WHERE shop_id = $1 AND customer_id = $2`,
      [shopId, customerId, consentAt.email, emailConsent.source],
    );
}

/** A discount of one's own goes with the category that allowed it. */
async function keepOwn(tx: Transaction, saved: SavedAtShopify): Promise<void> {
  const { shopId, customerId, draft, allowsDiscount } = saved;
  if (draft.categoryId === undefined && draft.personDiscountBp === undefined) return;
  await tx.query(
    `UPDATE customers SET category_id = CASE WHEN $3 THEN $4::bigint ELSE category_id END,
       person_discount_bp = CASE WHEN NOT $5 THEN NULL WHEN $6 THEN $7::int ELSE person_discount_bp END,
       updated_at = clock_timestamp()
     WHERE shop_id = $1 AND customer_id = $2`,
    [
      shopId,
      customerId,
      draft.categoryId !== undefined,
      draft.categoryId ?? null,
      allowsDiscount,
      draft.personDiscountBp !== undefined,
      draft.personDiscountBp ?? null,
    ],
  );
}

async function keepNationalId(tx: Transaction, saved: SavedAtShopify, text: string | null): Promise<void> {
  const { shopId, customerId, actor } = saved;
  const sealed = text === null ? null : sealNationalId(shopId, text);
  await tx.query(
    `UPDATE customers SET national_id_cipher = $3, national_id_hash = $4, updated_at = clock_timestamp()
     WHERE shop_id = $1 AND customer_id = $2`,
    [shopId, customerId, sealed?.cipher ?? null, sealed?.hash ?? null],
  );
  await tx.query(
    `INSERT INTO sensitive_accesses (shop_id, customer_id, what, actor) VALUES ($1, $2, $3, $4)`,
    [shopId, customerId, text === null ? 'national_id_removed' : 'national_id_set', actor],
  );
}
