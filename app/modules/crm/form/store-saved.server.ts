/** Stores what staff changed of a customer, after Shopify accepted it. */
import { withTransaction, type Transaction } from '#app/db.server.ts';
import { noteOrigin } from '#app/modules/customers/note-origin.server.ts';
import { recordCustomers } from '#app/modules/customers/record-customers.server.ts';
import type { CustomerRecord } from '#app/modules/customers/rules/customer-record.ts';
import { stateTimestamp } from '#app/modules/customers/rules/decode-customer.ts';
import { storeConsentFacts, storeNationalId } from '#app/modules/customers/store-own-fields.server.ts';
import { storeTermsOf, type CustomerTerms } from '#app/modules/customers/store-terms.server.ts';
import { wakeTask } from '#app/lib/wake-task.server.ts';
import { queueEvaluation } from '#app/modules/membership/queue-evaluation.server.ts';
import { setTier } from '#app/modules/membership/set-tier.server.ts';
import type { CustomerDraft } from './read-customer-form.ts';

export interface SavedAtShopify {
  shopId: bigint;
  customerId: bigint;
  /** Shopify's, after the change. */
  updatedAt: Date;
  actor: string;
  before: CustomerRecord;
  /** The form made the customer. */
  isNew: boolean;
  draft: CustomerDraft;
  consentAt: { sms: Date | null; email: Date | null };
  /** The customer's category has personal discounts. */
  allowsDiscount: boolean;
}

/**
 * Stores all of a form in one transaction: the record with its history, what Shopify does not have, the tier.
 * Idempotent. Returns false when the tier could not be set: the tier or the customer was removed meanwhile.
 */
export async function storeSaved(saved: SavedAtShopify): Promise<boolean> {
  const { shopId, customerId, draft, actor, before } = saved;
  return withTransaction(async (tx) => {
    await recordCustomers(tx, [
      {
        shopId,
        customerId,
        at: stateTimestamp(saved.updatedAt, new Date()),
        source: 'staff',
        actor,
        fields: draft.fields,
        before,
      },
    ]);
    if (saved.isNew) await noteOrigin(tx, shopId, [customerId], 'staff');
    await storeConsents(tx, saved);
    const terms = termsOf(saved);
    await storeTermsOf(tx, shopId, terms, actor);
    if (terms.length > 0 || draft.tier) await wakeTask(tx, 'write-prices');
    if (draft.nationalId !== undefined) await storeNationalId(tx, saved, draft.nationalId, actor);
    // A category with the club off keeps its customers out of tiers.
    if (draft.categoryId !== undefined) await queueEvaluation(tx, [{ shopId, customerId }]);
    if (!draft.tier) return true;
    return (await setTier(tx, { shopId, customerId, actor, ...draft.tier })).ok;
  });
}

async function storeConsents(tx: Transaction, saved: SavedAtShopify): Promise<void> {
  const { draft, consentAt, actor } = saved;
  const { smsConsent: sms, emailConsent: email } = draft;
  if (sms)
    await storeConsentFacts(tx, saved, { channel: 'sms', at: consentAt.sms, source: sms.source, actor });
  if (email)
    await storeConsentFacts(tx, saved, {
      channel: 'email',
      at: consentAt.email,
      source: email.source,
      actor,
    });
}

/** A personal discount is removed with the category that allowed it. */
function termsOf({ customerId, draft, allowsDiscount }: SavedAtShopify): CustomerTerms[] {
  const { categoryId } = draft;
  if (categoryId === undefined && draft.percent === undefined) return [];
  const percent = allowsDiscount ? draft.percent : null;
  return [
    {
      customerId,
      ...(categoryId === undefined ? {} : { categoryId }),
      ...(percent === undefined ? {} : { percent }),
    },
  ];
}
