/** What the customer's own page shows beside the club: where the balance comes from, what happened, their own data. */
import type {
  AccountHistory,
  AccountProfile,
  AccountView,
  HistoryFilter,
} from '../../../../extensions/shared/account-api.ts';
import { readFormRules, readKnownCustomer } from '#app/modules/crm/form/known-customer.server.ts';
import { readLots } from '#app/modules/crm/profile/read-lots.server.ts';
import { listEntries } from '#app/modules/ledger/balances.queries.server.ts';
import type { Club } from '#app/modules/shops/club.server.ts';
import { toEntryView, toLotView, toProfileView } from './account-views.ts';

export const HISTORY_PAGE = 20;

/** Reads the account of a customer; one who is not known yet has an empty one. */
export async function readAccount(club: Club, customerId: bigint): Promise<AccountView> {
  const { shopId, timeZone } = club;
  const [{ lots, more }, history, profile] = await Promise.all([
    readLots(shopId, customerId),
    readHistory(club, customerId, { before: null, filter: 'all' }),
    readProfile(shopId, customerId),
  ]);
  const shown = lots.map((lot) => toLotView(lot, timeZone));
  return { lots: shown, moreLots: Math.max(0, more), history, profile };
}

const SIGNS: Record<HistoryFilter, 1 | -1 | undefined> = { all: undefined, earned: 1, spent: -1 };

/** Reads a page of what happened to a customer's value, newest first. */
export async function readHistory(
  { shopId, timeZone }: Pick<Club, 'shopId' | 'timeZone'>,
  customerId: bigint,
  { before, filter }: { before: bigint | null; filter: HistoryFilter },
): Promise<AccountHistory> {
  const found = await listEntries({
    shopId,
    customerId,
    before: before ?? undefined,
    sign: SIGNS[filter],
    limit: HISTORY_PAGE + 1,
  });
  const page = found.slice(0, HISTORY_PAGE);
  const hasMore = found.length > HISTORY_PAGE;
  const entries = page.map((entry) => toEntryView(entry, timeZone));
  return { entries, next: hasMore ? String(page.at(-1)?.entryId) : null };
}

/** Reads what a customer may see and say of themselves; null for one who is not known. */
export async function readProfile(shopId: bigint, customerId: bigint): Promise<AccountProfile | null> {
  const [known, rules] = await Promise.all([readKnownCustomer(shopId, customerId), readFormRules(shopId)]);
  return known && toProfileView(known, rules);
}
