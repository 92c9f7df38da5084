import { Badge, type BadgeProps } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { BackfillState } from '../../rules/backfill.ts';

const TONES: Record<BackfillState, BadgeProps['tone']> = {
  collecting: 'info',
  assembling: 'info',
  counting: 'info',
  ready: 'attention',
  running: 'info',
  paused: 'warning',
  done: 'success',
  undoing: 'info',
  undone: undefined,
  cancelled: undefined,
  failed: 'critical',
};

/** A backfill's state as a badge; `isNothing`: it is done because no order earned. */
export function StateBadge({ state, isNothing = false }: { state: BackfillState; isNothing?: boolean }) {
  const { t } = useTranslation();
  if (isNothing) return <Badge>{t('backfill.nothing_to_give')}</Badge>;
  const tone = TONES[state];
  return <Badge {...(tone ? { tone } : {})}>{t(`backfill.state.${state}`)}</Badge>;
}

const FAILURES = [
  'shopify_failed',
  'access_denied',
  'cancelled',
  'expired',
  'refused',
  'unreadable',
] as const;

/** A function from a failure's code to what happened and what can be done. */
export function useFailureText(): (code: string | null) => string {
  const { t } = useTranslation();
  return (code) => t(`backfill.failure.${FAILURES.find((known) => known === code) ?? 'other'}`);
}

const REASONS = [
  'known',
  'not_paid',
  'undone',
  'no_customer',
  'no_rule',
  'other_currency',
  'before_start',
  'test_order',
  'club_off_for_category',
  'left_club',
  'trial',
  'backfill_undone',
  'unreadable',
] as const;

/** Why orders give nothing, as the dry run names it; in the order in which they are shown. */
export function useNothingRows(): (nothing: Record<string, number>) => { text: string; orders: number }[] {
  const { t } = useTranslation();
  return (nothing) =>
    REASONS.flatMap((reason) => {
      const orders = nothing[reason] ?? 0;
      return orders > 0 ? [{ text: t(`backfill.nothing.${reason}`), orders }] : [];
    });
}
