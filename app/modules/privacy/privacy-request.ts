/** What Shopify's privacy topics say of whom they are about. */
import { optionalId, optionalText, readList, readObject } from '#app/lib/decode.ts';

/** The customer whom a privacy request names. */
export interface PrivacySubject {
  customerId: bigint | null;
  email: string | null;
  phone: string | null;
  /** Orders that the request lists: they may carry the customer's address without their id. */
  orderIds: bigint[];
}

/** Reads the payload of a request; `ordersField` is what the topic calls its list of orders. Throws DecodeError. */
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

/** In lower case, as orders and customers keep e-mails; short scraps would match too much. */
export function contactsOf(people: readonly { email: string | null; phone: string | null }[]): string[] {
  const contacts = people.flatMap(({ email, phone }) => [email, phone]);
  return [
    ...new Set(contacts.flatMap((contact) => (contact === null ? [] : [contact.trim().toLowerCase()]))),
  ].filter((contact) => contact.length >= CONTACT_LENGTH_MIN);
}
