import { optionalMoment, optionalText, readId, readObject } from '#app/lib/decode.ts';

/** What a customers/create or customers/update payload says, in the field set of 2025-01 and the older one. */
export interface CustomerState {
  customerId: bigint;
  firstName: string | null;
  lastName: string | null;
  /** Lower case. */
  email: string | null;
  /** E.164 as Shopify sends it. */
  phone: string | null;
  /** Null in payloads that do not say. */
  updatedAt: Date | null;
}

/**
 * Reads a customer as Shopify sends it, on its own or inside an order. Throws DecodeError when the id or a date
 * cannot be read.
 */
export function decodeCustomer(payload: unknown): CustomerState {
  const source = readObject(payload, 'customer');
  return {
    customerId: readId(source, 'customer'),
    firstName: optionalText(source.first_name),
    lastName: optionalText(source.last_name),
    email: optionalText(source.email)?.trim().toLowerCase() ?? null,
    phone: optionalText(source.phone)?.trim() ?? null,
    updatedAt: optionalMoment(source.updated_at, 'customer.updated_at'),
  };
}
