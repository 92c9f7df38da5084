import { Banner, BlockStack, Button, Card, InlineStack, ProgressBar, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CardTitle } from '#app/components/card-title.tsx';
import { ConfirmModal } from '#app/components/confirm-modal.tsx';
import { useAction } from '#app/components/use-action.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { useFormat } from '#app/components/use-format.ts';
import { targetOf, type BackfillMove, type BackfillState } from '../../rules/backfill.ts';
import type { BackfillScreenView, BackfillView } from '../backfill-screen.server.ts';
import { StateBadge, useFailureText } from './backfill-labels.tsx';
import { DryRun } from './dry-run.tsx';
import { useUndoText } from './use-undo-text.ts';

/** One backfill: where it is, its figures, and what can be done. */
export function ChosenBackfill({ view, chosen }: { view: BackfillScreenView; chosen: BackfillView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const failureText = useFailureText();
  const { state, totals, failure, ordersFound } = chosen;
  const isNothing = state === 'done' && totals?.earning === 0;
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <CardTitle>{t('backfill.orders_since', { day: format.calendarDay(chosen.startsOn) })}</CardTitle>
          <StateBadge state={state} isNothing={isNothing} />
        </InlineStack>
        {state === 'failed' ? (
          <Banner tone="critical">{failureText(failure)}</Banner>
        ) : (
          <Text as="p">
            {isNothing ? t('backfill.nothing_to_give_text') : t(`backfill.explain.${state}`)}
          </Text>
        )}
        <Progress chosen={chosen} />
        {view.isStale && <Banner tone="warning">{t('backfill.stale')}</Banner>}
        {totals && view.liabilityMinor !== null && WITH_FIGURES.includes(state) && (
          <DryRun totals={totals} ordersFound={ordersFound} liabilityMinor={view.liabilityMinor} />
        )}
        <Moves view={view} chosen={chosen} />
      </BlockStack>
    </Card>
  );
}

const WITH_FIGURES: readonly BackfillState[] = ['ready', 'running', 'paused', 'done', 'undoing', 'undone'];
const WITH_PROGRESS: readonly BackfillState[] = ['assembling', 'counting', 'running', 'paused', 'undoing'];
const WHOLE_PERCENT = 100;

function Progress({ chosen }: { chosen: BackfillView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { state, ordersFound, ordersDone } = chosen;
  if (state === 'collecting') {
    return (
      <BlockStack gap="200">
        <ProgressBar progress={0} size="small" ariaLabelledBy="backfill-progress" />
        <Text as="p" tone="subdued" id="backfill-progress">
          {t('backfill.found_so_far', { count: ordersFound, amount: format.number(ordersFound) })}
        </Text>
      </BlockStack>
    );
  }
  if (!WITH_PROGRESS.includes(state) || ordersFound === 0) return null;
  return (
    <BlockStack gap="200">
      <ProgressBar
        progress={Math.min(WHOLE_PERCENT, (ordersDone / ordersFound) * WHOLE_PERCENT)}
        size="small"
        ariaLabelledBy="backfill-progress"
      />
      <Text as="p" tone="subdued" id="backfill-progress">
        {t('backfill.progress', { done: format.number(ordersDone), total: format.number(ordersFound) })}
      </Text>
    </BlockStack>
  );
}

const ASKED: readonly BackfillMove[] = ['run', 'cancel', 'undo'];
const DESTRUCTIVE: readonly BackfillMove[] = ['cancel', 'undo'];

function Moves({ view, chosen }: { view: BackfillScreenView; chosen: BackfillView }) {
  const { t } = useTranslation();
  const action = useAction();
  const errorOf = useFieldErrorText(action.errors);
  const texts = useConfirmTexts(view, chosen);
  const [asked, setAsked] = useState<BackfillMove | null>(null);
  const close = () => setAsked(null);
  const act = (intent: BackfillMove) =>
    action.act({ intent, backfillId: String(chosen.backfillId) }, t(`backfill.did.${intent}`), close);
  const moves = movesOf(view, chosen);
  const formError = errorOf('form');
  if (moves.length === 0) return null;
  return (
    <>
      {formError && asked === null && <Banner tone="critical">{formError}</Banner>}
      <InlineStack gap="200">
        {moves.map((move, index) => (
          <Button
            key={move}
            variant={index === 0 && !DESTRUCTIVE.includes(move) ? 'primary' : 'secondary'}
            {...(DESTRUCTIVE.includes(move) ? { tone: 'critical' as const } : {})}
            loading={action.isBusy && asked === null}
            onClick={() => (ASKED.includes(move) ? setAsked(move) : act(move))}
          >
            {t(`backfill.move.${move}`)}
          </Button>
        ))}
      </InlineStack>
      {asked !== null && (
        <ConfirmModal
          isOpen
          title={t(`backfill.ask.${asked}`)}
          text={formError || texts(asked)}
          confirm={t(`backfill.move.${asked}`)}
          isDestructive={DESTRUCTIVE.includes(asked)}
          isBusy={action.isBusy}
          onConfirm={() => act(asked)}
          onCancel={() => {
            action.clear();
            close();
          }}
        />
      )}
    </>
  );
}

const ORDER_OF_MOVES: readonly BackfillMove[] = ['run', 'recount', 'resume', 'pause', 'undo', 'cancel'];

/** What can be done now: an old dry run is counted again before it runs, one that gives nothing is not run. */
function movesOf({ isStale, isAnyActive, undo }: BackfillScreenView, chosen: BackfillView): BackfillMove[] {
  const { state, totals } = chosen;
  return ORDER_OF_MOVES.filter((move) => {
    if (targetOf(move, state) === null) return false;
    if (move === 'run') return !isStale && (totals?.earning ?? 0) > 0;
    if (move === 'recount') return isStale;
    if (move === 'undo') return (state === 'paused' || !isAnyActive) && (undo?.length ?? 0) > 0;
    return true;
  });
}

function useConfirmTexts(view: BackfillScreenView, { totals }: BackfillView): (move: BackfillMove) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const undoText = useUndoText();
  return (move) => {
    if (move === 'undo') return undoText(view.undo ?? [], view.shortfall);
    if (move !== 'run' || !totals) return t('backfill.ask_cancel_text');
    const given = [
      ...(totals.points > 0n ? [format.units(totals.points, 'POINTS')] : []),
      ...(totals.credit > 0n ? [format.units(totals.credit, 'CREDIT')] : []),
    ].join(', ');
    return t('backfill.ask_run_text', {
      count: totals.customers,
      customers: format.number(totals.customers),
      given,
    });
  };
}
