import { type CompletenessField } from '#app/modules/customers/rules/field-bits.ts';

/** The list of all incomplete customers. */
const ANY = 'any';

type Lack = CompletenessField | null;

/** The list of customers without this field; null for any. */
export function listAddress(lack: Lack): string {
  return lack === null ? '/app/customers/to-complete' : `/app/customers/to-complete?missing=${lack}`;
}

/** Where a customer of the list is filled in; the list goes with it, so that the next one is a press away. */
export function editAddress(customerId: bigint, lack: Lack): string {
  return `/app/customers/${customerId}/edit?worklist=${lack ?? ANY}`;
}

/** Where saving a customer of the list leads: the next one, and the list after the last. */
export function addressAfter({ lack, next }: { lack: Lack; next: bigint | null }): string {
  return next === null ? listAddress(lack) : editAddress(next, lack);
}
