/** The Contacts tab of a customer's page: every message to them (F101). */
import {
  listPlannedMessages,
  type MessagePage,
} from '#app/modules/messaging/planned/planned-messages.queries.server.ts';
import { readCustomer } from '#app/modules/customers/customers.queries.server.ts';

export interface ContactsView extends MessagePage {
  customerId: bigint;
  isFirstPage: boolean;
}

/** Reads a page of the messages to a customer (older than `before`), newest first; null for an unknown customer. */
export async function readContactsTab(
  shopId: bigint,
  customerId: bigint,
  before: bigint | null,
): Promise<ContactsView | null> {
  const [customer, page] = await Promise.all([
    readCustomer(shopId, customerId),
    listPlannedMessages(shopId, { kind: null, customerId, before }),
  ]);
  return customer && { ...page, customerId, isFirstPage: before === null };
}
