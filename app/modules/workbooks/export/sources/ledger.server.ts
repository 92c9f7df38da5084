/** The filtered ledger as rows of a file: amounts are numbers, times are the shop's. */
import type { TFunction } from 'i18next';
import type { WorkbookCell } from '#app/integrations/excel/workbook.server.ts';
import { wallClock } from '#app/lib/calendar-days.ts';
import { currencyDigits, formatDecimal } from '#app/lib/money.ts';
import { FILTER_KINDS, readLedgerFilter } from '#app/modules/crm/ledger/ledger-filter.ts';
import { lookUp } from '#app/modules/crm/ledger/ledger-screen.server.ts';
import { listLedger, type EntryFilter, type LedgerLine } from '#app/modules/ledger/entries.queries.server.ts';
import { ADJUST_REASONS } from '#app/modules/ledger/rules/adjustment.ts';
import { listStaff } from '#app/modules/shops/staff.server.ts';
import { LEDGER_COLUMNS, type LedgerColumn } from '../export-kinds.ts';
import {
  cellsOf,
  chosenColumns,
  column,
  ROWS_A_READ,
  type ExportSource,
  type SourceColumn,
  type SourceColumns,
  type SourceContext,
} from './source.ts';

/** Opens the movements that the Ledger screen's filter finds, newest first. */
export async function openLedger({ seen, t }: SourceContext): Promise<ExportSource> {
  const { shopId, selection } = seen;
  const filter = readLedgerFilter(
    new URLSearchParams(selection !== null && 'filter' in selection ? selection.filter : ''),
  );
  const [{ entries, candidates }, staff] = await Promise.all([lookUp(seen, filter), listStaff(shopId)]);
  // Several customers fit what was typed: the screen lists nothing until one is chosen.
  const wanted = candidates.length > 0 ? { ...entries, customerIds: [] } : entries;
  const names = new Map(staff.map(({ actor, name }) => [actor, name]));
  const columns = chosenColumns(columnsOf(seen, names, t), LEDGER_COLUMNS, seen.columns);
  return {
    name: t('ledger_page.export.sheet'),
    columns,
    total: null,
    pages: readPages(shopId, wanted, columns),
  };
}

async function* readPages(
  shopId: bigint,
  filter: EntryFilter,
  columns: readonly SourceColumn<LedgerLine>[],
): AsyncGenerator<WorkbookCell[][]> {
  let position: string | null = null;
  do {
    const cursor = position === null ? null : { side: 'after' as const, position };
    const { lines, after } = await listLedger(shopId, filter, cursor, ROWS_A_READ);
    yield lines.map((line) => cellsOf(columns, line));
    position = after;
  } while (position !== null);
}

const SECOND_MS = 1_000;

function columnsOf(
  { currency, timeZone }: SourceContext['seen'],
  names: ReadonlyMap<string, string>,
  t: TFunction,
): SourceColumns<LedgerColumn, LedgerLine> {
  const header = (name: LedgerColumn) => t(`ledger_page.export.${name}`);
  const local = (at: Date | null) => at && wallClock(at, timeZone);
  // Points are whole, money has the digits of its currency: both fit a double exactly below 2^53 minor units.
  const number = ({ unit }: LedgerLine, amount: bigint) =>
    Number(unit === 'CREDIT' ? formatDecimal(amount, currency) : amount);
  const digits = currencyDigits(currency);
  return {
    entry: column.code(header('entry'), ({ entryId }) => String(entryId), 12),
    created: column.timestamp(header('created'), ({ createdAt }) => local(createdAt)),
    effective: column.timestamp(header('effective'), ({ effectiveAt }) => local(effectiveAt)),
    customer_id: column.code(header('customer_id'), ({ customerId }) => String(customerId)),
    customer: column.text(header('customer'), nameOf, 24),
    email: column.text(header('email'), ({ email }) => email, 28),
    phone: column.code(header('phone'), ({ phone }) => phone),
    kind: column.text(header('kind'), (line) => {
      const kind = FILTER_KINDS.find((known) => known === line.kind);
      return kind ? t(`ledger_page.kinds.${kind}`) : line.kind;
    }),
    reason: column.text(header('reason'), (line) => {
      const reason = ADJUST_REASONS.find((known) => known === line.reason);
      return reason ? t(`adjust.reasons.${reason}`) : line.reason;
    }),
    unit: column.text(
      header('unit'),
      ({ unit }) => (unit === 'CREDIT' ? currency : t('units.points_title')),
      14,
    ),
    amount: column.number(header('amount'), (line) => number(line, line.amount), digits),
    balance: column.number(header('balance'), (line) => number(line, line.balanceAfter), digits),
    order: column.text(header('order'), ({ orderName }) => orderName, 12),
    code: column.text(header('code'), ({ code }) => code, 24),
    valid_from: column.timestamp(header('valid_from'), ({ validFrom }) => local(validFrom)),
    // Exclusive: the last second in which it can be used.
    expires: column.timestamp(header('expires'), ({ expiresAt }) =>
      local(expiresAt && new Date(expiresAt.getTime() - SECOND_MS)),
    ),
    by: column.text(
      header('by'),
      ({ source, actor }) => names.get(actor) ?? (source === 'staff' ? actor : t('ledger_page.automatic')),
      20,
    ),
    note: column.text(header('note'), ({ note }) => note, 40),
  };
}

function nameOf({ firstName, lastName }: { firstName: string | null; lastName: string | null }): string {
  return [firstName, lastName].filter((part) => part !== null).join(' ');
}
