/** The contact history as rows of a file: costs are numbers, times are the shop's. */
import type { TFunction } from 'i18next';
import type { WorkbookCell } from '#app/integrations/excel/workbook.server.ts';
import { wallClock } from '#app/lib/calendar-days.ts';
import { formatMicros, WALLET_CURRENCY } from '#app/lib/micros.ts';
import { readHistoryFilter } from '#app/modules/messaging/history/history-filter.ts';
import { lookUpHistory } from '#app/modules/messaging/history/history-screen.server.ts';
import {
  listSentMessages,
  type SentFilter,
  type SentMessage,
} from '#app/modules/messaging/history/list-messages.queries.server.ts';
import { whyText } from '#app/modules/messaging/history/message-words.ts';
import { listStaff } from '#app/modules/shops/staff.server.ts';
import { MESSAGE_COLUMNS, type MessageColumn } from '../export-kinds.ts';
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

/** Opens the messages that the filter of Messages > History finds, newest first. */
export async function openMessages({ seen, t }: SourceContext): Promise<ExportSource> {
  const { shopId, selection } = seen;
  const filter = readHistoryFilter(
    new URLSearchParams(selection !== null && 'filter' in selection ? selection.filter : ''),
  );
  const [wanted, staff] = await Promise.all([lookUpHistory(seen, filter), listStaff(shopId)]);
  const names = new Map(staff.map(({ actor, name }) => [actor, name]));
  const columns = chosenColumns(columnsOf(seen, names, t), MESSAGE_COLUMNS, seen.columns);
  return {
    name: t('exports.kind.messages'),
    columns,
    total: null,
    // What was typed fits too many customers: the screen lists nothing either.
    pages: wanted === null ? noPages() : readPages(shopId, wanted, columns),
  };
}

async function* noPages(): AsyncGenerator<WorkbookCell[][]> {}

async function* readPages(
  shopId: bigint,
  filter: SentFilter,
  columns: readonly SourceColumn<SentMessage>[],
): AsyncGenerator<WorkbookCell[][]> {
  let position: string | null = null;
  do {
    const cursor = position === null ? null : { side: 'after' as const, position };
    const { messages, after } = await listSentMessages(shopId, filter, cursor, ROWS_A_READ);
    yield messages.map((message) => cellsOf(columns, message));
    position = after;
  } while (position !== null);
}

const MICRO_DIGITS = 6;

function columnsOf(
  { timeZone }: SourceContext['seen'],
  names: ReadonlyMap<string, string>,
  t: TFunction,
): SourceColumns<MessageColumn, SentMessage> {
  const header = (name: MessageColumn) => t(`exports.column.messages.${name}`, { currency: WALLET_CURRENCY });
  const local = (at: Date | null) => at && wallClock(at, timeZone);
  return {
    message: column.code(header('message'), ({ messageId }) => String(messageId), 12),
    created: column.timestamp(header('created'), ({ createdAt }) => local(createdAt)),
    finished: column.timestamp(header('finished'), ({ finishedAt }) => local(finishedAt)),
    customer_id: column.code(header('customer_id'), ({ customerId }) =>
      customerId === null ? null : String(customerId),
    ),
    customer: column.text(
      header('customer'),
      ({ firstName, lastName }) => [firstName, lastName].filter((part) => part !== null).join(' '),
      24,
    ),
    phone: column.code(header('phone'), ({ to }) => to),
    country: column.text(header('country'), ({ country }) => country, 10),
    text: column.text(header('text'), ({ body }) => body, 60),
    status: column.text(header('status'), ({ state }) => t(`sms_history.state.${state}`)),
    reason: column.text(header('reason'), (message) => whyText(t, message), 36),
    error: column.code(
      header('error'),
      ({ errorCode }) => (errorCode === null ? null : String(errorCode)),
      12,
    ),
    parts: column.number(header('parts'), ({ parts }) => parts),
    cost: column.number(
      header('cost'),
      ({ micros }) => (micros === null ? null : Number(formatMicros(micros))),
      MICRO_DIGITS,
    ),
    campaign: column.text(
      header('campaign'),
      ({ campaign, isTest }) => (isTest ? t('sms_history.test') : campaign),
      24,
    ),
    by: column.text(header('by'), ({ actor }) => names.get(actor) ?? actor, 20),
  };
}
