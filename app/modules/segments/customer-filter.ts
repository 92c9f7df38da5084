/** Filter and sort order of the customer list, and how its address writes them. Browser and server. */
import { LIFECYCLE_GROUPS, type LifecycleGroup } from './rules/lifecycle.ts';
import { GROUPINGS, type Grouping } from './groupings.ts';
import { cleanText } from '#app/lib/storable.ts';
import { allOf, parseTree, type SegmentNode } from './tree/tree.ts';
import { GIFT_DATES, type GiftDate } from '#app/modules/customers/gift-dates.ts';

export const TABS = ['all', ...LIFECYCLE_GROUPS] as const;
export type CustomerTab = (typeof TABS)[number];

export interface CustomerFilter {
  /** As typed; empty for all. */
  query: string;
  tab: 'all' | LifecycleGroup;
  categoryId: bigint | null;
  /** A city's code, or its name in lower case where there is no code. */
  cityKey: string | null;
  /** Only customers without this date. */
  missing: GiftDate | null;
  /** Customers who left, who are hidden otherwise. */
  hasLeft: boolean;
  /** The advanced search. */
  rule: SegmentNode | null;
  /** The address has a rule that can't be read: it must find no one, never everybody. */
  hasBrokenRule: boolean;
  /** Only members of this stored segment; of one that is gone there are none. */
  segmentId: bigint | null;
  /** Only those who are, or aren't, in this stored segment, too: how two are compared. */
  compared: { segmentId: bigint; isIn: boolean } | null;
}

export const EVERYBODY: CustomerFilter = {
  query: '',
  tab: 'all',
  categoryId: null,
  cityKey: null,
  missing: null,
  hasLeft: false,
  rule: null,
  hasBrokenRule: false,
  segmentId: null,
  compared: null,
};

export const SORTS = ['last_order', 'name', 'orders', 'sales', 'newest'] as const;
export type SortBy = (typeof SORTS)[number];

/** How the list is shown: its order, and by what it is also split into groups (F26). */
export interface CustomerSort {
  by: SortBy;
  isDescending: boolean;
  grouping?: Grouping | null | undefined;
}

export const DEFAULT_SORT: CustomerSort = { by: 'last_order', isDescending: true };

export const QUERY_CHARACTERS_MAX = 100;
const CITY_CHARACTERS_MAX = 200;
/** What a bigint of the database can hold for certain. */
const ID = /^\d{1,18}$/;

/** Reads the filter of an address; a missing or invalid parameter filters nothing. */
export function readCustomerFilter(params: URLSearchParams): CustomerFilter {
  const text = (name: string) => cleanText(params.get(name) ?? '').trim();
  const written = params.get('rule') ?? '';
  const rule = parseTree(written);
  return {
    query: text('q').slice(0, QUERY_CHARACTERS_MAX),
    tab: TABS.find((tab) => tab === params.get('tab')) ?? 'all',
    categoryId: ID.test(text('category')) ? BigInt(text('category')) : null,
    cityKey: text('city').slice(0, CITY_CHARACTERS_MAX) || null,
    missing: GIFT_DATES.find((date) => date === params.get('missing')) ?? null,
    hasLeft: params.get('left') === '1',
    rule,
    hasBrokenRule: rule === null && written !== '',
    segmentId: readSegment(text('segment')),
    compared: readCompared(text('with'), text('without')),
  };
}

/** What is no id is a segment that isn't there, rather than all customers. */
function readSegment(text: string): bigint | null {
  if (text === '') return null;
  return ID.test(text) ? BigInt(text) : 0n;
}

function readCompared(within: string, without: string): CustomerFilter['compared'] {
  const [isIn, text] = within === '' ? [false, without] : [true, within];
  const segmentId = readSegment(text);
  return segmentId === null ? null : { segmentId, isIn };
}

/** No rule, so that a broken one stays broken wherever the filter goes. */
const BROKEN_RULE = '?';

