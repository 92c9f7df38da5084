import { useTranslation } from 'react-i18next';
import type { PlannedMessage } from '../planned-messages.queries.server.ts';
import { useFormat } from '#app/components/use-format.ts';

/** A function from a planned message to what it will say. */
export function useMessageText(): (message: PlannedMessage) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ kind, unit, amount, day, days, balance }) => {
    if (unit === null || amount === null) return t('messages.other');
    if (kind === 'expiry_reminder' && day !== null && days !== null) {
      return t('messages.expiry', {
        amount: format.units(amount, unit),
        day: format.calendarDay(day),
        count: days,
      });
    }
    if (kind !== 'change' || balance === null) return t('messages.other');
    const values = {
      amount: format.units(amount < 0n ? -amount : amount, unit),
      balance: format.units(balance, unit),
    };
    return amount < 0n ? t('messages.less', values) : t('messages.more', values);
  };
}
