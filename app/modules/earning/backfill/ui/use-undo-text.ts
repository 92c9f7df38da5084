import { useTranslation } from 'react-i18next';
import { useFormat } from '#app/components/use-format.ts';
import type { UndoFigures } from '../undo-figures.server.ts';

/** A function that says what undoing takes, and what becomes of value that was spent. */
export function useUndoText(): (figures: readonly UndoFigures[], shortfall: 'debt' | 'write_off') => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (figures, shortfall) =>
    figures
      .flatMap(({ unit, amount, customers, spent, missing }) => [
        t('backfill.undo.taken', {
          count: customers,
          customers: format.number(customers),
          amount: format.units(amount, unit),
        }),
        ...(spent > 0n ? [t('backfill.undo.spent', { amount: format.units(spent, unit) })] : []),
        ...(missing > 0n ? [t(`backfill.undo.${shortfall}`, { amount: format.units(missing, unit) })] : []),
      ])
      .join(' ');
}
