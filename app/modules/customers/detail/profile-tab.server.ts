/** The Profile tab of a customer's page: who they are, what they are worth, and where they stand in the club. */
import { readCustomerClub, type CustomerClub } from '../customer-club.queries.server.ts';
import { readCustomer, type CustomerProfile } from '../customers.queries.server.ts';
import { readMetrics } from './read-metrics.server.ts';
import { readRecord, type RecordView } from './read-record.server.ts';
import type { CustomerMetrics } from './rules/metrics.ts';

export interface ProfileView extends RecordView {
  customer: CustomerProfile;
  metrics: CustomerMetrics;
  /** Membership, tier and what staff filled in. */
  club: CustomerClub;
}

/** The Profile tab of a customer; null for one whom the shop does not have. */
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
