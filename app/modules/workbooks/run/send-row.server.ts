/** One row at Shopify: a customer is created or changed there before anything is stored here. */
import { addTags } from '#app/integrations/shopify/tags.server.ts';
import {
  changeCustomer,
  createCustomer,
  findCreated,
  type CustomerChange,
  type CustomerWritten,
} from '#app/integrations/shopify/customers.server.ts';
import { UpstreamError } from '#app/lib/errors.ts';
import { changeAtShopify } from '#app/modules/crm/form/to-shopify-change.ts';
import type { ConsentSource } from '#app/modules/crm/form/form-values.ts';
import type { CustomerDraft } from '#app/modules/crm/form/read-customer-form.ts';
import type { RowChanges } from '../rules/row-changes.ts';
import type { RowRefusal } from './row-plan.ts';

export type RowSent =
  | { result: 'written'; customerId: bigint; updatedAt: Date; tagsAt: Date | null; refusals: RowRefusal[] }
  | { result: 'refused'; refusals: RowRefusal[] }
  /** `isUnsent`: Shopify certainly did nothing. */
  | { result: 'later'; isUnsent: boolean; error: UpstreamError };

export interface RowToSend {
  /** Null: a new customer. */
  customerId: bigint | null;
  changes: RowChanges;
  change: CustomerChange;
  /** When it was sent first, by our clock: an earlier attempt may have created the customer. Null for the first. */
  sentBefore: Date | null;
}

/** What of a row's changes goes to Shopify; consents are given now. */
export function changeOfRow(
  { fields }: RowChanges,
  { now, today, source }: { now: Date; today: string; source: ConsentSource },
): CustomerChange {
  const { smsConsent, emailConsent } = fields;
  const draft: CustomerDraft = {
    fields,
    ...(smsConsent ? { smsConsent: { state: smsConsent, on: today, source } } : {}),
    ...(emailConsent ? { emailConsent: { state: emailConsent, on: today, source } } : {}),
  };
  return changeAtShopify(draft, { sms: now, email: now });
}

/** Writes a row at Shopify. A row that was sent before is looked up first, so that it creates one customer. */
export async function sendRow(domain: string, row: RowToSend): Promise<RowSent> {
  // No word of it, and nothing to find them by: a second customer would be worse than none.
  if (row.customerId === null && row.sentBefore !== null && !row.change.email && !row.change.phone)
    return { result: 'refused', refusals: [{ field: null, reason: 'lost' }] };
  try {
    const written = await write(domain, row);
    if (written.outcome === 'gone')
      return { result: 'refused', refusals: [{ field: null, reason: 'unknown_customer' }] };
    if (written.outcome === 'refused') return { result: 'refused', refusals: written.refusals };
    return { result: 'written', ...(await writeTags(domain, written, row.changes.tags ?? [])) };
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    if (!error.retryable) return { result: 'refused', refusals: [{ field: null, reason: 'invalid' }] };
    return { result: 'later', isUnsent: error.outcomeKnown && row.sentBefore === null, error };
  }
}

async function write(domain: string, row: RowToSend): Promise<CustomerWritten> {
  const { customerId, change, sentBefore } = row;
  if (customerId !== null)
    return Object.keys(change).length === 0
      ? { outcome: 'written', customerId, updatedAt: new Date(0) }
      : changeCustomer(domain, customerId, change);
  const whole = {
    firstName: null,
    lastName: null,
    note: null,
    ...change,
    email: change.email ?? null,
    phone: change.phone ?? null,
  };
  if (sentBefore !== null) {
    const found = await findCreated(domain, whole, sentBefore);
    if (found) return changeCustomer(domain, found.customerId, change);
  }
  return createCustomer(domain, whole, sentBefore ?? new Date());
}

async function writeTags(
  domain: string,
  { customerId, updatedAt }: Extract<CustomerWritten, { outcome: 'written' }>,
  tags: readonly string[],
) {
  if (tags.length === 0) return { customerId, updatedAt, tagsAt: null, refusals: [] };
  const written = await addTags(domain, customerId, tags);
  if (written.outcome === 'written') return { customerId, updatedAt, tagsAt: written.at, refusals: [] };
  const reason = written.outcome === 'refused' && written.reason === 'too_many' ? 'too_many_tags' : 'invalid';
  return { customerId, updatedAt, tagsAt: null, refusals: [{ field: 'tags', reason }] };
}
