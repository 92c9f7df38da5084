/** What Shopify refuses of a customer: the fields and why. */

/** What Shopify refused: its name of the field (`phone`, `zip`; null for none) and why. */
export interface Refusal {
  field: string | null;
  reason: 'taken' | 'too_long' | 'required' | 'invalid';
}

const REASONS = new Map<string, Refusal['reason']>([
  ['TAKEN', 'taken'],
  ['TOO_LONG', 'too_long'],
  ['BLANK', 'required'],
  ['MISSING_FIELD_REQUIRED', 'required'],
]);

/** What the user errors of a mutation refuse. */
export function refusalsOf(
  userErrors: readonly { field?: readonly string[] | null | undefined; code?: string | null | undefined }[],
): Refusal[] {
  return userErrors.map(({ field, code }) => ({
    field: fieldOfPath(field ?? []),
    reason: REASONS.get(String(code)) ?? 'invalid',
  }));
}

/** `['input', 'addresses', '0', 'zip']` is about `zip`, `['input']` about nothing in particular. */
export function fieldOfPath(path: readonly string[]): string | null {
  const last = path.at(-1);
  return last === undefined || last === 'input' ? null : last;
}
