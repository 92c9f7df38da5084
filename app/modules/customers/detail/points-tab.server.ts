/** The Points tab of a customer's page: what they have, until when, and how it came about. */
import { pool } from '#app/db.server.ts';
import {
  listEntries,
  readBalances,
  type Balance,
  type EntryRow,
} from '#app/modules/loyalty/ledger.queries.server.ts';
import { readCustomer, type CustomerProfile } from '../customers.queries.server.ts';

const ENTRIES_A_PAGE = 25;

export interface PointsView {
  customer: CustomerProfile;
  balances: Balance[];
  entries: EntryRow[];
  /** The entry that the next page starts after; null on the last page. */
  olderThan: bigint | null;
  isFirstPage: boolean;
}

/** The Points tab with a page of movements (below `before`); null for a customer whom the shop does not have. */
export async function readPointsTab(
  { shopId }: { shopId: bigint },
  customerId: bigint,
  before: bigint | null,
): Promise<PointsView | null> {
  const [customer, balances, found] = await Promise.all([
    readCustomer(shopId, customerId),
    readBalances(pool, shopId, [customerId]),
    listEntries({ shopId, customerId, limit: ENTRIES_A_PAGE + 1, ...(before === null ? {} : { before }) }),
  ]);
  if (!customer) return null;
  const entries = found.slice(0, ENTRIES_A_PAGE);
  const olderThan = found.length > entries.length ? (entries.at(-1)?.entryId ?? null) : null;
  return { customer, balances, entries, olderThan, isFirstPage: before === null };
}
