/** The proof of consent as rows of a file: what customers agreed to or refused, then what numbers asked for. */
import type { TFunction } from 'i18next';
import { pool } from '#app/db.server.ts';
import type { WorkbookCell } from '#app/integrations/excel/workbook.server.ts';
import { wallClock } from '#app/lib/calendar-days.ts';
import { listConsents, type ConsentLine } from '#app/modules/customers/log-consents.server.ts';
import {
  listConsentEvents,
  type ConsentEventLine,
} from '#app/modules/messaging/consent/list-consent-events.queries.server.ts';
import { listStaff } from '#app/modules/shops/staff.server.ts';
import { CONSENT_COLUMNS, type ConsentColumn } from '../export-kinds.ts';
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

type Line = { is: 'consent'; line: ConsentLine } | { is: 'event'; line: ConsentEventLine };

/** Opens every line of the shop's proof. */
export async function openConsents({ seen, t }: SourceContext): Promise<ExportSource> {
  const staff = await listStaff(seen.shopId);
  const names = new Map(staff.map(({ actor, name }) => [actor, name]));
  const columns = chosenColumns(columnsOf(seen, names, t), CONSENT_COLUMNS, seen.columns);
  return { name: t('exports.kind.consents'), columns, total: null, pages: readPages(seen.shopId, columns) };
}

async function* readPages(
  shopId: bigint,
  columns: readonly SourceColumn<Line>[],
): AsyncGenerator<WorkbookCell[][]> {
  let before: bigint | null = null;
  do {
    const page: Awaited<ReturnType<typeof listConsents>> = await listConsents(pool, shopId, {
      customerId: null,
      before,
      limit: ROWS_A_READ,
    });
    yield page.lines.map((line) => cellsOf(columns, { is: 'consent', line }));
    before = page.olderThan;
  } while (before !== null);
  do {
    const page: Awaited<ReturnType<typeof listConsentEvents>> = await listConsentEvents(
      shopId,
      before,
      ROWS_A_READ,
    );
    yield page.events.map((line) => cellsOf(columns, { is: 'event', line }));
    before = page.olderThan;
  } while (before !== null);
}

function columnsOf(
  { timeZone }: SourceContext['seen'],
  names: ReadonlyMap<string, string>,
  t: TFunction,
): SourceColumns<ConsentColumn, Line> {
  const header = (name: ConsentColumn) => t(`exports.column.consents.${name}`);
  const local = (at: Date | null) => at && wallClock(at, timeZone);
  const ofConsent = <T>(row: Line, read: (line: ConsentLine) => T) =>
    row.is === 'consent' ? read(row.line) : null;
  const ofEvent = <T>(row: Line, read: (line: ConsentEventLine) => T) =>
    row.is === 'event' ? read(row.line) : null;
  return {
    recorded: column.timestamp(header('recorded'), (row) =>
      local(row.is === 'consent' ? row.line.recordedAt : row.line.at),
    ),
    customer_id: column.code(header('customer_id'), (row) =>
      ofConsent(row, ({ customerId }) => String(customerId)),
    ),
    customer: column.text(
      header('customer'),
      (row) =>
        ofConsent(row, ({ firstName, lastName }) =>
          [firstName, lastName].filter((part) => part !== null).join(' '),
        ),
      24,
    ),
    phone: column.code(header('phone'), ({ line }) => ('phone' in line ? line.phone : line.address)),
    email: column.text(header('email'), (row) => ofConsent(row, ({ email }) => email), 28),
    channel: column.text(header('channel'), ({ line }) => line.channel, 10),
    state: column.text(header('state'), ({ line }) => ('what' in line ? line.what : line.state)),
    source: column.text(header('source'), ({ line }) => line.source),
    said: column.timestamp(header('said'), (row) => local(ofConsent(row, ({ saidAt }) => saidAt))),
    wording: column.text(header('wording'), (row) => ofConsent(row, ({ wording }) => wording), 50),
    text: column.text(header('text'), (row) => ofEvent(row, ({ text }) => text), 40),
    rule: column.text(
      header('rule'),
      (row) =>
        ofEvent(row, ({ rule, wordsVersion }) =>
          rule === null ? null : [rule, wordsVersion].filter((part) => part !== null).join(' / '),
        ),
      18,
    ),
    by: column.text(header('by'), ({ line: { actor } }) => actor && (names.get(actor) ?? actor), 20),
  };
}
