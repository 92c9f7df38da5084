/** The list's address carries how the list is shown, so that it can be shared. */
import { expect, test } from 'vitest';
import {
  DEFAULT_SORT,
  EVERYBODY,
  listAddress,
  readCustomerFilter,
  readCustomerSort,
} from '#app/modules/segments/customer-filter.ts';
import { GROUPINGS } from '#app/modules/segments/groupings.ts';

const read = (address: string) => new URL(address, 'http://list').searchParams;

test('groups, order and filter come back as they were', () => {
  const filter = { ...EVERYBODY, tab: 'new' as const, query: 'siti' };
  for (const grouping of GROUPINGS) {
    const sort = { by: 'sales' as const, isDescending: true, grouping };
    const params = read(listAddress(filter, sort));
    expect(readCustomerSort(params)).toEqual(sort);
    expect(readCustomerFilter(params)).toEqual(filter);
  }
});

test('without groups the address has none, and an unknown one is none', () => {
  expect(listAddress(EVERYBODY, { ...DEFAULT_SORT, grouping: null })).toBe('/app/customers');
  expect(readCustomerSort(new URLSearchParams('group=shoe_size'))).toEqual(DEFAULT_SORT);
});
