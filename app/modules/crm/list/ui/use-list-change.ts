import { useNavigate } from '@remix-run/react';
import { useComingSearch } from '#app/components/use-search-change.ts';
import {
  listAddress,
  readCustomerFilter,
  readCustomerSort,
  type CustomerFilter,
  type CustomerSort,
} from '#app/modules/segments/customer-filter.ts';

/**
 * What was chosen in the list of all customers or of a segment, whether it has arrived or is on its way; `set` and
 * `show` change a part of it and go there. What the list shows meanwhile is still the one before.
 */
export function useListChange(segmentId: bigint | null) {
  const navigate = useNavigate();
  const search = useComingSearch();
  const filter: CustomerFilter = { ...readCustomerFilter(search), segmentId };
  const sort = readCustomerSort(search);
  return {
    filter,
    sort,
    set: (change: Partial<CustomerFilter>): void => navigate(listAddress({ ...filter, ...change }, sort)),
    show: (change: Partial<CustomerSort>): void => navigate(listAddress(filter, { ...sort, ...change })),
  };
}
