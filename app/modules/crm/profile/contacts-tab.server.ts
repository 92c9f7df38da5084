/** The Contacts tab of a customer's page: every message to them (F101). */
import { pool } from '#app/db.server.ts';
import { listConsents, type ConsentLine } from '#app/modules/customers/log-consents.server.ts';
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

const CONSENTS_SHOWN = 20;

export interface ContactsView {
  customerId: bigint;
  sent: SentPage & { names: Record<string, string> };
  planned: MessagePage & { isFirstPage: boolean };
  /** What they agreed to or refused, the newest first. */
  consents: ConsentLine[];
}

/** Reads a page of what was sent to a customer, and one of what is planned; null for an unknown customer. */
export async function readContactsTab(
  shopId: bigint,
  customerId: bigint,
  at: { sent: SentCursor | null; planned: bigint | null },
): Promise<ContactsView | null> {
  const [customer, sent, planned, { lines: consents }] = await Promise.all([
    readCustomer(shopId, customerId),
    listSentMessages(shopId, { ...EVERY_MESSAGE, customerIds: [customerId] }, at.sent),
    listPlannedMessages(shopId, { kind: null, customerId, before: at.planned }),
    listConsents(pool, shopId, { customerId, before: null, limit: CONSENTS_SHOWN }),
  ]);
  if (!customer) return null;
  const names = await staffNames(shopId, [
    ...new Set([...sent.messages, ...consents].map(({ actor }) => actor)),
  ]);
  return {
    customerId,
    sent: { ...sent, names: Object.fromEntries(names) },
    planned: { ...planned, isFirstPage: at.planned === null },
    consents,
  };
}
