import { useComingSearch } from '#app/components/use-search-change.ts';
import {
  listSearch,
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
  const { search, current, go } = useComingSearch();
  const read = (params: URLSearchParams): { filter: CustomerFilter; sort: CustomerSort } => ({
    filter: { ...readCustomerFilter(params), segmentId },
    sort: readCustomerSort(params),
  });
  return {
    ...read(search),
    /** A rule is changed by what it is then. */
    set: (change: Partial<CustomerFilter> | ((filter: CustomerFilter) => Partial<CustomerFilter>)): void => {
      const { filter, sort } = read(current());
      const changed = typeof change === 'function' ? change(filter) : change;
      go({ search: listSearch({ ...filter, ...changed }, sort) });
    },
    show: (change: Partial<CustomerSort>): void => {
      const { filter, sort } = read(current());
      go({ search: listSearch(filter, { ...sort, ...change }) });
    },
  };
}
