/** The Contacts tab of a customer's page: every message to them (F101). */
import { readCustomer } from '#app/modules/customers/customers.queries.server.ts';
import {
  EVERY_MESSAGE,
  listSentMessages,
  type SentCursor,
  type SentPage,
} from '#app/modules/messaging/history/list-messages.queries.server.ts';
import {
  listPlannedMessages,
  type MessagePage,
} from '#app/modules/messaging/planned/planned-messages.queries.server.ts';
import { staffNames } from '#app/modules/shops/staff.server.ts';

export interface ContactsView {
  customerId: bigint;
  sent: SentPage & { names: Record<string, string> };
  planned: MessagePage & { isFirstPage: boolean };
}

/** Reads a page of what was sent to a customer, and one of what is planned; null for an unknown customer. */
export async function readContactsTab(
  shopId: bigint,
  customerId: bigint,
  at: { sent: SentCursor | null; planned: bigint | null },
): Promise<ContactsView | null> {
  const [customer, sent, planned] = await Promise.all([
    readCustomer(shopId, customerId),
    listSentMessages(shopId, { ...EVERY_MESSAGE, customerIds: [customerId] }, at.sent),
    listPlannedMessages(shopId, { kind: null, customerId, before: at.planned }),
  ]);
  if (!customer) return null;
  const names = await staffNames(shopId, [...new Set(sent.messages.map(({ actor }) => actor))]);
  return {
    customerId,
    sent: { ...sent, names: Object.fromEntries(names) },
    planned: { ...planned, isFirstPage: at.planned === null },
  };
}
