import type { ReadChangedCustomersQuery } from '#app/types/admin.generated.d.ts';
import { adminGraphql } from './admin-client.server.ts';
import { READ_CHANGED_CUSTOMERS } from './operations/sync.ts';

/** With its metafields a customer costs some 15 points; a query may cost 1,000. */
const PAGE_CUSTOMERS = 50;

/**
 * Yields the customers of a shop whose `updated_at` is `since` or later, oldest change first, page by page, in the
 * shape `decodeCustomerNode` expects. Throws UpstreamError.
 */
export async function* readChangedCustomers(shopDomain: string, since: Date): AsyncGenerator<unknown[]> {
  const query = `updated_at:>='${since.toISOString()}'`;
  let after: string | null = null;
  for (;;) {
    const { customers }: ReadChangedCustomersQuery = await adminGraphql(shopDomain, READ_CHANGED_CUSTOMERS, {
      first: PAGE_CUSTOMERS,
      after,
      query,
    });
    yield customers.nodes;
    if (!customers.pageInfo.hasNextPage) return;
    after = customers.pageInfo.endCursor ?? null;
  }
}
