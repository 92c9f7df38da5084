import type { StaffBulkRequest } from '../../shared/staff-api.ts';

/** What can be changed for many. */
export const WHATS = ['points', 'category', 'percent'] as const;

/** The form as typed. */
export interface BulkValues {
  what: (typeof WHATS)[number];
  reason: string;
  amount: string;
  expiresOn: string;
  note: string;
  categoryId: string;
  discount: string;
  discountFrom: string;
  discountUntil: string;
  discountNote: string;
}

/** A field of the admin writes numbers with a point, whatever the language. */
const FIELD_LOCALE = 'en';

/** Returns the form before anything was typed. */
export function startValues(): BulkValues {
  return {
    what: 'points',
    reason: 'loyal_customer',
    amount: '',
    expiresOn: '',
    note: '',
    categoryId: '',
    discount: '',
    discountFrom: '',
    discountUntil: '',
    discountNote: '',
  };
}

/** Returns the request of a form; `meant` is the figure of a question that was answered. */
export function requestOf(
  values: BulkValues,
  customerIds: string[],
  formKey: string,
  meant?: string,
): StaffBulkRequest {
  const shared = { formKey, customerIds, locale: FIELD_LOCALE };
  const { what, reason, amount, expiresOn, note, categoryId } = values;
  if (what === 'points')
    return { ...shared, what, reason, amount, expiresOn, note, ...(meant === undefined ? {} : { meant }) };
  if (what === 'category') return { ...shared, what, categoryId };
  const { discount, discountFrom, discountUntil, discountNote } = values;
  return { ...shared, what, discount, discountFrom, discountUntil, discountNote };
}
