import { Banner, BlockStack, Button, Card, InlineStack, ProgressBar, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { useDownload } from '#app/components/use-download.ts';
import { useFormat } from '#app/components/use-format.ts';
import type { ImportView } from '../screen/import-screen.server.ts';
import { ImportMoves } from './import-moves.tsx';
import { Figures, StateBadge, useFailureText, useOpeningText } from './import-labels.tsx';

/** Where an import is, its figures, and what can be done. */
export function StateCard({ view, isUnsaved }: { view: ImportView; isUnsaved: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const failureText = useFailureText();
  const { detail, isStuck, undoUntil, staffName } = view;
  const { state, failure, failureRow, uploadedBeforeAt, startedAt } = detail;
  const isCancelledBefore = state === 'cancelled' && startedAt === null;
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <CardTitle>{detail.fileName}</CardTitle>
          <StateBadge state={state} />
        </InlineStack>
        <Text as="p" tone="subdued">
          {[format.timestamp(detail.createdAt), staffName].filter((part) => part !== null).join(' · ')}
        </Text>
        {state === 'failed' ? (
          <Banner tone="critical">{failureText(failure, failureRow)}</Banner>
        ) : (
          <Text as="p">
            {t(isCancelledBefore ? 'imports.explain.cancelled_before' : `imports.explain.${state}`)}
          </Text>
        )}
        {uploadedBeforeAt !== null && startedAt === null && (
          <Banner tone="warning">
            {t('imports.same_file', { day: format.timestamp(uploadedBeforeAt) })}
          </Banner>
        )}
        <div role="status">{isStuck && <Banner tone="warning">{t('imports.no_worker')}</Banner>}</div>
        <Progress view={view} />
        <Counts view={view} />
        <Opening view={view} />
        {undoUntil !== null && (
          <Text as="p" tone="subdued">
            {t('imports.undo_until', { day: format.day(undoUntil) })}
          </Text>
        )}
        <InlineStack gap="300" blockAlign="center">
          <ImportMoves view={view} isUnsaved={isUnsaved} />
          {view.hasFile && <Original view={view} />}
        </InlineStack>
      </BlockStack>
    </Card>
  );
}

const PROGRESS_ID = 'import-progress';
const ALL = 100;

function Progress({ view }: { view: ImportView }) {
  const text = useProgressLine(view);
  if (text === null) return null;
  return (
    <BlockStack gap="200">
      <ProgressBar progress={text.share * ALL} size="small" ariaLabelledBy={PROGRESS_ID} />
      <Text as="p" tone="subdued" id={PROGRESS_ID}>
        {text.line}
      </Text>
      <Bulk view={view} />
    </BlockStack>
  );
}

/** While Shopify writes many at once, the rows end together: this is what moves. */
function Bulk({ view: { bulk } }: { view: ImportView }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (bulk === null) return null;
  return (
    <Text as="p" tone="subdued">
      {t('imports.bulk_progress', { rows: format.number(bulk.rows), done: format.number(bulk.done) })}
    </Text>
  );
}

function useProgressLine({ detail, totals }: ImportView): { share: number; line: string } | null {
  const { t } = useTranslation();
  const format = useFormat();
  const { state, readUpTo, checkedUpTo } = detail;
  if (state === 'reading')
    return { share: 0, line: t('imports.read_so_far', { number: format.number(readUpTo) }) };
  const of = (key: 'checked_so_far' | 'progress' | 'undo_progress', done: number, total: number) => ({
    share: total === 0 ? 0 : Math.min(1, done / total),
    line: t(`imports.${key}`, { done: format.number(done), total: format.number(total) }),
  });
  if (state === 'checking') return of('checked_so_far', checkedUpTo, readUpTo);
  if (totals === null) return null;
  if (state === 'undoing')
    return of('undo_progress', totals.undone + totals.kept, totals.created + totals.updated + totals.undone);
  if (!['running', 'paused', 'cancelling'].includes(state)) return null;
  const { waiting, undone: _undone, kept: _kept, wrong: _wrong, empty: _empty, ...ended } = totals;
  const done = Object.values(ended).reduce((sum, count) => sum + count, 0);
  return of('progress', done, done + waiting);
}

/** The parts are all rows. */
function Counts({ view: { counts, totals, detail } }: { view: ImportView }) {
  const { t } = useTranslation();
  if (totals !== null) {
    const names = ['created', 'updated', 'unchanged', 'skipped', 'refused', 'wrong', 'empty'] as const;
    const undone = ['undone', 'kept'] as const;
    const isUndo = detail.state === 'undoing' || detail.state === 'undone';
    const shown = isUndo ? [...undone] : names.filter((name) => totals[name] > 0 || name === 'created');
    return (
      <Figures figures={shown.map((name) => ({ name: t(`imports.result.${name}`), value: totals[name] }))} />
    );
  }
  if (counts === null || detail.state === 'cancelled') return null;
  const names = ['new', 'updated', 'unchanged', 'doubtful', 'wrong', 'empty'] as const;
  const total = names.reduce((sum, name) => sum + counts[name], 0);
  return (
    <Figures
      figures={[
        ...names.map((name) => ({ name: t(`imports.check.${name}`), value: counts[name] })),
        { name: t('imports.check.total'), value: total },
      ]}
    />
  );
}

/** What the opening balances come to, and where to look when some are larger than anyone would mean. */
function Opening({ view: { opening, detail } }: { view: ImportView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const amountsOf = useOpeningText();
  if (opening === null) return null;
  const { customers, large, worthMinor } = opening;
  return (
    <BlockStack gap="200">
      <Text as="p">
        {t('imports.opening.text', {
          count: customers,
          number: format.number(customers),
          amounts: amountsOf(opening),
          worth: format.money(worthMinor),
        })}
      </Text>
      {large > 0 && (
        <Banner
          tone="warning"
          action={{
            content: t('imports.opening.show'),
            url: `/app/customers/import/${detail.importId}?show=large`,
          }}
        >
          {t('imports.opening.large', { count: large, number: format.number(large) })}
        </Banner>
      )}
    </BlockStack>
  );
}

function Original({ view: { detail } }: { view: ImportView }) {
  const { t } = useTranslation();
  const { download, busy } = useDownload();
  const [isFailed, setIsFailed] = useState(false);
  const start = async (): Promise<void> => {
    const address = `/app/customers/import/${detail.importId}/original`;
    setIsFailed((await download(address, detail.fileName)) === null);
  };
  return (
    <>
      <Button variant="plain" loading={busy !== null} onClick={() => void start()}>
        {t('imports.original')}
      </Button>
      {isFailed && (
        <Text as="span" tone="critical">
          {t('imports.check.download_failed')}
        </Text>
      )}
    </>
  );
}
