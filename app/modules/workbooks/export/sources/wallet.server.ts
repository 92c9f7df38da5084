/** The wallet's statement as rows of a file: amounts are numbers, times are the shop's. */
import type { TFunction } from 'i18next';
import type { WorkbookCell } from '#app/integrations/excel/workbook.server.ts';
import { wallClock } from '#app/lib/calendar-days.ts';
import { formatMicros, WALLET_CURRENCY } from '#app/lib/micros.ts';
import {
  listWalletEntries,
  type WalletEntry,
} from '#app/modules/messaging/wallet/list-entries.queries.server.ts';
import { listStaff } from '#app/modules/shops/staff.server.ts';
import { WALLET_COLUMNS, type WalletColumn } from '../export-kinds.ts';
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

/** Opens every movement of the shop's wallet, newest first. */
export async function openWallet({ seen, t }: SourceContext): Promise<ExportSource> {
  const staff = await listStaff(seen.shopId);
  const names = new Map(staff.map(({ actor, name }) => [actor, name]));
  const columns = chosenColumns(columnsOf(seen, names, t), WALLET_COLUMNS, seen.columns);
  return { name: t('exports.kind.wallet'), columns, total: null, pages: readPages(seen.shopId, columns) };
}

async function* readPages(
  shopId: bigint,
  columns: readonly SourceColumn<WalletEntry>[],
): AsyncGenerator<WorkbookCell[][]> {
  let before: bigint | null = null;
  do {
    const { entries, olderThan } = await listWalletEntries(shopId, before, ROWS_A_READ);
    yield entries.map((entry) => cellsOf(columns, entry));
    before = olderThan;
  } while (before !== null);
}

const MICRO_DIGITS = 6;

function columnsOf(
  { timeZone }: SourceContext['seen'],
  names: ReadonlyMap<string, string>,
  t: TFunction,
): SourceColumns<WalletColumn, WalletEntry> {
  const header = (name: WalletColumn) => t(`exports.column.wallet.${name}`, { currency: WALLET_CURRENCY });
  const money = (name: WalletColumn, micros: (entry: WalletEntry) => bigint) =>
    column.number<WalletEntry>(header(name), (entry) => Number(formatMicros(micros(entry))), MICRO_DIGITS);
  return {
    entry: column.code(header('entry'), ({ entryId }) => String(entryId), 12),
    created: column.timestamp(header('created'), ({ createdAt }) => wallClock(createdAt, timeZone)),
    kind: column.text(header('kind'), ({ kind, messages }) =>
      kind === 'charge'
        ? t('wallet.kind.charge', { count: messages ?? 0, number: String(messages ?? 0) })
        : t(`wallet.kind.${kind}`),
    ),
    amount: money('amount', ({ amountMicros }) => amountMicros),
    balance: money('balance', ({ balanceAfterMicros }) => balanceAfterMicros),
    credit: money('credit', ({ creditMicros }) => creditMicros),
    owed: money('owed', ({ debtMicros }) => debtMicros),
    messages: column.number(header('messages'), ({ messages }) => messages),
    campaign: column.text(header('campaign'), ({ campaign }) => campaign, 24),
    note: column.text(header('note'), ({ note }) => note, 30),
    by: column.text(header('by'), ({ actor }) => (actor === null ? null : (names.get(actor) ?? actor)), 20),
  };
}
