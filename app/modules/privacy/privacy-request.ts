/** Whom Shopify's privacy topics are about. */
import { optionalId, optionalText, readList, readObject } from '#app/lib/decode.ts';

/** The customer of a privacy request. */
export interface PrivacySubject {
  customerId: bigint | null;
  email: string | null;
  phone: string | null;
  /** Orders that the request lists: they may carry the customer's address without their id. */
  orderIds: bigint[];
}

/**
 * Reads the payload of a request; `ordersField` is what the topic calls its list of orders.
 * @throws DecodeError when it cannot be read.
 */
export function readSubject(
  payload: unknown,
  ordersField: 'orders_requested' | 'orders_to_redact',
): PrivacySubject {
  const source = readObject(payload, 'request');
  const customer = readObject(source.customer, 'request.customer');
  return {
    customerId: optionalId(customer.id, 'request.customer.id'),
    email: optionalText(customer.email),
    phone: optionalText(customer.phone),
    orderIds: readList(source[ordersField], `request.${ordersField}`).flatMap((id, index) => {
      const orderId = optionalId(id, `request.${ordersField}[${index}]`);
      return orderId === null ? [] : [orderId];
    }),
  };
}

const CONTACT_LENGTH_MIN = 5;

/** Returns contacts in lower case, as stored e-mails are; short texts would match too much. */
export function contactsOf(people: readonly { email: string | null; phone: string | null }[]): string[] {
  const contacts = people.flatMap(({ email, phone }) => [email, phone]);
  return [
    ...new Set(contacts.flatMap((contact) => (contact === null ? [] : [contact.trim().toLowerCase()]))),
  ].filter((contact) => contact.length >= CONTACT_LENGTH_MIN);
}
