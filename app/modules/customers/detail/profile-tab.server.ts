/** The Profile tab of a customer's page: who they are, and where they stand in the club. */
import { readCustomerClub, type CustomerClub } from '../customer-club.queries.server.ts';
import { readCustomer, type CustomerProfile } from '../customers.queries.server.ts';

export interface ProfileView {
  customer: CustomerProfile;
  /** Membership, tier and what staff filled in. */
  club: CustomerClub;
}

/** The Profile tab of a customer; null for one whom the shop does not have. */
export async function readProfileTab(
  { shopId }: { shopId: bigint },
  customerId: bigint,
): Promise<ProfileView | null> {
  const [customer, club] = await Promise.all([
    readCustomer(shopId, customerId),
    readCustomerClub(shopId, customerId),
  ]);
  return customer && club ? { customer, club } : null;
}
