/** The Profile tab of a customer's page: the record, its figures, and its status in the club. */
import { readCustomerClub, type CustomerClub } from './club-standing.queries.server.ts';
import { readCustomer, type CustomerProfile } from '#app/modules/customers/customers.queries.server.ts';
import { pool } from '#app/db.server.ts';
import { readNumberOptOut } from '#app/modules/messaging/consent/number-opt-out.server.ts';
import { readClubCard, type ClubCardView } from './read-club-card.server.ts';
import { readMetrics } from './read-metrics.server.ts';
import { readRecord, type RecordView } from './read-record.server.ts';
import type { CustomerMetrics } from '#app/modules/orders/rules/customer-metrics.ts';

export interface ProfileView extends RecordView {
  customer: CustomerProfile;
  metrics: CustomerMetrics;
  /** What they have and what comes next. */
  clubCard: ClubCardView;
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
  const [customer, record, metrics, club, clubCard] = await Promise.all([
    readCustomer(shopId, customerId),
    readRecord(shopId, customerId),
    readMetrics(shopId, customerId),
    readCustomerClub(shopId, customerId),
    readClubCard(shopId, customerId),
  ]);
  if (!customer || !record || !club) return null;
  const optedOutSince = (await readNumberOptOut(pool, shopId, customer.phone))?.since ?? null;
  return { customer, ...record, metrics, club, clubCard, optedOutSince };
}
