import { useTranslation } from 'react-i18next';
import type { FormPartProps } from './customer-form.tsx';
import { FormCard } from './form-card.tsx';
import { FormText } from './form-text.tsx';

/** The one note that Shopify has of a customer; the club's own notes are on their tab. */
export function NoteCard({ draft, errorOf }: FormPartProps) {
  const { t } = useTranslation();
  return (
    <FormCard title={t('customer_detail.field.note')}>
      <FormText
        draft={draft}
        errorOf={errorOf}
        field="note"
        label={t('customer_detail.field.note')}
        labelHidden
        helpText={t('customer_form.note_help')}
        lines={3}
        maxLength={5000}
      />
    </FormCard>
  );
}
