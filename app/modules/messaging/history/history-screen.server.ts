/** Messages > History: the filter, looked up, and a page of messages (F101, F138). */
import { pool } from '#app/db.server.ts';
import { addDays, startOfDay } from '#app/lib/calendar-days.ts';
import { toE164 } from '#app/lib/phone.ts';
import { readCustomer, type CustomerLine } from '#app/modules/customers/customers.queries.server.ts';
import { gatherFound, readSearch } from '#app/modules/segments/resolve-search.server.ts';
import { listStaff, staffNames } from '#app/modules/shops/staff.server.ts';
import { loadAddressHash } from '../consent/address-hash.server.ts';
import { STATUS_STATES, type HistoryFilter } from './history-filter.ts';
import {
  listSentMessages,
  type SentCursor,
  type SentFilter,
  type SentPage,
} from './list-messages.queries.server.ts';

const CAMPAIGNS_OFFERED_MAX = 100;

interface Shop {
  shopId: bigint;
  timeZone: string;
}

export interface HistoryView extends SentPage {
  filter: HistoryFilter;
  /** The customer in the filter. */
  customer: CustomerLine | null;
  /** What was typed fits too many customers: nothing is listed. */
  isTooWide: boolean;
  campaigns: { campaignId: bigint; name: string }[];
  staff: { actor: string; name: string }[];
  /** Names of the actors on the page. */
  names: Record<string, string>;
}

/** Reads a page of the history as filtered. */
export async function readHistoryScreen(
  shop: Shop,
  filter: HistoryFilter,
  cursor: SentCursor | null,
): Promise<HistoryView> {
  const { shopId } = shop;
  const [looked, customer, campaigns, staff] = await Promise.all([
    lookUpHistory(shop, filter),
    filter.customer === null ? null : readCustomer(shopId, filter.customer),
    listCampaignNames(shopId, filter.campaign),
    listStaff(shopId),
  ]);
  const page = looked
    ? await listSentMessages(shopId, looked, cursor)
    : { messages: [], before: null, after: null };
  const names = await staffNames(shopId, [...new Set(page.messages.map(({ actor }) => actor))]);
  return {
    ...page,
    filter,
    customer,
    isTooWide: looked === null,
    campaigns,
    staff,
    names: Object.fromEntries(names),
  };
}

/** The filter with ids and times; null when what was typed fits too many customers. */
export async function lookUpHistory(
  { shopId, timeZone }: Shop,
  filter: HistoryFilter,
): Promise<SentFilter | null> {
  const { q, customer, from, until } = filter;
  const search = q === null ? null : await readSearch(pool, shopId, q);
  const found = search && (await gatherFound(pool, shopId, search));
  if (search && found === null) return null;
  const only = customer === null ? null : [customer];
  return {
    customerIds: found === null ? only : (only?.filter((id) => found.includes(id)) ?? found),
    addressHash: q === null || customer !== null ? null : await hashIfNumber(shopId, q),
    campaignId: filter.campaign,
    states: filter.status && STATUS_STATES[filter.status],
    actor: filter.staff,
    from: from === null ? null : startOfDay(from, timeZone),
    until: until === null ? null : startOfDay(addDays(until, 1), timeZone),
  };
}

/** Of a number as people type it; messages to it are found, also where another customer has it now. */
async function hashIfNumber(shopId: bigint, typed: string): Promise<string | null> {
  const { rows } = await pool.query<{ country: string | null }>(
    'SELECT country FROM shops WHERE shop_id = $1',
    [shopId],
  );
  const phone = toE164(typed, rows[0]?.country ?? null);
  return phone === null ? null : (await loadAddressHash(pool, shopId))('sms', phone);
}

/** The newest campaigns that were started, and the one that is filtered by. */
async function listCampaignNames(
  shopId: bigint,
  chosen: bigint | null,
): Promise<{ campaignId: bigint; name: string }[]> {
  const { rows } = await pool.query<{ campaignId: bigint; name: string }>(
    `(SELECT campaign_id AS "campaignId", name FROM campaigns WHERE shop_id = $1 AND state <> 'draft'
       ORDER BY campaign_id DESC LIMIT ${CAMPAIGNS_OFFERED_MAX})
     UNION SELECT campaign_id, name FROM campaigns WHERE shop_id = $1 AND campaign_id = $2 ORDER BY 1 DESC`,
    [shopId, chosen],
  );
  return rows;
}
