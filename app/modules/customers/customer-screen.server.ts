import { pool } from '#app/db.server.ts';
import {
  listEntries,
  readBalances,
  type Balance,
  type EntryRow,
} from '#app/modules/loyalty/ledger.queries.server.ts';
import { listPlannedMessages, type PlannedMessage } from '#app/modules/messages/planned.queries.server.ts';
import { readPayout, type PayoutView } from '#app/modules/rewards/payout-screens.server.ts';
import { readLifecycleGroup } from '#app/modules/segments/lifecycle.queries.server.ts';
import type { LifecycleGroup } from '#app/modules/segments/rules/lifecycle.ts';
import { readCustomerClub, type CustomerClub } from './customer-club.queries.server.ts';
import { readCustomer, type CustomerProfile } from './customers.queries.server.ts';

const ENTRIES_A_PAGE = 25;
const MESSAGES_SHOWN = 3;

export interface CustomerView {
  customer: CustomerProfile;
  balances: Balance[];
  entries: EntryRow[];
  /** The entry that the next page starts after; null on the last page. */
  olderThan: bigint | null;
  /** New, regular, lapsed, or null for none of them. */
  group: LifecycleGroup | null;
  /** Membership, tier and what staff filled in. */
  club: CustomerClub;
  /** Null while payouts are switched off. */
  payout: PayoutView | null;
  /** The last planned messages. */
  messages: PlannedMessage[];
}

/** One customer of this shop with balances and a page of movements (below `before`), or null. */
export async function readCustomerScreen(
  shopId: bigint,
  customerId: bigint,
  before: bigint | null,
): Promise<CustomerView | null> {
  const [customer, balances, found, group, club, planned, payout] = await Promise.all([
    readCustomer(shopId, customerId),
    readBalances(pool, shopId, [customerId]),
    listEntries({ shopId, customerId, limit: ENTRIES_A_PAGE + 1, ...(before === null ? {} : { before }) }),
    readLifecycleGroup(shopId, customerId),
    readCustomerClub(shopId, customerId),
    listPlannedMessages(shopId, { kind: null, customerId, before: null }, MESSAGES_SHOWN),
    readPayout(shopId, customerId),
  ]);
  if (!customer || !club) return null;
  const entries = found.slice(0, ENTRIES_A_PAGE);
  const last = entries.at(-1);
  return {
    customer,
    balances,
    entries,
    group,
    club,
    payout,
    messages: planned.messages,
    olderThan: found.length > entries.length && last ? last.entryId : null,
  };
}
