import { useTranslation } from 'react-i18next';
import { DayField } from '#app/components/day-field.tsx';
import { FormLayout, PercentField, TextField } from '#app/components/fields.tsx';
import type { useFieldErrorText } from '#app/components/use-field-errors.ts';
import { PERCENT_NOTE_MAX } from '../percent-form.ts';

export interface PercentValues {
  discount: string;
  discountFrom: string;
  discountUntil: string;
  discountNote: string;
}

interface PercentFieldsProps {
  values: PercentValues;
  errorOf: ReturnType<typeof useFieldErrorText>;
  onChange: (part: Partial<PercentValues>) => void;
}

/** Percent, days and note, for a dialog. */
export function PercentFields({ values, errorOf, onChange }: PercentFieldsProps) {
  const { t } = useTranslation();
  return (
    <FormLayout>
      <PercentField
        id="discount"
        label={t('pricing.percent.percent')}
        helpText={t('pricing.percent.percent_help')}
        value={values.discount}
        error={errorOf('discount')}
        onChange={(discount) => onChange({ discount })}
      />
      <FormLayout.Group>
        <DayField
          id="discountFrom"
          label={t('pricing.percent.from')}
          value={values.discountFrom}
          error={errorOf('discountFrom')}
          onChange={(discountFrom) => onChange({ discountFrom })}
        />
        <DayField
          id="discountUntil"
          label={t('pricing.percent.until')}
          helpText={t('pricing.percent.until_help')}
          value={values.discountUntil}
          error={errorOf('discountUntil')}
          onChange={(discountUntil) => onChange({ discountUntil })}
        />
      </FormLayout.Group>
      <TextField
        id="discountNote"
        label={t('pricing.percent.note')}
        value={values.discountNote}
        error={errorOf('discountNote')}
        maxLength={PERCENT_NOTE_MAX}
        onChange={(discountNote) => onChange({ discountNote })}
      />
    </FormLayout>
  );
}
