/** Customers as Shopify has them now, taken into the record: for the first sync and for reconciliation. */
import type { Transaction } from '#app/db.server.ts';
import { decodeCustomerNode, type CustomerNode } from '#app/integrations/shopify/customer-node.ts';
import { systemNow } from '#app/lib/clock.ts';
import { recordCustomers } from '#app/modules/customers/record-customers.server.ts';
import type { ChangeSource } from '#app/modules/customers/rules/customer-record.ts';
import { stateMoment } from '#app/modules/customers/rules/decode-customer.ts';
import { claimGuestOrders } from '#app/modules/loyalty/claim-guest-orders.server.ts';
import { holdOwners } from '#app/modules/loyalty/owners.server.ts';
import { matchRegion } from '#app/modules/regions/match-region.server.ts';
import { recordTags } from '#app/modules/tags/record-tags.server.ts';

/** Who speaks, as the history of a customer names it. */
const ACTOR = 'shopify';

/**
 * Takes in customers as the Admin API gives them; answers how many could not be read and were passed over. What staff
 * said later stays, field by field. Whoever appears may be who some guest was.
 */
export async function keepCustomers(
  tx: Transaction,
  shopId: bigint,
  values: readonly unknown[],
  source: Extract<ChangeSource, 'sync' | 'shopify'>,
): Promise<number> {
  const readAt = systemNow();
  const nodes = values.map(decodeCustomerNode).filter((node) => node !== null);
  await holdOwners(tx, [shopId]);
  await recordCustomers(
    tx,
    nodes.map((node) => ({ ...seenOf(node, readAt), shopId, source })),
  );
  await recordTags(
    tx,
    nodes.map(({ customerId, updatedAt, tags }) => ({ shopId, customerId, tags, at: updatedAt })),
  );
  await claimGuestOrders(
    tx,
    nodes.map(({ customerId }) => ({ shopId, customerId })),
  );
  return values.length - nodes.length;
}

function seenOf({ customerId, updatedAt, fields }: CustomerNode, readAt: Date) {
  const address = fields.address && matchRegion(fields.address);
  return { customerId, at: stateMoment(updatedAt, readAt), actor: ACTOR, fields: { ...fields, address } };
}
