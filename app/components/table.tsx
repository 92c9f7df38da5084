/**
 * Polaris' tables as this app uses them. Screens import these, so that another design system is one file away. On a phone
 * each row becomes a condensed block (styles/phone.css): its name, one figure beside it, the rest as labelled lines.
 */
import { useNavigation } from '@remix-run/react';
import {
  DataTable as PolarisDataTable,
  IndexTable,
  useBreakpoints,
  type DataTableProps,
  type IndexTableProps,
} from '@shopify/polaris';
import type { CSSProperties, ReactNode } from 'react';
import { usePaging, type Pages } from './pages.ts';

export { useIndexResourceState as useTableSelection } from '@shopify/polaris';

export const TableRow = IndexTable.Row;
export const TableCell = IndexTable.Cell;

/**
 * Where a column goes on a phone: beside the row's name, on a line of its own, or nowhere. Unless it says so, the first
 * column is the name, the first one aligned to the end stands beside it, and each of the others is a line.
 */
export type PhonePlace = 'side' | 'line' | 'nowhere';

export type TableHeading = IndexTableProps['headings'][number] & { phone?: PhonePlace };

/** Headings, and sorting by pressing one. */
export type TableSorting = Pick<
  IndexTableProps,
  'sortable' | 'sortDirection' | 'sortColumnIndex' | 'defaultSortDirection' | 'onSort'
> & { headings: [TableHeading, ...TableHeading[]] };

type Selecting = Pick<
  IndexTableProps,
  | 'selectedItemsCount'
  | 'onSelectionChange'
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
  /** What can be done with the rows that are ticked. */
  bulkActions?: { id?: string; content: string; onAction: () => void }[];
  /** While it is busy with something other than the next page. */
  isBusy?: boolean;
  children: ReactNode;
}

const ONE_PAGE: Pages = { previous: null, next: null };

/** A table of things with a page of their own, a page at a time. Its rows are `TableRow`s. */
export function Table(props: TableProps) {
  const {
    one,
    many,
    count,
    pages,
    pagesLabel,
    isSelectable = false,
    isBusy = false,
    bulkActions,
    ...rest
  } = props;
  // Of the buttons that find no room beside each other Polaris draws none: a phone has one menu with all.
  const hasRoom = useBreakpoints().mdUp;
  const bulk =
    bulkActions === undefined ? {} : hasRoom ? { promotedBulkActions: bulkActions } : { bulkActions };
  const isLoading = useNavigation().state === 'loading';
  const paging = usePaging(pages ?? ONE_PAGE);
  // Buttons that lead nowhere only ask what they are for.
  const isOnePage = !paging.hasPrevious && !paging.hasNext;
  const label = pagesLabel === undefined ? {} : { accessibilityLabel: pagesLabel };
  return (
    <div className="phone-list" style={phoneStyle(rest.headings.map(toColumn), isSelectable ? 1 : 0)}>
      <IndexTable
        {...rest}
        {...bulk}
        selectable={isSelectable}
        loading={isBusy || (pages !== undefined && isLoading)}
        itemCount={count}
        resourceName={{ singular: one, plural: many }}
        {...(isOnePage ? {} : { pagination: { ...paging, ...label } })}
      />
    </div>
  );
}

/** A table of figures. Its headings are texts, so that a phone can put them before the figures. */
export function DataTable(props: Omit<DataTableProps, 'headings'> & { headings: string[] }) {
  const { headings, columnContentTypes } = props;
  const columns = headings.map((label, index) => ({
    label,
    isAtEnd: columnContentTypes[index] === 'numeric',
  }));
  return (
    <div className="phone-list" style={phoneStyle(columns, 0)}>
      <PolarisDataTable hideScrollIndicator {...props} />
    </div>
  );
}

interface PhoneColumn {
  /** Null for buttons, which say themselves what they are. */
  label: string | null;
  isAtEnd: boolean;
  phone?: PhonePlace | undefined;
}

function toColumn(heading: TableHeading): PhoneColumn {
  const label = heading.hidden === true || typeof heading.title !== 'string' ? null : heading.title;
  return { label, isAtEnd: heading.alignment === 'end', phone: heading.phone };
}

/** How each column is placed and labelled on a phone, for the style sheet; `offset` columns of Polaris' own come first. */
function phoneStyle(columns: readonly PhoneColumn[], offset: number): CSSProperties {
  const beside = columns.findIndex(({ isAtEnd, phone }, index) => index > 0 && (phone === 'side' || isAtEnd));
  const chosen = columns.findIndex(({ phone }) => phone === 'side');
  const style: CSSProperties = offset > 0 ? { '--order-1': '0' } : {};
  for (const [index, { label, phone }] of columns.entries()) {
    const cell = index + 1 + offset;
    const isSide = index === (chosen >= 0 ? chosen : beside);
    if (index === 0) Object.assign(style, { [`--order-${cell}`]: '1', [`--flex-${cell}`]: '1 1 9rem' });
    else if (isSide) Object.assign(style, { [`--order-${cell}`]: '2', [`--flow-${cell}`]: 'column' });
    else if (label === null) style[`--order-${cell}`] = '3';
    if (index > 0 && label !== null) style[`--label-${cell}`] = JSON.stringify(label);
    if (phone === 'nowhere') style[`--display-${cell}`] = 'none';
  }
  return style;
}
