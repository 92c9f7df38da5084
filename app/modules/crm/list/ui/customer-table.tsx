import { useTranslation } from 'react-i18next';
import { Table, useTableSelection, type PhonePlace, type TableSorting } from '#app/components/table.tsx';
import { useBulkActions, type OnExport } from './bulk-actions.tsx';
import { scopeOf } from './exported-scope.ts';
import type { Count } from '#app/modules/segments/count-customers.server.ts';
import {
  filterParams,
  filterTree,
  listAddress,
  type CustomerFilter,
  type CustomerSort,
  type SortBy,
} from '#app/modules/segments/customer-filter.ts';
import type { CustomerListView } from '../customer-list.server.ts';
import { CustomerRow } from './customer-row.tsx';
import { useCountLabels } from './use-counts.ts';
import type { Column } from './use-columns.ts';
import { useListChange } from './use-list-change.ts';

/** The columns that the list can be sorted by from their headings. */
const SORT_OF: Partial<Record<Column | 'name', SortBy>> = {
  name: 'name',
  lastOrder: 'last_order',
  orders: 'orders',
  sales: 'sales',
};
const AT_END: readonly string[] = ['sales', 'balance'];
/** A phone has room for name, points and last order. */
const ON_PHONE: Partial<Record<Column | 'name', PhonePlace>> = {
  balance: 'side',
  name: 'line',
  lastOrder: 'line',
};

interface CustomerTableProps {
  view: CustomerListView;
  filter: CustomerFilter;
  sort: CustomerSort;
  columns: readonly Column[];
  /** Null while they are being counted. */
  found: Count | null;
  onExport: OnExport;
}

export function CustomerTable({ view, filter, sort, columns, found, onExport }: CustomerTableProps) {
  const { t } = useTranslation();
  const { customers, before, after, categories } = view;
  const selection = useSelection(view, filter, found, onExport);
  const search = filterTree(filter) === null ? null : filterParams(filter).toString();
  const hasMore = before !== null || after !== null;
  return (
    <>
      <Table
        isSelectable={selection.isUseful}
        count={customers.length}
        one={t('customers.one')}
        many={t('customers.many')}
        selectedItemsCount={selection.isAll ? 'All' : selection.ticked.length}
        onSelectionChange={selection.onChange}
        lastColumnSticky
        hasMoreItems={hasMore}
        {...(hasMore
          ? {
              paginatedSelectAllActionText: t('customer_list.select_all'),
              ...(selection.isAll ? { paginatedSelectAllText: selection.words } : {}),
            }
          : {})}
        bulkActions={selection.actions}
        {...useSorting(columns, filter, sort)}
        pages={{
          previous: before === null ? null : listAddress(filter, sort, { before }),
          next: after === null ? null : listAddress(filter, sort, { after }),
        }}
        pagesLabel={t('customer_list.pages')}
      >
        {customers.map((customer, index) => (
          <CustomerRow
            key={String(customer.customerId)}
            customer={customer}
            position={index}
            columns={columns}
            categories={categories}
            search={search}
            isTicked={selection.isAll || selection.ticked.includes(String(customer.customerId))}
          />
        ))}
      </Table>
      {selection.dialogs}
    </>
  );
}

/** What is ticked, in the words and the shape of bulk actions. */
function useSelection(
  { customers }: CustomerListView,
  filter: CustomerFilter,
  found: Count | null,
  onExport: OnExport,
) {
  const { t } = useTranslation();
  const { long } = useCountLabels();
  const rows = customers.map(({ customerId }) => ({ id: String(customerId) }));
  const { selectedResources, allResourcesSelected, handleSelectionChange, clearSelection } =
    useTableSelection(rows);
  const ofAll = found === null ? t('customer_list.all_found') : long(found);
  const words = allResourcesSelected ? ofAll : long({ count: selectedResources.length, isMore: false });
  const sent = allResourcesSelected
    ? { filter: filterParams(filter).toString() }
    : { ids: selectedResources };
  const exportTicked = () => onExport({ sent, words }, allResourcesSelected ? scopeOf(filter) : 'ticked');
  const { actions, dialogs } = useBulkActions({ sent, words }, clearSelection, exportTicked);
  return {
    ticked: selectedResources,
    isAll: allResourcesSelected,
    words,
    onChange: handleSelectionChange,
    isUseful: actions.length > 0,
    actions: actions.map(({ id, content, onAction }) => ({ id, content, onAction })),
    dialogs,
  };
}

/** Headings, and sorting by pressing one. */
function useSorting(columns: readonly Column[], filter: CustomerFilter, sort: CustomerSort): TableSorting {
  const { t } = useTranslation();
  const { show } = useListChange(filter.segmentId);
  const shown = ['name', ...columns] as const;
  const sorts = shown.map((column) => SORT_OF[column]);
  const [first, ...rest] = shown.map((column) => ({
    title: t(`customer_list.column.${column}`),
    phone: ON_PHONE[column] ?? ('nowhere' as const),
    ...(AT_END.includes(column) ? { alignment: 'end' as const } : {}),
  }));
  const actions = { title: t('customer_list.actions'), hidden: true };
  const index = sorts.indexOf(sort.by);
  return {
    headings: first ? [first, ...rest, actions] : [actions],
    sortable: [...sorts.map((by) => by !== undefined), false],
    defaultSortDirection: 'descending',
    sortDirection: sort.isDescending ? 'descending' : 'ascending',
    ...(index >= 0 ? { sortColumnIndex: index } : {}),
    onSort(column, direction) {
      const by = sorts[column];
      if (by !== undefined) show({ by, isDescending: direction === 'descending' });
    },
  };
}
