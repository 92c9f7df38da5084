import { Button, ButtonGroup, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmModal } from '#app/components/confirm-modal.tsx';
import { useAction } from '#app/components/use-action.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useFormat } from '#app/components/use-format.ts';
import { UNDO_DAYS } from '../rules/undo-days.ts';
import type { ImportView } from '../screen/import-screen.server.ts';

type Move = 'start' | 'pause' | 'resume' | 'cancel' | 'undo';

/** Moves that are asked about first. */
type Asked = 'start' | 'cancel' | 'undo';

/** What can be done with an import now. */
export function ImportMoves({ view }: { view: ImportView }) {
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
  const act = (move: Move): void => action.act({ intent: move }, doneText[move], () => setAsked(null));
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
              disabled={move === 'start' && rows === 0}
              loading={action.isBusy && asked === null}
              onClick={() => (move === 'pause' || move === 'resume' ? act(move) : setAsked(move))}
            >
              {label(move)}
            </Button>
          ))}
        </ButtonGroup>
      )}
      {view.detail.state === 'checked' && rows === 0 && (
        <Text as="span" tone="subdued">
          {t('imports.nothing_to_run')}
        </Text>
      )}
      {error && asked === null && (
        <div role="alert">
          <Text as="span" tone="critical">
            {error}
          </Text>
        </div>
      )}
      {asked !== null && (
        <AskMove
          move={asked}
          view={view}
          isBusy={action.isBusy}
          error={error}
          onConfirm={() => act(asked)}
          onCancel={() => {
            action.clear();
            setAsked(null);
          }}
        />
      )}
    </>
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
  const { mode, takesDoubtful } = choices;
  return (
    (mode === 'update' ? 0 : counts.new) +
    (mode === 'create' ? 0 : counts.updated) +
    (takesDoubtful ? counts.doubtful : 0)
  );
}
