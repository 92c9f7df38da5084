import { BlockStack, Button, InlineStack } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { FormPartProps } from './customer-form.tsx';
import { FormText } from './form-text.tsx';

/** What is typed replaces the stored one, of which only the end is shown. */
export function NationalIdField({ draft, view, errorOf }: FormPartProps) {
  const { t } = useTranslation();
  const { removeNationalId } = draft.values;
  return (
    <BlockStack gap="200">
      <FormText
        draft={draft}
        errorOf={errorOf}
        field="nationalId"
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
