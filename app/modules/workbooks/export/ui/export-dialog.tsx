import { useFetcher, useNavigate } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { BlockStack, Box, Button, InlineError, InlineStack, Spinner, Text } from '@shopify/polaris';
import type { TFunction } from 'i18next';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '#app/components/dialog.tsx';
import { ChoiceList } from '#app/components/fields.tsx';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useFormat } from '#app/components/use-format.ts';
import { OPEN_MAX } from '../export-limits.ts';
import {
  CONSENT_COLUMNS,
  CAMPAIGN_COLUMNS,
  CUSTOMER_COLUMNS,
  EXPORT_FORMATS,
  LEDGER_COLUMNS,
  MESSAGE_COLUMNS,
  WALLET_COLUMNS,
  ORDER_COLUMNS,
  type ExportFormat,
  type ExportKind,
} from '../export-kinds.ts';
import type { ExportAnswer } from '../act-on-exports.server.ts';
import type { ExportScreenView } from '../exports.queries.server.ts';
import { useExportColumns } from './use-export-columns.ts';
import type { ExportTarget } from './export-target.ts';

const PATH = '/app/customers/exports';
/** The screen's own action: an export is asked for on other screens, too. */
const ACTION = `${PATH}?index`;

type ScreenData = ExportScreenView & { columns: Record<ExportKind, string[]> };

/** Asks for a file: which format, which columns. The worker writes it; the page of exports opens. */
export function ExportDialog({ target, onClose }: { target: ExportTarget; onClose: () => void }) {
  const { t } = useTranslation();
  const reader = useFetcher<ScreenData>();
  const { load } = reader;
  useEffect(() => load(PATH), [load]);
  const columns = reader.data?.columns[target.kind];
  if (columns === undefined)
    return (
      <Dialog title={t('exports.dialog.title', { what: target.words })} onClose={onClose}>
        <InlineStack align="center">
          <Spinner accessibilityLabel={t('exports.dialog.loading')} size="small" />
        </InlineStack>
      </Dialog>
    );
  return <ColumnsDialog target={target} columns={columns} onClose={onClose} />;
}

interface ColumnsDialogProps {
  target: ExportTarget;
  columns: readonly string[];
  onClose: () => void;
}

function ColumnsDialog({ target, columns, onClose }: ColumnsDialogProps) {
  const { t, i18n } = useTranslation();
  const { kind, words } = target;
  const [format, setFormat] = useState<ExportFormat>('xlsx');
  const { chosen, choose, keep } = useExportColumns(kind, columns);
  const starting = useStart(onClose);
  const start = (): void => {
    keep();
    const { scope, selection } = target;
    starting.start({
      intent: 'start',
      kind,
      format,
      scope,
      columns: chosen,
      selection: { ...selection },
      locale: i18n.language,
    });
  };
  return (
    <Dialog
      title={t('exports.dialog.title', { what: words })}
      action={{
        label: t('exports.dialog.start'),
        isBusy: starting.isBusy,
        isDisabled: chosen.length === 0,
        onAction: start,
      }}
      error={starting.error}
      onClose={onClose}
    >
      <BlockStack gap="400">
        <Holds target={target} columns={chosen.length} />
        <ChoiceList
          title={t('exports.dialog.format')}
          choices={EXPORT_FORMATS.map((value) => ({
            value,
            label: t(`exports.format.${value}`),
            helpText: t(`exports.dialog.${value}_help`),
          }))}
          selected={[format]}
          onChange={([next]) => setFormat(next === 'csv' ? 'csv' : 'xlsx')}
        />
        <ColumnChoice kind={kind} columns={columns} chosen={chosen} onChoose={choose} />
        {kind === 'customers' && (
          <Text as="p" tone="subdued">
            {t('exports.dialog.again')}
          </Text>
        )}
      </BlockStack>
    </Dialog>
  );
}

