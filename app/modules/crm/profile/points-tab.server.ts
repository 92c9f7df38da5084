/** The Points tab of a customer's page: what they have, until when, and how it came about. */
import { pool } from '#app/db.server.ts';
import {
  listEntries,
  readBalances,
  type Balance,
  type EntryRow,
} from '#app/modules/ledger/balances.queries.server.ts';
import { readCustomer, type CustomerProfile } from '#app/modules/customers/customers.queries.server.ts';
import { readPrintedPoints } from './products-tab.server.ts';
import { readBalanceLines, type BalanceLine } from './read-balance-lines.server.ts';
import { readLots, type OpenLots } from './read-lots.server.ts';

const ENTRIES_A_PAGE = 25;

export interface PointsView {
  customer: CustomerProfile;
  balances: Balance[];
  lots: OpenLots;
  lines: BalanceLine[];
  /** F54: printed on the products bought. */
  printedPoints: bigint;
  entries: EntryRow[];
  /** The entry that the next page starts after; null on the last page. */
  olderThan: bigint | null;
  isFirstPage: boolean;
}

/** Reads the Points tab with a page of movements (older than `before`); null for an unknown customer. */
export async function readPointsTab(
  { shopId }: { shopId: bigint },
  customerId: bigint,
  before: bigint | null,
): Promise<PointsView | null> {
  const [customer, balances, lots, lines, printedPoints, found] = await Promise.all([
    readCustomer(shopId, customerId),
    readBalances(pool, shopId, [customerId]),
    readLots(shopId, customerId),
    readBalanceLines(shopId, customerId),
    readPrintedPoints(shopId, customerId),
    listEntries({ shopId, customerId, limit: ENTRIES_A_PAGE + 1, ...(before === null ? {} : { before }) }),
  ]);
  if (!customer) return null;
  const entries = found.slice(0, ENTRIES_A_PAGE);
  const olderThan = found.length > entries.length ? (entries.at(-1)?.entryId ?? null) : null;
  const isFirstPage = before === null;
  return { customer, balances, lots, lines, printedPoints, entries, olderThan, isFirstPage };
}
