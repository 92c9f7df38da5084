import { useTranslation } from 'react-i18next';
import type { FieldErrors } from '#app/lib/field-errors.ts';
import { formatNumber } from '#app/lib/format.ts';

/** A function from field name to the text of what is wrong with it, or false. */
export function useFieldErrorText(errors: FieldErrors): (field: string) => string | false {
  const { t, i18n } = useTranslation();
  return (field) => {
    const error = errors[field];
    if (!error) return false;
    const { limit } = error;
    if (limit !== undefined && error.code === 'too_small') {
      return t('errors.field.too_small_limit', { limit: formatNumber(BigInt(limit), i18n.language) });
    }
    if (limit !== undefined && error.code === 'too_large') {
      return t('errors.field.too_large_limit', { limit: formatNumber(BigInt(limit), i18n.language) });
    }
    return t(`errors.field.${error.code}`);
  };
}
