/** The filtered ledger as a file for a spreadsheet: amounts are numbers, days are the shop's. */
import { Readable } from 'node:stream';
import { createReadableStreamFromReadable } from '@remix-run/node';
import type { TFunction } from 'i18next';
import {
  streamWorkbook,
  type WorkbookCell,
  type WorkbookColumn,
} from '#app/integrations/excel/workbook.server.ts';
import { pool } from '#app/db.server.ts';
import { CSV_START, csvLine } from '#app/lib/csv.ts';
import { noteAccessRows, recordShopAccess } from '#app/modules/customers/sensitive-accesses.server.ts';
import { currencyDigits, formatDecimal } from '#app/lib/money.ts';
import type { LedgerFilter } from './ledger-filter.ts';
import { FILTER_KINDS } from './ledger-filter.ts';
import {
  hasMoreThan,
  listLedger,
  type EntryFilter,
  type LedgerLine,
} from '#app/modules/ledger/entries.queries.server.ts';
import { ADJUST_REASONS } from '#app/modules/ledger/rules/adjustment.ts';
import { wallClock } from '#app/lib/calendar-days.ts';
import { listStaff } from '#app/modules/shops/staff.server.ts';
import { lookUp } from './ledger-screen.server.ts';

/** For more rows staff filter by days: the last line of the file says so. */
export const EXPORT_ROWS_MAX = 50_000;
const ROWS_A_READ = 1_000;

interface Shop {
  shopId: bigint;
  currency: string;
  timeZone: string;
}

const TYPES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
} as const;

/**
 * The file as a response that is written while the ledger is read; that `actor` took it, and how much, is recorded.
 * `rowsMax` is for tests.
 */
export async function exportLedger(
  shop: Shop,
  filter: LedgerFilter,
  format: keyof typeof TYPES,
  { actor, t }: { actor: string; t: TFunction },
  rowsMax: number = EXPORT_ROWS_MAX,
): Promise<Response> {
  const { shopId } = shop;
  const accessId = await recordShopAccess(pool, { shopId, what: 'ledger_export', subject: format, actor });
  const [{ entries, candidates }, staff] = await Promise.all([lookUp(shop, filter), listStaff(shop.shopId)]);
  const wanted = candidates.length > 0 ? { ...entries, customerIds: [] } : entries;
  const isCapped = await hasMoreThan(shop.shopId, wanted, rowsMax);
  const names = new Map(staff.map(({ actor, name }) => [actor, name]));
  const rows = readRows(shop, wanted, rowsMax, toRow(shop, names, t), accessId);
  const last = isCapped ? t('ledger_page.export.capped', { limit: rowsMax.toLocaleString() }) : null;
  const columns = columnsOf(shop, t);
  const body =
    format === 'xlsx'
      ? streamWorkbook([{ name: t('ledger_page.export.sheet'), columns, rows: withLast(rows, last) }])
      : Readable.from(csvText(columns, withLast(rows, last)));
  return new Response(createReadableStreamFromReadable(body), {
    headers: {
      'content-type': TYPES[format],
      'content-disposition': `attachment; filename="setia-ledger.${format}"`,
      'cache-control': 'no-store',
      ...(isCapped ? { 'x-rows-capped-at': String(rowsMax) } : {}),
    },
  });
}

async function* readRows(
  shop: Shop,
  filter: EntryFilter,
  rowsMax: number,
  row: (line: LedgerLine) => WorkbookCell[],
  accessId: bigint | null,
): AsyncGenerator<WorkbookCell[]> {
  let position: string | null = null;
  let read = 0;
  try {
    while (read < rowsMax) {
      const limit = Math.min(ROWS_A_READ, rowsMax - read);
      const cursor = position === null ? null : { side: 'after' as const, position };
      const { lines, after } = await listLedger(shop.shopId, filter, cursor, limit);
      read += lines.length;
      yield* lines.map(row);
      if (after === null) return;
      position = after;
    }
  } finally {
    // Also of a download that was broken off.
    await noteAccessRows(pool, shop.shopId, accessId, read);
  }
}

