import {
  optionalTimestamp,
  optionalObject,
  optionalText,
  readId,
  readObject,
  type JsonObject,
} from '#app/lib/decode.ts';
import { type CustomerRecord } from './customer-record.ts';
import { NO_ADDRESS, type CustomerAddress } from '#app/modules/regions/rules/address.ts';

/** Decodes a customers/create or customers/update payload, in the field set of 2025-01 and the older one. */
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
    updatedAt: optionalTimestamp(source.updated_at, 'customer.updated_at'),
  };
}

/** Returns the fields of the record that a customers/create or customers/update payload has.
 * @throws DecodeError */
export function decodeCustomerFields(payload: unknown): Partial<CustomerRecord> {
  const source = readObject(payload, 'customer');
  const { firstName, lastName, email, phone } = decodeCustomer(source);
  const saysAddress = source.default_address !== undefined || source.addresses !== undefined;
  return {
    firstName,
    lastName,
    email,
    phone,
    ...(source.note === undefined ? {} : { note: optionalText(source.note) }),
    ...(saysAddress ? { address: decodeAddress(optionalObject(source.default_address)) } : {}),
  };
}

/** Shopify knows two lines of a street and neither district nor our codes. */
function decodeAddress(source: JsonObject | null): CustomerAddress | null {
  if (source === null) return null;
  return {
    ...NO_ADDRESS,
    countryCode: optionalText(source.country_code),
    provinceCode: optionalText(source.province_code),
    province: optionalText(source.province),
    city: optionalText(source.city),
    postalCode: optionalText(source.zip),
    street: joinStreet(optionalText(source.address1), optionalText(source.address2)),
  };
}

/** The street as one text, of Shopify's two lines; null for neither. */
export function joinStreet(line1: string | null, line2: string | null): string | null {
  return [line1, line2].filter((line) => line !== null).join(', ') || null;
}

const HALF_SECOND_MS = 500;
/** A webhook triggered later than this after the change does not tell when within its second that was. */
const TRIGGER_LAG_MAX_MS = 60_000;

/**
 * Since when a state applies, as far as a webhook tells: Shopify gives `updated_at` in whole seconds, and the time when
 * the webhook was triggered orders what happened within one. Lags of more than half a second share the rest of it.
 */
export function stateTimestamp(updatedAt: Date | null, triggeredAt: Date): Date {
  if (updatedAt === null) return triggeredAt;
  const lagMs = Math.min(Math.max(triggeredAt.getTime() - updatedAt.getTime(), 0), TRIGGER_LAG_MAX_MS);
  const share = Math.log(lagMs / HALF_SECOND_MS) / Math.log(TRIGGER_LAG_MAX_MS / HALF_SECOND_MS);
  const withinMs = lagMs < HALF_SECOND_MS ? lagMs : HALF_SECOND_MS + Math.floor(share * (HALF_SECOND_MS - 1));
  return new Date(updatedAt.getTime() + withinMs);
}
