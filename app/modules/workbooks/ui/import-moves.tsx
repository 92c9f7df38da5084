import { Button, ButtonGroup, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmModal } from '#app/components/confirm-modal.tsx';
import { CostDialog } from '#app/components/cost-dialog.tsx';
import { useAction } from '#app/components/use-action.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useFormat } from '#app/components/use-format.ts';
import { verdictsToRun } from '../import/import-choices.ts';
import { UNDO_DAYS } from '../rules/undo-days.ts';
import type { ImportView } from '../screen/import-screen.server.ts';

type Move = 'start' | 'pause' | 'resume' | 'cancel' | 'undo';

/** Moves that are asked about first. */
type Asked = 'start' | 'cancel' | 'undo';

interface ImportMovesProps {
  view: ImportView;
  /** There are columns or choices that a run would not know of. */
  isUnsaved: boolean;
}

/** What can be done with an import now. */
export function ImportMoves({ view, isUnsaved }: ImportMovesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const action = useAction();
  const errorOf = useFieldErrorText(action.errors);
  const [asked, setAsked] = useState<Asked | null>(null);
  const moves = movesOf(view);
  const rows = rowsToRun(view);
  const doneText: Record<Move, string> = {
    start: t('imports.run_done'),
    pause: t('imports.pause_done'),
    resume: t('imports.resume_done'),
    cancel: t('imports.cancel_done'),
    undo: t('imports.undo_done'),
  };
  const act = (move: Move, meant = ''): void =>
    action.act({ intent: move, meant }, doneText[move], () => setAsked(null));
  const close = () => {
    action.clear();
    setAsked(null);
  };
  const label = (move: Move): string =>
    move === 'start'
      ? t('imports.run_rows', { count: rows, number: format.number(rows) })
      : t(`imports.${move}`);
  const error = errorOf('form');
  return (
    <>
      {moves.length > 0 && (
        <ButtonGroup>
          {moves.map((move) => (
            <Button
              key={move}
              {...(move === 'start' || move === 'resume' ? { variant: 'primary' as const } : {})}
              {...(move === 'cancel' || move === 'undo' ? { tone: 'critical' as const } : {})}
              disabled={move === 'start' && (rows === 0 || isUnsaved)}
              loading={action.isBusy && asked === null}
              onClick={() => (move === 'pause' || move === 'resume' ? act(move) : setAsked(move))}
            >
              {label(move)}
            </Button>
          ))}
        </ButtonGroup>
      )}
      <WhyNotStarted view={view} rows={rows} isUnsaved={isUnsaved} />
      <MoveError error={asked === null && error} />
      {action.question ? (
        <CostDialog
          question={action.question}
          isBusy={action.isBusy}
          onAnswer={(meant) => (meant === null ? close() : act('start', meant))}
        />
      ) : (
        asked !== null && (
          <AskMove
            move={asked}
            view={view}
            isBusy={action.isBusy}
            error={error}
            onConfirm={() => act(asked)}
            onCancel={close}
          />
        )
      )}
    </>
  );
}

function MoveError({ error }: { error: string | false }) {
  if (!error) return null;
  return (
    <div role="alert">
      <Text as="span" tone="critical">
        {error}
      </Text>
    </div>
  );
}

/** Why the import can't be started yet. */
function WhyNotStarted({ view, rows, isUnsaved }: ImportMovesProps & { rows: number }) {
  const { t } = useTranslation();
  if (view.detail.state !== 'checked' || (rows > 0 && !isUnsaved)) return null;
  return (
    <Text as="span" tone="subdued">
      {t(isUnsaved ? 'imports.save_first' : 'imports.nothing_to_run')}
    </Text>
  );
}

interface AskMoveProps {
  move: Asked;
  view: ImportView;
  isBusy: boolean;
  error: string | false;
  onConfirm: () => void;
  onCancel: () => void;
}

function AskMove({ move, view, ...modal }: AskMoveProps) {
  const { t } = useTranslation();
  const texts = useAskText(view);
  return (
    <ConfirmModal
      isOpen
      isDestructive={move !== 'start'}
      title={t(`imports.${move === 'start' ? 'run' : move}_title`)}
      text={texts[move]}
      confirm={t(`imports.${move === 'start' ? 'run' : move}`)}
      {...modal}
    />
  );
}

function useAskText({ detail, counts }: ImportView): Record<Asked, string> {
  const { t } = useTranslation();
  const format = useFormat();
  const customers = (count: number) => t('imports.customers', { count, number: format.number(count) });
  const { mode } = detail.choices;
  return {
    start: t('imports.run_text', {
      created: customers(mode === 'update' ? 0 : (counts?.new ?? 0)),
      updated: customers(mode === 'create' ? 0 : (counts?.updated ?? 0)),
      days: format.number(UNDO_DAYS),
    }),
    cancel: t(detail.startedAt === null ? 'imports.cancel_before_text' : 'imports.cancel_text'),
    undo: t('imports.undo_text'),
  };
}

function movesOf({ detail: { state }, undoUntil }: ImportView): Move[] {
  switch (state) {
    case 'reading':
    case 'checking':
      return ['cancel'];
    case 'checked':
      return ['start', 'cancel'];
    case 'running':
      return ['pause', 'cancel'];
    case 'paused':
      return ['resume', 'cancel'];
    default:
      return undoUntil === null ? [] : ['undo'];
  }
}

/** How many rows the choices leave to import. */
function rowsToRun({ detail: { choices }, counts }: ImportView): number {
  if (counts === null) return 0;
  return verdictsToRun(choices).reduce((sum, verdict) => sum + counts[verdict], 0);
}