/** What the file will hold, before it is asked for. */
function Holds({ target, columns }: { target: ExportTarget; columns: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { kind, scope, words } = target;
  const narrowed = scope === 'all' ? 'all' : scope === 'ticked' ? 'ticked' : 'found';
  return (
    <Text as="p">
      {t(`exports.dialog.holds_${narrowed}`, { what: words })}{' '}
      {t('exports.dialog.holds_columns', {
        count: columns,
        columns: format.number(columns),
        row: t(`exports.row_of.${kind}`),
      })}
    </Text>
  );
}

interface ColumnChoiceProps {
  kind: ExportKind;
  columns: readonly string[];
  chosen: readonly string[];
  onChoose: (columns: readonly string[]) => void;
}

function ColumnChoice({ kind, columns, chosen, onChoose }: ColumnChoiceProps) {
  const { t } = useTranslation();
  return (
    <BlockStack gap="200">
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <Text as="h3" variant="bodyMd">
          {t('exports.dialog.columns')}
        </Text>
        <InlineStack gap="300">
          <Button variant="plain" onClick={() => onChoose(columns)}>
            {t('exports.dialog.select_all')}
          </Button>
          <Button variant="plain" onClick={() => onChoose([])}>
            {t('exports.dialog.select_none')}
          </Button>
        </InlineStack>
      </InlineStack>
      <Box>
        <div className="columns-to-export">
          <ChoiceList
            allowMultiple
            title={t('exports.dialog.columns')}
            titleHidden
            choices={columns.map((column) => ({ value: column, label: columnLabel(kind, column, t) }))}
            selected={[...chosen]}
            onChange={onChoose}
          />
        </div>
      </Box>
      {chosen.length === 0 && <InlineError message={t('exports.dialog.choose_column')} fieldID="columns" />}
    </BlockStack>
  );
}

/** The heading that the column has in the file, without its currency. */
function columnLabel(kind: ExportKind, name: string, t: TFunction): string {
  const customers = CUSTOMER_COLUMNS.find((column) => column === name);
  const ledger = LEDGER_COLUMNS.find((column) => column === name);
  const orders = ORDER_COLUMNS.find((column) => column === name);
  const messages = MESSAGE_COLUMNS.find((column) => column === name);
  const campaign = CAMPAIGN_COLUMNS.find((column) => column === name);
  const wallet = WALLET_COLUMNS.find((column) => column === name);
  const consents = CONSENT_COLUMNS.find((column) => column === name);
  const labels: Record<ExportKind, string | undefined> = {
    customers: customers && t(`exports.column.customers.${customers}`, { currency: '' }),
    ledger: ledger && t(`ledger_page.export.${ledger}`),
    orders: orders && t(`exports.column.orders.${orders}`, { currency: '' }),
    consents: consents && t(`exports.column.consents.${consents}`),
    campaign: campaign && t(`exports.column.campaign.${campaign}`, { currency: '' }),
    wallet: wallet && t(`exports.column.wallet.${wallet}`, { currency: '' }),
    messages: messages && t(`exports.column.messages.${messages}`, { currency: '' }),
  };
  return (labels[kind] ?? name).replace(' ()', '');
}

function useStart(onClose: () => void) {
  const { t } = useTranslation();
  const format = useFormat();
  const shopify = useAppBridge();
  const navigate = useNavigate();
  const writer = useFetcher<ExportAnswer>();
  const { data: answer, state } = writer;
  const isBusy = state !== 'idle';
  const errorOf = useFieldErrorText(!isBusy && answer && !answer.ok ? answer.errors : {});
  useEffect(() => {
    if (isBusy || !answer?.ok) return;
    shopify.toast.show(t('exports.dialog.started'));
    onClose();
    navigate(PATH);
    // Only the answer matters: the callbacks are others with each rendering.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [answer, isBusy]);
  const isFull = !isBusy && answer?.ok === false && answer.errors.form?.code === 'too_many';
  return {
    isBusy,
    error: isFull
      ? t('exports.dialog.full', { limit: format.number(OPEN_MAX) })
      : errorOf('form') || errorOf('columns'),
    start: (body: Parameters<typeof writer.submit>[0]) =>
      writer.submit(body, { method: 'post', action: ACTION, encType: 'application/json' }),
  };
}
