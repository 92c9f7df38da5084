/** The Ledger screen: the filter, looked up, and a page of entries (F92). */
import { readIdParam } from '#app/lib/read-id.ts';
import { orderNames, type LedgerFilter } from './ledger-filter.ts';
import {
  findOrderIds,
  listLedger,
  sumLedger,
  type LedgerSum,
  type EntryFilter,
  type LedgerCursor,
  type LedgerPage,
} from '#app/modules/ledger/entries.queries.server.ts';
import { addDays, startOfDay } from '#app/lib/calendar-days.ts';
import { listStaff, staffNames } from '#app/modules/shops/staff.server.ts';
import { findCustomers } from '../adjust/find-to-adjust.queries.server.ts';
import { readCustomer, type CustomerLine } from '#app/modules/customers/customers.queries.server.ts';

export interface LedgerView extends LedgerPage {
  filter: LedgerFilter;
  /** The customer in the filter. */
  customer: CustomerLine | null;
  /** More than one customer fits what was typed: nothing is listed until one is chosen. */
  candidates: CustomerLine[];
  staff: { actor: string; name: string }[];
  /** Names of the actors on the page. */
  names: Record<string, string>;
}

interface Shop {
  shopId: bigint;
  timeZone: string;
}

/** A page of the ledger as filtered. */
export async function readLedgerScreen(
  shop: Shop,
  filter: LedgerFilter,
  cursor: LedgerCursor | null,
): Promise<LedgerView> {
  const { shopId } = shop;
  const [{ entries, customer, candidates }, staff] = await Promise.all([
    lookUp(shop, filter),
    listStaff(shopId),
  ]);
  const page = await (candidates.length > 0
    ? { lines: [], before: null, after: null }
    : listLedger(shopId, entries, cursor));
  const names = await staffNames(shopId, [...new Set(page.lines.map(({ actor }) => actor))]);
  return { ...page, filter, customer, candidates, staff, names: Object.fromEntries(names) };
}

export interface LedgerTotals {
  /** Null where there are too many entries to add up. */
  sums: LedgerSum[] | null;
}

/** What the filtered entries add up to; nothing while the customer is not clear yet. */
export async function readLedgerTotals(shop: Shop, filter: LedgerFilter): Promise<LedgerTotals> {
  const { entries, candidates } = await lookUp(shop, filter);
  return { sums: candidates.length > 0 ? [] : await sumLedger(shop.shopId, entries) };
}

interface LookedUp {
  entries: EntryFilter;
  customer: CustomerLine | null;
  candidates: CustomerLine[];
}

/** The filter with ids and times; candidates while the customer is not clear yet. */
export async function lookUp({ shopId, timeZone }: Shop, filter: LedgerFilter): Promise<LookedUp> {
  const [customers, orderIds] = await Promise.all([
    customersOf(shopId, filter),
    filter.order === null ? null : findOrderIds(shopId, orderNames(filter.order), readIdParam(filter.order)),
  ]);
  const entries = {
    customerIds: customers && customers.map(({ customerId }) => customerId),
    orderIds,
    kind: filter.kind,
    reason: filter.reason,
    unit: filter.unit,
    actor: filter.staff,
    from: filter.from === null ? null : startOfDay(filter.from, timeZone),
    until: filter.until === null ? null : startOfDay(addDays(filter.until, 1), timeZone),
  };
  const [only = null] = customers ?? [];
  const isClear = customers === null || customers.length <= 1;
  return { entries, customer: isClear ? only : null, candidates: isClear ? [] : customers };
}

async function customersOf(shopId: bigint, filter: LedgerFilter): Promise<CustomerLine[] | null> {
  if (filter.customerId !== null) {
    const customer = await readCustomer(shopId, filter.customerId);
    return customer ? [customer] : [];
  }
  return filter.customer === null ? null : findCustomers(shopId, filter.customer);
}
