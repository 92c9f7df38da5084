import { useTranslation } from 'react-i18next';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { exampleDay } from '#app/lib/typed-day.ts';
import { currencyDigits } from '#app/lib/money.ts';
import { useShop } from './shop-context.tsx';
import { useFormat } from './use-format.ts';

const EXAMPLE_NUMBER = 1_250n;
const EXAMPLE_PERCENT_BP = 250;

/** A function from field name to the text of what is wrong with it, or false. */
export function useFieldErrorText(errors: FieldErrors): (field: string) => string | false {
  const { t } = useTranslation();
  const format = useFormat();
  const numberProblem = useNumberProblem();
  return (field) => {
    const error = errors[field];
    if (!error) return false;
    const { code, limit } = error;
    if (limit !== undefined && code === 'too_small')
      return t('errors.field.too_small_limit', { limit: format.number(BigInt(limit)) });
    if (limit !== undefined && code === 'too_large')
      return t('errors.field.too_large_limit', { limit: format.number(BigInt(limit)) });
    if (code === 'amount_too_large')
      return t('errors.field.too_large_limit', {
        limit: limit === undefined ? '' : format.money(BigInt(limit)),
      });
    if (code === 'not_a_day') return t('errors.field.not_a_day', { example: exampleDay(format.locale) });
    if (code === 'not_a_number' || code === 'not_an_amount' || code === 'not_a_percent')
      return numberProblem(code);
    return t(`errors.field.${code}`);
  };
}

/** A function that says how the number has to be typed, with an example as the person's language writes it. */
export function useNumberProblem(): (code: 'not_a_number' | 'not_an_amount' | 'not_a_percent') => string {
  const { t } = useTranslation();
  const { currency } = useShop();
  const format = useFormat();
  return (code) =>
    t(`errors.field.${code}`, {
      example: {
        not_a_number: format.number(EXAMPLE_NUMBER),
        not_an_amount: format.moneyInput(EXAMPLE_NUMBER * 10n ** BigInt(currencyDigits(currency))),
        not_a_percent: format.percentInput(EXAMPLE_PERCENT_BP),
      }[code],
    });
}
