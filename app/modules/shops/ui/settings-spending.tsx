import { BlockStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { draftFields } from '#app/components/draft-fields.tsx';
import { FormLayout, RadioButton } from '#app/components/fields.tsx';
import { FormCard } from '#app/components/form-card.tsx';
import type { Draft } from '#app/components/use-draft.ts';
import type { SettingsValues } from './settings-values.ts';

const { DraftCheckbox, DraftDays, DraftMoney, DraftNumber } = draftFields<SettingsValues>();

/** What points are worth, and how they are paid out. */
export function WorthSection() {
  const { t } = useTranslation();
  return (
    <FormCard title={t('settings.worth.title')} text={t('settings.worth.text')}>
      <DraftCheckbox name="redemptionEnabled" label={t('settings.worth.enabled')} />
      <FormLayout.Group>
        <DraftNumber
          name="redemptionRateUnits"
          label={t('settings.worth.rate_units')}
          suffix={t('units.points_short')}
        />
        <DraftMoney name="redemptionRateMinor" label={t('settings.worth.rate_money')} />
      </FormLayout.Group>
      <DraftNumber
        name="redemptionMinimumUnits"
        label={t('settings.worth.minimum')}
        helpText={t('settings.worth.minimum_help')}
        suffix={t('units.points_short')}
      />
      <DraftCheckbox
        name="payoutActive"
        label={t('settings.worth.payout')}
        helpText={t('settings.worth.payout_help')}
      />
      <DraftCheckbox
        name="tillConsent"
        label={t('settings.worth.till_consent')}
        helpText={t('settings.worth.till_consent_help')}
      />
    </FormCard>
  );
}

/** How a payment with points behaves at checkout. */
export function CheckoutSection() {
  const { t } = useTranslation();
  return (
    <FormCard title={t('settings.checkout.title')} text={t('settings.checkout.text')}>
      <BlockStack gap="100">
        <Text as="h3" variant="bodyMd" fontWeight="medium">
          {t('settings.checkout.combines')}
        </Text>
        <DraftCheckbox name="combinesWithOrder" label={t('settings.checkout.combines_order')} />
        <DraftCheckbox name="combinesWithProduct" label={t('settings.checkout.combines_product')} />
        <DraftCheckbox name="combinesWithShipping" label={t('settings.checkout.combines_shipping')} />
      </BlockStack>
      <DraftNumber
        name="redemptionTtlMinutes"
        label={t('settings.checkout.ttl')}
        helpText={t('settings.checkout.ttl_help')}
        suffix={t('settings.checkout.ttl_unit')}
      />
    </FormCard>
  );
}

/** What a refund takes and gives back. */
export function RefundSection({ draft }: { draft: Draft<SettingsValues> }) {
  const { t } = useTranslation();
  return (
    <FormCard title={t('settings.refunds.title')} text={t('settings.refunds.text')}>
      <BlockStack gap="100">
        <Text as="h3" variant="bodyMd" fontWeight="medium">
          {t('settings.refunds.shortfall')}
        </Text>
        {(['debt', 'write_off'] as const).map((choice) => (
          <RadioButton
            key={choice}
            id={`refundShortfall-${choice}`}
            name="refundShortfall"
            label={t(`settings.refunds.${choice}`)}
            helpText={t(`settings.refunds.${choice}_help`)}
            checked={draft.values.refundShortfall === choice}
            onChange={() => draft.set('refundShortfall', choice)}
          />
        ))}
      </BlockStack>
      <DraftCheckbox
        name="refundTakesFromAllLots"
        label={t('settings.refunds.all_lots')}
        helpText={t('settings.refunds.all_lots_help')}
      />
      <DraftDays
        name="restoreMinimumDays"
        label={t('settings.refunds.restore_days')}
        helpText={t('settings.refunds.restore_days_help')}
      />
    </FormCard>
  );
}
