/** What the list of customers is narrowed to and sorted by, and how its address writes that. Browser and server. */
import { LIFECYCLE_GROUPS, type LifecycleGroup } from '#app/modules/segments/rules/lifecycle.ts';
import { GIFT_DATES, type GiftDate } from '../gift-dates.ts';

export const TABS = ['all', ...LIFECYCLE_GROUPS] as const;
export type CustomerTab = (typeof TABS)[number];

export interface CustomerFilter {
  /** As typed; empty for all. */
  query: string;
  tab: 'all' | LifecycleGroup;
  categoryId: bigint | null;
  /** A city's code, or its name in lower case where there is no code. */
  cityKey: string | null;
  /** Only those who lack this date. */
  missing: GiftDate | null;
  /** Those who left the club, who are hidden otherwise. */
  hasLeft: boolean;
}

export const EVERYBODY: CustomerFilter = {
  query: '',
  tab: 'all',
  categoryId: null,
  cityKey: null,
  missing: null,
  hasLeft: false,
};

export const SORTS = ['last_order', 'name', 'orders', 'sales', 'newest'] as const;
export type SortBy = (typeof SORTS)[number];

export interface CustomerSort {
  by: SortBy;
  isDescending: boolean;
}

export const DEFAULT_SORT: CustomerSort = { by: 'last_order', isDescending: true };

export const QUERY_CHARACTERS_MAX = 100;
const CITY_CHARACTERS_MAX = 200;
/** What a bigint of the database can hold for certain. */
const ID = /^\d{1,18}$/;
/** PostgreSQL's texts hold all but this. */
const NUL = '\u0000';

/** The filter that an address asks for; what it does not say, or says wrongly, narrows nothing. */
export function readCustomerFilter(params: URLSearchParams): CustomerFilter {
  const text = (name: string) => params.get(name)?.replaceAll(NUL, '').trim() ?? '';
  return {
    query: text('q').slice(0, QUERY_CHARACTERS_MAX),
    tab: TABS.find((tab) => tab === params.get('tab')) ?? 'all',
    categoryId: ID.test(text('category')) ? BigInt(text('category')) : null,
    cityKey: text('city').slice(0, CITY_CHARACTERS_MAX) || null,
    missing: GIFT_DATES.find((date) => date === params.get('missing')) ?? null,
    hasLeft: params.get('left') === '1',
  };
}

/** How an address asks for this filter; nothing for what narrows nothing. */
export function filterParams(filter: CustomerFilter): URLSearchParams {
  const params = new URLSearchParams();
  if (filter.query !== '') params.set('q', filter.query);
  if (filter.tab !== 'all') params.set('tab', filter.tab);
  if (filter.categoryId !== null) params.set('category', String(filter.categoryId));
  if (filter.cityKey !== null) params.set('city', filter.cityKey);
  if (filter.missing !== null) params.set('missing', filter.missing);
  if (filter.hasLeft) params.set('left', '1');
  return params;
}

/** `sales desc`; anything else is the last order, latest first. */
export function readCustomerSort(params: URLSearchParams): CustomerSort {
  const [by, direction] = (params.get('sort') ?? '').split(' ');
  const known = SORTS.find((sort) => sort === by);
  return known === undefined ? DEFAULT_SORT : { by: known, isDescending: direction === 'desc' };
}

/** The address' text for a sort. */
export function sortParam({ by, isDescending }: CustomerSort): string {
  return `${by} ${isDescending ? 'desc' : 'asc'}`;
}

/** Whether it narrows by anything but the tab. */
export function isNarrowed({ query, categoryId, cityKey, missing, hasLeft }: CustomerFilter): boolean {
  return query !== '' || categoryId !== null || cityKey !== null || missing !== null || hasLeft;
}

/** The list's address for a filter and a sort, from the beginning unless a place is given. */
export function listAddress(
  filter: CustomerFilter,
  sort: CustomerSort,
  place: Readonly<Record<string, string>> = {},
): string {
  const params = filterParams(filter);
  if (sortParam(sort) !== sortParam(DEFAULT_SORT)) params.set('sort', sortParam(sort));
  for (const [side, position] of Object.entries(place)) params.set(side, position);
  const search = params.toString();
  return search === '' ? '/app/customers' : `/app/customers?${search}`;
}
