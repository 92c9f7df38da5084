/** Staff add or change a customer: first at Shopify, which may reject it, then here in one transaction. */
import { ledgerNow, pool } from '#app/db.server.ts';
import {
  changeCustomer,
  type CustomerChange,
  type CustomerWritten,
} from '#app/integrations/shopify/customers.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { logger } from '#app/lib/logger.server.ts';
import { safeErrorText } from '#app/lib/safe-error.ts';
import { localDay, startOfDay } from '#app/lib/calendar-days.ts';
import { changeAtShopify } from './to-shopify-change.ts';
import { createOnce } from './create-customer.server.ts';
import {
  readFormRules,
  readKnownCustomer,
  type FormRules,
  type KnownCustomer,
} from './known-customer.server.ts';
import { readCustomerForm, type CustomerDraft } from './read-customer-form.ts';
import { EMPTY_RECORD } from './form-values.ts';
import { toFieldErrors } from './refusals.ts';
import { storeSaved } from './store-saved.server.ts';

export type CustomerSaved = { ok: true; customerId: bigint } | { ok: false; errors: FieldErrors };

export interface SavingShop {
  shopId: bigint;
  domain: string;
  timeZone: string;
  country: string | null;
}

/**
 * Saves the form of a customer (null: a new one) as typed, by `actor`. Only fields changed in the form are
 * written. Errors come back by field, Shopify's too, and then nothing was changed anywhere.
 */
export async function saveCustomer(
  shop: SavingShop,
  customerId: bigint | null,
  values: Readonly<Record<string, unknown>>,
  by: { actor: string },
): Promise<CustomerSaved> {
  const { shopId, timeZone, country } = shop;
  const [rules, known, now] = await Promise.all([
    readFormRules(shopId),
    customerId === null ? null : readKnownCustomer(shopId, customerId),
    ledgerNow(pool),
  ]);
  if (customerId !== null && !known) return refused('form', 'unknown_customer');
  const today = localDay(now, timeZone);
  const form = readCustomerForm(values, { today, country });
  if (!form.ok) return form;
  const draft = onlyAsked(form.draft, rules);
  const errors = problemsOf(draft, known, rules);
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  const atOf = ({ on }: { on: string }) => (on === today ? now : startOfDay(on, timeZone));
  const change = changeAtShopify(draft, {
    sms: draft.smsConsent ? atOf(draft.smsConsent) : null,
    email: draft.emailConsent ? atOf(draft.emailConsent) : null,
  });
  const written = await write(shop, known, change, values.formKey);
  if (!('outcome' in written)) return written;
  if (written.outcome === 'gone') return refused('form', 'unknown_customer');
  if (written.outcome === 'refused') return { ok: false, errors: toFieldErrors(written.refusals) };
  const isStored = await storeSaved({
    shopId,
    customerId: written.customerId,
    updatedAt: written.updatedAt,
    actor: by.actor,
    before: known?.record ?? EMPTY_RECORD,
    isNew: known === null,
    draft,
    consentAt: { sms: change.smsConsent?.at ?? null, email: change.emailConsent?.at ?? null },
    allowsDiscount: categoryOf(draft, known, rules)?.allowsPersonDiscount ?? false,
  });
  return isStored ? { ok: true, customerId: written.customerId } : refused('form', 'changed_meanwhile');
}

function refused(field: string, code: FieldErrors[string]['code']): { ok: false; errors: FieldErrors } {
  return { ok: false, errors: { [field]: { code } } };
}

/** Drops fields that the shop has not turned on. */
function onlyAsked(draft: CustomerDraft, rules: FormRules): CustomerDraft {
  const { weddingDate, housing, weightGrams, heightMm, ...rest } = draft.fields;
  const { nationalId, tier, ...others } = draft;
  return {
    ...others,
    ...(rules.asksSensitive && nationalId !== undefined ? { nationalId } : {}),
    ...(rules.tiers.length > 0 && tier ? { tier } : {}),
    fields: {
      ...rest,
      ...(rules.asksWeddingDate && weddingDate !== undefined ? { weddingDate } : {}),
      ...(rules.asksSensitive && housing !== undefined ? { housing } : {}),
      ...(rules.asksSensitive && weightGrams !== undefined ? { weightGrams } : {}),
      ...(rules.asksSensitive && heightMm !== undefined ? { heightMm } : {}),
    },
  };
}

function categoryOf(draft: CustomerDraft, known: KnownCustomer | null, rules: FormRules) {
  const id = draft.categoryId === undefined ? (known?.own.categoryId ?? null) : draft.categoryId;
  return rules.categories.find(({ categoryId, isDefault }) => (id === null ? isDefault : categoryId === id));
}

function problemsOf(draft: CustomerDraft, known: KnownCustomer | null, rules: FormRules): FieldErrors {
  const errors: FieldErrors = {};
  const { fields, tier } = draft;
  const phone = fields.phone === undefined ? (known?.record.phone ?? null) : fields.phone;
  const email = fields.email === undefined ? (known?.record.email ?? null) : fields.email;
  if (!known && phone === null && email === null) errors.phone = { code: 'needs_contact' };
  if (!categoryOf(draft, known, rules)) errors.categoryId = { code: 'invalid' };
  if (draft.smsConsent?.state === 'subscribed' && phone === null) errors.smsConsent = { code: 'needs_phone' };
  if (draft.emailConsent?.state === 'subscribed' && email === null)
    errors.emailConsent = { code: 'needs_email' };
  if (draft.percent?.from && draft.percent.until && draft.percent.until < draft.percent.from)
    errors.discountUntil = { code: 'before_start' };
  if (tier && !rules.tiers.some(({ tierId }) => tierId === tier.tierId)) errors.tierId = { code: 'invalid' };
  return errors;
}

/** Writes to Shopify; a failure of Shopify becomes an error of the form. */
async function write(
  shop: SavingShop,
  known: KnownCustomer | null,
  change: CustomerChange,
  formKey: unknown,
): Promise<CustomerWritten | { ok: false; errors: FieldErrors }> {
  if (known && Object.keys(change).length === 0)
    return { outcome: 'written', customerId: known.customerId, updatedAt: new Date(0) };
  try {
    if (known) return await changeCustomer(shop.domain, known.customerId, change);
    return await createOnce(shop, formKey, change);
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    logger.warn({ shop: shop.domain, reason: safeErrorText(error) }, 'customer not saved');
    return refused('form', error.outcomeKnown ? 'not_saved' : 'partly_saved');
  }
}
