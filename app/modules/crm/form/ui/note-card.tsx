import { useTranslation } from 'react-i18next';
import { draftFields } from '#app/components/draft-fields.tsx';
import { FormCard } from '#app/components/form-card.tsx';
import type { CustomerValues } from '../form-values.ts';

const { DraftText } = draftFields<CustomerValues>();

/** The customer's note at Shopify; the club's own notes are on their tab. */
export function NoteCard() {
  const { t } = useTranslation();
  return (
    <FormCard title={t('customer_detail.field.note')}>
      <DraftText
        name="note"
        label={t('customer_detail.field.note')}
        labelHidden
        helpText={t('customer_form.note_help')}
        multiline={3}
        maxLength={5000}
      />
    </FormCard>
  );
}
