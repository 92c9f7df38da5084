import { BlockStack, Button, InlineStack } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { draftFields } from '#app/components/draft-fields.tsx';
import type { CustomerValues } from '../form-values.ts';
import type { FormPartProps } from './form-part.ts';

const { DraftText } = draftFields<CustomerValues>();

/** What is typed replaces the stored one, of which only the end is shown. */
export function NationalIdField({ draft, view }: FormPartProps) {
  const { t } = useTranslation();
  const { removeNationalId } = draft.values;
  return (
    <BlockStack gap="200">
      <DraftText
        name="nationalId"
        label={t('club.national_id')}
        helpText={t('club.national_id_help')}
        placeholder={view.maskedNationalId ?? ''}
        maxLength={40}
        disabled={removeNationalId}
      />
      {view.maskedNationalId !== null && (
        <InlineStack>
          <Button
            variant="plain"
            tone="critical"
            pressed={removeNationalId}
            onClick={() => draft.set('removeNationalId', !removeNationalId)}
          >
            {removeNationalId ? t('club.national_id_keep') : t('club.national_id_remove')}
          </Button>
        </InlineStack>
      )}
    </BlockStack>
  );
}
