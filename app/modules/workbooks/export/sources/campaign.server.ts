/** One campaign as rows of a file: also those left out of it and held back, each with why, and what they ordered. */
import type { TFunction } from 'i18next';
import type { WorkbookCell } from '#app/integrations/excel/workbook.server.ts';
import { wallClock } from '#app/lib/calendar-days.ts';
import { formatMicros, WALLET_CURRENCY } from '#app/lib/micros.ts';
import { currencyDigits, formatDecimal } from '#app/lib/money.ts';
import { readIdParam } from '#app/lib/read-id.ts';
import {
  readCampaignRows,
  type CampaignFileRow,
} from '#app/modules/messaging/campaigns/campaign-rows-for-file.queries.server.ts';
import { EXCLUSION_REASONS } from '#app/modules/messaging/campaigns/campaign-reasons.ts';
import { whyText } from '#app/modules/messaging/history/message-words.ts';
import { CAMPAIGN_COLUMNS, type CampaignColumn } from '../export-kinds.ts';
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

/** Opens the campaign that `campaign=12` names. */
export async function openCampaign({ seen, t }: SourceContext): Promise<ExportSource> {
  const { selection } = seen;
  const params = new URLSearchParams(selection !== null && 'filter' in selection ? selection.filter : '');
  const campaignId = readIdParam(params.get('campaign')) ?? 0n;
  const columns = chosenColumns(columnsOf(seen, t), CAMPAIGN_COLUMNS, seen.columns);
  return {
    name: t('exports.kind.campaign'),
    columns,
    total: null,
    pages: readPages(seen.shopId, campaignId, columns),
  };
}

async function* readPages(
  shopId: bigint,
  campaignId: bigint,
  columns: readonly SourceColumn<CampaignFileRow>[],
): AsyncGenerator<WorkbookCell[][]> {
  for await (const rows of readCampaignRows(shopId, campaignId, ROWS_A_READ))
    yield rows.map((row) => cellsOf(columns, row));
}

const MICRO_DIGITS = 6;

/** Why nothing was sent, or why it did not arrive. */
function reasonText(t: TFunction, row: CampaignFileRow): string | null {
  const excluded = EXCLUSION_REASONS.find((reason) => reason === row.reason);
  return row.state === 'excluded' && excluded !== undefined
    ? t(`campaigns.excluded.${excluded}`)
    : whyText(t, row);
}

function columnsOf(
  { timeZone, currency }: SourceContext['seen'],
  t: TFunction,
): SourceColumns<CampaignColumn, CampaignFileRow> {
  const header = (name: CampaignColumn) =>
    t(`exports.column.campaign.${name}`, { currency: name === 'net' ? currency : WALLET_CURRENCY });
  const local = (at: Date | null) => at && wallClock(at, timeZone);
  return {
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
    reason: column.text(header('reason'), (row) => reasonText(t, row), 36),
    error: column.code(
      header('error'),
      ({ errorCode }) => (errorCode === null ? null : String(errorCode)),
      12,
    ),
    sent: column.timestamp(header('sent'), ({ sentAt }) => local(sentAt)),
    finished: column.timestamp(header('finished'), ({ finishedAt }) => local(finishedAt)),
    clicked: column.timestamp(header('clicked'), ({ clickedAt }) => local(clickedAt)),
    answered: column.timestamp(header('answered'), ({ answeredAt }) => local(answeredAt)),
    parts: column.number(header('parts'), ({ parts }) => parts),
    cost: column.number(
      header('cost'),
      ({ micros }) => (micros === null ? null : Number(formatMicros(micros))),
      MICRO_DIGITS,
    ),
    orders: column.number(header('orders'), ({ orders }) => orders),
    net: column.number(
      header('net'),
      ({ netMinor }) => Number(formatDecimal(netMinor, currency)),
      currencyDigits(currency),
    ),
  };
}
