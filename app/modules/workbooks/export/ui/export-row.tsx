import { Badge, BlockStack, Button, InlineStack, ProgressBar, Text, type BadgeProps } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { TableCell, TableRow } from '#app/components/table.tsx';
import { TwoLineCell } from '#app/components/two-line-cell.tsx';
import { useFormat } from '#app/components/use-format.ts';
import { EXPORT_FORMATS } from '../export-kinds.ts';
import type { ExportLine } from '../exports.queries.server.ts';

const TONES: Record<ExportLine['state'], BadgeProps['tone']> = {
  waiting: 'attention',
  writing: 'info',
  ready: 'success',
  failed: 'critical',
  cancelled: undefined,
  expired: undefined,
};

interface ExportRowProps {
  exported: ExportLine;
  position: number;
  /** The export that is being downloaded. */
  busy: string | null;
  onDownload: () => void;
  onCancel: () => void;
  onRetry: () => void;
  onDelete: () => void;
}

/** One export: what is in it, who asked for it, how far it is and what can be done with it. */
export function ExportRow(props: ExportRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { exported, position } = props;
  const { kind, createdAt, staffName } = exported;
  const asked = t('exports.by', {
    name: staffName ?? t('common.staff'),
    timestamp: format.timestamp(createdAt),
  });
  return (
    <TableRow id={String(exported.exportId)} position={position}>
      <TwoLineCell title={t(`exports.kind.${kind}`)} details={[useWhat(exported), asked]} />
      <TableCell>
        <ExportState exported={exported} />
      </TableCell>
      <TableCell>
        {(exported.state === 'ready' || exported.state === 'expired') && (
          <Text as="p" alignment="end" numeric>
            {format.number(exported.rows)}
          </Text>
        )}
      </TableCell>
      <TableCell>
        <ExportActions {...props} />
      </TableCell>
    </TableRow>
  );
}

function useWhat({ scope, scopeName, format: name, fileBytes }: ExportLine): string {
  const { t } = useTranslation();
  const format = useFormat();
  const known = EXPORT_FORMATS.find((each) => each === name);
  const words = {
    scope:
      scope === 'segment'
        ? scopeName === null
          ? t('exports.scope.segment_gone')
          : t('exports.scope.segment', { name: scopeName })
        : t(`exports.scope.${scope}`),
    format: known ? t(`exports.format.${known}`) : name,
  };
  return fileBytes === null
    ? t('exports.what_unsized', words)
    : t('exports.what', { ...words, size: format.fileSize(fileBytes) });
}

function ExportState({ exported }: { exported: ExportLine }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { state, failure, rows, total, expiresAt, exportId } = exported;
  const labelId = `export-state-${exportId}`;
  const tone = TONES[state];
  return (
    <BlockStack gap="100">
      <InlineStack gap="200" blockAlign="center">
        <span id={labelId}>
          <Badge {...(tone === undefined ? {} : { tone })}>{t(`exports.state.${state}`)}</Badge>
        </span>
        {state === 'writing' && (
          <Text as="span" tone="subdued">
            {total === null
              ? t('exports.progress_uncounted', { rows: format.number(rows) })
              : t('exports.progress', { rows: format.number(rows), total: format.number(total) })}
          </Text>
        )}
        {state === 'ready' && expiresAt && (
          <Text as="span" tone="subdued">
            {t('exports.until', { timestamp: format.timestamp(expiresAt) })}
          </Text>
        )}
      </InlineStack>
      {state === 'writing' && total !== null && total > 0 && (
        <ProgressBar progress={(rows / total) * 100} size="small" ariaLabelledBy={labelId} />
      )}
      {failure !== null && (
        <div className="wrapping">
          <Text as="p" tone="subdued">
            {t(`exports.failure.${failure}`)}
          </Text>
        </div>
      )}
    </BlockStack>
  );
}

function ExportActions({ exported, busy, onDownload, onCancel, onRetry, onDelete }: ExportRowProps) {
  const { t } = useTranslation();
  const { state, exportId, kind, canRetry } = exported;
  const isOpen = state === 'waiting' || state === 'writing';
  return (
    <InlineStack gap="200" align="end" wrap={false}>
      {state === 'ready' && (
        <Button
          loading={busy === String(exportId)}
          disabled={busy !== null}
          accessibilityLabel={t('exports.download_of', { file: t(`exports.kind.${kind}`) })}
          onClick={onDownload}
        >
          {t('exports.download')}
        </Button>
      )}
      {canRetry && <Button onClick={onRetry}>{t('exports.retry')}</Button>}
      {isOpen ? (
        <Button onClick={onCancel}>{t('exports.cancel')}</Button>
      ) : (
        <Button onClick={onDelete} tone="critical" variant="tertiary">
          {t('exports.delete')}
        </Button>
      )}
    </InlineStack>
  );
}
