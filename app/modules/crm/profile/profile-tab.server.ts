/** The Profile tab of a customer's page: the record, its figures, and its status in the club. */
import { readCustomerClub, type CustomerClub } from './club-standing.queries.server.ts';
import { readCustomer, type CustomerProfile } from '#app/modules/customers/customers.queries.server.ts';
import { readMetrics } from './read-metrics.server.ts';
import { readRecord, type RecordView } from './read-record.server.ts';
import type { CustomerMetrics } from '#app/modules/orders/rules/customer-metrics.ts';

export interface ProfileView extends RecordView {
  customer: CustomerProfile;
  metrics: CustomerMetrics;
  /** Membership, tier and what staff filled in. */
  club: CustomerClub;
}

/** Reads the Profile tab of a customer; null for an unknown customer. */
export async function readProfileTab(
  { shopId }: { shopId: bigint },
  customerId: bigint,
): Promise<ProfileView | null> {
  const [customer, record, metrics, club] = await Promise.all([
    readCustomer(shopId, customerId),
    readRecord(shopId, customerId),
    readMetrics(shopId, customerId),
    readCustomerClub(shopId, customerId),
  ]);
  return customer && record && club ? { customer, ...record, metrics, club } : null;
}
