/** The Profile tab of a customer's page: the record, its figures, and its status in the club. */
import { readCustomerClub, type CustomerClub } from './club-standing.queries.server.ts';
import { readCustomer, type CustomerProfile } from '#app/modules/customers/customers.queries.server.ts';
import { pool } from '#app/db.server.ts';
import { loadAddressHash } from '#app/modules/messaging/consent/address-hash.server.ts';
import { findSuppression } from '#app/modules/messaging/consent/suppress.server.ts';
import { readMetrics } from './read-metrics.server.ts';
import { readRecord, type RecordView } from './read-record.server.ts';
import type { CustomerMetrics } from '#app/modules/orders/rules/customer-metrics.ts';

export interface ProfileView extends RecordView {
  customer: CustomerProfile;
  metrics: CustomerMetrics;
  /** Membership, tier and what staff filled in. */
  club: CustomerClub;
  /** Since when the customer's number must not be written to; null if it may. */
  optedOutSince: Date | null;
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
  if (!customer || !record || !club) return null;
  const optedOutSince = await readOptedOutSince(shopId, customer.phone);
  return { customer, ...record, metrics, club, optedOutSince };
}

async function readOptedOutSince(shopId: bigint, phone: string | null): Promise<Date | null> {
  if (phone === null) return null;
  const hash = (await loadAddressHash(pool, shopId))('sms', phone);
  return (await findSuppression(pool, shopId, 'sms', hash))?.since ?? null;
}