async function* withLast(
  rows: AsyncIterable<WorkbookCell[]>,
  last: string | null,
): AsyncGenerator<WorkbookCell[]> {
  yield* rows;
  if (last !== null) yield [last];
}

async function* csvText(
  columns: readonly WorkbookColumn[],
  rows: AsyncIterable<WorkbookCell[]>,
): AsyncGenerator<string> {
  yield CSV_START + csvLine(columns.map(({ header }) => header));
  for await (const row of rows) {
    yield csvLine(
      row.map((cell) => (cell instanceof Date ? cell.toISOString().slice(0, 19).replace('T', ' ') : cell)),
    );
  }
}

const MOMENT_FORMAT = 'yyyy-mm-dd hh:mm:ss';
const MOMENT_WIDTH = 20;

function columnsOf({ currency }: Shop, t: TFunction): WorkbookColumn[] {
  const digits = currencyDigits(currency);
  const amount = { width: 16, format: digits === 0 ? '#,##0' : `#,##0.${'#'.repeat(digits)}` };
  const timestamp = { width: MOMENT_WIDTH, format: MOMENT_FORMAT };
  return [
    { header: t('ledger_page.export.entry'), width: 12 },
    { header: t('ledger_page.export.created'), ...timestamp },
    { header: t('ledger_page.export.effective'), ...timestamp },
    { header: t('ledger_page.export.customer_id'), width: 18 },
    { header: t('ledger_page.export.customer'), width: 24 },
    { header: t('ledger_page.export.email'), width: 28 },
    { header: t('ledger_page.export.phone'), width: 18 },
    { header: t('ledger_page.export.kind'), width: 24 },
    { header: t('ledger_page.export.reason'), width: 20 },
    { header: t('ledger_page.export.unit'), width: 14 },
    { header: t('ledger_page.export.amount'), ...amount },
    { header: t('ledger_page.export.balance'), ...amount },
    { header: t('ledger_page.export.order'), width: 12 },
    { header: t('ledger_page.export.code'), width: 24 },
    { header: t('ledger_page.export.valid_from'), ...timestamp },
    { header: t('ledger_page.export.expires'), ...timestamp },
    { header: t('ledger_page.export.by'), width: 20 },
    { header: t('ledger_page.export.note'), width: 40 },
  ];
}

function toRow(
  shop: Shop,
  names: ReadonlyMap<string, string>,
  t: TFunction,
): (line: LedgerLine) => WorkbookCell[] {
  const local = (timestamp: Date | null) => timestamp && wallClock(timestamp, shop.timeZone);
  return (line) => {
    const { unit, source, actor } = line;
    const kind = FILTER_KINDS.find((known) => known === line.kind);
    const reason = ADJUST_REASONS.find((known) => known === line.reason);
    // Points are whole, money has the digits of its currency: both fit a double exactly below 2^53 minor units.
    const number = (amount: bigint) =>
      Number(unit === 'CREDIT' ? formatDecimal(amount, shop.currency) : amount);
    return [
      String(line.entryId),
      local(line.createdAt),
      local(line.effectiveAt),
      String(line.customerId),
      [line.firstName, line.lastName].filter((part) => part !== null).join(' '),
      line.email,
      line.phone,
      kind ? t(`ledger_page.kinds.${kind}`) : line.kind,
      reason ? t(`adjust.reasons.${reason}`) : line.reason,
      unit === 'CREDIT' ? shop.currency : t('units.points_title'),
      number(line.amount),
      number(line.balanceAfter),
      line.orderName,
      line.code,
      local(line.validFrom),
      // Exclusive: the last second in which it can be used.
      local(line.expiresAt && new Date(line.expiresAt.getTime() - 1_000)),
      names.get(actor) ?? (source === 'staff' ? actor : t('ledger_page.automatic')),
      line.note,
    ];
  };
}
