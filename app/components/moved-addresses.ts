import { NAVIGATION, startOf } from './navigation.ts';

/** Where screens were before the menu had sections, each with what is below it. Bookmarks keep working. */
const MOVED: readonly (readonly [from: RegExp, to: string])[] = [
  [/^\/app\/programs\/(\d+)\/rewards$/, '/app/loyalty/rewards?program=$1'],
  [/^\/app\/programs?(?=\/|$)/, '/app/loyalty/programs'],
  [/^\/app\/rewards(?=\/|$)/, '/app/loyalty/rewards'],
  [/^\/app\/offers(?=\/|$)/, '/app/loyalty/offers'],
  [/^\/app\/gifts(?=\/|$)/, '/app/loyalty/occasions'],
  [/^\/app\/products(?=\/|$)/, '/app/loyalty/products'],
  [/^\/app\/membership(?=\/|$)/, '/app/loyalty/membership'],
  [/^\/app\/backfill(?=\/|$)/, '/app/loyalty/past-orders'],
  [/^\/app\/ledger(?=\/|$)/, '/app/activity/ledger'],
  [/^\/app\/orders(?=\/|$)/, '/app/activity/orders'],
  [/^\/app\/claims(?=\/|$)/, '/app/activity/reward-requests'],
  [/^\/app\/adjust(?=\/|$)/, '/app/activity/adjust'],
  [/^\/app\/activity\/messages(?=\/|$)/, '/app/messages/planned'],
  [/^\/app\/tags(?=\/|$)/, '/app/customers/tags'],
  [/^\/app\/completeness(?=\/|$)/, '/app/customers/to-complete'],
  [/^\/app\/events(?=\/|$)/, '/app/settings/failed-events'],
  [/^\/app\/privacy(?=\/|$)/, '/app/settings/privacy'],
];

/**
 * Returns where an address leads that has no screen itself, with its query: the new place of a moved screen, or the
 * first section of an entry of the menu. Null when it is unknown.
 */
export function redirectTarget({ pathname, search }: { pathname: string; search: string }): string | null {
  const address = pathname.replace(/\/$/, '');
  const [from, to] = MOVED.find(([pattern]) => pattern.test(address)) ?? [null, ''];
  const isEntry = NAVIGATION.some((entry) => entry.address === address);
  const target = from === null ? (isEntry ? startOf(address) : null) : address.replace(from, to);
  return target === null ? null : withQuery(target, search);
}

const withQuery = (address: string, search: string): string =>
  address.includes('?') ? address + search.replace(/^\?/, '&') : address + search;
