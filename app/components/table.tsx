/** Polaris' tables as this app uses them. Screens import these, so that another design system is one file away. */
import { useNavigation } from '@remix-run/react';
import { IndexTable, type IndexTableProps } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { usePaging, type Pages } from './pages.ts';

export { DataTable, useIndexResourceState as useTableSelection } from '@shopify/polaris';

export const TableRow = IndexTable.Row;
export const TableCell = IndexTable.Cell;

/** Headings, and sorting by pressing one. */
export type TableSorting = Pick<
  IndexTableProps,
  'headings' | 'sortable' | 'sortDirection' | 'sortColumnIndex' | 'defaultSortDirection' | 'onSort'
>;

type Selecting = Pick<
  IndexTableProps,
  | 'selectedItemsCount'
  | 'onSelectionChange'
  | 'promotedBulkActions'
  | 'hasMoreItems'
  | 'paginatedSelectAllActionText'
  | 'paginatedSelectAllText'
>;

interface TableProps extends TableSorting, Selecting, Pick<IndexTableProps, 'lastColumnSticky'> {
  /** What one row is, and several. */
  one: string;
  many: string;
  /** How many rows there are. */
  count: number;
  /** Where the list goes on. */
  pages?: Pages;
  pagesLabel?: string;
  isSelectable?: boolean;
  /** While it is busy with something other than the next page. */
  isBusy?: boolean;
  children: ReactNode;
}

const ONE_PAGE: Pages = { previous: null, next: null };

/** A table of things with a page of their own, a page at a time. Its rows are `TableRow`s. */
export function Table(props: TableProps) {
  const { one, many, count, pages, pagesLabel, isSelectable = false, isBusy = false, ...rest } = props;
  const isLoading = useNavigation().state === 'loading';
  const paging = usePaging(pages ?? ONE_PAGE);
  // Buttons that lead nowhere only ask what they are for.
  const isOnePage = !paging.hasPrevious && !paging.hasNext;
  const label = pagesLabel === undefined ? {} : { accessibilityLabel: pagesLabel };
  return (
    <IndexTable
      {...rest}
      selectable={isSelectable}
      loading={isBusy || (pages !== undefined && isLoading)}
      itemCount={count}
      resourceName={{ singular: one, plural: many }}
      {...(isOnePage ? {} : { pagination: { ...paging, ...label } })}
    />
  );
}
