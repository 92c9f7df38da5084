import { useSearchParams } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { Banner, Box, Button, Card, Text } from '@shopify/polaris';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmModal } from '#app/components/confirm-modal.tsx';
import { EmptyNote } from '#app/components/empty-note.tsx';
import { newestAndOlder } from '#app/components/pages.ts';
import { Screen } from '#app/components/screen.tsx';
import { Table } from '#app/components/table.tsx';
import { useAction } from '#app/components/use-action.ts';
import { useDownload } from '#app/components/use-download.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useFormat } from '#app/components/use-format.ts';
import { useProgress } from '#app/components/use-progress.ts';
import { FILE_DAYS } from '../export-kinds.ts';
import type { ExportLine, ExportScreenView } from '../exports.queries.server.ts';
import { ExportRow } from './export-row.tsx';

const PATH = '/app/customers/exports';

const isOpen = ({ state }: Pick<ExportLine, 'state'>): boolean => state === 'waiting' || state === 'writing';

/** The files that were asked for: how far they are, and what can be downloaded. */
export function ExportScreen({ view }: { view: ExportScreenView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const acts = useExportActs();
  useProgress(view.exports.some(isOpen));
  useReadyToast(view.exports);
  return (
    <Screen title={t('exports.title')} subtitle={t('exports.lead', { days: format.number(FILE_DAYS) })}>
      <div className="stack">
        {view.exports.some(({ isStuck }) => isStuck) && (
          <Banner tone="warning">
            <p>{t('exports.stuck')}</p>
          </Banner>
        )}
        <Card padding="0">
          <div role="status">
            {acts.error && (
              <Box padding="300">
                <Banner tone="critical">{acts.error}</Banner>
              </Box>
            )}
          </div>
          {view.exports.length === 0 ? <NoExports /> : <ExportTable view={view} acts={acts} />}
        </Card>
        {view.exports.length > 0 && (
          <Box paddingInline="400">
            <Text as="p" tone="subdued" alignment="center">
              {t('exports.personal')}
            </Text>
          </Box>
        )}
      </div>
      {acts.dialog}
    </Screen>
  );
}

/** Says when a file that was seen being written is ready, or failed. */
function useReadyToast(exports: readonly ExportLine[]): void {
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const open = useRef<ReadonlySet<bigint>>(new Set());
  useEffect(() => {
    const ended = exports.filter(({ exportId, state }) => open.current.has(exportId) && !isOpen({ state }));
    open.current = new Set(exports.filter(isOpen).map(({ exportId }) => exportId));
    for (const { kind, state } of ended) {
      const file = t(`exports.kind.${kind}`);
      if (state === 'ready') shopify.toast.show(t('exports.ready_toast', { file }));
      if (state === 'failed') shopify.toast.show(t('exports.failed_toast', { file }), { isError: true });
    }
  }, [exports, shopify, t]);
}

function NoExports() {
  const { t } = useTranslation();
  return (
    <EmptyNote title={t('exports.empty_title')} text={t('exports.empty_text')}>
      <Button url="/app/customers">{t('exports.to_customers')}</Button>
    </EmptyNote>
  );
}

/** What can be done with an export; lives longer than its row, which goes when it is deleted. */
function useExportActs() {
  const { t } = useTranslation();
  const action = useAction();
  const errorOf = useFieldErrorText(action.errors);
  const { download, busy } = useDownload();
  const [hasFailed, setHasFailed] = useState(false);
  const [deleting, setDeleting] = useState<ExportLine | null>(null);
  const act = (intent: 'cancel' | 'retry' | 'delete', { exportId }: ExportLine, done: string) =>
    action.act({ intent, exportId: String(exportId) }, done, () => setDeleting(null));
  return {
    isBusy: action.isBusy,
    downloading: busy,
    error: hasFailed ? t('exports.download_failed') : deleting === null && errorOf('form'),
    async take({ exportId }: ExportLine): Promise<void> {
      setHasFailed(false);
      const headers = await download(`${PATH}/${exportId}`, String(exportId));
      setHasFailed(headers === null);
    },
    cancel: (exported: ExportLine) => act('cancel', exported, t('exports.cancelled_toast')),
    retry: (exported: ExportLine) => act('retry', exported, t('exports.retried')),
    askToDelete(exported: ExportLine): void {
      action.clear();
      setDeleting(exported);
    },
    dialog: (
      <ConfirmModal
        isOpen={deleting !== null}
        title={t('exports.delete_title')}
        text={t('exports.delete_text')}
        confirm={t('exports.delete')}
        isDestructive
        isBusy={action.isBusy}
        error={errorOf('form')}
        onConfirm={() => deleting && act('delete', deleting, t('exports.deleted'))}
        onCancel={() => setDeleting(null)}
      />
    ),
  };
}

interface ExportTableProps {
  view: ExportScreenView;
  acts: ReturnType<typeof useExportActs>;
}

function ExportTable({ view, acts }: ExportTableProps) {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  return (
    <Table
      count={view.exports.length}
      one={t('exports.one')}
      many={t('exports.many')}
      isBusy={acts.isBusy}
      headings={[
        { title: t('exports.file') },
        { title: t('exports.state_title') },
        { title: t('exports.rows_title'), alignment: 'end' },
        { title: t('exports.actions'), hidden: true },
      ]}
      pages={newestAndOlder(PATH, { isFirstPage: !params.has('before'), olderThan: view.olderThan })}
    >
      {view.exports.map((exported, index) => (
        <ExportRow
          key={String(exported.exportId)}
          exported={exported}
          position={index}
          busy={acts.downloading}
          onDownload={() => acts.take(exported)}
          onCancel={() => acts.cancel(exported)}
          onRetry={() => acts.retry(exported)}
          onDelete={() => acts.askToDelete(exported)}
        />
      ))}
    </Table>
  );
}
