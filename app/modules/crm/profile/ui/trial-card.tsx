import { Banner, BlockStack, Card } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { Checkbox } from '#app/components/fields.tsx';
import { useAction } from '#app/components/use-action.ts';
import { useFieldErrorText } from '#app/components/use-field-errors.ts';

/** Makes a customer a test customer, or an ordinary one again; takes effect at once. */
export function TrialCard({ isTrial }: { isTrial: boolean }) {
  const { t } = useTranslation();
  const action = useAction();
  const errorOf = useFieldErrorText(action.errors);
  return (
    <Card>
      <BlockStack gap="200">
        {action.errors.form && <Banner tone="critical">{errorOf('form')}</Banner>}
        <Checkbox
          label={t('club.is_trial')}
          helpText={t('club.is_trial_help')}
          checked={isTrial}
          disabled={action.isBusy}
          onChange={(isOn) => action.act({ intent: 'trial', isTrial: String(isOn) }, t('common.saved'))}
        />
      </BlockStack>
    </Card>
  );
}
