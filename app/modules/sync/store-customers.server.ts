/** Stores customers as Shopify has them now, for the first sync and for reconciliation. */
import type { Transaction } from '#app/db.server.ts';
import type { Approval } from '#app/integrations/shopify/protected-fields.ts';
import { decodeCustomerNode, type CustomerNode } from '#app/modules/customers/decode-customer-node.ts';
import { systemNow } from '#app/lib/clock.ts';
import { logConsents } from '#app/modules/customers/log-consents.server.ts';
import { recordCustomers } from '#app/modules/customers/record-customers.server.ts';
import type { ChangeSource } from '#app/modules/customers/rules/customer-record.ts';
import { stateTimestamp } from '#app/modules/customers/rules/decode-customer.ts';
import { shownOf } from '#app/modules/customers/upsert-customers.server.ts';
import { adoptGuestOrders } from '#app/modules/earning/award/award-adopted.server.ts';
import { lockOwnersShared } from '#app/modules/orders/order-owners.server.ts';
import { matchRegion } from '#app/modules/regions/match-region.server.ts';
import { readUnapprovedOf } from '#app/modules/shops/unapproved.server.ts';
import { recordTags } from '#app/modules/tags/record-tags.server.ts';

/** The source named in a customer's history. */
const ACTOR = 'shopify';

/**
 * Stores customers in the shape of the Admin API; returns how many couldn't be decoded and were skipped. Later edits
 * by staff stay, field by field. A new customer may be the buyer of guest orders.
 */
export async function storeCustomers(
  tx: Transaction,
  shopId: bigint,
  values: readonly unknown[],
  source: Extract<ChangeSource, 'sync' | 'shopify'>,
): Promise<number> {
  const readAt = systemNow();
  const nodes = values.map(decodeCustomerNode).filter((node) => node !== null);
  await lockOwnersShared(tx, [shopId]);
  const unapproved = (await readUnapprovedOf(tx, [shopId])).get(shopId);
  await recordCustomers(
    tx,
    nodes.map((node) => ({ ...seenOf(node, readAt, unapproved), shopId, source })),
  );
  const said = (field: 'smsConsent' | 'emailConsent') =>
    nodes.filter(({ fields }) => fields[field] != null).map(({ customerId }) => ({ shopId, customerId }));
  await logConsents(tx, 'sms', said('smsConsent'), ACTOR);
  await logConsents(tx, 'email', said('emailConsent'), ACTOR);
  await recordTags(
    tx,
    nodes.map(({ customerId, updatedAt, tags }) => ({ shopId, customerId, tags, at: updatedAt })),
  );
  await adoptGuestOrders(
    tx,
    nodes.map(({ customerId }) => ({ shopId, customerId })),
  );
  return values.length - nodes.length;
}

function seenOf(
  { customerId, updatedAt, fields }: CustomerNode,
  readAt: Date,
  unapproved: ReadonlySet<Approval> | undefined,
) {
  const address = fields.address && matchRegion(fields.address);
  return {
    customerId,
    at: stateTimestamp(updatedAt, readAt),
    actor: ACTOR,
    ...shownOf({ ...fields, address }, unapproved),
  };
}