/** Returns the address parameters of a filter; none for parts that filter nothing. */
export function filterParams(filter: CustomerFilter): URLSearchParams {
  const params = new URLSearchParams();
  if (filter.query !== '') params.set('q', filter.query);
  if (filter.tab !== 'all') params.set('tab', filter.tab);
  if (filter.categoryId !== null) params.set('category', String(filter.categoryId));
  if (filter.cityKey !== null) params.set('city', filter.cityKey);
  if (filter.missing !== null) params.set('missing', filter.missing);
  if (filter.hasLeft) params.set('left', '1');
  if (filter.rule !== null) params.set('rule', JSON.stringify(filter.rule));
  if (filter.hasBrokenRule) params.set('rule', BROKEN_RULE);
  if (filter.segmentId !== null) params.set('segment', String(filter.segmentId));
  if (filter.compared !== null)
    params.set(filter.compared.isIn ? 'with' : 'without', String(filter.compared.segmentId));
  return params;
}

const EMPTY_FIELD = { birth_date: 'birthDate', wedding_date: 'weddingDate' } as const;

/** The filter as one rule, all but its segments, its typed search and those who left; null when it filters nothing. */
export function filterTree({ tab, categoryId, cityKey, missing, rule }: CustomerFilter): SegmentNode | null {
  const parts: SegmentNode[] = [];
  const anyOf = (item: string) => ({ op: 'anyOf' as const, list: [item] });
  if (tab !== 'all') parts.push({ kind: 'condition', code: 'lifecycle', values: anyOf(tab) });
  if (categoryId !== null)
    parts.push({ kind: 'condition', code: 'category', values: anyOf(categoryId.toString()) });
  if (cityKey !== null) parts.push({ kind: 'condition', code: 'city', values: anyOf(cityKey) });
  if (missing !== null)
    parts.push({ kind: 'condition', code: 'incomplete', values: anyOf(EMPTY_FIELD[missing]) });
  if (rule !== null) parts.push(rule);
  return allOf(parts);
}

/** Reads `sort=sales desc` and `group=province`; anything else is the last order, latest first, without groups. */
export function readCustomerSort(params: URLSearchParams): CustomerSort {
  const [by, direction] = (params.get('sort') ?? '').split(' ');
  const known = SORTS.find((sort) => sort === by);
  const sort = known === undefined ? DEFAULT_SORT : { by: known, isDescending: direction === 'desc' };
  const grouping = GROUPINGS.find((one) => one === params.get('group'));
  return grouping === undefined ? sort : { ...sort, grouping };
}

/** Returns a sort order as the address writes it. */
export function sortParam({ by, isDescending }: CustomerSort): string {
  return `${by} ${isDescending ? 'desc' : 'asc'}`;
}

/** Whether anything but the tab filters. */
export function isNarrowed(filter: CustomerFilter): boolean {
  const { query, categoryId, cityKey, missing, hasLeft, rule, hasBrokenRule, segmentId, compared } = filter;
  const isFiltered = categoryId !== null || cityKey !== null || missing !== null || rule !== null;
  return query !== '' || hasLeft || isFiltered || hasBrokenRule || segmentId !== null || compared !== null;
}

/** Whether a segment can be made of the filter: a typed search and those who left are no part of a rule. */
export function canBeSegment(filter: CustomerFilter): boolean {
  const { query, hasLeft, hasBrokenRule, segmentId, compared } = filter;
  const isRule = query === '' && !hasLeft && !hasBrokenRule && segmentId === null && compared === null;
  return isRule && filterTree(filter) !== null;
}

/** The page of the list: of all customers, or of a segment's members. */
export function listPage({ segmentId }: CustomerFilter): string {
  return segmentId === null ? '/app/customers' : `/app/customers/segments/${segmentId}`;
}

/** Returns the list's address for a filter and a sort order, from the beginning unless a position is given. */
export function listAddress(
  filter: CustomerFilter,
  sort: CustomerSort,
  place: Readonly<Record<string, string>> = {},
): string {
  const search = listSearch(filter, sort, place);
  return search === '' ? listPage(filter) : `${listPage(filter)}?${search}`;
}

/** The parameters of that address. */
export function listSearch(
  filter: CustomerFilter,
  sort: CustomerSort,
  place: Readonly<Record<string, string>> = {},
): string {
  const params = filterParams({ ...filter, segmentId: null });
  if (sortParam(sort) !== sortParam(DEFAULT_SORT)) params.set('sort', sortParam(sort));
  if (sort.grouping) params.set('group', sort.grouping);
  for (const [side, position] of Object.entries(place)) params.set(side, position);
  return params.toString();
}
