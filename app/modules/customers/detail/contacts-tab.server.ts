/** The Contacts tab of a customer's page: every message to them (F101). */
import { listPlannedMessages, type MessagePage } from '#app/modules/messages/planned.queries.server.ts';
import { readCustomer } from '../customers.queries.server.ts';

export interface ContactsView extends MessagePage {
  customerId: bigint;
  isFirstPage: boolean;
}

/** A page of the messages to a customer (below `before`), the last first; null for one whom the shop does not have. */
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
