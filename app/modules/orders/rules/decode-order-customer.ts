import { optionalObject, optionalText, optionalTimestamp, readId, type JsonObject } from '#app/lib/decode.ts';

export interface OrderCustomer {
  customerId: bigint;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phone: string | null;
  /** When Shopify last changed the customer; the order's own date where the payload does not say. */
  updatedAt: Date;
}

/** Reads the customer inside an order; null for an order without one. Throws DecodeError. */
export function readOrderCustomer(order: JsonObject, orderUpdatedAt: Date): OrderCustomer | null {
  const customer = optionalObject(order.customer);
  if (!customer || (customer.id === undefined && customer.admin_graphql_api_id === undefined)) return null;
  return {
    customerId: readId(customer, 'order.customer'),
    firstName: optionalText(customer.first_name),
    lastName: optionalText(customer.last_name),
    email: optionalText(customer.email)?.toLowerCase() ?? null,
    phone: optionalText(customer.phone),
    updatedAt: optionalTimestamp(customer.updated_at, 'order.customer.updated_at') ?? orderUpdatedAt,
  };
}
