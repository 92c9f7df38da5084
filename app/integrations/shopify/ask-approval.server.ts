import type { ReadProtectedFieldsQuery } from '#app/types/admin.generated.d.ts';
import { adminGraphql } from './admin-client.server.ts';
import { READ_PROTECTED_FIELDS } from './operations/sync.ts';
import type { Approval, ProtectedContent } from './protected-fields.ts';
import { storeGranted, storeUnapproved } from './unapproved-data.server.ts';

/** This number of customers without any name, or of addresses without any street, is no coincidence. */
const EMPTY_MIN = 10;

/**
 * Asks Shopify for every protected field of the shop's newest customers, and stores what it refuses, what it leaves
 * empty for all of them, and what it shows by now.
 * @throws UpstreamError; CustomerDataRefused when it shows no customers at all
 */
export async function askApproval(shopDomain: string): Promise<void> {
  const refused = new Set<Approval>();
  const { customers } = await adminGraphql<ReadProtectedFieldsQuery>(
    shopDomain,
    READ_PROTECTED_FIELDS,
    {},
    refused,
  );
  const { seen, empty } = whatIsShown(customers.nodes);
  const granted = seen.filter((each) => !refused.has(each));
  if (customers.nodes.length > 0) await storeGranted(shopDomain, ['customers', ...granted]);
  const hidden = empty.filter((each) => !refused.has(each));
  if (hidden.length > 0) await storeUnapproved(shopDomain, hidden);
}

type Node = ReadProtectedFieldsQuery['customers']['nodes'][number];

/**
 * Returns what some of the customers have, and what none of them has although they must: Shopify demands a name, an
 * e-mail address or a phone of each, and may hide a field without an error.
 */
function whatIsShown(nodes: readonly Node[]): { seen: ProtectedContent[]; empty: ProtectedContent[] } {
  const addresses = nodes.flatMap(({ defaultAddress }) => defaultAddress ?? []);
  const isSeen = {
    name: nodes.some(({ firstName, lastName }) => firstName || lastName),
    email: nodes.some(({ defaultEmailAddress }) => defaultEmailAddress?.emailAddress),
    phone: nodes.some(({ defaultPhoneNumber }) => defaultPhoneNumber?.phoneNumber),
    address: addresses.some(({ address1, zip }) => address1 || zip),
  };
  const areMany = nodes.length >= EMPTY_MIN;
  const empty: ProtectedContent[] = [
    ...(areMany && !isSeen.name ? (['name'] as const) : []),
    ...(areMany && !isSeen.email && !isSeen.phone ? (['email', 'phone'] as const) : []),
    ...(addresses.length >= EMPTY_MIN && !isSeen.address ? (['address'] as const) : []),
  ];
  const contents = ['name', 'email', 'phone', 'address'] as const;
  return { seen: contents.filter((each) => isSeen[each]), empty };
}
